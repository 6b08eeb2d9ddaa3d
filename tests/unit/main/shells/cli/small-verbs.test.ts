// Commands against a console that is played: saved appliances, what differs, going back, uninstalling, and the way
// out of a changed host key.
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { runAppliances } from '../../../../../main/shells/cli/appliances-verbs.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { sayHowToTrust } from '../../../../../main/shells/cli/changed-key.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import { type FailureOf, fail, ok } from '../../../../../shared/domain/failure.ts'
import type { Plan } from '../../../../../shared/domain/plan.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { planCase, planFor } from '../../../../support/plan-cases.ts'
import { withInstaller } from '../../../../support/root-steps.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const ops = { host: 'h', port: 22, user: 'ops' }
const gate = { host: 'gate', port: 2222, user: 'jump' }
const saved = [
  { name: 'ward', address: ops, credentialId: 'key-1', via: [{ address: gate, credentialId: 'key-1' }], demo: false },
  { name: 'demo-1', address: { ...ops, host: '127.0.0.1' }, credentialId: 'key-2', watchOnly: true, demo: true },
]
const words = wordsOf('en')
const bare = planFor(planCase('bare-cpu-server').facts)
const version = (deployment: string, of: string, inService = false) => ({
  ...{ deployment, entry: 'x', version: of, specDigest: 'a'.repeat(64), keptAt: '2026-11-20T08:00:00Z', inService },
})

type Answers = { readonly versions?: object[]; readonly drift?: object[]; readonly signIns?: object[] }

async function play(line: string, answers: Answers = {}) {
  const said: string[] = []
  const results: unknown[] = []
  const complaints: string[] = []
  const calls: [name: string, input: object][] = []
  const answering = (name: string, value: unknown) => async (input: object) => {
    calls.push([name, input])
    return ok(value)
  }
  const uninstall: Plan = {
    ...bare,
    ...{ purpose: { act: 'uninstall', deletesData: false }, blockers: [] },
  }
  const client = {
    product: {
      appliances: { list: answering('list', saved), forget: answering('forget', { name: 'ward' }) },
      upkeep: {
        versions: answering('versions', answers.versions ?? []),
        drift: answering('drift', answers.drift ?? []),
        signIns: answering('signIns', answers.signIns ?? []),
        showSecret: answering('showSecret', { value: 'k7dmq-2vxpz' }),
        confirmSignIn: answering('confirmSignIn', []),
        giveCertificate: answering('giveCertificate', { validUntil: '2027-11-20T03:12:45Z' }),
        planRenewal: answering('planRenewal', { ...bare, blockers: [{ kind: 'engine-missing' }] }),
        planUninstall: answering('planUninstall', uninstall),
      },
      setup: { lastRun: answering('lastRun', null), plan: answering('plan', withInstaller(bare)) },
    },
    desk: {
      openBundle: answering('openBundle', { bundleId: 'bundle-1' }),
      offerCertificateKey: answering('offerCertificateKey', { credentialId: 'certificate-key-1' }),
    },
  } as unknown as ConsoleClient
  const terminal = {
    ...{ say: (text: string) => void said.push(text), complain: (text: string) => void complaints.push(text) },
    ...{ tick: () => undefined, prompt: () => undefined, echo: () => undefined, leave: () => undefined },
    ...{ result: (value: unknown) => void results.push(value), confirm: async () => undefined },
  }
  const read = readCommandLine(line.split(' '))
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const work = { client, terminal, words }
  const outcome =
    read.value.verb === 'appliances'
      ? await runAppliances(work, read.value)
      : await runVerb(client, read.value as Invocation, terminal, words)
  return { outcome, said, results, complaints, calls, work, line: read.value }
}

