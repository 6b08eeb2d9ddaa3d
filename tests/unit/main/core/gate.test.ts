// The gate in front of every call: role, then checked input, then the audit line on disk, then the act.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../../../main/core/context.ts'
import { type ConsoleClient, clientInProcess } from '../../../../main/core/link/console-client.ts'
import { received } from '../../../../main/core/refusal.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { desk } from '../../../../shared/contract/desk.ts'
import { type Failure, ok, type Result } from '../../../../shared/domain/failure.ts'
import type { Grant } from '../../../../shared/domain/operator.ts'
import { isWithinGrant, type Role, rightsOfRole, roles } from '../../../../shared/domain/role.ts'
import { callsOf } from '../../../support/contract-calls.ts'
import { bareFacts, planFor } from '../../../support/plan-cases.ts'
import { pretendCore } from '../../../support/pretend-core.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'
import { signedInAs } from '../../../support/signed-in.ts'

const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const target = { by: 'address', address, credentialId: 'key-1' }
const planId = planFor(bareFacts()).id
const terminalId = 'terminal-0badcafe0badcafe'
const syslog = { kind: 'syslog', host: '10.0.0.9', port: 514, transport: 'udp' }

const isSecret = (value: unknown) => typeof value === 'string' && value.startsWith('hunter')

