// Every input of the product that takes a secret gets a canary, and a journey is made with them, ways that fail included.
// Then none of them stands in any file of the console, its audit, a support bundle, a backup, or what was printed (P12).
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { checkBackup } from '../../../main/core/backup/check.ts'
import { closeCore } from '../../../main/core/open-core.ts'
import { addOperator, resetPassphrase } from '../../../main/core/operators/accounts.ts'
import { setProvider } from '../../../main/core/operators/provider.ts'
import { received } from '../../../main/core/refusal.ts'
import { applySetup } from '../../../main/core/runs/setup.ts'
import { makeProject } from '../../../main/core/vendor/new-project.ts'
import { stateFiles } from '../../../main/store/snapshot.ts'
import { needlesOf, type Sighting, searchFolder, sightingsIn } from '../../../scripts/soak/canary.ts'
import { secretHalf } from '../../../scripts/soak/marked-secrets.ts'
import { contract, type Target } from '../../../shared/contract/contract.ts'
import { desk } from '../../../shared/contract/desk.ts'
import { callsOf, objectsIn } from '../../support/contract-calls.ts'
import { type DemoCore, demoCore, type MadeDemo, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'
import { generateKeyPair } from '../../support/fake-ssh-server.ts'
import { realTools } from '../../support/real-tools.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Its characters are other ones in JSON, in a URL and in base64. */
const canary = (name: string) => `Cana"ry 7f3a ${name} /+ü护`

/** A secret by its name: each field of each call that takes one. A new one has to be given a canary here. */
const canaries: Record<string, string> = {
  'desk.offerPassword.password': canary('login password'),
  'desk.offerKey.privateKey': 'a key that is made for the test',
  'desk.offerKey.passphrase': canary('key passphrase'),
  'desk.openKeyFile.passphrase': canary('key file passphrase'),
  'desk.unlockKey.passphrase': canary('unlock passphrase'),
  'desk.offerCertificateKey.privateKey': 'a key that is made for the test',
  'desk.offerCertificateKey.passphrase': canary('certificate passphrase'),
  'desk.offerAnswers.answers': canary('answer'),
  'desk.createVault.passphrase': canary('vault passphrase'),
  'desk.unlockVault.passphrase': canary('wrong vault passphrase'),
  'desk.changeVaultPassphrase.oldPassphrase': canary('old vault passphrase'),
  'desk.changeVaultPassphrase.newPassphrase': canary('new vault passphrase'),
  'desk.writeBackup.passphrase': canary('backup passphrase'),
  'desk.signIn.passphrase': canary('wrong operator passphrase'),
  'desk.stepUp.passphrase': canary('step-up passphrase'),
  'desk.beginOperators.passphrase': canary('first operator passphrase'),
  'desk.addOperator.passphrase': canary('second operator passphrase'),
  'desk.resetOperator.passphrase': canary('reset operator passphrase'),
  'desk.changeOwnPassphrase.oldPassphrase': canary('own old passphrase'),
  'desk.changeOwnPassphrase.newPassphrase': canary('own new passphrase'),
  'desk.setProvider.clientSecret': canary('client secret'),
  'product.terminal.type.keys': canary('typed into a terminal'),
}
/** Not fields of the contract: kept under an id, or typed at a command. */
const others = {
  sudo: canary('sudo password'),
  webhook: canary('channel secret'),
  publisher: canary('publisher passphrase'),
  attempt: 'canary-attempt'.padEnd(43, 'x'),
  returned: canary('code of the provider'),
}
const of = (name: string) => {
  const found = canaries[name]
  if (found === undefined) throw new Error(name)
  return found
}

const secretField = /password|passphrase|secret|privateKey|^answers$|^token$|^keys$/i

describe('every input that takes a secret', () => {
  it('has a canary', () => {
    const fields = callsOf({ product: contract, desk }).flatMap(({ path, input }) =>
      objectsIn(input).flatMap(({ fields: names }) =>
        names.filter((name) => secretField.test(name)).map((name) => `${path}.${name}`),
      ),
    )
    // Of a plan: `withoutPassword` is a yes or no, and `keepsNames` no secret.
    expect([...new Set(fields)].filter((field) => !(field in canaries))).toEqual([])
    expect(Object.keys(canaries).filter((field) => !fields.includes(field))).toEqual([])
  })
})

/** Where one may stand, each with its reason. */
const allowed: readonly { readonly place: RegExp; readonly canary: RegExp; readonly why: string }[] = [
  {
    place: /\/terminals\/[^/]+\.cast$/,
    canary: /^typed/,
    why: 'a recording holds what the terminal showed, and says so',
  },
]

function leaksIn(sightings: readonly Sighting[]): Sighting[] {
  return sightings.filter((one) => !allowed.some((its) => its.place.test(one.where) && its.canary.test(one.canary)))
}

/** A key that only its passphrase opens, and what is secret in it. */
function lockedKey(passphrase: string): { readonly pem: string; readonly secret: Buffer } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const secret = Buffer.from(String(privateKey.export({ format: 'jwk' }).d), 'base64url')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString()
  return { pem, secret }
}

