// Whoever answers on the port decides how its first bytes come, before anybody trusts it.
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { overhearOffer } from '../../../../main/connect/server-offer.ts'

const lists = ['curve25519-sha256', 'ssh-ed25519', 'aes256-ctr', 'aes256-ctr,aes128-ctr', 'hmac-sha2-256', 'umac']
const offered = { kex: ['curve25519-sha256'], serverHostKey: ['ssh-ed25519'], cipher: ['aes256-ctr'], hmac: [] }

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function firstBytes(greeting: string): Buffer {
  const names = lists.flatMap((list) => [number(list.length), Buffer.from(list)])
  const payload = Buffer.concat([Buffer.from([20]), Buffer.alloc(16), ...names])
  const packet = Buffer.concat([number(payload.length + 5), Buffer.from([4]), payload, Buffer.alloc(4)])
  return Buffer.concat([Buffer.from(`${greeting}SSH-2.0-somebody\r\n`), packet])
}

function hear(bytes: Buffer, piece: number) {
  const source = new Readable({ read: () => undefined })
  const offer = overhearOffer(source)
  for (let at = 0; at < bytes.length; at += piece) source.emit('data', bytes.subarray(at, at + piece))
  return offer()
}

describe('the offer of a server', () => {
  it.each([1, 7, 100_000])('is read in pieces of %d bytes, behind a greeting', (piece) => {
    expect(hear(firstBytes('Authorized use only.\r\n\r\n'), piece)).toEqual(offered)
  })

  it('costs what its bytes cost, also as sixty thousand empty lines byte by byte', () => {
    const before = performance.now()
    expect(hear(firstBytes('\n'.repeat(60_000)), 1)).toEqual(offered)
    expect(performance.now() - before).toBeLessThan(2000)
  })

  it('is not waited for behind more than 64 KiB', () => {
    expect(hear(firstBytes('x'.repeat(70_000)), 1000)).toBeUndefined()
  })
})
