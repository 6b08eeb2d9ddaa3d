// What every part of an acceptance works with.
import type { Target } from '../../../shared/contract/contract.ts'
import type { AcceptanceEvent, AcceptanceSettings } from '../../../shared/domain/acceptance.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Opening } from '../access/opening.ts'
import type { Loading } from '../bench/loading.ts'

export type Accepting = Loading<AcceptanceEvent> & {
  readonly connection: Connection
  readonly opening: Opening
  readonly target: Target
  readonly acceptanceId: string
  readonly settings: AcceptanceSettings
}