/** Ways that fail are a part of the journey; bugs are not. */
async function tried(answer: Promise<unknown>): Promise<void> {
  await received('the journey', answer)
}

/** What else is secret, made on the way: the secret halves of keys. What an appliance makes for its services the lab's soak looks for. */
type Journey = { readonly found: { name: string; secret: string | Uint8Array }[]; readonly credentialIds: string[] }

async function handOver({ client }: DemoCore, folder: string): Promise<Journey> {
  const { desk: hands } = client
  const old = of('desk.createVault.passphrase')
  must(await hands.createVault({ passphrase: old }))
  await tried(hands.unlockVault({ passphrase: of('desk.unlockVault.passphrase') }))
  const newPassphrase = of('desk.changeVaultPassphrase.newPassphrase')
  await tried(
    hands.changeVaultPassphrase({ oldPassphrase: of('desk.changeVaultPassphrase.oldPassphrase'), newPassphrase }),
  )
  must(await hands.changeVaultPassphrase({ oldPassphrase: old, newPassphrase }))
  const found: Journey['found'] = []
  const credentialIds: string[] = []
  const keep = async (credentialId: string, label: string) => {
    must(await hands.keepCredential({ credentialId, label }))
    credentialIds.push(credentialId)
  }
  for (const [name, secret] of Object.entries({ login: of('desk.offerPassword.password'), ...others })) {
    if (name !== 'publisher') await keep(must(await hands.offerPassword({ password: secret })).credentialId, name)
  }
  const { private: clear } = generateKeyPair()
  found.push({ name: 'private key', secret: secretHalf(clear) })
  await keep(
    must(await hands.offerKey({ privateKey: clear, passphrase: of('desk.offerKey.passphrase') })).credentialId,
    'key',
  )
  const file = join(folder, 'a-key')
  writeFileSync(file, lockedKey(of('desk.unlockKey.passphrase')).pem, { mode: 0o600 })
  await tried(hands.openKeyFile({ file, passphrase: of('desk.openKeyFile.passphrase') }))
  await tried(hands.unlockKey({ credentialId: credentialIds[0] ?? '', passphrase: of('desk.unlockKey.passphrase') }))
  const passphrase = of('desk.offerCertificateKey.passphrase')
  const { pem, secret } = lockedKey(passphrase)
  found.push({ name: 'certificate key', secret })
  must(await hands.offerCertificateKey({ privateKey: pem, passphrase }))
  must(await hands.offerAnswers({ answers: [of('desk.offerAnswers.answers')] }))
  return { found, credentialIds }
}

