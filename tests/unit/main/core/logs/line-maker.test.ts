// Messages of a log as lines: pieces of a long one together again, a bound that is said, and nothing twice for a reader who
// comes back.
import { describe, expect, it } from 'vitest'
import { framedMessages } from '../../../../../main/connect/log-messages.ts'
import { lineMaker, type PlacedLine } from '../../../../../main/core/logs/line-maker.ts'
import { type LogPlace, longestLineBytes } from '../../../../../shared/domain/log.ts'
import { frameOf, inPieces, momentOf, type Written } from '../../../../support/log-frames.ts'

function read(written: readonly Written[], after?: LogPlace): PlacedLine[] {
  const take = framedMessages()
  const maker = lineMaker(after)
  const lines = take(Buffer.concat(written.map(frameOf))).flatMap((message) => maker.take(message))
  return [...lines, ...maker.rest()]
}

const texts = (lines: readonly PlacedLine[]) => lines.map(({ line }) => line.text)

describe('a line', () => {
  it('has its time and its stream', () => {
    const lines = read([
      { at: '2026-11-28T13:00:00.123456789Z', text: 'out\n' },
      { at: '2026-11-28T21:00:01.000000001+08:00', stream: 'stderr', text: 'err\n' },
      { text: 'when\n' },
    ])
    expect(lines.map(({ line }) => line)).toEqual([
      { atMs: Date.UTC(2026, 10, 28, 13, 0, 0, 123), stream: 'stdout', text: 'out' },
      { atMs: Date.UTC(2026, 10, 28, 13, 0, 1), stream: 'stderr', text: 'err' },
      { atMs: null, stream: 'stdout', text: 'when' },
    ])
    expect(lines[1]?.place).toEqual({ at: '2026-11-28T13:00:01.000000001Z', messages: 1 })
  })

  it('that came in pieces is one, also when another stream writes in between', () => {
    const at = momentOf(0)
    const pieces: Written[] = [
      { at, text: 'a'.repeat(5) },
      { at: momentOf(1), stream: 'stderr', text: 'other\n' },
      { at, text: 'b'.repeat(5) },
      { at, text: 'c\n' },
    ]
    expect(texts(read(pieces))).toEqual(['other', 'aaaaabbbbbc'])
  })

  it('that never ended is shown at the end', () => {
    expect(texts(read([{ text: 'whole\n' }, { text: 'half' }]))).toEqual(['whole', 'half'])
  })

  it('that writes over itself is as many lines as it was written', () => {
    expect(texts(read([{ text: '10 %\r50 %\r100 %\r\n' }, { text: '\r\n' }, { text: '\n' }]))).toEqual([
      ...['10 %', '50 %', '100 %'],
      ...['', ''],
    ])
  })

  it.each([
    ['as one message', [{ text: `${'x'.repeat(longestLineBytes + 7)}\n` }], 7],
    ['in pieces', [{ text: 'x'.repeat(longestLineBytes - 1) }, { text: 'x'.repeat(20_000) }, { text: 'x\n' }], 20_000],
  ])('beyond the bound is cut, and says by how much: %s', (_, written, cutBytes) => {
    const [line, ...more] = read([...written, { text: 'next\n' }])
    expect(line?.line).toMatchObject({ text: 'x'.repeat(longestLineBytes), cutBytes })
    expect(texts(more)).toEqual(['next'])
  })

  it('exactly of the bound is not cut', () => {
    const [line] = read([{ text: `${'x'.repeat(longestLineBytes)}\n` }])
    expect(line?.line).toEqual({ atMs: null, stream: 'stdout', text: 'x'.repeat(longestLineBytes) })
  })

  it('of 100 MB takes no more memory than its beginning (P46)', () => {
    const take = framedMessages()
    const maker = lineMaker()
    const piece = Buffer.alloc(64 * 1024, 0x78)
    const pieces = 1600
    const head = Buffer.alloc(8)
    head[0] = 1
    head.writeUInt32BE(pieces * piece.length + 1, 4)
    const before = process.memoryUsage().rss
    let shown = take(head).length
    for (let at = 0; at < pieces; at += 1) shown += take(piece).length
    const lines = take(Buffer.from('\n')).flatMap((message) => maker.take(message))
    expect(shown).toBe(0)
    expect(lines.map(({ line }) => line.cutBytes)).toEqual([pieces * piece.length - longestLineBytes])
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024)
  })
})

describe('whoever comes back', () => {
  const written: Written[] = [0, 0, 0, 1, 2].map((moment, at) => ({ at: momentOf(moment), text: `${at}\n` }))

  it.each([0, 1, 2, 3, 4])('after line %i has the others, and none twice', (last) => {
    const place = read(written)[last]?.place
    const since = written.filter(({ at }) => (at ?? '') >= (place?.at ?? ''))
    expect(texts(read(since, place))).toEqual(['0', '1', '2', '3', '4'].slice(last + 1))
  })

  it('has what another container of that name wrote since', () => {
    const place = read(written).at(-1)?.place
    expect(texts(read([{ at: momentOf(9), text: 'new\n' }], place))).toEqual(['new'])
  })
})

describe('an answer', () => {
  it('that is no log is refused', () => {
    expect(() => framedMessages()(Buffer.from('HTTP/1.1 200 OK'))).toThrow('no frames')
  })

  it('is read the same in any pieces', () => {
    const bytes = Buffer.concat(
      [0, 1, 2].map((at) =>
        frameOf({ at: momentOf(at), stream: at === 1 ? 'stderr' : 'stdout', text: `line ${at}\n` }),
      ),
    )
    const whole = framedMessages()(bytes)
    for (let size = 1; size < 60; size += 1) {
      const take = framedMessages()
      expect(inPieces(bytes, size).flatMap(take)).toEqual(whole)
    }
  })
})
