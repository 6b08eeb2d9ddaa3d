// An audit as somebody may change it who may write all its files: one record edited, taken out, put elsewhere, everything
// behind it cut off, and all of it computed anew with the key that is there today.
import { type AuditLimits, openAudit } from '../../main/store/audit/audit.ts'
import { materialAt } from '../../main/store/audit/audit-files.ts'
import { auditPlaces, sha256Of } from '../../main/store/audit/audit-places.ts'
import { readEpochKey } from '../../main/store/audit/epoch-key.ts'
import { linesOf } from '../../main/store/audit/lines.ts'
import type { AuditMaterial } from '../../main/store/audit/verify-audit.ts'
import { type AuditCheckpoint, checkpointText } from '../../shared/domain/audit-checkpoint.ts'
import { ownActs, stretchBegin, stretchEnd, successionText } from '../../shared/domain/audit-own-acts.ts'
import { type AuditRecord, beforeAll, type SealedRecord, sealedLine } from '../../shared/domain/audit-record.ts'

export const mutationKinds = ['edit', 'delete', 'double', 'reorder', 'truncate', 'recompute'] as const
export type MutationKind = (typeof mutationKinds)[number]

/** A month passes behind each of these many acts. */
export function writeMonths(folder: string, acts: readonly number[], limits?: AuditLimits): AuditCheckpoint {
  const audit = openAudit(folder, limits)
  acts.forEach((count, month) => {
    const at = new Date(Date.UTC(2026, month, 3)).toISOString()
    for (let i = 0; i < count; i += 1) {
      const line = { at, who: 'li', role: 'admin', act: 'plan-apply', input: { planId: `plan-${i}` } }
      const begun = audit.append(line)
      if (!begun.ok) throw new Error(JSON.stringify(begun.failure))
      audit.append({ ...line, ends: { number: begun.value.number, result: 'ok' }, input: {} })
    }
  })
  const made = audit.checkpoint(new Date(Date.UTC(2026, acts.length, 1)).toISOString())
  if (!made.ok || made.value === undefined) throw new Error('no checkpoint')
  return made.value
}

export function materialIn(folder: string, given: readonly AuditCheckpoint[] = []): AuditMaterial {
  const material = materialAt(folder, { given, copies: [] })
  if (!material.ok) throw new Error(JSON.stringify(material.failure))
  return { ...material.value, segments: [...material.value.segments] }
}

type Line = { readonly file: string; readonly record: SealedRecord }

export function linesIn(material: AuditMaterial): Line[] {
  return [...material.segments].flatMap(({ file, bytes }) =>
    linesOf(bytes).flatMap(({ read }) => (read === undefined ? [] : [{ file, record: read.record }])),
  )
}

/** What somebody makes of it at that record; undefined where it cannot be done there. */
export function mutated(folder: string, kind: MutationKind, at: number): AuditMaterial | undefined {
  const material = materialIn(folder)
  const lines = linesIn(material)
  const line = lines[at]
  if (line === undefined) return undefined
  const edited = { file: line.file, record: { ...line.record, who: `${line.record.who}x` } }
  const rest = lines.slice(at + 1)
  const before = lines.slice(0, at)
  const next = rest[0]
  switch (kind) {
    case 'edit':
      return asWritten(material, [...before, edited, ...rest])
    case 'delete':
      return asWritten(material, [...before, ...rest])
    case 'double':
      return asWritten(material, [...before, line, line, ...rest])
    case 'reorder':
      return next === undefined ? undefined : asWritten(material, [...before, ...swapped(line, next), ...rest.slice(1)])
    case 'truncate':
      return asWritten(material, before)
    case 'recompute':
      return recomputed(folder, { material, from: line.record.number }, [...before, edited, ...rest])
  }
}

function asWritten(material: AuditMaterial, lines: readonly Line[]): AuditMaterial {
  const files = [...new Set([...material.segments].map(({ file }) => file))]
  const text = ({ hash, ...record }: SealedRecord) =>
    `${sealedLine(record, sha256Of).line.replace(/"hash":"[0-9a-f]{64}"\}$/, `"hash":"${hash}"}`)}\n`
  const segments = files.map((file) => ({
    file,
    bytes: Buffer.from(
      lines
        .filter((one) => one.file === file)
        .map(({ record }) => text(record))
        .join(''),
    ),
  }))
  return { ...material, segments }
}

/** In each other's place, which may be the end of a file and the beginning of the next. */
function swapped(one: Line, next: Line): Line[] {
  return [
    { file: one.file, record: next.record },
    { file: next.file, record: one.record },
  ]
}

type Recomputing = { readonly material: AuditMaterial; readonly from: number }

/** With right digests all along, and what is behind the change signed anew with the one key that is still there. */
function recomputed(folder: string, { material, from }: Recomputing, lines: readonly Line[]): AuditMaterial {
  const key = readEpochKey(auditPlaces(folder).key)
  if (key === undefined) throw new Error('no key')
  let previous = beforeAll
  let consoleId = ''
  const anew = lines.map(({ file, record: { hash: _, ...record } }) => {
    consoleId = record.act.endsWith('begin') ? stretchBegin.parse(record.input).consoleId : consoleId
    const whole: AuditRecord = { ...record, previous, input: signedAnew({ ...record, previous }) }
    const { hash } = sealedLine(whole, sha256Of)
    previous = hash
    return { file, record: { ...whole, hash } }
  })
  const hashes = new Map(anew.map(({ record }) => [record.number, record.hash]))
  const own = (material.own ?? []).map(({ signature, ...one }) => {
    if (one.number < from) return { ...one, signature }
    const said = { ...one, hash: hashes.get(one.number) ?? one.hash }
    return { ...said, signature: key.sign(checkpointText(said)) }
  })
  return { ...asWritten(material, anew), own }

  function signedAnew(record: AuditRecord): unknown {
    if (record.act !== ownActs.epochEnd || record.number < from) return record.input
    const said = stretchEnd.parse(record.input)
    return { ...said, signature: key?.sign(successionText(consoleId, said, record.previous)) }
  }
}
