// `rackside published`: what the local network reaches of an appliance, and the certificate that its computers need.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { publishedUrl } from '../../../shared/domain/service-address.ts'
import { flat, type VerbWork } from './work.ts'

export async function published({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const all = await flat('upkeep.published', client.product.upkeep.published({ target }))
  if (!all.ok) return all
  if (all.value.length === 0) terminal.say(words.upkeep.nothingPublished)
  for (const { at, sites, authority, fingerprint, validUntil } of all.value) {
    const places = sites.map((site) => publishedUrl(at, site.at))
    const say = authority === undefined ? words.upkeep.publishedBySite : words.upkeep.publishedAt
    terminal.say(say(places.join(' '), fingerprint, validUntil))
    for (const line of authority?.trimEnd().split('\n') ?? []) terminal.say(line)
  }
  terminal.result({ published: all.value })
  return ok(0)
}
