// One open terminal: what is shown is in its record first, limits of time and of size end it, and a reader that is slow or
// gone holds back what comes instead of filling this process.
import { describe, expect, it } from 'vitest'
import { terminalSession } from '../../../../../main/core/terminal/session.ts'
import type { CastWriter } from '../../../../../main/store/cast-file.ts'
import { mostRecordedBytes, type TerminalEnd } from '../../../../../shared/domain/terminal.ts'
import { pretendShell } from '../../../../support/pretend-shell.ts'

/** A clock that only a test moves, and pauses that end when it has come so far. */
function handTime() {
  let nowMs = 1000
  let sleepers: { untilMs: number; wake: () => void }[] = []
  return {
    clock: () => nowMs,
    pause: (milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((wake) => {
        const end = () => {
          signal?.removeEventListener('abort', end)
          wake()
        }
        sleepers.push({ untilMs: nowMs + milliseconds, wake: end })
        signal?.addEventListener('abort', end)
      }),
    async pass(minutes: number) {
      nowMs += minutes * 60_000
      const due = sleepers.filter(({ untilMs }) => untilMs <= nowMs)
      sleepers = sleepers.filter((one) => !due.includes(one))
      for (const { wake } of due) wake()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

type Played = { readonly recordedBytes?: number; readonly fails?: () => boolean }

function begin({ recordedBytes = 0, fails = () => false }: Played = {}) {
  const shell = pretendShell()
  const time = handTime()
  const recorded: string[] = []
  const ends: TerminalEnd[] = []
  let bytes = recordedBytes
  const record: CastWriter = {
    shown(_, text) {
      if (fails()) throw new Error('ENOSPC: no space left on device')
      recorded.push(text)
      bytes += text.length
    },
    resized: (_, { columns, rows }) => void recorded.push(`${columns}x${rows}`),
    bytes: () => bytes,
    close: () => ({ bytes, digest: 'a'.repeat(64) }),
  }
  const session = terminalSession({
    ...{ shell, record, tools: time },
    onEnd: (end) => {
      ends.push(end)
      return undefined
    },
    unrecorded: (error) => ({ kind: 'state-unwritable', folder: '/state', detail: (error as Error).message }),
  })
  return { shell, time, recorded, ends, session }
}

const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('an open terminal', () => {
  it('records what it shows before anybody reads it, letters whole wherever they are cut, and no keys', async () => {
    const { shell, recorded, session } = begin()
    const bytes = Buffer.from('病房\u{1F600}')
    for (const byte of bytes) shell.show(Uint8Array.of(byte))
    await soon()
    await session.type('secret\r')
    session.resize({ columns: 90, rows: 20 })
    await soon()
    expect(recorded.join('')).toBe('病房\u{1F600}90x20')
    expect(await session.next()).toBe('病房\u{1F600}')
    expect([shell.keys, shell.sizes]).toEqual([['secret\r'], [{ columns: 90, rows: 20 }]])
  })

  it('shows what is no text as such, and what was cut at its end', async () => {
    const { shell, session } = begin()
    shell.show(Uint8Array.of(0x61, 0xff, 0x62, 0xe7))
    shell.end(0)
    await soon()
    expect(await session.next()).toBe('a\ufffdb\ufffd')
    expect(await session.next()).toBeUndefined()
    expect(session.ended()).toEqual({ end: { reason: 'exited', exitCode: 0, seconds: 0 } })
  })

  it('ends when nothing was typed or shown for a quarter of an hour, whether or not anybody reads', async () => {
    const { shell, time, ends, session } = begin()
    await time.pass(14)
    await session.type('x')
    await time.pass(14)
    shell.show('y')
    await soon()
    await time.pass(14)
    expect(ends).toEqual([])
    await time.pass(2)
    expect(ends).toEqual([{ reason: 'idle', seconds: 44 * 60 }])
    expect(shell.isClosed()).toBe(true)
  })

  it('ends after eight hours, however busy it is', async () => {
    const { time, ends, session } = begin()
    for (let passed = 0; passed < 8 * 60; passed += 10) {
      expect(ends).toEqual([])
      await session.type('x')
      await time.pass(10)
    }
    expect(ends).toEqual([{ reason: 'too-long', seconds: 8 * 3600 }])
  })

  it('ends when its record is full, and shows what still was recorded', async () => {
    const { shell, ends, session } = begin({ recordedBytes: mostRecordedBytes - 10 })
    shell.show('0123456789')
    shell.show('more')
    await soon()
    expect(await session.next()).toBe('0123456789')
    expect(await session.next()).toBeUndefined()
    expect(ends.map(({ reason }) => reason)).toEqual(['record-full'])
    expect(shell.isClosed()).toBe(true)
  })

  it('of which the record cannot be written shows nothing more, and says why', async () => {
    const { shell, recorded, session } = begin({ fails: () => true })
    shell.show('never seen')
    await soon()
    expect(await session.next()).toBeUndefined()
    expect(recorded).toEqual([])
    expect(session.ended()).toMatchObject({
      ...{ end: { reason: 'record-failed' } },
      failure: { kind: 'state-unwritable', detail: expect.stringContaining('ENOSPC') },
    })
  })

  it('that nobody reads holds the appliance back, and a reader gets everything in its order', async () => {
    const { shell, session } = begin()
    const piece = 'y'.repeat(32 * 1024)
    for (let count = 0; count < 100; count += 1) shell.show(piece)
    await soon()
    await soon()
    expect(shell.waiting()).toBeGreaterThan(85)
    let read = 0
    while (read < 100 * piece.length) read += (await session.next())?.length ?? Number.NaN
    expect([read, shell.waiting()]).toEqual([100 * piece.length, 0])
  })

  it('that has ended takes nothing more: its record is closed, and its number may be another file’s', async () => {
    const { session, recorded, shell } = begin()
    session.close('closed')
    session.resize({ columns: 90, rows: 30 })
    await session.type('ls')
    expect(recorded).toEqual([])
    expect([shell.keys, shell.sizes]).toEqual([[], []])
  })

  it('ends for one reason: what comes of closing it is none', async () => {
    const { shell, ends, session } = begin()
    session.close('closed')
    shell.end(0)
    session.close('left')
    await soon()
    expect(ends.map(({ reason }) => reason)).toEqual(['closed'])
    expect(await session.next()).toBeUndefined()
  })
})