/** A good input for every call of both contracts. */
const inputs: Record<string, object> = {
  'product.appliances.list': {},
  'product.appliances.save': { name: 'ward', target },
  'product.appliances.forget': { name: 'ward' },
  'product.appliances.greet': { address },
  'product.appliances.trust': { address, credentialId: 'key-1', fingerprint: `SHA256:${'A'.repeat(43)}` },
  'product.appliances.detect': { target },
  'product.appliances.doctor': { target },
  'product.appliances.status': { target },
  'product.appliances.retry': { target },
  'product.hostKeys.list': {},
  'product.hostKeys.retrust': { address, fingerprint: `SHA256:${'A'.repeat(43)}`, typedHost: address.host },
  'product.hostKeys.forget': { host: address.host, port: 22, typedHost: address.host },
  'product.hostKeys.previewImport': { text: '' },
  // Whatever file it was: it may be a key.
  'product.hostKeys.import': { text: 'hunter2' },
  'product.hostKeys.export': {},
  'product.bundles.list': {},
  'product.bundles.brought': {},
  'product.bundles.import': { importId: 'import-1' },
  'product.bundles.stopImport': { importId: 'import-1' },
  'product.bundles.remove': { place: 'bundle-1' },
  'product.bundles.verify': { place: 'bundle-1' },
  'product.bundles.checkHandover': { place: 'bundle-1' },
  'product.bundles.inspect': { place: 'bundle-1' },
  'product.setup.propose': { target, bundleId: 'bundle-1' },
  'product.setup.readPlan': { planId },
  'product.setup.plan': { target, bundleId: 'bundle-1', solution: 'ward' },
  'product.setup.apply': { planId, target },
  'product.setup.follow': { planId },
  'product.setup.runs': {},
  'product.setup.lastRun': { target },
  'product.upkeep.versions': { target },
  'product.upkeep.planRollBack': { target, deployment: 'ward-model', specDigest: 'a'.repeat(64) },
  'product.upkeep.planRenewal': { target },
  'product.upkeep.planUninstall': { target, deletesData: false },
  'product.upkeep.uninstall': { planId, target, typedHost: address.host },
  'product.upkeep.published': { target },
  'product.upkeep.signIns': { target },
  'product.upkeep.showSecret': { target, deployment: 'chat', name: 'administrator' },
  'product.upkeep.confirmSignIn': { target, deployment: 'knowledge' },
  'product.upkeep.giveCertificate': { target, certificate: 'x', credentialId: 'certificate-key-1' },
  'product.upkeep.drift': { target },
  'product.upkeep.acceptDrift': { target },
  'product.setup.cancel': { planId },
  'product.setup.progress': { planId },
  'product.connect.test': { target },
  'product.setup.prove': { target },
  'product.setup.proveDevices': { target },
  'product.acceptance.run': { target, wish: { users: 2 } },
  'product.acceptance.stop': { acceptanceId: 'acceptance-0badcafe' },
  'product.acceptance.list': {},
  'product.acceptance.read': { acceptanceId: 'acceptance-0badcafe' },
  'product.acceptance.compare': { before: 'acceptance-0badcafe', after: 'acceptance-0badcaff' },
  'product.acceptance.files': { acceptanceId: 'acceptance-0badcafe', language: 'en' },
  'product.acceptance.check': { document: '{}', signature: '{}' },
  'product.bench.candidates': { target },
  'product.bench.run': { target, deployment: 'ward-model', wish: { seconds: 5 } },
  'product.bench.stop': { benchId: 'bench-0badcafe' },
  'product.bench.list': {},
  'product.bench.read': { benchId: 'bench-0badcafe' },
  'product.bench.compare': { before: 'bench-0badcafe', after: 'bench-0badcaff' },
  'product.evaluation.sets': {},
  'product.evaluation.takeSet': { foundId: 'found-0badcafe0badcafe' },
  'product.evaluation.candidates': { target },
  'product.evaluation.run': { target, deployment: 'ward-model', setDigest: 'a'.repeat(64), wish: { limit: 5 } },
  'product.evaluation.resume': { target, evaluationId: 'evaluation-0badcafe' },
  'product.evaluation.stop': { evaluationId: 'evaluation-0badcafe' },
  'product.evaluation.list': {},
  'product.evaluation.read': { evaluationId: 'evaluation-0badcafe' },
  'product.evaluation.records': { evaluationId: 'evaluation-0badcafe', from: 0 },
  'product.evaluation.compare': { before: 'evaluation-0badcafe', after: 'evaluation-0badcaff' },
  'product.canary.candidates': { target },
  'product.canary.run': { target, deployment: 'ward-model' },
  'product.canary.stop': { canaryId: 'canary-0badcafe' },
  'product.canary.list': {},
  'product.canary.read': { canaryId: 'canary-0badcafe' },
  'product.canary.accept': { canaryId: 'canary-0badcafe' },
  'product.logs.sources': { target },
  'product.logs.follow': { target, container: 'rackside-ward-model', follow: true, tailLines: 200 },
  'product.terminal.open': { target, size: { columns: 80, rows: 24 } },
  'product.terminal.type': { terminalId, keys: 'hunter2' },
  'product.terminal.resize': { terminalId, size: { columns: 80, rows: 24 } },
  'product.terminal.close': { terminalId },
  'product.terminal.recordings': {},
  'product.terminal.recording': { recordingId: 'recorded-0badcafe0badcafe', from: 0 },
  'product.rollouts.plan': { bundleId: 'bundle-1', solution: 'ward', appliances: ['ward'] },
  'product.rollouts.read': { rolloutId: 'rollout-0badcafe' },
  'product.rollouts.list': {},
  'product.rollouts.apply': { rolloutId: 'rollout-0badcafe' },
  'product.rollouts.follow': { rolloutId: 'rollout-0badcafe' },
  'product.rollouts.cancel': { rolloutId: 'rollout-0badcafe' },
  'product.catalog.entries': {},
  'product.catalog.outlook': { target, wish: { contextTokens: 8192, users: 1 } },
  'product.catalog.fits': { target },
  'product.recorder.state': { target },
  'product.recorder.fetch': { target },
  'product.recorder.remove': { target },
  'product.recordings.record': { target },
  'product.recordings.replay': {
    recording: { format: 1, takenAt: '2026-11-26T08:00:00.000Z', privilege: 'root', probes: [] },
  },
  'product.privilege.watchHelper': { user: 'ward-watch' },
  'product.privilege.installWatchHelper': { target, user: 'ward-watch' },
  'product.privilege.removeWatchHelper': { target },
  'product.demo.list': {},
  'product.demo.create': { preset: 'ascend-8' },
  'product.demo.remove': { name: 'demo-ascend-8' },
  'product.demo.drill': { name: 'demo-ascend-8', drill: 'overheat', on: true },
  'product.vault.state': {},
  'product.vault.lock': {},
  'product.vault.list': {},
  'product.vault.remove': { credentialId: 'password-1' },
  'product.ownKey.install': { name: 'ward', keepForSudo: false },
  'product.observe.watching': {},
  'product.observe.watch': { target },
  'product.observe.recent': { target },
  'product.observe.history': { target, series: ['host/cpu'], fromMs: 0, toMs: 3_600_000, width: 600 },
  'product.observe.historySeries': { target },
  'product.observe.historyState': {},
  'product.backup.preview': {},
  'product.support.gather': { appliances: [], keepsNames: false, language: 'en' },
  'product.support.read': { supportId: 'support-0badcafe', name: 'about.txt' },
  'product.support.archive': { supportId: 'support-0badcafe' },
  'product.publishers.list': {},
  'product.publishers.pin': { bundleId: 'bundle-1', fingerprint: `SHA256:${'A'.repeat(43)}` },
  'product.publishers.remove': { publisher: 'lab', typedPublisher: 'lab' },
  'product.notifications.list': {},
  ...{ 'product.alerts.list': {}, 'product.alerts.history': {}, 'product.alerts.settings': {} },
  'product.alerts.acknowledge': { alertId: 'alert-1' },
  'product.alerts.silence': { kind: 'silence', rule: 'temperature', untilMs: 2_000_000_000_000, note: 'fans' },
  'product.alerts.endSilence': { quietId: 'quiet-1' },
  'product.alerts.setChannel': { channel: { id: 'log', atLeast: 'info', list: 'first', language: 'en', way: syslog } },
  'product.alerts.removeChannel': { channel: 'log' },
  'product.alerts.testChannel': { channel: 'log' },
  'product.alerts.setRule': { override: { rule: 'temperature', limit: 90 } },
  'product.alerts.setPolicy': { policy: { escalateAfterMinutes: 15, repeatEveryMinutes: 60 } },
  'desk.openBundle': { folder: '/nowhere' },
  'desk.openBundleFiles': { files: ['/nowhere/ward.rsb'] },
  'desk.openEvaluationSet': { file: '/nowhere/set.csv' },
  'desk.openKeyFile': { file: '/nowhere/key' },
  'desk.offerPassword': { password: 'hunter2' },
  'desk.offerKey': { privateKey: 'hunter2' },
  'desk.unlockKey': { credentialId: 'key-1', passphrase: 'hunter2' },
  'desk.listAgentKeys': {},
  'desk.takeAgentKey': {},
  'desk.offerCertificateKey': { privateKey: 'hunter2' },
  'desk.offerAnswers': { answers: ['hunter2'] },
  'desk.readSshConfig': {},
  'desk.listKeyFiles': {},
  'desk.importFrom': {},
  'desk.writeBackup': { file: '/nowhere/ward.rsb', passphrase: 'hunter2', parts: [] },
  'desk.signIn': { name: 'wang', passphrase: 'hunter2', kind: 'window' },
  'desk.stepUp': { passphrase: 'hunter2' },
  'desk.beginOperators': { name: 'wang', passphrase: 'hunter2 hunter2' },
  'desk.addOperator': { name: 'zhao', roles: ['viewer'], passphrase: 'hunter2 hunter2' },
  'desk.resetOperator': { name: 'wang', passphrase: 'hunter2 hunter2' },
  'desk.changeOwnPassphrase': { oldPassphrase: 'hunter2', newPassphrase: 'hunter2 hunter3' },
  ...{ 'product.operators.state': {}, 'product.operators.active': {}, 'product.operators.signOut': {} },
  ...{ 'product.operators.list': {}, 'product.operators.end': {}, 'product.approvals.list': {} },
  'product.operators.change': { name: 'wang', roles: ['viewer'] },
  'product.operators.remove': { name: 'wang' },
  'product.operators.unlock': { name: 'wang' },
  'product.operators.setPolicy': { policy: { idleMinutes: 15, longestHours: 12, twoPersons: true } },
  'product.approvals.ask': { subject: planId },
  'product.approvals.give': { subject: planId, digest: 'a'.repeat(64) },
  'product.approvals.refuse': { subject: planId },
  'desk.createVault': { passphrase: 'hunter2' },
  'desk.createKeychainVault': {},
  'desk.unlockVault': { passphrase: 'hunter2' },
  'desk.changeVaultPassphrase': { oldPassphrase: 'hunter2', newPassphrase: 'hunter3' },
  'desk.keepCredential': { credentialId: 'password-1', label: 'ward' },
}

