// The certificate of an ingress, made by the openssl that is here: for its address only, kept as long as it holds, and
// made anew by whatever spoiled it.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { giveCertificate } from '../../../../shared/apply/certificate.ts'
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

  it('is for a name too where there is one, and its authority speaks for that one', () => {
    const named = { ...spec, name: 'ai.hospital.example' }
    const folder = `${tls}-ai.hospital.example`
    expect(place.does(named)).toEqual(well)
    expect([place.isTrue(named), place.isTrue(spec).holds]).toEqual([wanted, false])
    const own = [place.path(`${folder}/ca.crt`), place.path(`${folder}/server.crt`)] as const
    for (const asked of [
      ['-verify_hostname', 'ai.hospital.example'],
      ['-verify_ip', '10.0.0.5'],
    ]) {
      expect(openssl('verify', '-CAfile', own[0], ...asked, own[1]).status).toBe(0)
    }
    expect(openssl('verify', '-CAfile', own[0], '-verify_hostname', 'hospital.example', own[1]).status).not.toBe(0)
    expect(openssl('x509', '-in', own[0], '-noout', '-ext', 'nameConstraints').text).toContain(
      'DNS:ai.hospital.example',
    )
  })

  describe('of the site’s own', () => {
    const at = { address: '10.0.0.5' }
    /** By an authority that nobody here knows. */
    const made = () => {
      const [key, file] = [place.path('../site.key'), place.path('../site.crt')]
      const made = openssl(
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
        ...['-subj', '/CN=ward', '-addext', 'subjectAltName=IP:10.0.0.5', '-keyout', key, '-out', file],
      )
      expect(made.status).toBe(0)
      return { key: readFileSync(key, 'utf8'), chain: readFileSync(file, 'utf8') }
    }
    const give = ({ key, chain }: ReturnType<typeof made>) => place.asRoot(giveCertificate('ingress', at, chain), key)

    it('takes the place of the one that was made, is told of, and stays', () => {
      place.does(spec)
      const given = made()
      expect(give(given)).toEqual(well)
      expect([place.read(`${tls}/server.crt`), place.read(`${tls}/server.key`)]).toEqual([given.chain, given.key])
      expect([
        place.mode(`${tls}/server.key`),
        place.names('services/ingress').filter((one) => one.startsWith('.')),
      ]).toEqual(['444', []])
      expect(place.said().filter((line) => line.startsWith('docker kill'))).toHaveLength(2)
      expect(place.isTrue(spec)).toEqual(wanted)
      expect(place.said().join('\n')).not.toContain('PRIVATE KEY')
    })

    it('that does not belong to its key changes nothing', () => {
      place.does(spec)
      const before = place.read(`${tls}/server.crt`)
      const given = { ...made(), key: place.read(`${tls}/server.key`) }
      expect(give(given)).toMatchObject({ status: 1, stderr: expect.stringContaining('do not belong together') })
      expect([place.read(`${tls}/server.crt`), place.isTrue(spec)]).toEqual([before, wanted])
    })

    it('that was replaced by hand, or half written, is made anew by the appliance', () => {
      place.does(spec)
      give(made())
      replace(`${tls}/server.crt`, made().chain)
      expect(place.isTrue(spec)).toEqual(other)
      expect(place.does(spec)).toEqual(well)
      expect([place.isTrue(spec), place.names(tls)]).toEqual([wanted, ['ca.crt', 'server.crt', 'server.key']])
    })

    it('is not taken where nothing is published', () => {
      expect(give(made()).status).toBe(1)
      expect(place.names('services')).toEqual([])
    })
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