async function setUpAndFail(one: DemoCore, { credentialIds }: Journey): Promise<void> {
  const { product } = one.client
  const made = await makeDemo(one.core)
  expect(await setUpDemo(one, made)).toBe('healthy')
  const { target, demo } = made
  const [login = '', sudo = ''] = credentialIds
  // A login that is refused, one that nobody answers, and a sudo that is not wanted.
  const refused = { by: 'address', address: { ...demo.address, user: 'nobody' }, credentialId: login } as const
  await tried(product.appliances.detect({ target: refused }))
  await tried(
    product.appliances.detect({
      target: { ...refused, address: { ...demo.address, port: 9 }, sudoCredentialId: sudo },
    }),
  )
  const way = { kind: 'webhook', url: 'https://127.0.0.1:9/{token}', keyId: login, hmacId: credentialIds[2] } as const
  await tried(
    product.alerts.setChannel({ channel: { id: 'hook', atLeast: 'info', list: 'first', language: 'en', way } }),
  )
  await tried(product.alerts.testChannel({ channel: 'hook' }))
  await letRecorderTell(one, made, login)
  await tried(product.upkeep.giveCertificate({ target, certificate: 'none', credentialId: 'certificate-key-00000000' }))
  await tried(product.hostKeys.import({ text: others.sudo }))
  await typeInto(one, target)
}

/** A channel whose secret goes to the appliance as an input of a step, and nowhere else. */
async function letRecorderTell({ client, context }: DemoCore, made: MadeDemo, keyId: string): Promise<void> {
  const { product } = client
  const way = { kind: 'webhook', url: 'https://127.0.0.1:9/{token}', keyId } as const
  must(
    await product.alerts.setChannel({ channel: { id: 'told', atLeast: 'info', list: 'first', language: 'en', way } }),
  )
  const { target, bundleId } = made
  const plan = must(await product.setup.plan({ target, bundleId, solution: 'demo-clinic', recordAlert: 'told' }))
  const events: string[] = []
  for await (const { event } of applySetup(context, { planId: plan.id, target })) events.push(event)
  expect(events.at(-1)).toBe('verified')
  expect(must(await product.recorder.state({ target }))).toMatchObject({ alert: { host: '127.0.0.1:9' } })
}

/** Last, as from then on whoever is not signed in may do nothing. */
async function nameOperators({ core, client }: DemoCore): Promise<void> {
  const { desk: hands } = client
  must(await hands.beginOperators({ name: 'wang', passphrase: of('desk.beginOperators.passphrase') }))
  const added = { name: 'zhao', roles: ['viewer' as const], passphrase: of('desk.addOperator.passphrase') }
  must(await addOperator(core.operators, added))
  must(await resetPassphrase(core.operators, { name: 'zhao', passphrase: of('desk.resetOperator.passphrase') }))
  await tried(hands.addOperator(added))
  await tried(hands.resetOperator({ name: 'wang', passphrase: of('desk.resetOperator.passphrase') }))
  await tried(hands.signIn({ name: 'wang', passphrase: of('desk.signIn.passphrase'), kind: 'window' }))
  await tried(hands.signIn({ name: 'wang', passphrase: of('desk.beginOperators.passphrase'), kind: 'window' }))
  await tried(hands.stepUp({ passphrase: of('desk.stepUp.passphrase') }))
  const provider = { issuer: 'http://127.0.0.1:9', clientId: 'rackside' }
  must(await setProvider(core, { ...provider, clientSecret: of('desk.setProvider.clientSecret') }))
  await tried(hands.setProvider({ ...provider, clientSecret: of('desk.setProvider.clientSecret') }))
  await tried(hands.beginProviderSignIn({ purpose: 'sign-in', redirect: 'http://127.0.0.1:7465/oidc/callback' }))
  await tried(hands.finishProviderSignIn({ attempt: others.attempt, returned: others.returned }))
  await tried(hands.finishProviderStepUp({ attempt: others.attempt, returned: others.returned }))
  const newPassphrase = of('desk.changeOwnPassphrase.newPassphrase')
  await tried(hands.changeOwnPassphrase({ oldPassphrase: of('desk.changeOwnPassphrase.oldPassphrase'), newPassphrase }))
}

async function typeInto({ client }: DemoCore, target: Target): Promise<void> {
  const { terminal } = client.product
  const events = await terminal.open({ target, size: { columns: 80, rows: 24 } })
  for await (const event of events) {
    if (event.event !== 'open') continue
    await tried(terminal.type({ terminalId: event.terminalId, keys: `${of('product.terminal.type.keys')}\r` }))
    await tried(terminal.close({ terminalId: event.terminalId }))
  }
}

