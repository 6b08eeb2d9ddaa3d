// Rackside's own key against a real OpenSSH server on the loopback, and on a demo appliance with its password. sshd
// lets root in here, with a key of the test's, so the first needs root.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { fingerprintOf } from '../../../main/connect/known-hosts.ts'
import { newPrivateKey, publicKeyOf } from '../../../main/connect/new-key-pair.ts'
import type { Target } from '../../../shared/contract/contract.ts'
import { demoCore, makeDemo, must } from '../../support/demo-core.ts'
import { needs } from '../../support/needs.ts'
import { passphrase } from '../../support/pretend-vault.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const sshd = '/usr/sbin/sshd'
const canRun = process.getuid?.() === 0 && existsSync(sshd)

/** `keys`: the lines about keys in its configuration, for this home folder. */
async function startSshd(keys: (home: string) => readonly string[]) {
  const [home, folder] = [temporaryFolder(), temporaryFolder()]
  const [host, login] = [newPrivateKey(), newPrivateKey()]
  mkdirSync(join(home, '.ssh'), { mode: 0o700 })
  const file = join(home, '.ssh', 'authorized_keys')
  writeFileSync(join(folder, 'host'), host.reveal(), { mode: 0o600 })
  const first = `ssh-ed25519 ${must(publicKeyOf(login))} first`
  writeFileSync(join(folder, 'first'), first, { mode: 0o600 })
  writeFileSync(file, first, { mode: 0o644 })
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  free.close()
  const config = [
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${folder}/host`, `SetEnv HOME=${home}`],
    ...['UsePAM no', 'PidFile none', 'PasswordAuthentication no', ...keys(home), ''],
  ]
  writeFileSync(join(folder, 'config'), config.join('\n').replaceAll('FOLDER', folder))
  mkdirSync('/run/sshd', { recursive: true })
  const child = spawn(sshd, ['-D', '-f', join(folder, 'config'), '-E', join(folder, 'log')], { stdio: 'ignore' })
  onTestFinished(async () => {
    child.kill()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '')
  await expect.poll(log, { timeout: 10_000 }).toContain('Server listening')
  const fingerprint = fingerprintOf(Buffer.from(must(publicKeyOf(host)), 'base64'))
  const address = { host: '127.0.0.1', port, user: 'root' }
  return { home, file, first, address, fingerprint, login, text: () => readFileSync(file, 'utf8') }
}

async function consoleFor(server: Awaited<ReturnType<typeof startSshd>>) {
  const { core, client } = demoCore()
  const { product, desk } = client
  const { address, fingerprint } = server
  must(await desk.createVault({ passphrase }))
  must(await product.appliances.trust({ address, fingerprint }))
  const { credentialId } = must(await desk.offerKey({ privateKey: server.login.reveal() }))
  must(await product.appliances.save({ name: 'ward', target: { by: 'address', address, credentialId } }))
  const target: Target = { by: 'name', name: 'ward' }
  return {
    core,
    product,
    credentialId,
    target,
    install: () => product.ownKey.install({ name: 'ward', keepForSudo: false }),
  }
}

const start = (context: TestContext) => needs(context, canRun, 'needs root and openssh-server')
const inHome = (home: string) => ['StrictModes no', `AuthorizedKeysFile ${home}/.ssh/authorized_keys`]

describe('a real sshd', { timeout: 90_000 }, () => {
  it("lets Rackside's own key in, which may reach ports there, and the first line stays as it was", async (context) => {
    start(context)
    const server = await startSshd(inHome)
    const { core, install, product, target } = await consoleFor(server)
    const done = must(await install())
    expect(done).toMatchObject({ login: 'not-a-password', sudo: 'not-asked' })
    const [first, ours, ...more] = server.text().split('\n')
    expect([first, more]).toEqual([server.first, ['']])
    expect(ours).toContain('no-pty')
    core.privateKeys.clear()
    expect(await product.appliances.detect({ target })).toMatchObject({ ok: true })
    const opening = { address: server.address, credentialId: done.credentialId }
    const answered = await core.sessions.withConnection(opening, (connection) =>
      connection.http({ port: 1, method: 'GET', path: '/', deadlineSeconds: 10 }),
    )
    // Nobody listens there; a forwarding that the key may not do would be refused as such.
    expect(answered).toMatchObject({ failure: { kind: 'http-failed', detail: 'refused' } })
  })

  it('that reads its keys elsewhere refuses it, and everything is as it was', async (context) => {
    start(context)
    const server = await startSshd(() => ['StrictModes no', 'AuthorizedKeysFile FOLDER/first'])
    const { install, product, credentialId } = await consoleFor(server)
    expect(await install()).toMatchObject({
      failure: { kind: 'key-not-accepted', reason: 'refused', lineLeft: false },
    })
    expect(server.text()).toBe(`${server.first}\n`)
    expect(must(await product.vault.list({}))).toEqual([])
    expect(must(await product.appliances.list({}))).toMatchObject([{ name: 'ward', credentialId }])
  })

  it('with StrictModes refuses keys of a folder that others can write, and that folder is named', async (context) => {
    start(context)
    const server = await startSshd((home) => [
      ...['AuthorizedKeysCommand /usr/bin/cat FOLDER/first', 'AuthorizedKeysCommandUser root'],
      `AuthorizedKeysFile ${home}/.ssh/authorized_keys`,
    ])
    // The test's own key comes from a command; the home folder is open to all.
    chmodSync(server.home, 0o777)
    const { install } = await consoleFor(server)
    const refused = await install()
    expect(refused).toMatchObject({ failure: { kind: 'key-not-accepted', reason: 'folder-open', path: server.home } })
  })
})

describe('a demo appliance', { timeout: 90_000 }, () => {
  it('is logged in to with its password once, then with a key that lasts to its next start', async () => {
    const { core, client } = demoCore()
    const { product, desk } = client
    must(await desk.createVault({ passphrase }))
    const { demo } = await makeDemo(core)
    const { credentialId } = must(await desk.offerPassword({ password: 'demo' }))
    const { address } = demo
    must(await product.appliances.save({ name: demo.name, target: { by: 'address', address, credentialId } }))
    const install = () => product.ownKey.install({ name: demo.name, keepForSudo: true })
    expect(must(await install())).toMatchObject({ login: 'forgotten', sudo: 'not-asked' })
    expect(core.passwords.size).toBe(0)
    const [saved] = must(await product.appliances.list({}))
    expect(saved).toMatchObject({ name: demo.name, credentialId: expect.stringMatching(/^own-key-/), demo: true })
    await core.sessions.forgetPlace(address)
    expect((await product.appliances.detect({ target: { by: 'name', name: demo.name } })).ok).toBe(true)
  })
})
