// The certificate of an ingress, made by the openssl that is here: for its address only, kept as long as it holds, and
// made anew by whatever spoiled it.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { needs } from '../../../support/needs.ts'
import { realShells } from '../../../support/real-shells.ts'
import { servicePlace } from '../../../support/service-place.ts'

const spec: StepSpecOf<'certificate'> = {
  ...{ kind: 'certificate', deployment: 'ingress', address: '10.0.0.5', reload: 'HUP' },
}
const sixth: StepSpecOf<'certificate'> = { ...spec, address: 'fd00::5' }
const tls = 'services/ingress/tls-10.0.0.5'
const authorityKey = 'secrets/ingress/tls-10.0.0.5.key'
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const well = { status: 0, stdout: '', stderr: '' }
const wanted = { holds: true, reason: 'there-as-wanted' }
const other = { holds: false, reason: 'other-than-wanted' }

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
  const replace = (name: string, text: string) => {
    rmSync(place.path(name))
    writeFileSync(place.path(name), text)
  }
  /** Whether somebody with the authority's key could speak for that name. */
  const canSpeakFor = (kind: 'DNS' | 'IP', name: string) => {
    const [settings, request, signed] = ['settings', 'request', 'signed'].map((one) => place.path(`../${one}`)) as [
      ...[string, string, string],
    ]
    writeFileSync(settings, `[other]\nsubjectAltName = ${kind}:${name}\nextendedKeyUsage = serverAuth\n`)
    openssl(
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/CN=x',
      '-keyout',
      `${request}.key`,
      '-out',
      request,
    )
    const by = ['-CA', place.path(`${tls}/ca.crt`), '-CAkey', place.path(authorityKey), '-set_serial', '7']
    expect(
      openssl('x509', '-req', '-in', request, ...by, '-extfile', settings, '-extensions', 'other', '-out', signed)
        .status,
    ).toBe(0)
    const asked = kind === 'DNS' ? ['-verify_hostname', name] : ['-verify_ip', name]
    return (
      openssl('verify', '-CAfile', place.path(`${tls}/ca.crt`), '-purpose', 'sslserver', ...asked, signed).status === 0
    )
  }

  it('is for this address, by an authority that speaks for no other name, and its key is root’s', () => {
    expect(place.isTrue(spec)).toEqual({ holds: false, reason: 'not-there' })
    expect(place.does(spec)).toEqual(well)
    expect(place.isTrue(spec)).toEqual(wanted)
    expect(canSpeakFor('IP', '10.0.0.5')).toBe(true)
    for (const name of ['www.bank.example', 'localhost']) expect(canSpeakFor('DNS', name)).toBe(false)
    expect(canSpeakFor('IP', '10.0.0.6')).toBe(false)
    expect(place.names(tls)).toEqual(['ca.crt', 'server.crt', 'server.key'])
    expect([place.mode(tls), place.mode(`${tls}/server.key`), place.mode('services/ingress')]).toEqual([
      ...['755', '444', '700'],
    ])
    expect([place.names('secrets/ingress'), place.mode(authorityKey)]).toEqual([['tls-10.0.0.5.key'], '600'])
    expect(place.said()).toContain('docker kill --signal HUP rackside-ingress')
  })

  it('of another address leaves this one alone: what serves it may come back', () => {
    place.does(spec)
    const own = place.read(`${tls}/server.crt`)
    expect(place.does(sixth)).toEqual(well)
    expect([place.isTrue(spec), place.isTrue(sixth)]).toEqual([wanted, wanted])
    expect(place.read(`${tls}/server.crt`)).toBe(own)
    expect(place.names('services/ingress').filter((name) => name.startsWith('tls'))).toEqual([
      'tls-10.0.0.5',
      'tls-fd00--5',
    ])
  })

  it.each([
    ['its own certificate', `${tls}/server.crt`, true],
    ['its own key', `${tls}/server.key`, true],
    ['the certificate of the authority', `${tls}/ca.crt`, false],
  ])('is made anew where %s is spoiled, by the same authority where that is well', (_what, name, isSame) => {
    place.does(spec)
    const authority = place.read(`${tls}/ca.crt`)
    replace(name, '')
    expect(place.isTrue(spec)).toEqual(other)
    expect(place.does(spec)).toEqual(well)
    expect(place.isTrue(spec)).toEqual(wanted)
    expect(place.read(`${tls}/ca.crt`) === authority).toBe(isSame)
  })

  it('has another authority where its key is lost', () => {
    place.does(spec)
    const authority = place.read(`${tls}/ca.crt`)
    rmSync(place.path(authorityKey))
    rmSync(place.path(`${tls}/server.crt`))
    expect(place.does(spec)).toEqual(well)
    expect([place.isTrue(spec), place.read(`${tls}/ca.crt`) === authority]).toEqual([wanted, false])
  })

  it('counts once its service was told of it', () => {
    place.set('broken', '')
    expect(place.does(spec).status).toBe(1)
    expect(place.isTrue(spec)).toEqual(other)
    rmSync(place.path('../state/broken'))
    expect(place.does(spec)).toEqual(well)
    expect(place.isTrue(spec)).toEqual(wanted)
  })

  it('is not begun where nothing can make it', () => {
    place.addTool('openssl', 'echo broken >&2; exit 1')
    expect(place.does(spec)).toMatchObject({ status: 1, stderr: expect.stringContaining('broken') })
    expect([place.names(tls), place.names('services/ingress'), place.names('secrets/ingress')]).toEqual([
      ...[[], ['tls-10.0.0.5'], []],
    ])
  })
})
