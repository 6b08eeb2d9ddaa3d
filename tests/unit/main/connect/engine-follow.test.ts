// A container's log over a real SSH link from a program that answers like an engine: told apart by stream, held back while
// nobody reads (P46), and closed with its reader, its container or its link.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { command } from '../../../../shared/domain/command.ts'
import type { EngineLog, EngineLogAsked } from '../../../../shared/domain/connection.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import { connectionTo, fakePrograms, willingSudo } from '../../../support/fake-ssh-server.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

/** A `docker system dial-stdio` whose answer to the log is made by this JavaScript, with `line(stream, text)` at hand. */
function fakeDocker(answer: string): string {
  return `#!${process.execPath}
const { createServer } = require('node:http')
const { Duplex } = require('node:stream')
const { writeFileSync } = require('node:fs')
const line = (stream, text) => { const head = Buffer.alloc(8); head[0] = stream; head.writeUInt32BE(Buffer.byteLength(text), 4); return Buffer.concat([head, Buffer.from(text)]) }
const server = createServer((request, response) => { ${answer} })
const stdio = Duplex.from({ readable: process.stdin, writable: process.stdout })
const socket = Object.assign(stdio, { setTimeout: () => stdio, setNoDelay: () => stdio, setKeepAlive: () => stdio })
server.emit('connection', socket)
`
}

const asked: EngineLogAsked = { follow: true, tailLines: 10, since: undefined, hasTerminal: false }

async function logOf(answer: string, more: Partial<EngineLogAsked> = {}, sessionLimit = 10) {
  const programs = fakePrograms({ sudo: willingSudo, docker: fakeDocker(answer) })
  const { server, link } = await connectionTo({ programs, sessionLimit })
  return { server, link, opened: await link.engine().followLog('aaa', { ...asked, ...more }) }
}

async function texts(log: EngineLog): Promise<{ said: string[]; ended: Failure | undefined }> {
  const said: string[] = []
  for (;;) {
    const next = await log.messages.next()
    if (next.done === true) return { said, ended: next.value }
    for (const { stream, bytes } of next.value) said.push(`${stream} ${Buffer.from(bytes).toString()}`)
  }
}

function held<T>(result: { ok: true; value: T } | { ok: false; failure: Failure }): T {
  if (!result.ok) throw new Error(result.failure.kind)
  return result.value
}

describe('a log that is followed', () => {
  it('is asked for as it is wanted, and ends with its container', async () => {
    const { server, opened } = await logOf(
      "response.write(line(1, request.url + '\\n')); response.end(line(2, 'err\\n'))",
      { since: '1795000000.000000001', tailLines: undefined },
    )
    expect(await texts(held(opened))).toEqual({
      said: [
        'stdout /containers/aaa/logs?stdout=1&stderr=1&timestamps=1&follow=1&tail=all&since=1795000000.000000001',
        'stderr err',
      ],
      ended: undefined,
    })
    await expect.poll(() => server.channels().now, { timeout: 5000 }).toBe(0)
  })

  it('that the engine refuses is unreadable, with what it said', async () => {
    const { server, opened } = await logOf(
      'response.writeHead(404); response.end(JSON.stringify({ message: "No such container: aaa" }))',
    )
    expect(opened).toMatchObject({ failure: { kind: 'engine-unreadable', detail: expect.stringContaining('404') } })
    await expect.poll(() => server.channels().now, { timeout: 5000 }).toBe(0)
  })

  it('that is no log is unreadable', async () => {
    const { opened } = await logOf("response.end('hello, this is no frame')")
    expect((await texts(held(opened))).ended).toMatchObject({ kind: 'engine-unreadable' })
  })

  it('leaves nothing running once its reader has closed it', async () => {
    const { server, opened } = await logOf("response.write(line(1, 'first\\n'))")
    const log = held(opened)
    expect(await log.messages.next()).toMatchObject({ done: false })
    const rest = texts(log)
    log.close()
    expect((await rest).ended).toBeUndefined()
    await expect.poll(() => server.channels().now, { timeout: 5000 }).toBe(0)
  })

  it('whose link is cut says so', async () => {
    const { server, opened } = await logOf("response.write(line(1, 'first\\n'))")
    const log = held(opened)
    await log.messages.next()
    const rest = texts(log)
    server.cut()
    expect((await rest).ended).toMatchObject({ kind: 'link-lost', during: 'docker' })
  })

  it('holds back a container that writes without end while nobody reads', async () => {
    const count = join(temporaryFolder(), 'written')
    const { opened } = await logOf(`
      const piece = line(1, 'x'.repeat(16000) + '\\n')
      let written = 0
      const more = () => { do { written += piece.length } while (response.write(piece)); writeFileSync('${count}', String(written)); response.once('drain', more) }
      more()`)
    const log = held(opened)
    await log.messages.next()
    const written = () => Number(readFileSync(count, 'utf8'))
    let before = -1
    await expect
      .poll(
        () => {
          const now = written()
          const isStill = now === before
          before = now
          return isStill
        },
        { timeout: 8000, interval: 500 },
      )
      .toBe(true)
    // A window of SSH, and what pipes hold.
    expect(before).toBeLessThan(8 * 1024 * 1024)
    const reading = texts(log)
    await expect.poll(written, { timeout: 5000 }).toBeGreaterThan(before)
    log.close()
    expect((await reading).ended).toBeUndefined()
  })

  it('gives its channel back where an sshd has none for other work, and says so', async () => {
    const { link, opened } = await logOf("response.write(line(1, 'a\\n'))", {}, 1)
    const log = held(opened)
    const reading = texts(log)
    const ran = await link.run(command('true'), { as: 'login', deadlineSeconds: 10 })
    expect(ran.ok).toBe(true)
    expect(await reading).toMatchObject({
      ended: { kind: 'engine-unreadable', detail: expect.stringContaining('other work') },
    })
  })
})
