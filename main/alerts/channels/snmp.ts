// A trap of SNMP version 2c (RFC 3416) for the monitoring that a site has already. Encoded here: it is one message of
// numbers, names and texts, and what reads traps reads nothing else of it.
import type { Outgoing, Send } from './channel.ts'
import { withinDeadline } from './channel.ts'
import { cutToBytes } from './robot.ts'
import { sendDatagram } from './syslog.ts'

/** Under the number for examples (RFC 5612): Rackside has none of its own. .0.N are traps, .1.N is what they carry. */
const base = '1.3.6.1.4.1.32473.1'
const sysUpTime = '1.3.6.1.2.1.1.3.0'
const snmpTrapOid = '1.3.6.1.6.3.1.1.4.1.0'

const severities = { info: 1, warning: 2, critical: 3 } as const
/** A datagram that no network has to cut. */
const mostTextBytes = 400

export const sendTrap: Send<'snmp'> = (way, out, tools) => {
  const community = tools.secrets.community?.reveal() ?? 'public'
  return withinDeadline(tools, (signal) => sendDatagram(way, trapMessage(out, community), signal))
}

function trapMessage(out: Outgoing, community: string): Buffer {
  const text = (value: string) => tagged(0x04, Buffer.from(cutToBytes(value, mostTextBytes)))
  const variables = [
    variable(sysUpTime, tagged(0x43, wholeNumber(Math.floor(process.uptime() * 100) % 2 ** 31))),
    variable(snmpTrapOid, objectId(`${base}.0.${out.isOver ? 2 : 1}`)),
    variable(`${base}.1.1`, text(out.title)),
    variable(`${base}.1.2`, tagged(0x02, wholeNumber(severities[out.severity]))),
    variable(`${base}.1.3`, text(String(out.data['rule'] ?? ''))),
    variable(`${base}.1.4`, text(String(out.data['appliance'] ?? ''))),
    variable(`${base}.1.5`, text(String(out.data['subject'] ?? ''))),
    variable(`${base}.1.6`, text(out.lines.join('\n'))),
    variable(`${base}.1.7`, text(out.id)),
  ]
  const none = tagged(0x02, wholeNumber(0))
  const request = tagged(0x02, wholeNumber(requestNumber(out.id)))
  const trap = tagged(0xa7, Buffer.concat([request, none, none, tagged(0x30, Buffer.concat(variables))]))
  return tagged(0x30, Buffer.concat([tagged(0x02, wholeNumber(1)), tagged(0x04, Buffer.from(community)), trap]))
}

/** The same for the same message. */
function requestNumber(id: string): number {
  let sum = 0
  for (const byte of Buffer.from(id)) sum = (sum * 31 + byte) % 2 ** 31
  return sum
}

function variable(name: string, value: Buffer): Buffer {
  return tagged(0x30, Buffer.concat([objectId(name), value]))
}

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return Buffer.from([0x80 | bytes.length, ...bytes])
}

/** In two's complement, as short as it goes; never negative here. */
function wholeNumber(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  do {
    bytes.unshift(rest & 0xff)
    rest = Math.floor(rest / 256)
  } while (rest > 0)
  if ((bytes[0] ?? 0) > 0x7f) bytes.unshift(0)
  return Buffer.from(bytes)
}

function objectId(name: string): Buffer {
  const [first = 0, second = 0, ...others] = name.split('.').map(Number)
  return tagged(0x06, Buffer.from([first * 40 + second, ...others.flatMap(sevenBits)]))
}

function sevenBits(value: number): number[] {
  const bytes = [value & 0x7f]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 0x7f) | 0x80)
  return bytes
}
