// One entry of the catalog in lines.
import { partsOf } from '../../../shared/domain/entry/part.ts'
import type { SolutionPart } from '../../../shared/domain/entry/solution-entry.ts'
import type { Entry } from '../../../shared/domain/entry.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import type { Words } from '../../../shared/words/words.ts'

export function titleOf({ title }: Entry, words: Words): string {
  return title[words.language]
}

export function entryLines(entry: Entry, from: string, words: Words): string[] {
  const { labels, notForDiagnosis } = words.catalog.outlook
  const { pair } = words.cli
  const { kind, id, version, summary, publisher, licence } = entry
  const use = 'intendedUse' in entry && entry.intendedUse !== undefined ? entry.intendedUse[words.language] : undefined
  const forbids = 'notForDiagnosis' in entry && entry.notForDiagnosis === true
  return [
    `${pair(`${kind} ${id} ${version}`, titleOf(entry, words))}`,
    `  ${summary[words.language]}`,
    `  ${pair(labels.from, from)}`,
    ...(publisher === undefined ? [] : [`  ${pair(labels.publisher, publisher.name)}`]),
    `  ${pair(labels.licence, [licence.spdx, licence.url].filter(Boolean).join(' '))}`,
    ...(licence.terms === undefined ? [] : [`  ${pair(labels.terms, licence.terms[words.language])}`]),
    ...(use === undefined ? [] : [`  ${pair(labels.use, forbids ? `${use} (${notForDiagnosis})` : use)}`]),
    ...partLines(entry, words).map((line) => `  ${line}`),
  ]
}

function madeFrom(service: SolutionPart): string {
  if (service.role === 'job') return service.job
  if (service.role === 'probe') return service.probe
  if (service.role === 'app') return service.app
  if (service.role === 'ingress') return service.ingress
  return service.role === 'gateway' ? service.gateway : service.model
}

function partLines(entry: Entry, words: Words): string[] {
  const { labels } = words.catalog.outlook
  const { pair } = words.cli
  if (entry.kind === 'model') {
    return entry.variants.flatMap(({ id, quantization, format, bytes, repository, measured = [] }) => [
      pair(labels.forms, [id, quantization, format, bytesText(bytes), repository].filter(Boolean).join(', ')),
      ...measured.map((one) => `  ${pair(words.evidence.label, words.evidence.measured(one))}`),
    ])
  }
  if (entry.kind === 'solution') {
    return entry.services.map((one) => pair(labels.services, `${one.name} = ${madeFrom(one)}`))
  }
  if (entry.kind === 'host-package') return []
  const parts = partsOf(entry).map(({ name, images: { amd64, arm64 }, overheadBytes }) => {
    const image = amd64 ?? arm64
    return pair(labels.parts, [name, image?.reference ?? image?.artifact, bytesText(overheadBytes)].join(', '))
  })
  const variants = entry.variants.map(({ id, match, contains }) => {
    const { vendor, families = [], countAtLeast } = ('accelerator' in match && match.accelerator) || {}
    const needs = vendor === undefined ? [] : [`${countAtLeast} × ${[vendor, ...families].join(' ')}`]
    const inside = Object.entries(contains).map(([part, version]) => `${part} ${version}`)
    return pair(labels.variants, [id, ...needs, ...inside].join(', '))
  })
  return [...variants, ...parts]
}