describe('saved appliances', () => {
  it('are listed with the way to each, without their logins', async () => {
    const { outcome, said, results } = await play('appliances --json')
    expect(outcome).toEqual(ok(0))
    expect(said).toEqual(['ward: jump@gate:2222 > ops@h:22', 'demo-1 (demo): ops@127.0.0.1:22; only watched'])
    expect(results).toEqual([
      {
        appliances: [
          { name: 'ward', address: ops, via: [gate], watchOnly: false, demo: false },
          { name: 'demo-1', address: { ...ops, host: '127.0.0.1' }, via: [], watchOnly: true, demo: true },
        ],
      },
    ])
  })

  it('are forgotten by name', async () => {
    const { outcome, calls, results } = await play('appliances forget ward')
    expect([outcome, calls]).toEqual([ok(0), [['forget', { name: 'ward' }]]])
    expect(results).toEqual([{ name: 'ward', forgotten: true }])
  })
})

describe('a setup that runs an installer as root', () => {
  it('is refused with --yes alone, before anything is begun', async () => {
    const { outcome, calls, said } = await play('setup ward --solution ward --from /b --yes')
    expect(outcome).toMatchObject({ failure: { kind: 'root-not-allowed' } })
    expect(calls.map(([name]) => name)).toEqual(['list', 'openBundle', 'plan'])
    expect(said.join('\n')).toContain('sh ./driver.run --full --install')
  })
})

describe('what is opened', () => {
  const read = (line: string) => {
    const found = readCommandLine(`plan ward --solution s --from /b ${line}`.trim().split(' '))
    return found.ok ? (found.value as Invocation).publish : found.failure
  }
  const at = { address: '10.0.0.5', port: 443 }

  it('asks for a password unless somebody says otherwise, and may have a name', () => {
    expect(read('--publish 10.0.0.5')).toEqual({ ...at, guarded: true })
    expect(read('--publish 10.0.0.5:8443 --without-password')).toEqual({ ...at, port: 8443 })
    expect(read('--publish 10.0.0.5 --publish-name AI.Hospital.example')).toEqual({
      ...{ ...at, guarded: true, name: 'ai.hospital.example' },
    })
    expect([read(''), read('--publish none')]).toEqual([undefined, 'none'])
  })

  it.each([
    ['--publish 10.0.0.5 --publish-name server', 'not-a-host-name'],
    ['--publish 10.0.0.5 --publish-name 10.0.0.5', 'not-a-host-name'],
    ['--publish 10.0.0.5 --publish-name a.example:443', 'not-a-host-name'],
    ['--publish server', 'not-a-local-address'],
    ['--publish-name ai.example', 'option-alone'],
    ['--publish none --without-password', 'option-alone'],
  ])('is refused as %s: %s', (line, problem) => {
    expect(read(line)).toMatchObject({ problem })
  })
})

describe('sign-ins', () => {
  const people = (deployment: string, signIn: object) => ({ for: 'people', deployment, hostPort: 8500, signIn })
  const signIns = [
    people('notes', { by: 'nobody' }),
    people('chat', { by: 'made', user: 'admin@x', secret: 'administrator' }),
    people('flows', { by: 'first-visitor' }),
    people('knowledge', { by: 'published', user: 'admin', password: 'MaxKB@123..' }),
    {
      ...{ for: 'app', deployment: 'models', consumer: 'knowledge', secret: 'for-knowledge' },
      ...{ baseUrl: 'http://models:8080/v1', models: ['a', 'b'] },
    },
  ]

  it('are listed, each with how its secret is shown', async () => {
    const { outcome, said, results } = await play('sign-ins ward --json', { signIns })
    expect(outcome).toEqual(ok(0))
    expect(said).toEqual([
      'notes: no accounts: whoever reaches it uses it',
      'chat: signs in as admin@x; --show chat shows it',
      'flows: whoever opens it first becomes its administrator',
      'knowledge: signs in as admin with MaxKB@123.., which everybody knows: change it',
      'models: knowledge asks http://models:8080/v1 with a key of its own (models: a, b); --show models/knowledge shows it',
    ])
    expect(results).toEqual([{ signIns }])
    expect((await play('sign-ins ward')).said).toEqual(['Nothing that runs there says how people sign in.'])
  })

  it.each([
    ['chat', { deployment: 'chat', name: 'administrator' }],
    ['models/knowledge', { deployment: 'models', name: 'for-knowledge' }],
  ])('show the one of %s', async (name, asked) => {
    const { outcome, said, calls } = await play(`sign-ins ward --show ${name}`, { signIns })
    expect([outcome, said]).toEqual([ok(0), ['k7dmq-2vxpz']])
    expect(calls.at(-1)).toEqual(['showSecret', expect.objectContaining(asked)])
  })

  it.each(['notes', 'models', 'nobody'])('have none of %s to show, and say whose there are', async (name) => {
    const { outcome, calls } = await play(`sign-ins ward --show ${name}`, { signIns })
    const failure = { problem: 'no-such-sign-in', word: name, other: 'chat, models/knowledge' }
    expect(outcome).toMatchObject({ failure })
    expect(calls.map(([called]) => called)).not.toContain('showSecret')
  })
})

