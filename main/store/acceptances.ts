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
import { ok, type Result } from '../../shared/domain/failure.ts'
import { documentIn } from './folder.ts'

/** Which key certificates of a server were first seen signed with; `own`: this console signed them. */
const seenKey = z.strictObject({
  machineId: z.string().max(200),
  fingerprint: z.string().max(100),
  firstSeenAt: z.string().max(40),
  own: z.literal(true).optional(),
})
export type SeenKey = z.infer<typeof seenKey>

/** Of so many servers nobody has certificates: then the next ones are not remembered, and none is forgotten. */
const mostSeen = 10_000

/** They are the site's papers: none is thrown away. */
export function acceptancesIn(folder: string) {
  const place = join(folder, 'acceptances')
  const seenKeys = documentIn(folder, 'acceptance-keys.json', z.array(seenKey), [])
  const document = (id: string) =>
    documentIn(folder, join('acceptances', `${id}.json`), keptAcceptance.nullable(), null)
  return {
    /** Throws where there is one of that id: no paper takes the place of another. */
    save(kept: KeptAcceptance): Result<void> {
      const place = document(kept.document.acceptanceId)
      const there = place.read()
      if (!there.ok) return there
      if (there.value !== null) throw new Error(`${kept.document.acceptanceId} is there already`)
      return place.write(kept)
    },
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
    seenKey(machineId: string): Result<SeenKey | undefined> {
      const seen = seenKeys.read()
      return seen.ok ? ok(seen.value.find((one) => one.machineId === machineId)) : seen
    },
    /** An own key takes the place of what was only seen. */
    remember(key: SeenKey): Result<void> {
      const seen = seenKeys.read()
      if (!seen.ok) return seen
      const others = seen.value.filter(({ machineId }) => machineId !== key.machineId)
      return others.length >= mostSeen ? ok(undefined) : seenKeys.write([...others, key])
    },
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
