// What a kind of step says of the things that it makes of the system itself: how they are taken away again, and what
// an uninstall has to know before it does.
import type { Command } from '../domain/command.ts'
import type { StepKindName, StepSpecOf } from '../domain/plan.ts'
import type { Asked } from './asked.ts'

/** What a step made of the system itself, and what was there before. */
export type Made = Pick<StepSpecOf<'absent-made'>, 'made' | 'before'>

/** What was there before a step changed it. */
export type Before = Readonly<Record<string, string>>

/** In the order in which it goes: whoever uses something goes before it. */
export const removalLayers = [
  ...(['engine-settings', 'units', 'data', 'packages'] as const),
  ...(['kernel', 'files', 'folders', 'accounts'] as const),
] as const

/** What somebody else's containers may run on: the engine itself, or what brings accelerators into them. */
export type Carries = 'engine' | 'accelerators'

type MadeKind<K extends StepKindName> = {
  readonly layer: (typeof removalLayers)[number]
  /** Of several in one layer the deeper one goes first. */
  depth?(spec: StepSpecOf<K>): number
  /** What the step that takes it away is called by; missing: its kind. */
  stepName?(spec: StepSpecOf<K>): string
  /** The volume in which data of services lie: it stays unless they are to go. */
  holdsData?(spec: StepSpecOf<K>): string
  carries?(spec: StepSpecOf<K>): Carries | undefined
  /** Whether every container stops for a moment when it goes. */
  restartsEngine?(spec: StepSpecOf<K>): boolean
  /**
   * Commands that take away what this kind made, and nothing that was there before: `before` is what was noted then,
   * `facts` has what `look` answers now. Each may run twice.
   */
  remove(spec: StepSpecOf<K>, before: Before, facts: Asked): readonly Command[]
}

/** A reboot leaves nothing. */
type LastingKindName = Exclude<Made['made']['kind'], 'reboot'>

/** What is noted as made can be taken away. */
export type MadePart<K extends StepKindName> = [K] extends [LastingKindName]
  ? { readonly made: MadeKind<K> }
  : { readonly made?: MadeKind<K> }