describe('a published password', () => {
  const knowledge = { for: 'people', deployment: 'knowledge', hostPort: 8504 }
  const published = { ...knowledge, signIn: { by: 'published', user: 'admin', password: 'MaxKB@123..' } }

  it('is said to be changed, of the service that has one', async () => {
    const { outcome, said, calls } = await play('sign-ins ward --changed knowledge', { signIns: [published] })
    expect([outcome, said]).toEqual([
      ok(0),
      ['Noted on the appliance: the published password of knowledge was changed.'],
    ])
    expect(calls.at(-1)).toEqual(['confirmSignIn', expect.objectContaining({ deployment: 'knowledge' })])
  })

  it('is not confirmed twice, nor of a service that has none', async () => {
    const changed = { ...published, isChanged: true }
    for (const [name, signIns] of [
      ['knowledge', [changed]],
      ['notes', [published]],
    ] as const) {
      const { outcome, calls } = await play(`sign-ins ward --changed ${name}`, { signIns: [...signIns] })
      expect(outcome).toMatchObject({ failure: { problem: 'no-published-sign-in', word: name } })
      expect(calls.map(([called]) => called)).not.toContain('confirmSignIn')
    }
    expect((await play('sign-ins ward', { signIns: [changed] })).said).toEqual([
      'knowledge: signs in as admin, with a password that somebody has changed',
    ])
  })

  it('that was made for accounts which were there before is not shown as theirs', async () => {
    const older = { ...knowledge, signIn: { by: 'made', user: 'admin@x', secret: 'administrator' }, isOlder: true }
    expect((await play('sign-ins ward', { signIns: [older] })).said).toEqual([
      'knowledge: has kept its data from before this password was made: sign in with the accounts that it had',
    ])
    const { outcome } = await play('sign-ins ward --show knowledge', { signIns: [older] })
    expect(outcome).toMatchObject({ failure: { problem: 'no-such-sign-in' } })
  })
})

describe('a certificate of the site', () => {
  const files = () => {
    const folder = temporaryFolder()
    const [certificate, key] = [join(folder, 'site.crt'), join(folder, 'site.key')]
    writeFileSync(certificate, 'the certificate')
    writeFileSync(key, 'the key', { mode: 0o600 })
    return { certificate, key }
  }

  it('goes with its key to the appliance', async () => {
    const { certificate, key } = files()
    const { outcome, said, calls } = await play(`certificate ward --certificate ${certificate} --key ${key}`)
    expect([outcome, said]).toEqual([
      ok(0),
      ['The certificate is in its place. It is valid until 2027-11-20T03:12:45Z.'],
    ])
    expect(calls.slice(-2)).toEqual([
      ['offerCertificateKey', { privateKey: 'the key' }],
      [
        'giveCertificate',
        expect.objectContaining({ certificate: 'the certificate', credentialId: 'certificate-key-1' }),
      ],
    ])
  })

  it('is not taken from files that are not there, or whose key others can read', async () => {
    const { certificate, key } = files()
    const one = await play(`certificate ward --certificate ${certificate}.not --key ${key}`)
    expect(one.outcome).toMatchObject({ failure: { kind: 'certificate-unusable', problem: 'no-certificate' } })
    chmodSync(key, 0o644)
    const other = await play(`certificate ward --certificate ${certificate} --key ${key}`)
    expect(other.outcome).toMatchObject({ failure: { kind: 'secret-file-unusable', problem: 'readable-by-others' } })
    for (const call of ['giveCertificate', 'offerCertificateKey']) {
      expect([...one.calls, ...other.calls].map(([called]) => called)).not.toContain(call)
    }
    for (const words of [['--key', key], ['--renew', '--certificate', certificate, '--key', key], []]) {
      expect(readCommandLine(['certificate', 'ward', ...words])).toMatchObject({
        failure: { problem: 'certificate-and-key-needed' },
      })
    }
  })

  it('is made anew by the appliance where it made it, as a plan that somebody approves', async () => {
    const { outcome, calls } = await play('certificate ward --renew --deployment ingress')
    expect(calls.at(-1)).toEqual(['planRenewal', expect.objectContaining({ deployment: 'ingress' })])
    expect(outcome).toMatchObject({ failure: { kind: 'engine-missing' } })
  })
})

