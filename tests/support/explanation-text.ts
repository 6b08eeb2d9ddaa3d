// What would run each solution of a catalog on an appliance, and why not the rest, as a text that a reviewer can read:
// the words of the product, the figures of the memory sum, and nothing said twice.
import { namedRejections, type RejectedVariant } from '../../shared/domain/choice.ts'
import { type SolutionEntry, servicesOf } from '../../shared/domain/entry/solution-entry.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import type { FormOutlook, OutlookWish } from '../../shared/domain/outlook.ts'
import { valueOr } from '../../shared/domain/reading.ts'
import type { Catalog } from '../../shared/plan/catalog.ts'
import { type ChosenService, chooseServices } from '../../shared/plan/choose/choose-services.ts'
import { describedStock } from '../../shared/plan/choose/stock.ts'
import type { ChosenFit } from '../../shared/plan/fit/answer.ts'
import { modelOutlooks } from '../../shared/plan/outlook.ts'
import { bytesText } from '../../shared/words/amounts.ts'
import { failureText } from '../../shared/words/language.ts'
import { rejectedName, rejectionText } from '../../shared/words/rejection-words.ts'
import { wordsOf } from '../../shared/words/words-of.ts'

const words = wordsOf('en')

export function solutionsOf({ entries }: Catalog): SolutionEntry[] {
  return entries.filter((one) => one.kind === 'solution')
}

export function explanationText(about: string, facts: Facts, catalog: Catalog): string {
  const solutions = solutionsOf(catalog).flatMap((one) => ['', ...solutionLines(one, facts, catalog)])
  return `${[about, ...applianceLines(facts), ...solutions].join('\n')}\n`
}

function applianceLines(facts: Facts): string[] {
  const { os, architecture, memory, engine, accelerators } = facts
  const host = [
    valueOr(os, { prettyName: 'unknown system' }).prettyName,
    valueOr(architecture, 'unknown architecture'),
    memory.state === 'known' ? bytesText(memory.value.totalBytes) : 'memory unknown',
    engine.state === 'known' ? `Docker ${engine.value.version}` : 'no container engine',
  ]
  const reports = accelerators.map(({ vendor, driverVersion, devices }) => {
    const driver = `driver ${valueOr(driverVersion, 'unknown')}`
    if (devices.state === 'unreadable') return `${vendor}: ${driver}, cannot be read: ${devices.why}`
    const kinds = valueOr(devices, []).map(
      ({ product, memoryTotalBytes: own }) =>
        `${valueOr(product, 'unknown')} ${own.state === 'known' ? bytesText(own.value) : '(memory of the host)'}`,
    )
    const counted = [...new Set(kinds)].map((kind) => `${kinds.filter((one) => one === kind).length} x ${kind}`)
    return `${vendor}: ${driver}, ${counted.join(', ')}`
  })
  return [host.join(', '), ...reports]
}

function solutionLines(solution: SolutionEntry, facts: Facts, catalog: Catalog): string[] {
  const { services, problems } = chooseServices(solution, { facts, catalog, stock: describedStock })
  const verdict = problems.length === 0 ? 'fits' : `does not fit: ${problems.length} of ${servicesOf(solution).length}`
  return [`== ${solution.id}: ${verdict}`, ...services.flatMap(serviceLines), ...problems.flatMap(problemLines)]
}

function serviceLines(one: ChosenService): string[] {
  const { name } = one.service
  if (one.role === 'app') return [`  ${name}: ${one.app.id} · ${one.chosen.variant.id}`, ...rejectedLines(one.chosen)]
  if (one.role === 'ingress')
    return [`  ${name}: ${one.ingress.id} · ${one.chosen.variant.id}`, ...rejectedLines(one.chosen)]
  if (one.role === 'gateway')
    return [`  ${name}: ${one.gateway.id} · ${one.chosen.variant.id}`, ...rejectedLines(one.chosen)]
  const { runtime, variant, form, fit } = one.chosen
  const { contextTokens, parallel } = one.model
  return [
    `  ${name}: ${one.model.id} as ${form.quantization} by ${runtime.id} · ${variant.id}`,
    `    asked for: ${parallel} requests of ${contextTokens} tokens at once`,
    ...(fit === undefined ? ['    what the devices have is not known'] : fitLines(fit)),
    ...rejectedLines(one.chosen),
  ]
}

