// Syslog, traps and notifications: what arrives at a receiver on this computer, read by another reader than wrote it.
import { createSocket } from 'node:dgram'
import { createServer, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { deliver } from '../../../../main/alerts/deliver.ts'
import type { ChannelWay } from '../../../../shared/domain/alert-channel.ts'
import { hostile, outgoing, sendTools } from '../../../support/alert-messages.ts'
import { needs } from '../../../support/needs.ts'
import { testCertificate } from '../../../support/test-certificate.ts'

const certificate = testCertificate()

/** The first datagram that arrives. */
async function datagramOf(send: (port: number) => Promise<unknown>): Promise<Buffer> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const arrived = new Promise<Buffer>((resolve) => socket.once('message', resolve))
  await send(socket.address().port)
  const bytes = await arrived
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return bytes
}

/** All that comes on one connection. */
async function streamOf(server: Server, send: (port: number) => Promise<unknown>): Promise<string> {
  const arrived = new Promise<string>((resolve) => {
    server.once(certificate !== undefined && 'addContext' in server ? 'secureConnection' : 'connection', (socket) => {
      let text = ''
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8')
      })
      socket.on('end', () => resolve(text))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await send((server.address() as { port: number }).port)
  const text = await arrived
  server.close()
  return text
}

const syslog = (port: number, transport: 'udp' | 'tcp' | 'tls', ca?: string): ChannelWay => ({
  ...{ kind: 'syslog', host: '127.0.0.1', port, transport },
  ...(ca !== undefined && { ca }),
})

const rfc5424 =
  /^<(\d{1,3})>1 (\S+) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (\[(?:[^\]\\]|\\.)*\]) \ufeff([^\p{Cc}]*)$/u

describe('syslog', () => {
  it('is one datagram as RFC 5424 has it', async () => {
    const bytes = await datagramOf((port) => deliver(syslog(port, 'udp'), outgoing, sendTools()))
    const [, priority, time, host, app, , kind, data, text] = rfc5424.exec(bytes.toString('utf8')) ?? []
    // local0, critical.
    expect([priority, time, host, app, kind]).toEqual(['130', '2026-11-20T08:00:00.000Z', 'pc-12', 'rackside', 'fired'])
    expect(data).toContain('rule="temperature" appliance="ward-a" subject="nvidia 3"')
    expect(text).toContain('当前值：92 °C')
  })

  it('is a notice once it is over', async () => {
    const over = { ...outgoing, isOver: true, kind: 'over' as const }
    const bytes = await datagramOf((port) => deliver(syslog(port, 'udp'), over, sendTools()))
    expect(bytes.toString()).toMatch(/^<133>1 /)
  })

  it('is one counted frame on a stream', async () => {
    const text = await streamOf(createServer(), (port) => deliver(syslog(port, 'tcp'), outgoing, sendTools()))
    const [, length, rest = ''] = /^(\d+) (.*)$/su.exec(text) ?? []
    expect([Buffer.byteLength(rest), rfc5424.test(rest)]).toEqual([Number(length), true])
  })

  it('goes by TLS to whom it knows only', async (context) => {
    needs(context, certificate !== undefined, 'openssl is not installed')
    const server = createTlsServer({ ...certificate })
    server.on('tlsClientError', () => undefined)
    const text = await streamOf(server, async (port) => {
      expect(await deliver(syslog(port, 'tls'), outgoing, sendTools())).toMatchObject({ problem: 'not-trusted' })
      expect(await deliver(syslog(port, 'tls', certificate?.cert), outgoing, sendTools())).toEqual({ ok: true })
    })
    expect(text).toContain('accelerator is too hot')
  })

  it('is one line, whatever an appliance calls itself', async () => {
    const bytes = await datagramOf((port) => deliver(syslog(port, 'udp'), hostile, sendTools()))
    expect(rfc5424.test(bytes.toString('utf8'))).toBe(true)
    const long = { ...hostile, lines: ['界'.repeat(5000)] }
    const cut = await datagramOf((port) => deliver(syslog(port, 'udp'), long, sendTools()))
    expect(cut.length).toBeLessThanOrEqual(2048)
    expect(rfc5424.test(cut.toString('utf8'))).toBe(true)
  })

  it('that nobody takes is told as that', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    await new Promise<void>((resolve) => server.close(() => resolve()))
    expect(await deliver(syslog(port, 'tcp'), outgoing, sendTools())).toMatchObject({ problem: 'unreachable' })
  })
})

