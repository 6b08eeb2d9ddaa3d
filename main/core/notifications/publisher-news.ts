// What a bundle tells of its publisher that this console did not know: a later version of a line that was here before, and
// versions that it takes back. The first bundle of somebody who was just trusted is no news: a person brought it.
import { demoPublisher } from '../../../shared/domain/demo.ts'
import type { KeptNews } from '../../../shared/domain/notification.ts'
import type { PinnedPublisher, TrustState } from '../../../shared/domain/publisher.ts'
import { readMetadata } from '../../trust/metadata-form.ts'

type Learned = { readonly before: TrustState; readonly next: TrustState }

export function newsOfPublishers({ before, next }: Learned, atMs: number): KeptNews[] {
  return next.publishers.flatMap((one) => {
    const known = before.publishers.find(({ id }) => id === one.id)
    // What is the demo's is made by this console itself.
    if (known === undefined || one.id === demoPublisher) return []
    return [...newVersions(known, one, atMs), ...takenBack(known, one, atMs)]
  })
}

function newVersions(known: PinnedPublisher, { id, name, lines }: PinnedPublisher, atMs: number): KeptNews[] {
  return lines.flatMap((line): KeptNews[] => {
    const seen = known.lines.find((one) => one.name === line.name)
    if (seen === undefined || seen.timestamp === line.timestamp) return []
    const { version } = readMetadata('timestamp', Buffer.from(line.timestamp), 'timestamp').signed
    return [{ news: 'new-version', atMs, publisher: { id, name }, line: line.name, version }]
  })
}

function takenBack(known: PinnedPublisher, { id, name, blocked = [] }: PinnedPublisher, atMs: number): KeptNews[] {
  const before = new Set((known.blocked ?? []).map((one) => JSON.stringify(one)))
  return blocked
    .filter((one) => !before.has(JSON.stringify(one)))
    .map((one) => ({ news: 'taken-back' as const, atMs, publisher: { id, name }, blocked: one }))
}