describe('a journey with canaries in every input', () => {
  it('leaves none of them in the state, the audit, a support bundle, a backup, or what was printed (P12)', async () => {
    const printed: string[] = []
    const spies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((text) => Boolean(printed.push(String(text)))),
    )
    const [home, outside] = [temporaryFolder(), temporaryFolder()]
    try {
      const one = demoCore(home)
      const journey = await handOver(one, outside)
      await setUpAndFail(one, journey)
      const project = join(outside, 'project')
      const publisher = { id: 'ward', name: 'Ward', passphrase: others.publisher }
      must(await makeProject(realTools(outside), { folder: project, name: 'ward-app', publisher }))
      const file = join(outside, 'ward.rsb')
      const passphrase = of('desk.writeBackup.passphrase')
      must(await one.client.desk.writeBackup({ file, passphrase, parts: ['history', 'recordings'] }))
      await tried(checkBackup(file, of('desk.unlockVault.passphrase')))
      const texts = [await bundleOf(one, false), await bundleOf(one, true)]
      await nameOperators(one)
      await closeCore(one.core)

      const named = Object.entries(canaries).filter(([, secret]) => secret.startsWith('Cana'))
      const secrets = [...named, ...Object.entries(others)].map(([name, secret]) => ({ name: labelOf(name), secret }))
      const needles = needlesOf([...secrets, ...journey.found])
      const looks = [searchFolder(home, needles), searchFolder(project, needles)]
      const sightings = [
        ...looks.flatMap((look) => look.sightings),
        ...sightingsIn(readFileSync(file), needles, 'the backup'),
        ...texts.flatMap((text) => sightingsIn(Buffer.from(text), needles, 'a support bundle')),
        ...sightingsIn(Buffer.from(printed.join('')), needles, 'what was printed'),
      ]
      expect(leaksIn(sightings)).toEqual([])
      expect(looks.every(({ files }) => files > 0)).toBe(true)
      // A search that finds nothing proves nothing unless it would have found something.
      const planted = searchFolder(plantIn(outside, secrets), needles).sightings.map((seen) => seen.canary)
      expect(new Set(planted)).toEqual(new Set(secrets.map(({ name }) => name)))
      // Whatever the journey left in the state folder, the backup's list knows.
      expect(unknownIn(home)).toEqual([])
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  }, 240_000)
})

const labelOf = (name: string) => (name === 'product.terminal.type.keys' ? 'typed into a terminal' : name)

/** Whole, as it is handed over, and file by file, as it is looked at. */
async function bundleOf({ client }: DemoCore, keepsNames: boolean): Promise<string> {
  const { support } = client.product
  const wish = { appliances: ['demo-ascend-8'], keepsNames, language: 'en' as const }
  const made = must(await support.gather(wish))
  expect(made).toMatchObject({ vaultSearched: true, unreached: [], keepsNames })
  const folder = keepsNames ? 'demo-ascend-8' : 'appliance-1'
  const names = made.files.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['about.txt', 'versions.json', `${folder}/doctor.json`, `${folder}/verdict.json`]),
  )
  expect(names.some((name) => name.startsWith(`${folder}/logs/`))).toBe(true)
  const archive = must(await support.archive({ supportId: made.supportId }))
  const whole = gunzipSync(Buffer.from(archive?.base64 ?? '', 'base64')).toString('latin1')
  for (const { name, bytes } of made.files) {
    const text = must(await support.read({ supportId: made.supportId, name }))?.text ?? ''
    expect([name, Buffer.byteLength(text)]).toEqual([name, bytes])
    expect(whole.includes(Buffer.from(text).toString('latin1'))).toBe(true)
    if (!keepsNames) expect([name, /demo-ascend-8|pc-12/.exec(text)?.[0] ?? null]).toEqual([name, null])
  }
  return whole
}

function plantIn(folder: string, secrets: readonly { secret: string }[]): string {
  const place = join(folder, 'planted')
  mkdirSync(place)
  for (const [at, { secret }] of secrets.entries()) {
    writeFileSync(join(place, `${at}`), JSON.stringify({ at: encodeURIComponent(secret) }))
  }
  return place
}

function unknownIn(folder: string): string[] {
  return stateFiles(folder).flatMap(({ path, placed }) => (placed === undefined ? [path] : []))
}
