// What every kind of step answers: which facts it asks, whether it is already true, which commands
// make it true, and which undo them. Planning and applying use the same `isTrue`, so a plan never
// calls something done that the run would do again.
import type { Command } from '../domain/command.ts'
import type { Facts } from '../domain/facts.ts'
import type { Failure } from '../domain/failure.ts'
import type { Kept } from '../domain/kept.ts'
import type { StepKindName, StepReason, StepSpecOf } from '../domain/plan.ts'
import type { Reading } from '../domain/reading.ts'

/** What the system itself answered, by the question: see host-answer.ts. */
export type HostAnswers = ReadonlyMap<string, Reading<string>>

/** The facts a step reads, asked again right before it acts. */
export type Asked = Pick<Facts, 'engine' | 'containers' | 'images' | 'networks' | 'artifacts'> & {
  /** By the question; missing where nobody looked. */
  readonly host?: HostAnswers
  /** Missing where nobody asked. */
  readonly kept?: Kept
}

/**
 * Groups of facts to read again: `engine` is containers, images and networks; `artifacts` the files; `host` what `look`
 * asks; `kept` what is kept there, and who uses it.
 */
export type AskGroup = 'engine' | 'artifacts' | 'host' | 'kept'

export type Truth = { readonly holds: boolean; readonly reason: StepReason }

/** How far a run's commands got: the one at this index did not succeed. */
export type Attempt = { readonly runId: string; readonly failedAt: number }

export type StepKind<K extends StepKindName> = {
  readonly kind: K
  readonly asks: readonly AskGroup[]
  /** Fewer of them, where this spec needs no more. */
  asksOf?(spec: StepSpecOf<K>): readonly AskGroup[]
  /**
   * How it is made true: `commands` run under the run's lease; `unit` as a unit of its own that
   * survives the console; `transfer` sends bytes; `wait` only looks until it holds; `person` is somebody's to do;
   * `farewell` takes away what the run itself stands on, and is its last act.
   */
  readonly by: 'commands' | 'unit' | 'transfer' | 'wait' | 'person' | 'farewell'
  /** sh text that changes nothing and answers on its standard output: what `isTrue` reads of the system itself. */
  look?(spec: StepSpecOf<K>): string
  isTrue(spec: StepSpecOf<K>, facts: Asked): Truth
  /** What stands in the way of changing it: nothing is done then, and the plan cannot be applied. */
  problem?(spec: StepSpecOf<K>, facts: Asked): Failure | undefined
  /** Containers that stop while it is made true. */
  stops?(spec: StepSpecOf<K>, facts: Asked): readonly string[]
  commands(spec: StepSpecOf<K>, facts: Asked, runId: string): readonly Command[]
  /** Commands that bring back what was before. They touch only what this run made or moved. */
  undo(spec: StepSpecOf<K>, facts: Asked, attempt: Attempt): readonly Command[]
  /**
   * Commands that take away what this kind made, and nothing that was there before: `before` is what was noted then,
   * `facts` has what `look` answers now. Each may run twice.
   */
  remove?(spec: StepSpecOf<K>, before: Before, facts: Asked): readonly Command[]
}

/** What was there before a step changed it. */
export type Before = Readonly<Record<string, string>>
