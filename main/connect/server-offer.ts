// Reads along what a server offers in its first packet, which is not encrypted (RFC 4253, 7.1): ssh2 says only
// that nothing matched, and whoever has to mend it needs to know what is there. Bounded, and clean to show.
import type { Readable } from 'node:stream'
import { growingBytes } from './growing-bytes.ts'
import type { ServerOffer } from './ssh-algorithms.ts'

/** A greeting of some pages and a packet of ssh2's largest size. */
const limitBytes = 64 * 1024
const namesShown = 40
const keyExchangeInit = 20

/**
 * Listens without taking anything away. The source stays paused until its real reader resumes it. Undefined until
 * the packet is there, and for ever when it never comes.
 */
export function overhearOffer(source: Readable): () => ServerOffer | undefined {
  const held = growingBytes()
  const packetIn = firstPacket()
  let offer: ServerOffer | undefined
  const hear = (bytes: Buffer): void => {
    held.add(bytes)
    const packet = packetIn(held.now())
    if (packet === 'incomplete' && held.now().length <= limitBytes) return
    source.off('data', hear)
    if (typeof packet !== 'string') offer = readKeyExchangeInit(packet)
    held.cut(0)
  }
  source.on('data', hear)
  source.pause()
  return () => offer
}

/**
 * Behind greeting lines and the identification line: length, padding length, payload, padding. Asked again with more
 * bytes it goes on where it stopped: somebody who is not trusted yet decides how many pieces they come in.
 */
function firstPacket(): (bytes: Buffer) => Buffer | 'incomplete' | 'none' {
  let lineStart = 0
  let searchedTo = 0
  let identified = false
  return (bytes) => {
    while (!identified) {
      const end = bytes.indexOf(10, searchedTo)
      if (end < 0) {
        searchedTo = bytes.length
        return 'incomplete'
      }
      identified = bytes.toString('latin1', lineStart, lineStart + 4) === 'SSH-'
      lineStart = end + 1
      searchedTo = lineStart
    }
    const at = lineStart
    if (bytes.length < at + 5) return 'incomplete'
    const length = bytes.readUInt32BE(at)
    if (length > limitBytes) return 'none'
    if (bytes.length < at + 4 + length) return 'incomplete'
    const payloadEnd = at + 4 + length - bytes.readUInt8(at + 4)
    return bytes.subarray(at + 5, Math.max(at + 5, payloadEnd))
  }
}

function readKeyExchangeInit(payload: Buffer): ServerOffer | undefined {
  if (payload[0] !== keyExchangeInit) return undefined
  const lists: string[][] = []
  // The type and a cookie of 16 bytes come first.
  for (let at = 17; lists.length < 6; ) {
    if (payload.length < at + 4) return undefined
    const length = payload.readUInt32BE(at)
    if (payload.length < at + 4 + length) return undefined
    lists.push(namesIn(payload.toString('latin1', at + 4, at + 4 + length)))
    at += 4 + length
  }
  const [kex = [], serverHostKey = [], toServer = [], toClient = [], macToServer = [], macToClient = []] = lists
  // Both directions have to match: what is in only one of them helps nobody.
  const inBoth = (one: string[], other: string[]): string[] => one.filter((name) => other.includes(name))
  return { kex, serverHostKey, cipher: inBoth(toServer, toClient), hmac: inBoth(macToServer, macToClient) }
}

/** Algorithm names are printable ASCII of at most 64 characters (RFC 4251, 6). */
function namesIn(list: string): string[] {
  const names = list.split(',').filter((name) => /^[!-~]{1,64}$/.test(name))
  return names.filter((name) => !/^(ext-info-|kex-strict-)/.test(name)).slice(0, namesShown)
}
