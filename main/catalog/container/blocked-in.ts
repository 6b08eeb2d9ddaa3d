// What a bundle takes back, by its documents alone and for whoever only looks: a list that cannot be read is refused where
// the bundle's signatures are checked, and says nothing here.
import { type BlockedVersion, blockedList } from '../../../shared/domain/blocked-version.ts'
import { readJson } from '../bounded-json.ts'

const bounds = { mostItems: 1000, mostValues: 250_000, deepest: 6 }

export function blockedIn(documents: ReadonlyMap<string, Uint8Array>): BlockedVersion[] {
  const read = readJson(documents.get('blocked.json') ?? '', blockedList, bounds)
  return 'value' in read ? read.value.blocked : []
}
