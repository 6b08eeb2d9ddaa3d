// What every kind of step answers: which facts it asks, whether it is already true, which commands
// make it true, and which undo them. Planning and applying use the same `isTrue`, so a plan never
// calls something done that the run would do again.
import type { Artifact } from '../domain/artifact.ts'
import type { Command } from '../domain/command.ts'
import type { Facts } from '../domain/facts.ts'
import type { Failure } from '../domain/failure.ts'
import type { StepKindName, StepReason, StepSpecOf } from '../domain/plan.ts'
import type { RecorderAlert } from '../domain/recorder.ts'
import type { Asked, AskGroup } from './asked.ts'
import type { Made, MadePart } from './made-kind.ts'

export type Truth = { readonly holds: boolean; readonly reason: StepReason }

/** How far a run's commands got: the one at this index did not succeed. */
export type Attempt = { readonly runId: string; readonly failedAt: number }

/** What the size of a step follows from: what lies there in part, and the files that packages are made of. */
export type Sources = Pick<Facts, 'staged'> & { readonly artifacts: readonly Artifact[] }

/** Of which deployment, where it is asked and how long it is waited for. */
export type Readiness = Omit<StepSpecOf<'ready'>, 'kind'>

export type StepKind<K extends StepKindName> = Look<K> & Effect<K> & Way<K> & MadePart<K>

/** Those that are made true by commands. */
export type ActingKind<K extends StepKindName> = Extract<StepKind<K>, { by: 'commands' | 'unit' }>

type Look<K extends StepKindName> = {
  readonly kind: K
  readonly asks: readonly AskGroup[]
  /** Fewer of them, where this spec needs no more. */
  asksOf?(spec: StepSpecOf<K>): readonly AskGroup[]
  /** sh text that changes nothing and answers on its standard output: what `isTrue` and `problem` read of the system itself. Undefined: nothing. */
  look?(spec: StepSpecOf<K>): string | undefined
  /** The engine's volume that `look` is about, for an appliance that answers without a shell. */
  volume?(spec: StepSpecOf<K>): string
  isTrue(spec: StepSpecOf<K>, facts: Asked): Truth
  /** Of what has to come true in the very run whose plan wants it: whether it did. */
  isOfRun?(spec: StepSpecOf<K>, facts: Asked, runId: string): boolean
  /** Why it is `not-read`, where that is in the facts and not in an answer to `look`. */
  unread?(facts: Asked): string | undefined
  /** What stands in the way of changing it: nothing is done then, and the plan cannot be applied. */
  problem?(spec: StepSpecOf<K>, facts: Asked): Failure | undefined
}

/** What comes of it while it is made true: a plan says so beforehand. */
type Effect<K extends StepKindName> = {
  readonly disk?: Disk<K>
  /** Of the disk, at most. */
  freesBytes?(spec: StepSpecOf<K>): number
  /** A service of the system that it starts or tells of its settings, by systemd. */
  service?(spec: StepSpecOf<K>): string
  /** Containers that stop. */
  stops?(spec: StepSpecOf<K>, facts: Asked): readonly string[]
  /** Whether a service that answers now will not answer meanwhile, also where `stops` names none. */
  interrupts?(spec: StepSpecOf<K>, facts: Asked, reason: StepReason): boolean
  /** Names of the containers that it interrupts; missing: those that stop, and where none are named any. */
  interrupted?(spec: StepSpecOf<K>): readonly string[]
  /** Volumes whose content is saved before. */
  backsUp?(spec: StepSpecOf<K>, facts: Asked, reason: StepReason): readonly string[]
}

/** What it leaves on the appliance's disk. */
type Disk<K extends StepKindName> = {
  readonly space: 'rackside' | 'engine' | 'root'
  /** As a single file; otherwise as many small ones. */
  readonly isOneFile: boolean
  bytes(spec: StepSpecOf<K>, sources: Sources): number
}

type Acts<K extends StepKindName> = {
  commands(spec: StepSpecOf<K>, facts: Asked, runId: string): readonly Command[]
  /** Commands that bring back what was before. They touch only what this run made or moved. */
  undo(spec: StepSpecOf<K>, facts: Asked, attempt: Attempt): readonly Command[]
}

/** What a command reads on its standard input: no plan, journal or argument holds it, only what it is made of. */
export type SecretInput = { readonly recorderAlert: RecorderAlert }

/** How it is made true: main/apply/run-step.ts does each of them. */
type Way<K extends StepKindName> =
  /** Commands that run under the run's lease. */
  | ({ readonly by: 'commands'; input?(spec: StepSpecOf<K>): SecretInput | undefined } & Acts<K>)
  /** Commands as a unit of their own that survives the console. */
  | ({
      readonly by: 'unit'
      /** One unit for one thing to bring about: a second run finds the first one's by it. Missing: the step's id. */
      unitKey?(spec: StepSpecOf<K>): string
    } & Acts<K>)
  /** Bytes are sent, and lie on the disk then. */
  | { readonly by: 'transfer'; sends(spec: StepSpecOf<K>): Artifact }
  /** The run only looks until a deployment answers. */
  | { readonly by: 'wait'; awaits(spec: StepSpecOf<K>): Readiness }
  /** Somebody's to do: the run ends with what is left to do. */
  | { readonly by: 'person'; leaves(spec: StepSpecOf<K>): Failure }
  /** What another kind made goes, by that kind's `made.remove`. */
  | { readonly by: 'unmake'; unmakes(spec: StepSpecOf<K>): Made }
  /** What the run itself stands on goes: its last act. */
  | { readonly by: 'farewell'; keepsData(spec: StepSpecOf<K>): boolean }