function fitLines({ layout, devices, perDevice, users, longestContextTokens }: ChosenFit): string[] {
  const { usableBytes, utilization, heldBytes, weightsBytes, activationBytes, runtimeBytes } = perDevice
  const { tensor, pipeline, data } = layout
  const terms = [
    `${bytesText(usableBytes)} x ${utilization}`,
    ...(heldBytes > 0 ? [`held ${bytesText(heldBytes)}`] : []),
    `weights ${bytesText(weightsBytes)}`,
    `process ${bytesText(activationBytes + runtimeBytes)}`,
  ]
  return [
    `    on ${devices.length} (tensor ${tensor}, pipeline ${pipeline}, data ${data}): ${devices.join(', ')}`,
    `    each: ${terms.join(' - ')} = ${bytesText(perDevice.kvRoomBytes)} for the cache, ${bytesText(perDevice.kvNeededBytes)} needed`,
    `    there: ${users} at once, or one of ${longestContextTokens} tokens`,
  ]
}

function problemLines(failure: Failure): string[] {
  if (failure.kind !== 'no-variant-fits') return [`  ${failureText(failure, words).what}`]
  return [`  nothing serves ${failure.entry}`, ...rejectedLines(failure)]
}

function rejectedLines({ rejected }: { readonly rejected: readonly RejectedVariant[] }): string[] {
  const { named, others } = namedRejections(rejected)
  const lines = grouped(named).map(([why, names]) => `    not ${names.join(', ')}: ${why}`)
  return others === 0 ? lines : [...lines, `    ${words.rejections.others(others)}`]
}

/** By what stands against them, in the order in which that is met first. */
function grouped(rejected: readonly RejectedVariant[]): [why: string, names: string[]][] {
  const found = new Map<string, string[]>()
  for (const one of rejected) {
    const why = one.rejections.map((each) => rejectionText(each, words.rejections)).join('; ')
    found.set(why, [...(found.get(why) ?? []), `${one.entry} ${rejectedName(one)}`])
  }
  return [...found]
}

/** For the question before anything is bought: which models, on how many devices, for how many people. */
export function outlookText(about: string, facts: Facts, catalog: Catalog, wish: OutlookWish): string {
  const lines = modelOutlooks(facts, catalog, wish).flatMap(({ model, forms }) =>
    forms.flatMap((form) => formLines(model, form)),
  )
  return `${[about, ...applianceLines(facts), `asked for: ${wish.users} at once, ${wish.contextTokens} tokens each`, '', ...lines].join('\n')}\n`
}

function formLines(model: string, { quantization, bytes, fit, memoryUnknown, rejected }: FormOutlook): string[] {
  const name = `${model} as ${quantization}, ${bytesText(bytes)}`
  if (fit !== undefined) {
    const { runtime, variant, devices, layout, users, mostUsers, longestContextTokens } = fit
    const split = `tensor ${layout.tensor}, pipeline ${layout.pipeline}, data ${layout.data}`
    return [
      `${name}: fits on ${devices} (${split}) by ${runtime} · ${variant}`,
      `    ${users} at once there, ${mostUsers} with all devices; one of ${longestContextTokens} tokens`,
    ]
  }
  if (memoryUnknown) return [`${name}: what the devices have is not known`]
  const [nearest] = grouped(rejected)
  return [`${name}: does not fit`, ...(nearest === undefined ? [] : [`    ${nearest[1].join(', ')}: ${nearest[0]}`])]
}
