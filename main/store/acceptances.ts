// Acceptances, one document each, and the keys that certificates of others were seen signed with.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import {
  type AcceptanceHead,
  acceptanceHeadOf,
  acceptanceId,
  type KeptAcceptance,
  keptAcceptance,
} from '../../shared/domain/acceptance.ts'
import { documentIn } from './folder.ts'

/** Which key certificates of a server were first seen signed with. */
const seenKey = z.strictObject({
  machineId: z.string().max(200),
  fingerprint: z.string().max(100),
  firstSeenAt: z.string().max(40),
})

/** They are the site's papers: none is thrown away. */
export function acceptancesIn(folder: string) {
  const place = join(folder, 'acceptances')
  const document = (id: string) =>
    documentIn(folder, join('acceptances', `${id}.json`), keptAcceptance.nullable(), null)
  return {
    save: (kept: KeptAcceptance) => document(kept.document.acceptanceId).write(kept),
    /** Null where there is none. */
    read: (id: string) => document(id).read(),
    /** Newest first. What is damaged is not among them, and says so where it is read. */
    list(): AcceptanceHead[] {
      const heads = idsIn(place).flatMap((id) => {
        const read = document(id).read()
        return read.ok && read.value !== null ? [acceptanceHeadOf(read.value)] : []
      })
      return heads.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
    },
    seenKeys: documentIn(folder, 'acceptance-keys.json', z.array(seenKey), []),
  }
}

function idsIn(place: string): string[] {
  try {
    const names = readdirSync(place).filter((name) => name.endsWith('.json'))
    return names.map((name) => name.slice(0, -'.json'.length)).filter((id) => acceptanceId.safeParse(id).success)
  } catch {
    // There was none yet.
    return []
  }
}
