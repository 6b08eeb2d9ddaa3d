// Until when a publisher vouches for what this console has seen of it. What is installed goes on afterwards; nothing
// more can be installed from its bundles until a newer one is brought.
import * as z from 'zod'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { metadataDate, type PinnedPublisher } from '../../shared/domain/publisher.ts'

const dated = z.object({ signed: z.object({ expires: metadataDate }) })

/** UTC. Undefined where no bundle of it was opened yet: of its lines the one that lasts longest counts, and its keys. */
export function vouchedUntil({ root, lines }: Pick<PinnedPublisher, 'root' | 'lines'>): string | undefined {
  const ends = lines.flatMap(({ timestamp, snapshot }) => earliest([timestamp, snapshot]) ?? [])
  const longest = ends.sort().at(-1)
  const keys = earliest([root])
  return longest === undefined || keys === undefined ? undefined : [longest, keys].sort()[0]
}

/** They were verified when they were kept; one that cannot be read now says nothing. */
function earliest(documents: readonly string[]): string | undefined {
  const dates = documents.map((one) => dated.safeParse(jsonIn(one)).data?.signed.expires)
  return dates.some((date) => date === undefined) ? undefined : dates.flatMap((date) => date ?? []).sort()[0]
}
