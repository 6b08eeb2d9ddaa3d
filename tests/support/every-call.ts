// Every call of both contracts with a good input, and the way to make one: what tests of the gate hold against a rule, so
// that a new call cannot be forgotten.
import type { ConsoleClient } from '../../main/core/link/console-client.ts'
import { received } from '../../main/core/refusal.ts'
import { contract } from '../../shared/contract/contract.ts'
import { desk } from '../../shared/contract/desk.ts'
import { type Failure, ok, type Result } from '../../shared/domain/failure.ts'
import { callsOf } from './contract-calls.ts'
import { bareFacts, planFor } from './plan-cases.ts'

export const address = { host: '10.78.0.11', port: 22, user: 'ops' }
export const target = { by: 'address', address, credentialId: 'key-1' }
export const planId = planFor(bareFacts()).id
const terminalId = 'terminal-0badcafe0badcafe'
const syslog = { kind: 'syslog', host: '10.0.0.9', port: 514, transport: 'udp' }

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
  'product.alerts.list': {},
  'product.alerts.history': {},
  'product.alerts.settings': {},
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
  'desk.signIn': { name: 'hunter', passphrase: 'hunter2', kind: 'window' },
  'desk.stepUp': { passphrase: 'hunter2' },
  'desk.beginOperators': { name: 'wang', passphrase: 'hunter2 hunter2' },
  'desk.addOperator': { name: 'zhao', roles: ['viewer'], passphrase: 'hunter2 hunter2' },
  'desk.resetOperator': { name: 'wang', passphrase: 'hunter2 hunter2' },
  'desk.changeOwnPassphrase': { oldPassphrase: 'hunter2', newPassphrase: 'hunter2 hunter3' },
  'product.operators.state': {},
  'product.operators.active': {},
  'product.operators.signOut': {},
  'product.operators.list': {},
  'product.operators.change': { name: 'wang', roles: ['viewer'] },
  'product.operators.remove': { name: 'wang' },
  'product.operators.unlock': { name: 'wang' },
  'product.operators.setPolicy': { policy: { idleMinutes: 15, longestHours: 12, twoPersons: true } },
  'product.operators.end': {},
  'product.approvals.list': {},
  'product.approvals.ask': { subject: planId },
  'product.approvals.give': { subject: planId, digest: 'a'.repeat(64) },
  'product.approvals.refuse': { subject: planId },
  'desk.writeBackup': { file: '/nowhere/ward.rsb', passphrase: 'hunter2', parts: [] },
  'desk.createVault': { passphrase: 'hunter2' },
  'desk.createKeychainVault': {},
  'desk.unlockVault': { passphrase: 'hunter2' },
  'desk.changeVaultPassphrase': { oldPassphrase: 'hunter2', newPassphrase: 'hunter3' },
  'desk.keepCredential': { credentialId: 'password-1', label: 'ward' },
}

export const calls = callsOf({ product: contract, desk }).map((one) => {
  const input = inputs[one.path]
  if (input === undefined) throw new Error(`no input for the new call ${one.path}`)
  const rights = [one.meta.call?.right ?? []].flat()
  return { ...one, rights, input, changes: one.meta.call?.audit !== 'none' }
})
export const named = (wanted: typeof calls) => wanted.map((one) => [one.path, one] as const)
export const changes = calls.filter((one) => one.changes)

const someItems = 20 // more than any stream yields that ends by itself

/** Calls it and, where it answers with a stream, reads that to its end; of one that has none, some items. */
export async function call(client: ConsoleClient, path: string, input: object): Promise<Failure | undefined> {
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
