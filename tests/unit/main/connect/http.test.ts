import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../../../shared/domain/connection.ts'
import type { Result } from '../../../../shared/domain/failure.ts'
import { connectionTo, fakePrograms } from '../../../support/fake-ssh-server.ts'

type Site = { readonly port: number; readonly closed: string[] }

/** A site on this machine's loopback, which is also the appliance's. */
async function site(): Promise<Site> {
  const closed: string[] = []
  const server = createServer((request, response) => {
    response.once('close', () => closed.push(request.url ?? ''))
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return { port: address !== null && typeof address === 'object' ? address.port : 0, closed }
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { url } = request
  if (url === '/silent') return
  if (url === '/stall') return void response.writeHead(200).write('x')
  if (url === '/break') {
    response.writeHead(200, { 'content-length': '100' }).write('x')
    setTimeout(() => response.destroy(), 50)
  } else if (url === '/endless') {
    const timer = setInterval(() => response.write('data: x\n\n'), 10)
    response.once('close', () => clearInterval(timer))
  } else if (url === '/big') response.end(Buffer.alloc(8_000_000, 'z'))
  else {
    let length = 0
    request.on('data', (bytes: Buffer) => {
      length += bytes.length
    })
    request.on('end', () => {
      const words = [request.method, url, request.headers.host, request.headers['x-asked'], length]
      response.writeHead(201, { 'x-answer': 'yes' }).end(words.join(' '))
    })
  }
}

function get(port: number, path: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { port, method: 'GET', path, deadlineSeconds: 5, ...more }
}

async function textOf(response: Result<HttpResponse>): Promise<string> {
  if (!response.ok) throw new Error(JSON.stringify(response.failure))
  let text = ''
  for await (const bytes of response.value.body) text += Buffer.from(bytes).toString()
  return text
}

const ways = [
  { way: 'a forwarded port', forwarding: true },
  { way: 'a relay', forwarding: false },
]
describe.each(ways)('http through $way', ({ forwarding }) => {
  it('carries method, path, headers and body, and gives status, headers and body back', async () => {
    const [{ port }, { link }] = await Promise.all([site(), connectionTo({ forwarding })])
    const body = '中'.repeat(100_000)
    const response = await link.http(get(port, '/a?b=c', { method: 'POST', headers: { 'x-asked': 'q' }, body }))
    expect(response).toMatchObject({ value: { status: 201, headers: { 'x-answer': 'yes' } } })
    expect(await textOf(response)).toBe(`POST /a?b=c 127.0.0.1:${port} q 300000`)
  })

  it('brings long bodies whole', async () => {
    const [{ port }, { link }] = await Promise.all([site(), connectionTo({ forwarding })])
    expect((await textOf(await link.http(get(port, '/big')))).length).toBe(8_000_000)
  })

  it('streams, and closes the channel when the reader leaves', async () => {
    const [{ port, closed }, { link }] = await Promise.all([site(), connectionTo({ forwarding })])
    const response = await link.http(get(port, '/endless'))
    if (!response.ok) throw new Error('no response')
    let pieces = 0
    for await (const bytes of response.value.body) {
      pieces += bytes.byteLength > 0 ? 1 : 0
      if (pieces === 3) break
    }
    await expect.poll(() => closed, { timeout: 4000 }).toEqual(['/endless'])
  })

  it('pushes every piece as it comes, until its reader has enough', async () => {
    const [{ port, closed }, { link }] = await Promise.all([site(), connectionTo({ forwarding })])
    const whole = await link.http(get(port, '/big'))
    if (!whole.ok) throw new Error('no response')
    let bytes = 0
    await whole.value.push((piece) => {
      bytes += piece.length
      return 'more'
    })
    expect(bytes).toBe(8_000_000)
    const endless = await link.http(get(port, '/endless'))
    if (!endless.ok) throw new Error('no response')
    let pieces = 0
    await endless.value.push(() => {
      pieces += 1
      return pieces === 3 ? 'enough' : 'more'
    })
    expect(pieces).toBe(3)
    await expect.poll(() => closed, { timeout: 4000 }).toContain('/endless')
  })

  it('pushes no end where it stalls, breaks off, or its reader throws', async () => {
    const [{ port, closed }, { link }] = await Promise.all([site(), connectionTo({ forwarding })])
    const pushed = async (path: string, take: () => 'more', more: Partial<HttpRequest> = {}, afterMs = 0) => {
      const response = await link.http(get(port, path, more))
      if (!response.ok) throw new Error('no response')
      if (afterMs > 0) await sleep(afterMs)
      return response.value.push(take)
    }
    await expect(pushed('/stall', () => 'more', { idleSeconds: 0.3 })).rejects.toThrow('no byte')
    // Over before anybody reads.
    await expect(pushed('/stall', () => 'more', { idleSeconds: 0.1 }, 300)).rejects.toThrow()
    await expect(pushed('/break', () => 'more')).rejects.toThrow()
    const misread = pushed('/endless', () => {
      throw new Error('misread')
    })
    await expect(misread).rejects.toThrow('misread')
    await expect.poll(() => closed, { timeout: 4000 }).toContain('/endless')
  })

  it('throws in the body when it stalls or breaks off', async () => {
    const [{ port }, { link }] = await Promise.all([site(), connectionTo({ forwarding })])
    await expect(textOf(await link.http(get(port, '/stall', { idleSeconds: 0.3 })))).rejects.toThrow('no byte')
    await expect(textOf(await link.http(get(port, '/break')))).rejects.toThrow()
  })

  it('keeps to its deadline when no answer comes', async () => {
    const [{ port }, { link }] = await Promise.all([site(), connectionTo({ forwarding })])
    expect(await link.http(get(port, '/silent', { deadlineSeconds: 0.5 }))).toMatchObject({
      failure: { kind: 'deadline-passed', seconds: 0.5 },
    })
  })

  it('says "refused" when nothing listens, which is no fault of sshd', async () => {
    const { link } = await connectionTo({ forwarding })
    expect(await link.http(get(1, '/'))).toEqual({
      ok: false,
      failure: { kind: 'http-failed', port: 1, detail: 'refused' },
    })
  })

  it.each(['/a b', '/a\r\nx: y', '/中'])('fails for a path that HTTP cannot carry (%j)', async (path) => {
    const [{ port }, { link }] = await Promise.all([site(), connectionTo({ forwarding })])
    expect(await link.http(get(port, path))).toMatchObject({ failure: { kind: 'http-failed', port } })
  })

  it('throws in the body when the link is cut', async () => {
    const [{ port }, { link, server }] = await Promise.all([site(), connectionTo({ forwarding })])
    const response = await link.http(get(port, '/endless'))
    setTimeout(() => server.cut(), 50)
    await expect(textOf(response)).rejects.toThrow()
  })

  it('reports an answer that is not HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0-nothing\r\n')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const { link } = await connectionTo({ forwarding })
    expect(await link.http(get(port, '/'))).toMatchObject({ failure: { kind: 'http-failed', port } })
  })
})

describe('the relay', () => {
  const relays = ['bash', 'socat', 'python3', 'nc']

  it('names the line of sshd and what was tried when the appliance has none', async () => {
    // `command -v` is the question; here the answer is always no.
    const programs = fakePrograms({})
    const { link } = await connectionTo({
      forwarding: false,
      programs,
      rewrite: (opening) => opening.replaceAll('has() { command -v', 'has() { false   -v'),
    })
    expect(await link.http(get(1, '/'))).toEqual({
      ok: false,
      failure: { kind: 'forwarding-refused', port: 1, sshdLine: 'AllowTcpForwarding', relaysTried: relays },
    })
  })

  it('is remembered: sshd is asked to forward only once', async () => {
    const [{ port }, { link, server }] = await Promise.all([site(), connectionTo({ forwarding: false })])
    await textOf(await link.http(get(port, '/a')))
    await textOf(await link.http(get(port, '/b')))
    expect(server.lines).toHaveLength(2)
  })
})