const calls = callsOf({ product: contract, desk }).map((one) => {
  const input = inputs[one.path]
  if (input === undefined) throw new Error(`no input for the new call ${one.path}`)
  const rights = [one.meta.call?.right ?? []].flat()
  return { ...one, rights, input, changes: one.meta.call?.audit !== 'none' }
})
const named = (wanted: typeof calls) => wanted.map((one) => [one.path, one] as const)
const changes = calls.filter((one) => one.changes)

const someItems = 20 // more than any stream yields that ends by itself

/** Calls it and, where it answers with a stream, reads that to its end; of one that has none, some items. */
async function call(client: ConsoleClient, path: string, input: object): Promise<Failure | undefined> {
  const found = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], client)
  const whole = async (): Promise<Result<unknown>> => {
    const answer = await (found as (input: object) => Promise<object>)(input)
    if (!(Symbol.asyncIterator in answer)) return answer as Result<unknown>
    let items = 0
    for await (const _ of answer as AsyncIterable<unknown>) if (++items === someItems) break
    return ok(undefined)
  }
  const got = await received(path, whole())
  if (!got.ok) return got.failure
  return got.value.ok ? undefined : got.value.failure
}

const grant: Grant = { publishers: ['nobody'], appliances: ['nowhere'] }
const isRefusedFor = (failure: Failure | undefined) =>
  failure?.kind === 'not-permitted' || failure?.kind === 'not-granted'

