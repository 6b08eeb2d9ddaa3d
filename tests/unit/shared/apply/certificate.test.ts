// The certificate of an ingress, made by the openssl that is here: for its addresses only, kept as long as it holds.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { needs } from '../../../support/needs.ts'
import { realShells } from '../../../support/real-shells.ts'
import { servicePlace } from '../../../support/service-place.ts'

const spec: StepSpecOf<'certificate'> = {
  ...{ kind: 'certificate', deployment: 'ingress', addresses: ['10.0.0.5', 'fd00::5'], reload: 'HUP' },
}
const tls = 'services/ingress/tls'
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const well = { status: 0, stdout: '', stderr: '' }

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('a certificate, in %s', (_name, shell) => {
  let place: ReturnType<typeof servicePlace>
  beforeEach((context) => {
    place = servicePlace(shell)
    needs(context, hasOpenssl, 'openssl is not installed')
  })
  afterEach(() => place.remove())
  const openssl = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync('openssl', words, { encoding: 'utf8' })
    return { status, text: stdout + stderr }
  }
  const isFor = (address: string) =>
    openssl('verify', '-CAfile', place.path(`${tls}/ca.crt`), '-verify_ip', address, place.path(`${tls}/server.crt`))

  it('is for these addresses, by an authority that speaks for no other, and its key is root’s', () => {
    expect(place.isTrue(spec)).toEqual({ holds: false, reason: 'not-there' })
    expect(place.does(spec)).toEqual(well)
    expect(place.isTrue(spec)).toEqual({ holds: true, reason: 'there-as-wanted' })
    for (const address of spec.addresses) expect(isFor(address).status).toBe(0)
    expect(isFor('10.0.0.6').status).not.toBe(0)
    const { text } = openssl('x509', '-in', place.path(`${tls}/ca.crt`), '-noout', '-text')
    expect(text).toMatch(/Name Constraints: critical\s+Permitted:\s+IP:10\.0\.0\.5\/255\.255\.255\.255/)
    expect(place.names(tls)).toEqual(['addresses', 'ca.crt', 'server.crt', 'server.key'])
    expect([place.mode(tls), place.mode(`${tls}/server.key`), place.mode('services/ingress')]).toEqual([
      ...['755', '444', '700'],
    ])
    expect([place.names('secrets/ingress'), place.mode('secrets/ingress/ca.key')]).toEqual([['ca.key'], '600'])
    expect(place.said()).toContain('docker kill --signal HUP rackside-ingress')
  })

  it('is made anew by the same authority where it is spoiled, and by another one for other addresses', () => {
    place.does(spec)
    const authority = place.read(`${tls}/ca.crt`)
    const own = place.read(`${tls}/server.crt`)
    rmSync(place.path(`${tls}/server.crt`))
    writeFileSync(place.path(`${tls}/server.crt`), 'spoiled')
    expect(place.isTrue(spec)).toEqual({ holds: false, reason: 'other-than-wanted' })
    expect(place.does(spec)).toEqual(well)
    expect(place.read(`${tls}/ca.crt`)).toBe(authority)
    expect(place.read(`${tls}/server.crt`)).not.toBe(own)
    const other = { ...spec, addresses: ['10.0.0.6'] }
    expect(place.isTrue(other)).toEqual({ holds: false, reason: 'other-than-wanted' })
    expect(place.does(other)).toEqual(well)
    expect(place.read(`${tls}/ca.crt`)).not.toBe(authority)
    expect(isFor('10.0.0.6').status).toBe(0)
    expect(place.isTrue(spec).holds).toBe(false)
  })

  it('is not begun where nothing can make it', () => {
    place.addTool('openssl', 'echo broken >&2; exit 1')
    expect(place.does(spec)).toMatchObject({ status: 1, stderr: expect.stringContaining('broken') })
    expect(place.names(tls)).toEqual([])
    expect(place.names('secrets/ingress')).toEqual([])
  })
})
