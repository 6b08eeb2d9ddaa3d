// The offline verifier: an audit that was left alone passes, and whatever is done to any of its records is found with a
// checkpoint that lies elsewhere (P64). All records and all kinds: npm run soak -- audit.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAudit } from '../../../../../main/store/audit/audit.ts'
import { auditPlaces } from '../../../../../main/store/audit/audit-places.ts'
import { verifyAudit } from '../../../../../main/store/audit/verify-audit.ts'
import { linesIn, materialIn, mutated, mutationKinds, writeMonths } from '../../../../support/audit-mutations.ts'
import { count, isFullSweep } from '../../../../support/sweep.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const kindsOf = (found: readonly { readonly kind: string }[]) => [...new Set(found.map(({ kind }) => kind))]

describe('an audit of three months', () => {
  const three = () => {
    const folder = temporaryFolder()
    const checkpoint = writeMonths(folder, [6, 5, 4])
    return { folder, checkpoint, lines: linesIn(materialIn(folder)) }
  }

  it('passes as it is, with a key for each of its segments', () => {
    const { folder, checkpoint, lines } = three()
    const report = verifyAudit(materialIn(folder, [checkpoint]))
    expect(report).toMatchObject({ first: 1, last: 35, records: 35, problems: [], notes: [] })
    expect(report.checkpoints).toEqual({ agree: 1, highest: 35 })
    const keys = lines.filter(({ record }) => /begin$/.test(record.act)).map(({ record }) => record.input)
    expect(new Set(keys.map((one) => JSON.stringify(one))).size).toBe(3)
  })

  it('says so where nothing from elsewhere was there to compare with', () => {
    const { folder } = three()
    expect(kindsOf(verifyAudit(materialIn(folder)).notes)).toEqual(['no-checkpoint'])
  })

  // Every seventh, the first and the last, and what ends and begins a segment.
  const sampled = (lines: ReturnType<typeof linesIn>) =>
    lines
      .map((_, at) => at)
      .filter((at) => at % 7 === 3 || at === lines.length - 1 || lines[at]?.record.act.startsWith('audit-'))

  it.each(mutationKinds)('is found to be changed by: %s', (kind) => {
    const { folder, checkpoint, lines } = three()
    for (const at of isFullSweep ? lines.keys() : sampled(lines)) {
      const material = mutated(folder, kind, at)
      if (material === undefined) continue
      const { problems } = verifyAudit({ ...material, given: [checkpoint] })
      expect([kind, at, problems.length > 0]).toEqual([kind, at, true])
      count('changed records that were found')
    }
  })

  it('that was computed anew with the key of today is found without a checkpoint too, where the change is older', () => {
    const { folder, lines } = three()
    const old = lines.findIndex(({ record }) => record.act === 'plan-apply')
    const material = mutated(folder, 'recompute', old)
    expect(kindsOf(verifyAudit(material ?? { segments: [] }).problems)).toEqual(
      expect.arrayContaining(['key-unannounced', 'checkpoint-unsigned']),
    )
  })

  it('has its newest records protected by a checkpoint from elsewhere alone, which is why one says so', () => {
    const { folder, checkpoint, lines } = three()
    const material = mutated(folder, 'recompute', lines.length - 2)
    expect(verifyAudit(material ?? { segments: [] }).problems).toEqual([])
    expect(
      kindsOf(verifyAudit({ ...material, segments: material?.segments ?? [], given: [checkpoint] }).problems),
    ).toEqual(['checkpoint-differs'])
  })

  it('without a whole segment, the first or one in the middle, is found', () => {
    const { folder, checkpoint } = three()
    for (const gone of [0, 1]) {
      const material = materialIn(folder, [checkpoint])
      const segments = [...material.segments].filter((_, at) => at !== gone)
      expect(verifyAudit({ ...material, segments }).problems).not.toEqual([])
    }
  })

  it('is not vouched for by a checkpoint of another console, nor by one that nobody signed', () => {
    const { folder, checkpoint } = three()
    const other = writeMonths(temporaryFolder(), [3])
    expect(kindsOf(verifyAudit(materialIn(folder, [other])).problems)).toEqual(['checkpoint-of-other'])
    const forged = { ...checkpoint, at: '2027-01-01T00:00:00.000Z' }
    expect(kindsOf(verifyAudit(materialIn(folder, [forged])).problems)).toEqual(['checkpoint-unsigned'])
  })
})

