// Bundles that were brought as files, and what is being imported of them. Lives as long as the console.
import type { ImportProgress } from '../../../shared/contract/bundles.ts'
import { type InTurn, oneAtATime } from '../../../shared/domain/in-turn.ts'
import type { NewestValue } from '../newest-value.ts'

export type Going = {
  readonly progress: NewestValue<ImportProgress>
  readonly stop: AbortController
  readonly ended: Promise<void>
}

export type Imports = {
  /** Of each bundle that was brought, by its id: where its files lie. */
  readonly files: Map<string, ReadonlySet<string>>
  readonly going: Map<string, Going>
  /** What changes the store. */
  readonly inTurn: InTurn
}

export function noImports(): Imports {
  return { files: new Map(), going: new Map(), inTurn: oneAtATime() }
}
