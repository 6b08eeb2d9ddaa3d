// What is learned when a server announces its host keys (P4): only over a key that is trusted already.
import { describe, expect, it } from 'vitest'
import { rotationOf } from '../../../../main/connect/host-key-rotation.ts'
import type { HostKeyPin } from '../../../../shared/domain/appliance.ts'

const place = { host: 'ward-1', port: 22 }
const machineId = '0'.repeat(32)
const keyOf = (name: string, type = 'ssh-ed25519') => ({ type, blob: Buffer.from(name) })
const pinOf = (name: string): HostKeyPin => ({
  ...{ ...place, keyType: 'ssh-ed25519', machineId },
  keyBase64: Buffer.from(name).toString('base64'),
})
const nothing = { learned: [], dropped: [] }
const rotate = (pinned: string[], used: string, proven: string[]) =>
  rotationOf(pinned.map(pinOf), place, { used: keyOf(used), proven: proven.map((name) => keyOf(name)) })

describe('a rotated host key (P4)', () => {
  it('is learned beside the old one, with the machine it belongs to', () => {
    const learned = [{ ...pinOf('new'), source: 'rotated' }]
    expect(rotate(['old'], 'old', ['old', 'new'])).toEqual({ learned, dropped: [] })
  })

  it('is not learned over a key that is not pinned, or is pinned elsewhere', () => {
    expect(rotate([], 'old', ['old', 'new'])).toEqual(nothing)
    const elsewhere = [{ ...pinOf('old'), port: 2222 }]
    expect(rotationOf(elsewhere, place, { used: keyOf('old'), proven: [keyOf('new')] })).toEqual(nothing)
  })

  it('does not drive out the old one on the connection that taught it, even when that is not announced any more', () => {
    expect(rotate(['old'], 'old', ['new']).dropped).toEqual([])
    expect(rotate(['old', 'new'], 'old', ['new'])).toEqual(nothing)
  })

  it('drives out the old one on a later connection with an announced key', () => {
    expect(rotate(['old', 'new'], 'new', ['new'])).toEqual({ learned: [], dropped: [pinOf('old')] })
    expect(rotate(['old', 'new'], 'new', ['new', 'old'])).toEqual(nothing)
  })

  it('that could have been proved with SHA-1 is not learned', () => {
    const proven = [keyOf('old'), keyOf('new', 'ssh-rsa'), keyOf('newer', 'ssh-dss')]
    expect(rotationOf([pinOf('old')], place, { used: keyOf('old'), proven })).toEqual(nothing)
  })

  it('is one of a few: a server that announces hundreds teaches nothing', () => {
    const many = Array.from({ length: 200 }, (_, n) => `key-${n}`)
    expect(rotate(['old'], 'old', ['old', ...many])).toEqual(nothing)
  })
})
