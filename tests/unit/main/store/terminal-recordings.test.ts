// Recordings of terminals on the disk: whole or not, read in pieces, and gone when they are old or too much.
import { appendFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { terminalRecordingsIn } from '../../../../main/store/terminal-recordings.ts'
import { keptDays, mostKeptBytes, mostPieceBytes, type TerminalRecord } from '../../../../shared/domain/terminal.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const size = { columns: 80, rows: 24 }
const dayMs = 86_400_000
const nowMs = Date.parse('2026-11-28T08:00:00.000Z')

function recordOf(number: number, daysAgo = 0): TerminalRecord {
  return {
    ...{
      recordingId: `recorded-${String(number).padStart(16, '0')}`,
      who: 'li',
      appliance: 'ward',
      host: 'h',
      port: 22,
    },
    ...{ user: 'ops', machineId: null, startedAt: new Date(nowMs - daysAgo * dayMs).toISOString(), end: null },
  }
}

function recordings() {
  const folder = temporaryFolder()
  const kept = terminalRecordingsIn(folder)
  const castOf = ({ recordingId }: TerminalRecord) => join(folder, 'terminals', `${recordingId}.cast`)
  const make = (record: TerminalRecord, ...texts: string[]) => {
    const writer = kept.begin(record, size)
    if (!writer.ok) throw new Error('no writer')
    for (const [at, text] of texts.entries()) writer.value.shown(at, text)
    const written = writer.value.close()
    const whole = { ...record, end: { reason: 'exited' as const, seconds: 3, ...written } }
    kept.save(whole)
    return whole
  }
  return { kept, castOf, make }
}

describe('a recording of a terminal', () => {
  it('is whole as it was written, broken when a byte of it changes, and missing when its file is gone', async () => {
    const { kept, castOf, make } = recordings()
    const record = make(recordOf(1), 'one', 'two')
    expect(await kept.check(record)).toBe('whole')
    expect(statSync(castOf(record)).mode & 0o777).toBe(0o600)
    writeFileSync(castOf(record), readFileSync(castOf(record), 'utf8').replace('one', 'two'))
    expect(await kept.check(record)).toBe('broken')
    rmSync(castOf(record))
    expect(await kept.check(record)).toBe('missing')
  })

  it('that got longer, or shorter, is broken; one that nobody ended is unproven', async () => {
    const { kept, castOf, make } = recordings()
    const [longer, shorter, cutOff] = [make(recordOf(1), 'x'), make(recordOf(2), 'x'), recordOf(3)]
    appendFileSync(castOf(longer), '[9,"o","never shown"]\n')
    truncateSync(castOf(shorter), 20)
    expect(kept.begin(cutOff, size).ok).toBe(true)
    expect(await Promise.all([longer, shorter, cutOff].map((one) => kept.check(one)))).toEqual([
      ...['broken', 'broken', 'unproven'],
    ])
  })

  it('is read in pieces of whole lines, all of it', () => {
    const { kept, castOf, make } = recordings()
    const record = make(recordOf(1), ...Array.from({ length: 40 }, (_, at) => `${at} ${'病'.repeat(8000)}\u001b[0m`))
    const pieces: string[] = []
    for (let from: number | null = 0; from !== null; ) {
      const piece = kept.piece(record.recordingId, from)
      if (!piece.ok || piece.value === null) throw new Error('no piece')
      expect(Buffer.byteLength(piece.value.text)).toBeLessThanOrEqual(mostPieceBytes)
      pieces.push(piece.value.text)
      from = piece.value.next
    }
    expect(pieces.length).toBeGreaterThan(3)
    expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true)
    expect(pieces.join('')).toBe(readFileSync(castOf(record), 'utf8'))
    expect(kept.piece('recorded-00000000000000ff', 0)).toEqual({ ok: true, value: null })
  })

  it('has none of the controls that it recorded as such', () => {
    const { castOf, make } = recordings()
    const text = readFileSync(castOf(make(recordOf(1), '\u001b]0;title\u0007\r\n\u009b')), 'utf8')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f]/)
  })

  it('takes nothing once it is closed', () => {
    const { kept, castOf } = recordings()
    const writer = kept.begin(recordOf(1), size)
    if (!writer.ok) throw new Error('no writer')
    const { bytes } = writer.value.close()
    expect(() => writer.value.resized(1, size)).toThrow('closed')
    expect(statSync(castOf(recordOf(1))).size).toBe(bytes)
  })

  it('is plain text also for what only some terminals obey, and the same text for whoever reads it', () => {
    const { castOf, make } = recordings()
    const hostile = '\u009b2J\u202etxt\u2066\ufeff\u007f'
    const file = readFileSync(castOf(make(recordOf(1), hostile)), 'utf8')
    expect(file).toMatch(/^[ -~\n]*$/)
    expect(JSON.parse(file.split('\n')[1] ?? '')).toEqual([0, 'o', hostile])
  })

  it(`goes after ${keptDays} days`, () => {
    const { kept, make } = recordings()
    make(recordOf(1, keptDays + 1), 'x')
    make(recordOf(2, keptDays - 1), 'x')
    const gone = kept.surplus(nowMs, new Set(), 0)
    expect(gone).toEqual([{ recordingId: recordOf(1).recordingId, bytes: expect.any(Number), why: 'old' }])
    for (const { recordingId } of gone) kept.drop(recordingId)
    expect(kept.list().map(({ recordingId }) => recordingId)).toEqual([recordOf(2).recordingId])
  })

  it('goes when there is no room, the oldest first, and never while it goes on', () => {
    const { kept, castOf, make } = recordings()
    const made = [4, 3, 2, 1].map((number) => make(recordOf(number, number), 'x'))
    // Sparse: nothing of it is on the disk.
    for (const one of made) truncateSync(castOf(one), mostKeptBytes * 0.3)
    const idsOf = (gone: readonly { recordingId: string }[]) => gone.map(({ recordingId }) => recordingId)
    expect(idsOf(kept.surplus(nowMs, new Set(), 0))).toEqual([recordOf(4).recordingId])
    expect(idsOf(kept.surplus(nowMs, new Set(), mostKeptBytes * 0.5))).toEqual(
      [4, 3, 2].map((n) => recordOf(n).recordingId),
    )
    expect(idsOf(kept.surplus(nowMs, new Set([recordOf(4).recordingId]), 0))).toEqual([])
  })

  it('that cannot be begun leaves nothing behind', () => {
    const { kept, castOf } = recordings()
    const record = recordOf(1)
    kept.begin(record, size)
    rmSync(castOf(record).replace('.cast', '.json'))
    expect(kept.begin(record, size)).toMatchObject({ ok: false, failure: { kind: 'state-unwritable' } })
    expect(existsSync(castOf(record))).toBe(false)
  })
})
