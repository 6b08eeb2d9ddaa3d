// The operators of this console as the core holds them: the file read once, replaced whole with every change, and never
// ahead of what is on the disk. The process that owns the state folder is the only one that writes it.
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type InTurn, oneAtATime } from '../../../shared/domain/in-turn.ts'
import type { OperatorsFile, OperatorsStore } from '../../store/operators.ts'
import type { CheckTools } from './passphrase-check.ts'

export type OperatorsTools = CheckTools & {
  /** UTC, ISO 8601. */
  readonly now: () => string
  readonly sha256: (text: string) => string
}

/** Undefined: there are no named operators, and whoever has this computer's user has everything. */
export type Known = OperatorsFile | undefined

export type Operators = {
  readonly tools: OperatorsTools
  /** Checks of passphrases, one after the other: each takes 128 MiB, and whoever asks need not be anybody. */
  readonly checkInTurn: InTurn
  read(): Result<Known>
  /** What the change returns is kept and on the disk, or its failure, and nothing has changed. */
  change(to: (known: Known) => Result<Known>): Result<Known>
  /** Called after every change: sessions may have ended. */
  onChange(listener: () => void): () => void
}

export function openOperators(store: OperatorsStore, tools: OperatorsTools): Operators {
  let held: Result<Known> | undefined
  const listeners = new Set<() => void>()
  const read = (): Result<Known> => {
    // One that could not be read is looked at again: somebody may have put it right.
    if (held === undefined || !held.ok) held = store.read()
    return held
  }
  return {
    tools,
    checkInTurn: oneAtATime(),
    read,
    change(to) {
      const before = read()
      if (!before.ok) return before
      const wanted = to(before.value)
      if (!wanted.ok || wanted.value === before.value) return wanted
      const written = store.write(wanted.value)
      if (!written.ok) return written
      held = wanted
      for (const listener of listeners) listener()
      return wanted
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

type UnusableProblem = Extract<Failure, { kind: 'operator-unusable' }>['problem']

export function unusable(problem: UnusableProblem, name = ''): Result<never> {
  return fail({ kind: 'operator-unusable', name, problem })
}

/** The file where there are named operators; they are begun with an administrator. */
export function begun(known: Known): Result<OperatorsFile> {
  return known === undefined ? unusable('not-begun') : ok(known)
}
