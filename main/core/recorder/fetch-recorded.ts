// What a recorder has measured, fetched because somebody asks for it.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/domain/failure.ts'
import type { RecorderFetch } from '../../../shared/domain/recorder.ts'
import { openingOf } from '../appliances.ts'
import type { Core } from '../context.ts'
import { backfill } from '../history/backfill.ts'

export async function fetchRecorded(core: Core, target: Target): Promise<Result<RecorderFetch>> {
  const opening = openingOf(core, target)
  return opening.ok ? backfill(core, opening.value) : opening
}