/** Somebody with this one role, on a console that has appliances saved and nothing else. */
function asRole(held: Role) {
  const pretend = pretendCore()
  const person = { name: 'wang', roles: [held], ...(held === 'vendor' && { grant }) }
  const sessionKey = signedInAs(pretend.core, person)
  return {
    ...pretend,
    client: clientInProcess({ core: pretend.core, caller: { by: 'person', operator: 'li', sessionKey } }),
  }
}

describe('the permission matrix', () => {
  it('is the one that was agreed on: every call, and the roles that reach it', async () => {
    const line = ({ path, rights }: (typeof calls)[number]) => {
      const reach = roles.map((one) => {
        if (!rights.some((asked) => rightsOfRole[one].includes(asked))) return '-'
        return rights.every((asked) => isWithinGrant([one], asked)) ? 'granted' : 'yes'
      })
      return [path, ...reach].join('\t')
    }
    const matrix = [['call', ...roles].join('\t'), ...calls.map(line).sort()].join('\n')
    await expect(`${matrix}\n`).toMatchFileSnapshot('../../../fixtures/permission-matrix.tsv')
  })

  describe.each(roles)('%s', (held) => {
    const may = (one: (typeof calls)[number]) => one.rights.some((asked) => rightsOfRole[held].includes(asked))
    const refused = calls.filter((one) => !may(one))
    it.each(named(refused))(
      'is refused %s with a line in the audit, and nothing else is written or dialled',
      async (path, { input, rights }) => {
        const { client, auditLines, folder, dialled } = asRole(held)
        expect(await call(client, path, input)).toEqual({
          kind: 'not-permitted',
          call: path.slice(path.indexOf('.') + 1),
          needs: rights,
        })
        const line = { who: 'wang', act: 'call-refused', input: { call: path.slice(path.indexOf('.') + 1) } }
        expect([auditLines(), readdirSync(folder).sort(), dialled]).toMatchObject([
          [line],
          ['audit.jsonl', 'operators.json'],
          [],
        ])
      },
    )

    it.each(named(calls.filter(may)))(
      'gets through to %s, or a vendor no further than its grant',
      async (path, one) => {
        const { client, dialled } = asRole(held)
        const refusal = await call(client, path, one.input)
        const isGranted = one.rights
          .filter((asked) => rightsOfRole[held].includes(asked))
          .every((asked) => isWithinGrant([held], asked))
        if (!isGranted) return expect(isRefusedFor(refusal)).toBe(false)
        // Whatever names an appliance, a plan or a bundle names one of somebody else here.
        const namesSomething = Object.keys(one.input).some((field) =>
          /^(target|planId|bundleId|place|importId|subject)$/.test(field),
        )
        if (namesSomething)
          expect([refusal?.kind, dialled]).toEqual([
            expect.stringMatching(/^(not-granted|plan-unknown|bundle-unknown)$/),
            [],
          ])
      },
    )
  })

  it.each(named(calls.filter(({ rights }) => !rights.includes('anybody'))))(
    'lets nobody through to %s who is not signed in, where there are operators',
    async (path, { input }) => {
      const { core, auditLines, dialled } = asRole('administrator')
      const stranger = clientInProcess({ core, caller: { by: 'person', operator: 'li' } })
      expect(await call(stranger, path, input)).toEqual({ kind: 'sign-in-needed', why: 'never' })
      expect([auditLines(), dialled]).toEqual([[], []])
    },
  )

  it.each(named(calls.filter(({ meta }) => meta.call?.effect === 'destructive')))(
    'asks for the passphrase once more before %s, five minutes after it was typed',
    async (path, { input }) => {
      for (const [seconds, asked] of [
        [299, false],
        [300, true],
      ] as const) {
        let now = Date.parse('2026-11-20T08:00:00.000Z')
        const { core, auditLines } = pretendCore(undefined, undefined, { now: () => new Date(now).toISOString() })
        const sessionKey = signedInAs(core, { name: 'wang', roles: [...roles], grant })
        now += seconds * 1000
        const client = clientInProcess({ core, caller: { by: 'person', operator: 'li', sessionKey } })
        expect((await call(client, path, input))?.kind === 'step-up-needed').toBe(asked)
        expect(auditLines()).toHaveLength(asked ? 0 : 1)
      }
    },
  )
})

