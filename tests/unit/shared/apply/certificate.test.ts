// The certificate of an ingress, made by the openssl that is here: for its address only, kept as long as it holds, and
// made anew by whatever spoiled it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { certificateStep, giveCertificate } from '../../../../shared/apply/certificate.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { certificatesProbe, readCertificates } from '../../../../shared/facts/certificates.ts'
import { needs } from '../../../support/needs.ts'
import { bareFacts } from '../../../support/plan-cases.ts'
import { realShells } from '../../../support/real-shells.ts'
import { servicePlace } from '../../../support/service-place.ts'
import { answer } from '../facts/recorded.ts'

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

    it('stays where the console went away before it was noted that its service has read it', () => {
      place.does(spec)
      const given = made()
      give(given)
      rmSync(place.path('services/ingress/read.tls-10.0.0.5'))
      expect(place.isTrue(spec)).toEqual(wanted)
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

  describe('before it ends', () => {
    const due = { holds: false, reason: 'certificate-due' }
    /** By the same authority, as if it had been made earlier. */
    const lasting = (days: number) => {
      const [request, signed, settings] = ['request', 'signed', 'settings'].map((one) => place.path(`../${one}`)) as [
        ...[string, string, string],
      ]
      writeFileSync(settings, 'subjectAltName = IP:10.0.0.5\nextendedKeyUsage = serverAuth\n')
      const key = place.path(`${tls}/server.key`)
      openssl('req', '-new', '-key', key, '-subj', '/CN=old', '-out', request)
      const by = ['-CA', place.path(`${tls}/ca.crt`), '-CAkey', place.path(authorityKey), '-set_serial', '9']
      const made = openssl(
        'x509',
        '-req',
        '-in',
        request,
        ...by,
        '-days',
        `${days}`,
        '-extfile',
        settings,
        '-out',
        signed,
      )
      expect(made.status, made.text).toBe(0)
      replace(`${tls}/server.crt`, readFileSync(signed, 'utf8'))
      const sha256 = createHash('sha256').update(readFileSync(signed)).digest('hex')
      writeFileSync(place.path('services/ingress/read.tls-10.0.0.5'), `${sha256}\n`)
    }

    it.each([
      [270, wanted],
      [265, due],
      [-1, due],
    ])('with %s days left it is as it should be, or made anew by the same authority', (days, truth) => {
      place.does(spec)
      const authority = place.read(`${tls}/ca.crt`)
      lasting(days)
      expect(place.isTrue(spec)).toEqual(truth)
      expect(place.does(spec)).toEqual(well)
      expect([place.isTrue(spec), place.read(`${tls}/ca.crt`)]).toEqual([wanted, authority])
    })

    it('waits as long as it can where another authority would have to make it', () => {
      place.does(spec)
      lasting(100)
      rmSync(place.path(authorityKey))
      expect(place.isTrue(spec)).toEqual(wanted)
    })

    /** The same authority, as if it ended in so many days. */
    const authorityLasting = (days: number) => {
      const [crt, request] = [place.path(`${tls}/ca.crt`), place.path('../ca.request')]
      const made = openssl(
        'x509',
        '-in',
        crt,
        '-signkey',
        place.path(authorityKey),
        '-days',
        `${days}`,
        '-out',
        request,
      )
      expect(made.status, made.text).toBe(0)
      replace(`${tls}/ca.crt`, readFileSync(request, 'utf8'))
    }

    it.each([-1, 59])('has another authority where its own has %s days left, whatever it has itself', (days) => {
      place.does(spec)
      authorityLasting(61)
      expect(place.isTrue(spec)).toEqual(wanted)
      authorityLasting(days)
      const authority = place.read(`${tls}/ca.crt`)
      expect(place.isTrue(spec)).toEqual(other)
      expect(place.does(spec)).toEqual(well)
      expect([place.isTrue(spec), place.read(`${tls}/ca.crt`) === authority]).toEqual([wanted, false])
    })

    it('stays whole with its authority where another one is made and the certificate cannot be', () => {
      place.does(spec)
      authorityLasting(-1)
      place.addTool('openssl', `case "$*" in *-CAkey*) exit 1 ;; *) exec /usr/bin/openssl "$@" ;; esac`)
      const files = () => ['ca.crt', 'server.crt', 'server.key'].map((one) => place.read(`${tls}/${one}`))
      const before = [...files(), place.read(authorityKey)]
      expect(place.does(spec).status).toBe(1)
      expect([...files(), place.read(authorityKey)]).toEqual(before)
    })

    it('is made anew once where somebody wishes that, and not where it is another one already', () => {
      place.does(spec)
      const sha256 = createHash('sha256')
        .update(place.read(`${tls}/server.crt`))
        .digest('hex')
      const renewal = { ...spec, replaces: sha256 }
      expect(place.isTrue(renewal)).toEqual(due)
      const before = [place.read(`${tls}/ca.crt`), place.read(`${tls}/server.crt`)]
      expect(place.does(renewal)).toEqual(well)
      expect(place.isTrue(renewal)).toEqual(wanted)
      const after = [place.read(`${tls}/ca.crt`), place.read(`${tls}/server.crt`)]
      expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false])
    })

    it('comes back where the service does not take the new one', () => {
      place.does(spec)
      place.set('mounts', `${place.path(tls)} `)
      place.set('ports', '443/tcp -> 10.0.0.5:443\n8080/tcp -> 127.0.0.1:8600\n')
      place.addTool(
        'openssl',
        `case $1 in s_client) cat '${place.path('../state/served')}' ;; *) exec /usr/bin/openssl "$@" ;; esac`,
      )
      const [certificate, key] = [place.read(`${tls}/server.crt`), place.read(`${tls}/server.key`)]
      place.set('served', certificate)
      const sha256 = createHash('sha256').update(certificate).digest('hex')
      const renewal = { ...spec, replaces: sha256 }
      expect(place.does(renewal)).toMatchObject({ status: 1, stderr: expect.stringContaining('that one is back') })
      expect([place.read(`${tls}/server.crt`), place.read(`${tls}/server.key`)]).toEqual([certificate, key])
      expect([place.isTrue(spec), place.isTrue(renewal)]).toEqual([wanted, due])
      expect(place.said().filter((line) => line.startsWith('docker kill'))).toHaveLength(3)
    }, 60_000)

    it('is read by a start of a service that has no signal for it, which interrupts', () => {
      const { reload: _none, ...silent } = spec
      place.does(silent)
      place.set('mounts', `${place.path(tls)} `)
      const sha256 = createHash('sha256')
        .update(place.read(`${tls}/server.crt`))
        .digest('hex')
      expect(place.does({ ...silent, replaces: sha256 })).toEqual(well)
      expect(place.said()).toContain('docker restart rackside-ingress')
      expect(certificateStep.interrupts?.(silent, bareFacts(), 'certificate-due')).toBe(true)
      expect(certificateStep.interrupts?.(spec, bareFacts(), 'certificate-due')).toBe(false)
      expect(certificateStep.interrupts?.(silent, bareFacts(), 'not-there')).toBe(false)
    })

    it('is read as a fact: whose it is, when it ends, and what its service is told by', () => {
      place.does(spec)
      lasting(20)
      const asked = place.asRoot(certificatesProbe.shell, '')
      const read = readCertificates(new Map([['certificates', answer('certificates', asked.stdout)]]))
      const daysLeft = (until: string) => (Date.parse(until) - Date.now()) / 86_400_000
      const [one, ...more] = read.state === 'known' ? read.value : []
      expect([one, more]).toEqual([
        {
          ...{ path: '/var/lib/rackside/services/ingress/tls-10.0.0.5', by: 'appliance', reload: 'HUP' },
          sha256: createHash('sha256')
            .update(place.read(`${tls}/server.crt`))
            .digest('hex'),
          ...{ until: expect.any(String), authorityUntil: known(expect.any(String)) },
        },
        [],
      ])
      expect(Math.round(daysLeft(one?.until ?? ''))).toBe(20)
    })
  })

  it('is not begun where nothing can make it', () => {
    place.addTool('openssl', 'echo broken >&2; exit 1')
    expect(place.does(spec)).toMatchObject({ status: 1, stderr: expect.stringContaining('broken') })
    expect([place.names(tls), place.names('services/ingress'), place.names('secrets/ingress')]).toEqual([
      ...[[], ['tls-10.0.0.5'], []],
    ])
  })
})
