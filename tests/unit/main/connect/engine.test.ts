import { describe, expect, it } from 'vitest'
import { logText } from '../../../../main/connect/engine-log.ts'
import { connectionTo, fakePrograms, willingSudo } from '../../../support/fake-ssh-server.ts'

const own = { 'rackside.deployment': 'chat' }

/** A `docker system dial-stdio` that answers like an engine; FILE counts how often it was started. */
function fakeDocker(special = ''): string {
  return `#!${process.execPath}
const { createServer } = require('node:http')
const { duplexPair, Duplex } = require('node:stream')
if (process.argv.slice(2).join(' ') !== 'system dial-stdio') process.exit(64)
${special}
let asked = 0
const server = createServer((request, response) => {
  asked += 1
  const url = decodeURIComponent(request.url)
  const json = (body, status = 200) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (url.startsWith('/_ping')) response.end('OK')
  else if (url.startsWith('/containers/json')) json([{ Id: 'aaa' }, { Id: 'gone' }, { Id: 'bbb' }])
  else if (url === '/containers/gone/json') json({ message: 'No such container: gone' }, 404)
  else if (url.endsWith('/json') && url.startsWith('/containers/')) json({ Id: url.split('/')[2], asked, pid: process.pid })
  else if (url.startsWith('/images/json')) json([{ Id: 'sha256:1' }])
  else if (url.startsWith('/images/')) json({ Id: url.split('/')[2] })
  else if (url.startsWith('/networks')) json([{ Name: 'n', Labels: ${JSON.stringify(own)} }])
  else if (url.includes('/logs')) {
    const line = (stream, text) => { const head = Buffer.alloc(8); head[0] = stream; head.writeUInt32BE(text.length, 4); return Buffer.concat([head, Buffer.from(text)]) }
    response.end(Buffer.concat([line(1, 'out\\n'), line(2, 'err\\n')]))
  } else json({ message: 'page not found' }, 404)
})
const stdio = Duplex.from({ readable: process.stdin, writable: process.stdout })
const socket = Object.assign(stdio, { setTimeout: () => stdio, setNoDelay: () => stdio, setKeepAlive: () => stdio })
server.emit('connection', socket)
`
}

async function engineOf(docker: string) {
  const programs = fakePrograms({ sudo: willingSudo, docker })
  const { server, link } = await connectionTo({ programs })
  return { server, engine: link.engine() }
}

describe('the engine', () => {
  it('answers over one kept channel', async () => {
    const { server, engine } = await engineOf(fakeDocker())
    const containers = await engine.inspectContainers()
    expect(containers).toMatchObject({ value: [{ Id: 'aaa' }, { Id: 'bbb' }] })
    expect(await engine.inspectImages()).toEqual({ ok: true, value: [{ Id: 'sha256:1' }] })
    expect(await engine.listNetworks()).toEqual({ ok: true, value: [{ Name: 'n', Labels: own }] })
    expect(await engine.containerLog('rackside-chat', 10)).toEqual({ ok: true, value: 'out\nerr\n' })
    expect(server.lines).toHaveLength(1)
  })

  it('takes questions that are asked at the same time, one after the other', async () => {
    const { server, engine } = await engineOf(fakeDocker())
    const answers = await Promise.all([engine.listNetworks(), engine.inspectContainers(), engine.listNetworks()])
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, true])
    expect(server.lines).toHaveLength(1)
  })

  it('is dialled again when its channel broke', async () => {
    const dying = `process.stdin.once('data', () => setTimeout(() => process.exit(0), 300))`
    const { server, engine } = await engineOf(fakeDocker(dying))
    expect((await engine.listNetworks()).ok).toBe(true)
    await expect.poll(() => server.channels().now, { timeout: 3000 }).toBe(0)
    expect((await engine.listNetworks()).ok).toBe(true)
    expect(server.lines).toHaveLength(2)
  })

  it('that lists more than anybody has is unreadable, and is not asked for each', async () => {
    const many = JSON.stringify(Array.from({ length: 2001 }, (_, at) => ({ Id: `c${at}` })))
    const docker = fakeDocker().replace(
      "json([{ Id: 'aaa' }, { Id: 'gone' }, { Id: 'bbb' }])",
      `response.end('${many}')`,
    )
    const { server, engine } = await engineOf(docker)
    const tooMany = { kind: 'engine-unreadable', detail: expect.stringContaining('more than 2000') }
    expect(await engine.inspectContainers()).toMatchObject({ failure: tooMany })
    expect(await engine.listNetworks()).toMatchObject({ ok: true })
    expect(await engine.inspectContainers()).toMatchObject({ failure: tooMany })
    expect(server.lines).toHaveLength(1)
  })

  it('whose answers are small and many has one limit for a whole question', async () => {
    const list = JSON.stringify(Array.from({ length: 10 }, (_, at) => ({ Id: `c${at}` })))
    const docker = fakeDocker()
      .replace("json([{ Id: 'aaa' }, { Id: 'gone' }, { Id: 'bbb' }])", `response.end('${list}')`)
      .replace('asked, pid: process.pid', `long: 'x'.repeat(7_000_000)`)
    const { engine } = await engineOf(docker)
    expect(await engine.inspectContainers()).toMatchObject({
      failure: { kind: 'engine-unreadable', detail: expect.stringContaining('more than 67108864') },
    })
    expect(await engine.listNetworks()).toMatchObject({ ok: true })
  })

  it('that is not installed is missing', async () => {
    const programs = fakePrograms({ sudo: willingSudo })
    const { link } = await connectionTo({
      programs,
      rewrite: (opening) => opening.replace('command -v docker', 'command -v dockex'),
    })
    expect(await link.engine().listNetworks()).toEqual({ ok: false, failure: { kind: 'engine-missing' } })
  })

  it('whose daemon does not answer is unreadable, with what was said', async () => {
    const said = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'
    const { engine } = await engineOf(`#!/bin/sh\necho '${said}' >&2\nexit 1\n`)
    expect(await engine.listNetworks()).toEqual({ ok: false, failure: { kind: 'engine-unreadable', detail: said } })
  })

  it('behind a sudo that refuses is that refusal', async () => {
    const sudo = '#!/bin/sh\necho "sudo: a password is required" >&2\nexit 1\n'
    const { link } = await connectionTo({ programs: fakePrograms({ sudo }) })
    expect(await link.engine().listNetworks()).toMatchObject({
      failure: { kind: 'sudo-refused', reason: 'password-needed' },
    })
  })

  it('does not care about the DOCKER_ variables of this console', async () => {
    process.env['DOCKER_HOST'] = 'no address at all'
    process.env['DOCKER_CERT_PATH'] = '/nowhere'
    try {
      const { engine } = await engineOf(fakeDocker())
      expect((await engine.listNetworks()).ok).toBe(true)
      expect(process.env['DOCKER_HOST']).toBe('no address at all')
    } finally {
      delete process.env['DOCKER_HOST']
      delete process.env['DOCKER_CERT_PATH']
    }
  })
})

describe('a container log', () => {
  it('is its end, 64 KiB at most, framed or not', () => {
    expect(logText('plain text')).toBe('plain text')
    expect(logText(Buffer.from(`${'x'.repeat(70_000)}end`))).toHaveLength(65_536)
    expect(logText(Buffer.alloc(0))).toBe('')
    expect(logText({ parsed: true })).toBe('{"parsed":true}')
  })

  it('that is cut inside a frame keeps what is there', () => {
    expect(logText(Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 9]), Buffer.from('half')]))).toBe('half')
  })
})