type Element = { readonly tag: number; readonly content: Buffer }

/** Basic encoding rules, as a reader of them has it. */
function elementsOf(bytes: Buffer): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    const first = bytes[at + 1] ?? 0
    const more = first > 0x7f ? first & 0x7f : 0
    const length = more === 0 ? first : bytes.readUIntBE(at + 2, more)
    const from = at + 2 + more
    if (from + length > bytes.length) throw new Error('longer than it is')
    elements.push({ tag, content: bytes.subarray(from, from + length) })
    at = from + length
  }
  return elements
}

function nameOf(content: Buffer): string {
  const numbers: number[] = []
  let value = 0
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(value)
      value = 0
    }
  }
  const [first = 0, ...others] = numbers
  return [Math.floor(first / 40), first % 40, ...others].join('.')
}

function trapOf(bytes: Buffer) {
  const [message] = elementsOf(bytes)
  const [version, community, pdu] = elementsOf(message?.content ?? Buffer.alloc(0))
  const [, , , list] = elementsOf(pdu?.content ?? Buffer.alloc(0))
  const variables = elementsOf(list?.content ?? Buffer.alloc(0)).map(({ content }) => {
    const [name, value] = elementsOf(content)
    return [nameOf(name?.content ?? Buffer.alloc(0)), value] as const
  })
  return { version: version?.content[0], community: community?.content.toString(), tag: pdu?.tag, variables }
}

describe('a trap', () => {
  const base = '1.3.6.1.4.1.32473.1'
  it('is one message of version 2c with what it is about', async () => {
    const bytes = await datagramOf((port) =>
      deliver({ kind: 'snmp', host: '127.0.0.1', port }, outgoing, sendTools({ community: 'ward' })),
    )
    const { version, community, tag, variables } = trapOf(bytes)
    expect([version, community, tag]).toEqual([1, 'ward', 0xa7])
    expect(variables.map(([name]) => name)).toEqual([
      ...['1.3.6.1.2.1.1.3.0', '1.3.6.1.6.3.1.1.4.1.0'],
      ...[1, 2, 3, 4, 5, 6, 7].map((at) => `${base}.1.${at}`),
    ])
    const values = new Map(variables)
    expect(nameOf(values.get('1.3.6.1.6.3.1.1.4.1.0')?.content ?? Buffer.alloc(0))).toBe(`${base}.0.1`)
    expect(values.get(`${base}.1.1`)?.content.toString('utf8')).toBe(outgoing.title)
    expect(values.get(`${base}.1.2`)?.content).toEqual(Buffer.from([3]))
    expect(values.get(`${base}.1.6`)?.content.toString('utf8')).toContain('当前值：92 °C')
  })

  it('is whole and no larger than a network carries, whatever is in it', async () => {
    const long = { ...hostile, title: '界'.repeat(900), lines: ['x'.repeat(9000)], isOver: true }
    const bytes = await datagramOf((port) => deliver({ kind: 'snmp', host: '127.0.0.1', port }, long, sendTools()))
    expect(bytes.length).toBeLessThan(1472)
    const { community, variables } = trapOf(bytes)
    expect(community).toBe('public')
    expect(nameOf(variables[1]?.[1]?.content ?? Buffer.alloc(0))).toBe(`${base}.0.2`)
  })
})

describe('a notification', () => {
  it('is shown by the shell that can', async () => {
    const shown: unknown[] = []
    const notify = async (one: unknown) => shown.push(one) > 0
    expect(await deliver({ kind: 'desktop' }, outgoing, sendTools({}, { notify }))).toEqual({ ok: true })
    expect(shown).toEqual([{ title: outgoing.title, body: outgoing.lines.join('\n'), isUrgent: true }])
  })

  it('waits where nobody would see it', async () => {
    expect(await deliver({ kind: 'desktop' }, outgoing, sendTools())).toMatchObject({ problem: 'unreachable' })
  })
})
