// What every kind of step answers: which facts it asks, whether it is already true, which commands
// make it true, and which undo them. Planning and applying use the same `isTrue`, so a plan never
// calls something done that the run would do again.
import type { Command } from '../domain/command.ts'
import type { Facts } from '../domain/facts.ts'
import type { StepKindName, StepReason, StepSpecOf } from '../domain/plan.ts'

/** The facts a step reads, asked again right before it acts. */
export type Asked = Pick<Facts, 'engine' | 'containers' | 'images' | 'networks' | 'artifacts'>

export type Truth = { readonly holds: boolean; readonly reason: StepReason }

/** How far a run's commands got: the one at this index did not succeed. */
export type Attempt = { readonly runId: string; readonly failedAt: number }

export type StepKind<K extends StepKindName> = {
  readonly kind: K
  /** Groups of facts to read again: `engine` is containers, images and networks; `artifacts` the files. */
  readonly asks: readonly ('engine' | 'artifacts')[]
  /**
   * How it is made true: `commands` run under the run's lease; `unit` as a transient systemd unit that
   * survives the console; `transfer` sends bytes; `wait` only looks until it holds;
   * `farewell` takes away what the run itself stands on, and is its last act.
   */
  readonly by: 'commands' | 'unit' | 'transfer' | 'wait' | 'farewell'
  isTrue(spec: StepSpecOf<K>, facts: Asked): Truth
  commands(spec: StepSpecOf<K>, facts: Asked, runId: string): readonly Command[]
  /** Commands that bring back what was before. They touch only what this run made or moved. */
  undo(spec: StepSpecOf<K>, facts: Asked, attempt: Attempt): readonly Command[]
}