/** A run that goes on; what asks for its signal. */
function runOf(core: Core): () => AbortSignal | undefined {
  let signal: AbortSignal | undefined
  const head = { planId, address, purpose: settingUp('ward'), startedAt: core.tools.now() }
  void core.consoleRuns.join(head, (ticker) => {
    signal = ticker.signal
    return new Promise(() => undefined)
  })
  return () => signal
}

describe('the audit line', () => {
  it.each(named(changes))(
    'of %s holds who, what and the checked input, but no secret (P12)',
    async (path, { input, meta }) => {
      const { clientAs, auditLines } = pretendCore()
      await call(clientAs('admin'), path, input)
      const demo = path.startsWith('product.demo.') ? { demo: true } : {}
      const told = Object.fromEntries(Object.entries(input).filter(([, value]) => !isSecret(value)))
      const act = meta.call?.audit
      expect(auditLines()).toEqual([{ at: '2026-11-20T08:00:00.000Z', who: 'li', act, ...demo, input: told }])
    },
  )

  it.each(named(calls.filter((one) => !one.changes)))(
    'is not written for the read, or the part of an act, %s',
    async (path, { input }) => {
      const { clientAs, folder } = pretendCore()
      await call(clientAs('admin'), path, input)
      expect(existsSync(join(folder, 'audit.jsonl'))).toBe(false)
    },
  )

  it.each(named(changes))('that cannot be written refuses %s, and nothing acts', async (path, { input }) => {
    const { clientAs, core, folder, dialled } = pretendCore()
    mkdirSync(join(folder, 'audit.jsonl'))
    const cancelled = runOf(core)
    expect(await call(clientAs('admin'), path, input)).toMatchObject({ kind: 'audit-unwritable' })
    expect([readdirSync(folder), dialled, cancelled()?.aborted]).toEqual([['audit.jsonl'], [], false])
  })
})

describe('a password', () => {
  it('is offered without a trace in the state folder', async () => {
    const { clientAs, folder, core } = pretendCore()
    await call(clientAs('admin'), 'desk.offerPassword', { password: 'hunter2' })
    expect(readdirSync(folder)).toEqual([])
    expect(JSON.stringify([...core.passwords])).not.toContain('hunter2')
  })
})

describe('input', () => {
  it.each(named(calls))(
    'of %s with a field too many is refused before anything is written',
    async (path, { input }) => {
      const { clientAs, folder } = pretendCore()
      const refusal = await call(clientAs('admin'), path, { ...input, command: 'reboot' })
      expect(refusal).toMatchObject({ kind: 'input-invalid', call: path, problem: expect.stringContaining('command') })
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it('of another type names the field that is wrong', async () => {
    const client = pretendCore().clientAs('admin')
    const wrong = { name: '../x', target: { ...target, address: { ...address, port: 99_999 } } }
    const refusal = await call(client, 'product.appliances.save', wrong)
    expect(refusal).toMatchObject({
      kind: 'input-invalid',
      problem: expect.stringMatching(/name.*target\.address\.port/s),
    })
  })
})
