// Syslog as RFC 5424 has it, one datagram or one counted frame (RFC 6587, RFC 5425) for each message. What is in it
// cannot end it: control characters are gone, and the quotes of structured data are escaped.
import { createSocket } from 'node:dgram'
import { connect as connectInClear, isIPv6, type Socket } from 'node:net'
import { connect as connectByTls, rootCertificates } from 'node:tls'
import type { WayOf } from '../../../shared/domain/alert-channel.ts'
import { cleanText } from '../../../shared/domain/clean-text.ts'
import { type Outgoing, type Send, type SendTools, type Sent, withinDeadline } from './channel.ts'
import { cutToBytes } from './robot.ts'

/** local0. */
const facility = 16
const severities = { critical: 2, warning: 4, info: 6 } as const
const notice = 5
/** What every receiver of datagrams takes (RFC 5424 6.1). */
const mostDatagramBytes = 2048

export const sendSyslog: Send<'syslog'> = (way, out, tools) =>
  sendLine(way, syslogLine(out, tools, way.transport === 'udp' ? mostDatagramBytes : 8192), tools)

type Line = { readonly atMs: number; readonly kind: string; readonly data: Outgoing['data']; readonly text: string }

/** A line of notice that is no alert. */
export function sendNotice(way: WayOf<'syslog'>, line: Line, tools: SendTools): Promise<Sent> {
  return sendLine(way, lineOf({ ...line, priority: facility * 8 + notice }, tools), tools)
}

function sendLine(way: WayOf<'syslog'>, line: string, tools: SendTools): Promise<Sent> {
  return withinDeadline(tools, (signal) =>
    way.transport === 'udp' ? sendDatagram(way, Buffer.from(line), signal) : sendFrame(way, line, signal),
  )
}

/** The number of the structured data is the one for examples (RFC 5612): Rackside has none of its own. */
function syslogLine(out: Outgoing, tools: Pick<SendTools, 'computer'>, mostBytes: number): string {
  const priority = facility * 8 + (out.isOver ? notice : severities[out.severity])
  const { atMs, kind, id } = out
  const text = [out.title, ...out.lines].map(oneLine).join(' | ')
  return cutToBytes(lineOf({ priority, atMs, kind, data: { id, ...out.data }, text }, tools), mostBytes)
}

function lineOf(
  { priority, atMs, kind, data, text }: Line & { readonly priority: number },
  { computer }: Pick<SendTools, 'computer'>,
): string {
  const name = computer.replaceAll(/[^!-~]/g, '').slice(0, 255) || '-'
  const parameters = Object.entries(data).map(([key, value]) => `${key}="${escaped(String(value))}"`)
  const head = `<${priority}>1 ${new Date(atMs).toISOString()} ${name} rackside - ${kind}`
  return `${head} [rackside@32473 ${parameters.join(' ')}] \ufeff${text}`
}

function escaped(value: string): string {
  return oneLine(value).replaceAll(/["\\\]]/g, (one) => `\\${one}`)
}

function oneLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ')
}

export function sendDatagram(
  { host, port }: { readonly host: string; readonly port: number },
  bytes: Buffer,
  signal: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', signal })
    socket.once('error', reject)
    socket.send(bytes, port, host, (error) => {
      socket.close()
      if (error) reject(error)
      else resolve({ ok: true })
    })
  })
}

function sendFrame(way: WayOf<'syslog'>, line: string, signal: AbortSignal): Promise<Sent> {
  const bytes = Buffer.from(line)
  return new Promise((resolve, reject) => {
    const socket = dialled(way)
    signal.addEventListener('abort', () => socket.destroy())
    socket.once('error', reject)
    socket.once(way.transport === 'tls' ? 'secureConnect' : 'connect', () =>
      socket.end(Buffer.concat([Buffer.from(`${bytes.length} `), bytes])),
    )
    socket.once('close', (hadError: boolean) => {
      if (!hadError && socket.bytesWritten > 0) resolve({ ok: true })
      else reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
    })
    socket.resume()
  })
}

function dialled({ transport, host, port, ca }: WayOf<'syslog'>): Socket {
  if (transport !== 'tls') return connectInClear({ host, port })
  return connectByTls({
    ...{ host, port, minVersion: 'TLSv1.2', ...(isIPv6(host) || /^[0-9.]+$/.test(host) ? {} : { servername: host }) },
    ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
  })
}
