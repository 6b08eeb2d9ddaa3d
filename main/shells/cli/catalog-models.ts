// `rackside catalog models` and `show`: what the catalog has, and which of its models fit on an appliance, with the sum
// of their memory, or why not.
import type { CatalogListing, CatalogOutlook } from '../../../shared/contract/catalog.ts'
import type { Target } from '../../../shared/contract/contract.ts'
import type { RejectedVariant } from '../../../shared/domain/choice.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { nearest } from '../../../shared/domain/nearest.ts'
import type { FormOutlook } from '../../../shared/domain/outlook.ts'
import { type Reading, valueOr } from '../../../shared/domain/reading.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { rejectionText } from '../../../shared/words/rejection-words.ts'
import type { Words } from '../../../shared/words/words.ts'
import { usage } from '../../terminal/option-words.ts'
import { type ReaderInvocation, usualWish } from './catalog-arguments.ts'
import { entryLines, titleOf } from './catalog-entry.ts'
import { flat, type VerbWork, type Work } from './work.ts'

/** Exit code, or the failure that ended the command. */
export async function showCatalog(work: Work, line: ReaderInvocation): Promise<Result<number>> {
  const { client, terminal, words } = work
  const listed = await flat('catalog.entries', client.product.catalog.entries({}))
  if (!listed.ok) return listed
  if (line.act === 'show') return showEntry(work, line.id, listed.value)
  const models = listed.value.entries.filter(({ entry }) => entry.kind === 'model')
  for (const { place, entry } of models) {
    terminal.say(`${words.cli.pair(entry.id, titleOf(entry, words))} (${placeText(place, listed.value, words)})`)
  }
  if (models.length === 0) terminal.say(words.cli.none)
  terminal.result({ models })
  return ok(0)
}

function showEntry({ terminal, words }: Work, id: string, listing: CatalogListing): Result<number> {
  const found = listing.entries.filter(({ entry }) => entry.id === id)
  if (found.length === 0) {
    const other = nearest(
      id,
      listing.entries.map(({ entry }) => entry.id),
    )
    return usage('no-such-entry', id, { other })
  }
  for (const { place, entry } of found) {
    for (const line of entryLines(entry, placeText(place, listing, words), words)) terminal.say(line)
  }
  terminal.result({ entries: found })
  return ok(0)
}

export async function modelsOn(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, invocation, terminal, words } = work
  const { wish = usualWish } = invocation
  const outlook = await flat('catalog.outlook', client.product.catalog.outlook({ target, wish }))
  if (!outlook.ok) return outlook
  const listed = await flat('catalog.entries', client.product.catalog.entries({}))
  if (!listed.ok) return listed
  const said = words.catalog.outlook
  terminal.say(said.seen(acceleratorsText(outlook.value, words), outlook.value.takenAt))
  terminal.say(said.asked(String(wish.users), String(wish.contextTokens)))
  for (const model of outlook.value.models) {
    const found = listed.value.entries.find(
      ({ place, entry }) => place === model.place && entry.kind === 'model' && entry.id === model.model,
    )
    const title = found === undefined ? '' : titleOf(found.entry, words)
    terminal.say(`${words.cli.pair(model.model, title)} (${placeText(model.place, listed.value, words)})`)
    for (const line of modelLines(model, outlook.value, words)) terminal.say(`  ${line}`)
  }
  terminal.result({ wish, ...outlook.value })
  return ok(0)
}

function modelLines({ forms }: CatalogOutlook['models'][number], outlook: CatalogOutlook, words: Words): string[] {
  const said = words.catalog.outlook
  if (forms.length === 0) return [said.noRuntime]
  return forms.flatMap((one) => {
    if (one.fit !== undefined) return fitLines(one.form, one.fit, outlook, words)
    if (one.memoryUnknown) return [words.cli.pair(one.form, said.memoryUnknown)]
    const [first] = one.rejected
    const why = first === undefined ? said.noRuntime : refusalText(first, one.form, words)
    return [words.cli.pair(`${one.form} ${said.doesNotFit}`, why)]
  })
}

function fitLines(form: string, fit: NonNullable<FormOutlook['fit']>, outlook: CatalogOutlook, words: Words): string[] {
  const said = words.catalog.outlook
  const { devices, vendor, users, mostUsers, perDevice, runtime, variant, evidence, measured } = fit
  const total = vendor === undefined ? undefined : devicesOf(outlook, vendor)
  const onAll = total !== undefined && total > devices ? String(mostUsers) : undefined
  const { usableBytes, utilization, weightsBytes, overheadBytes, kvRoomBytes, kvNeededBytes } = perDevice
  const terms = {
    ...{ usable: bytesText(usableBytes), reserve: bytesText(usableBytes * (1 - utilization)) },
    ...{ weights: bytesText(weightsBytes), overhead: bytesText(overheadBytes) },
    ...{ room: bytesText(kvRoomBytes), needed: bytesText(kvNeededBytes) },
  }
  const unmeasured = evidence === 'lab' ? said.inLab : words.cli.notVerified
  return [
    `${said.fits(form, devices, total)}, ${total === undefined ? said.slow : said.people(String(users), onAll)}`,
    `  ${said.memory(terms)}`,
    `  ${runtime} (${variant}): ${measured === undefined ? unmeasured : words.evidence.measured(measured)}`,
  ]
}

function refusalText({ entry, variant, model, rejections }: RejectedVariant, form: string, words: Words): string {
  const reasons = rejections.map((one) => rejectionText(one, words.rejections))
  return words.cli.pair(words.catalog.outlook.way(model ?? form, entry, variant), words.cli.list(reasons))
}

function devicesOf({ accelerators }: CatalogOutlook, vendor: string): number {
  return devicesIn(accelerators.find((one) => one.vendor === vendor)?.devices ?? { state: 'absent' }).length
}

function devicesIn<T>(devices: Reading<T[]>): T[] {
  return valueOr(devices, [])
}

/** "8 × Ascend 910B4". */
function acceleratorsText({ accelerators }: CatalogOutlook, words: Words): string {
  const counts = new Map<string, number>()
  for (const { vendor, product } of accelerators.flatMap(({ devices }) => devicesIn(devices))) {
    const name = `${vendorName(vendor)} ${valueOr(product, '')}`.trim()
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const all = [...counts].map(([name, count]) => `${count} × ${name}`)
  return all.length === 0 ? words.catalog.outlook.noAccelerators : words.cli.list(all)
}

function placeText(place: string, { places }: CatalogListing, words: Words): string {
  const found = places.find((one) => one.place === place)
  const said = words.catalog.outlook
  return found === undefined || found.origin === 'built-in' ? said.builtIn : said.bundle(found.name)
}