describe('what differs', () => {
  it('of nothing is not called as it was', async () => {
    const { said, results } = await play('drift ward')
    expect([said, results]).toEqual([[words.upkeep.nothingSetUp], [{ drift: [], setUp: false }]])
  })

  it('is nothing where something is set up and all is well', async () => {
    const { said, results } = await play('drift ward', { versions: [version('model', '1', true)] })
    expect([said, results]).toEqual([[words.upkeep.noDrift], [{ drift: [], setUp: true }]])
  })
})

describe('going back', () => {
  it('to a version nobody knows names the deployments and what there is', async () => {
    const versions = [version('model', '2', true), version('model', '1'), version('notes', '3', true)]
    const { outcome } = await play('rollback ward --to 9', { versions })
    const known = [`model 1 ${'a'.repeat(12)}`]
    expect(outcome).toEqual(fail({ kind: 'version-unknown', deployment: 'model, notes', version: '9', known }))
  })

  it('to a version that several have asks for one of them', async () => {
    const versions = [version('model', '1'), version('notes', '1')]
    const { outcome } = await play('rollback ward --to 1', { versions })
    expect(outcome).toMatchObject({ failure: { problem: 'deployment-needed', word: '1', other: 'model, notes' } })
  })
})

describe('an uninstall', () => {
  it('asks for the name that stands on the command line, as the plan says it', async () => {
    const { outcome, said } = await play('uninstall ward')
    expect(outcome).toEqual(fail({ kind: 'host-not-typed', asked: 'ward' }))
    expect(said[0]).toMatch(/ward \(/)
  })

  it('leaves no record, and the newest run says so', async () => {
    const { said, results } = await play('runs ward')
    expect([said, results]).toEqual([[words.upkeep.noRunThere], [{ lastRun: null }]])
    expect(words.upkeep.noRunThere).toContain('uninstalled')
  })
})

describe('behind a changed host key', () => {
  const changed = (place: object): FailureOf<'host-key-changed'> => ({
    ...{
      kind: 'host-key-changed',
      host: 'h',
      port: 22,
      keyType: 'ssh-ed25519',
      pinned: 'SHA256:a',
      offered: 'SHA256:b',
    },
    ...place,
  })

  it.each([
    [{}, 'rackside trust ward --fingerprint SHA256:b --replace'],
    [{ host: 'gate', port: 2222 }, 'rackside trust ssh://jump@gate:2222 --fingerprint SHA256:b --replace'],
    [{ host: 'fd00::1' }, 'rackside trust ssh://root@[fd00::1]:22 --fingerprint SHA256:b --replace'],
  ])('stands the command that trusts it (%j)', async (place, command) => {
    const { work, line, complaints } = await play('runs ward')
    await sayHowToTrust(work, line, changed(place))
    expect(complaints).toEqual([words.trust.ifCompared(command)])
    const read = readCommandLine(
      command
        .replace('SHA256:b', `SHA256:${'b'.repeat(43)}`)
        .split(' ')
        .slice(1),
    )
    expect(read).toMatchObject({ ok: true, value: { verb: 'trust', act: 'replace' } })
  })
})
