// Output without measure: memory stays bounded, what was dropped is said, and the console goes on (P46).
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Link, ProcessChannel } from '../../../../main/connect/link.ts'
import { runOver } from '../../../../main/connect/run.ts'
import { sessionsOver } from '../../../../main/connect/sessions.ts'
import { streamOver } from '../../../../main/connect/stream.ts'
import { connectionTo } from '../../../support/fake-ssh-server.ts'

const mebibyte = 1024 * 1024

/** A link whose one process prints these pieces behind the start marker, as fast as they are taken. */
function printing(pieces: () => Iterable<Buffer>): Link {
  const failure = (during: string) => ({ kind: 'link-lost', host: 'h', port: 22, during }) as const
  return {
    address: { host: 'h', port: 22, user: 'ops' },
    onLost: () => () => undefined,
    lostFailure: failure,
    openForward: async () => ({ kind: 'prohibited' }),
    close: async () => undefined,
    openProcess: async () => ({ kind: 'open', channel: printer(pieces) }),
  }
}

function printer(pieces: () => Iterable<Buffer>): ProcessChannel {
  const input = new PassThrough()
  const stderr = new PassThrough()
  let started: (marker: string) => void = () => undefined
  const marker = new Promise<string>((resolve) => {
    started = resolve
  })
  input.once('data', (bytes: Buffer) => started(/rackside-start [0-9a-f-]{36}/.exec(bytes.toString())?.[0] ?? ''))
  input.resume()
  async function* output() {
    yield Buffer.from(`${await marker}\n`)
    yield* pieces()
  }
  const stdout = Readable.from(output(), { objectMode: false, highWaterMark: mebibyte })
  const ended = new Promise<void>((resolve) => stdout.once('close', resolve))
  return {
    ...{ input, stdout, stderr },
    onExit: (listener) => void ended.then(() => listener(0)),
    onClose: (listener) => void ended.then(listener),
    close: () => void stdout.destroy(),
  }
}

function* times(count: number, piece: Buffer): Iterable<Buffer> {
  for (let at = 0; at < count; at += 1) yield piece
}

/** The most memory that was in use above what was before, looked at while the work goes on. */
async function mostMemoryOf(work: () => Promise<unknown>): Promise<number> {
  const used = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = used()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, used())
  }, 10)
  await work()
  clearInterval(watch)
  return Math.max(most, used()) - before
}

const what = { name: 'flood', text: 'yes' }

describe('a command that prints', () => {
  it.each<[string, () => Iterable<Buffer>]>([
    ['10 GB', () => times(10_240, Buffer.alloc(mebibyte, 'y\n'))],
    ['a line of 100 MB', () => times(100, Buffer.alloc(mebibyte, 'y'))],
    ['a million pieces of a byte', () => times(1_000_000, Buffer.from('y'))],
    ['bytes that are no text', () => times(100, Buffer.alloc(mebibyte, 0xff))],
  ])(
    '%s keeps its first bytes, says that some are missing, and fills no memory',
    async (_what, pieces) => {
      let ran: Awaited<ReturnType<typeof runOver>> | undefined
      const grown = await mostMemoryOf(async () => {
        ran = await runOver(sessionsOver(printing(pieces)), what, {
          as: 'login',
          deadlineSeconds: 60,
          outputLimitBytes: 65_536,
        })
      })
      expect(ran).toMatchObject({ ok: true, value: { exitCode: 0, truncated: true } })
      expect(ran?.ok && ran.value.stdout.length).toBe(65_536)
      expect(grown).toBeLessThan(150 * mebibyte)
    },
    60_000,
  )

  it('a million pieces that are all kept costs about their bytes', async () => {
    const grown = await mostMemoryOf(() =>
      runOver(sessionsOver(printing(() => times(1_000_000, Buffer.from('y')))), what, {
        as: 'login',
        deadlineSeconds: 60,
      }),
    )
    expect(grown).toBeLessThan(100 * mebibyte)
  }, 60_000)

  it('100 MB without a line end over a real channel is cut, and the link serves the next command', async () => {
    const { link } = await connectionTo()
    const long = { name: 'long', text: 'head -c 104857600 /dev/zero' }
    const ran = await link.run(long, { as: 'login', deadlineSeconds: 60 })
    expect(ran).toMatchObject({ ok: true, value: { exitCode: 0, truncated: true } })
    expect(await link.run({ name: 'n', text: 'echo next' }, { as: 'login', deadlineSeconds: 20 })).toMatchObject({
      value: { stdout: 'next\n', truncated: false },
    })
  }, 90_000)
})

describe('a stream that nobody reads', () => {
  it.each<[string, Buffer]>([
    ['large', Buffer.alloc(mebibyte, 'y')],
    ['tiny', Buffer.from('y')],
  ])('holds a %s source back instead of filling memory', async (_size, piece) => {
    let printed = 0
    function* endless() {
      for (;;) {
        printed += 1
        yield piece
      }
    }
    const stream = await streamOver(sessionsOver(printing(endless)), what, { as: 'login', deadlineSeconds: 10 })
    if (!stream.ok) throw new Error(stream.failure.kind)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const before = printed
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(printed - before).toBe(0)
    expect(printed * piece.length).toBeLessThan(8 * mebibyte)
    stream.value.close()
  })
})

describe('a shell that prints before it starts', () => {
  it('a megabyte byte by byte is done in no time, and still finds its start', async () => {
    const noisy = () => times(3, Buffer.from('rest\n'))
    const link = printing(noisy)
    const slow: Link = {
      ...link,
      openProcess: async (line) => {
        const opening = await link.openProcess(line)
        if (opening.kind !== 'open') return opening
        const stdout = new PassThrough({ readableHighWaterMark: 4 })
        const channel = { ...opening.channel, stdout }
        const noise = Readable.from(times(1_000_000, Buffer.from('n')), { objectMode: false })
        noise.pipe(stdout, { end: false })
        noise.once('end', () => opening.channel.stdout.pipe(stdout))
        return { kind: 'open', channel }
      },
    }
    const began = performance.now()
    const ran = await runOver(sessionsOver(slow), what, { as: 'login', deadlineSeconds: 60 })
    expect(ran).toMatchObject({ value: { stdout: 'rest\nrest\nrest\n' } })
    expect(performance.now() - began).toBeLessThan(30_000)
  }, 90_000)
})