describe('a line that was cut short', () => {
  it('is told as a note, and one with a line end in it as a change', () => {
    const folder = temporaryFolder()
    const checkpoint = writeMonths(folder, [2])
    const file = join(folder, 'audit.jsonl')
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"number":6,"at":"2026-01-0`)
    expect(kindsOf(verifyAudit(materialIn(folder, [checkpoint])).notes)).toEqual(['cut-end'])
    openAudit(folder).append({ at: '2026-01-04T00:00:00.000Z', who: 'li', act: 'x', input: {} })
    const after = verifyAudit(materialIn(folder, [checkpoint]))
    expect([after.problems, kindsOf(after.notes)]).toEqual([[], ['gap']])
    writeFileSync(file, `${readFileSync(file, 'utf8')}nobody\nwrote this`)
    openAudit(folder).append({ at: '2026-01-04T00:00:00.000Z', who: 'li', act: 'x', input: {} })
    expect(kindsOf(verifyAudit(materialIn(folder, [checkpoint])).problems)).toEqual(['line-strange'])
  })

  it('is one too when only its line end is missing: nobody was told that it is there', () => {
    const folder = temporaryFolder()
    writeMonths(folder, [2])
    const file = join(folder, 'audit.jsonl')
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -1))
    rmSync(auditPlaces(folder).checkpoints)
    openAudit(folder).append({ at: '2026-01-04T00:00:00.000Z', who: 'li', act: 'x', input: {} })
    const report = verifyAudit(materialIn(folder))
    expect([report.problems, kindsOf(report.notes)]).toEqual([[], ['gap', 'no-checkpoint']])
  })
})

describe('what is older than it is kept', () => {
  it('goes in whole segments, and the rest says where it begins', () => {
    const folder = temporaryFolder()
    const old = '{"at":"now"}\n'
    writeFileSync(join(folder, 'audit.jsonl'), old)
    writeMonths(folder, [2, 2, 2, 2])
    const audit = openAudit(folder)
    expect(audit.retain('2026-09-10T00:00:00.000Z', 183)).toEqual({ ok: true, value: 2 })
    expect(audit.retain('2026-09-10T00:00:00.000Z', 183)).toEqual({ ok: true, value: 0 })
    const checkpoint = audit.checkpoint('2026-09-10T00:00:00.000Z')
    const report = verifyAudit(materialIn(folder, checkpoint.ok && checkpoint.value ? [checkpoint.value] : []))
    expect([report.problems, report.first, kindsOf(report.notes)]).toEqual([[], 13, ['removed']])
  })

  it('is missed where no record says that it was removed', () => {
    const folder = temporaryFolder()
    const checkpoint = writeMonths(folder, [2, 2, 2])
    rmSync(auditPlaces(folder).closed(1))
    expect(kindsOf(verifyAudit(materialIn(folder, [checkpoint])).problems)).toContain('begin-missing')
  })
})

describe('the key of a month that is over', () => {
  it('is nowhere in the state folder any more', () => {
    const folder = temporaryFolder()
    const audit = openAudit(folder)
    const line = { who: 'li', act: 'x', input: {} }
    audit.append({ at: '2026-01-03T00:00:00.000Z', ...line })
    const key = readFileSync(auditPlaces(folder).key, 'utf8')
    audit.append({ at: '2026-02-03T00:00:00.000Z', ...line })
    const now = readFileSync(auditPlaces(folder).key, 'utf8')
    expect(JSON.parse(now)).toMatchObject({ epoch: 2 })
    expect(now).not.toContain(JSON.parse(key).pkcs8.slice(-40))
  })
})
