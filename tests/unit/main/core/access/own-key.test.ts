// The use-once password: a key is made, proven and used from then on, and the password forgotten; whatever goes wrong
// on the way, one login that works is on record, and nothing is left that the next try does not find.
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { RunEvent } from '../../../../../shared/domain/run.ts'
import { must } from '../../../../support/demo-core.ts'
import { fakePrograms } from '../../../../support/fake-ssh-server.ts'
import { fakeSudo } from '../../../../support/fake-sudo.ts'
import { consoleFor, keyServer, oncePassword } from '../../../../support/key-server.ts'
import { settingUp } from '../../../../support/set-up-purpose.ts'

async function ready(programs?: string) {
  const far = await keyServer(programs)
  const near = await consoleFor(far)
  await near.makeVault()
  const kinds = async () => must(await near.product.vault.list({})).map(({ kind }) => kind)
  return { ...far, ...near, kinds }
}

function everythingIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n')
}

describe('a password that is used once', () => {
  it('becomes a key of the appliance, alone in the vault, with which a new connection was made', async () => {
    const { server, core, saved, install, lines, works, product, credentialId } = await ready()
    expect(await works()).toBe(true)
    const done = must(await install())
    expect(done).toEqual({ credentialId: expect.stringMatching(/^own-key-/), login: 'forgotten', sudo: 'not-asked' })
    expect((await saved())?.credentialId).toBe(done.credentialId)
    expect(must(await product.vault.list({}))).toMatchObject([{ kind: 'own-key', usedBy: ['ward'] }])
    expect(lines()).toEqual([expect.stringMatching(/^no-agent-.* ssh-ed25519 \S{68} rackside:li@pc-12$/)])
    expect(core.passwords.has(credentialId)).toBe(false)
    // What held the password is closed; the connection of the proof is the one that is used.
    await expect.poll(() => server.openLinks()).toBe(1)
    const before = server.authentications.length
    expect(await works()).toBe(true)
    expect(server.authentications.slice(0, before)).toContain('publickey')
    expect(server.authentications).toHaveLength(before)
  })

  it('is nowhere afterwards, nor is the key outside the vault (P11, P12)', async () => {
    const { core, folder, install, server, file } = await ready()
    const { credentialId } = must(await install())
    const key = must(await core.vault.read(credentialId)).secret.reveal()
    const secrets = [oncePassword, ...key.split('\n').filter((line) => line.length > 50)]
    const written = [everythingIn(folder), ...server.lines, readFileSync(file, 'utf8')].join('\n')
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([])
    expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8')).toContain('own-key-install')
  })

  it('goes from the vault too, and stays where another appliance logs in with it', async () => {
    const { desk, credentialId, install, kinds, save } = await ready()
    must(await desk.keepCredential({ credentialId, label: 'ward' }))
    await save('ward-2')
    expect(must(await install())).toMatchObject({ login: 'in-use' })
    expect(await kinds()).toEqual(['password', 'own-key'])
  })

  it('that was kept in the vault is taken out of it', async () => {
    const { desk, credentialId, install, kinds } = await ready()
    must(await desk.keepCredential({ credentialId, label: 'ward' }))
    expect(must(await install())).toMatchObject({ login: 'forgotten' })
    expect(await kinds()).toEqual(['own-key'])
    expect(must(await install())).toMatchObject({ login: 'not-a-password' })
  })

  it('needs an open vault before anybody is dialled', async () => {
    const far = await keyServer()
    const { install, makeVault, product } = await consoleFor(far)
    const dials = far.server.dials()
    expect(await install()).toMatchObject({ failure: { kind: 'vault-missing' } })
    await makeVault()
    await product.vault.lock({})
    expect(await install()).toMatchObject({ failure: { kind: 'vault-locked' } })
    expect(far.server.dials()).toBe(dials)
  })
})

describe('an appliance that is in use meanwhile', () => {
  it('goes on being watched, by the key', async () => {
    const { product, install, server } = await ready()
    const watch = await product.observe.watch({ target: { by: 'name', name: 'ward' } })
    const items = watch[Symbol.asyncIterator]()
    const untilUp = async () => {
      for (;;) {
        const { value, done } = await items.next()
        if (done === true || value.link === 'up') return done !== true
      }
    }
    expect(await untilUp()).toBe(true)
    must(await install())
    const passwords = server.authentications.filter((method) => method === 'password').length
    expect([await untilUp(), await untilUp(), await untilUp()]).toEqual([true, true, true])
    expect(server.authentications.filter((method) => method === 'password')).toHaveLength(passwords)
    await items.return?.(undefined)
  }, 60_000)

  it('keeps its login while a run goes on', async () => {
    const { core, install, server, credentialId, saved } = await ready()
    let end: () => void = () => undefined
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const next = async (): Promise<IteratorResult<RunEvent>> => {
      await ended
      return { done: true, value: undefined }
    }
    const events = { [Symbol.asyncIterator]: () => ({ next }) }
    const head = {
      planId: 'plan-1',
      address: server.address,
      purpose: settingUp('clinic'),
      startedAt: '2026-11-26T03:00:00.000Z',
    }
    must(await core.consoleRuns.join(head, async () => ok(events)))
    expect(await install()).toMatchObject({ failure: { kind: 'console-busy', what: 'run' } })
    expect((await saved())?.credentialId).toBe(credentialId)
    end()
  })
})

describe('an appliance that is not saved yet', () => {
  it('is saved with its own key once that works, and not at all where it does not', async () => {
    const { product, saved, tried, credentialId, server, core } = await ready()
    const add = () =>
      product.ownKey.install({ name: 'new', login: { address: server.address, credentialId }, keepForSudo: false })
    must(await product.appliances.forget({ name: 'ward' }))
    tried.key = (attempt) => attempt.reject(['password', 'publickey'])
    expect(await add()).toMatchObject({ failure: { kind: 'key-not-accepted' } })
    expect(await saved('new')).toBeUndefined()
    expect(core.passwords.has(credentialId)).toBe(true)
    delete tried.key
    const done = must(await add())
    expect(done.login).toBe('forgotten')
    expect(await saved('new')).toMatchObject({ address: server.address, credentialId: done.credentialId })
  })
})

describe('a password that sudo asks for too', () => {
  const asking = () => fakePrograms({ sudo: fakeSudo().program })

  it('is forgotten all the same, and that is said', async () => {
    const { install, saved, kinds } = await ready(asking())
    expect(must(await install())).toMatchObject({ login: 'forgotten', sudo: 'asks' })
    expect((await saved())?.sudoCredentialId).toBeUndefined()
    expect(await kinds()).toEqual(['own-key'])
  })

  it('is kept in the vault for sudo alone where a person says so', async () => {
    const { install, saved, kinds, credentialId, core } = await ready(asking())
    expect(must(await install(true))).toMatchObject({ login: 'in-use', sudo: 'kept' })
    expect(await saved()).toMatchObject({ sudoCredentialId: credentialId })
    expect(await kinds()).toEqual(['own-key', 'password'])
    expect(core.passwords.size).toBe(0)
  })

  it('is not kept where sudo asks for none', async () => {
    const { install, kinds } = await ready()
    expect(must(await install(true))).toMatchObject({ login: 'forgotten', sudo: 'not-asked' })
    expect(await kinds()).toEqual(['own-key'])
  })
})

describe('a key that the server does not let in', () => {
  it.each([
    ['no-key-logins', ['password']],
    ['refused', ['password', 'publickey']],
  ] as const)('(%s) is taken back, there and here, and the login stays as it was', async (reason, methods) => {
    const { tried, install, lines, kinds, saved, credentialId, works, server } = await ready()
    tried.key = (attempt) => attempt.reject([...methods])
    const failure = { kind: 'key-not-accepted', reason, lineLeft: false, user: 'ops', port: server.address.port }
    expect(await install()).toMatchObject({ failure })
    expect(lines()).toEqual([])
    expect(await kinds()).toEqual([])
    expect((await saved())?.credentialId).toBe(credentialId)
    expect(await works()).toBe(true)
    expect(server.authentications.filter((method) => method === 'publickey')).toHaveLength(1)
    delete tried.key
    expect((await install()).ok).toBe(true)
  })

  it('because others can write the home folder is told so', async () => {
    const { tried, install, home } = await ready()
    chmodSync(home, 0o777)
    tried.key = (attempt) => attempt.reject(['password', 'publickey'])
    expect(await install()).toMatchObject({ failure: { reason: 'folder-open', path: home } })
  })

  it('because it asks for more than a key is told so', async () => {
    const { tried, install, lines } = await ready()
    tried.key = (attempt) => attempt.reject(['password'], true)
    expect(await install()).toMatchObject({ failure: { kind: 'key-not-accepted', reason: 'more-asked' } })
    expect(lines()).toEqual([])
  })

  it('is no key at all where the file is somebody else’s business', async () => {
    const { home, file, install, kinds, lines } = await ready()
    mkdirSync(join(home, '.ssh'))
    writeFileSync(join(home, 'managed'), 'ssh-rsa AAAA admin\n')
    symlinkSync(join(home, 'managed'), file)
    expect(await install()).toMatchObject({
      failure: { kind: 'login-keys-unwritable', reason: 'symlink', path: file },
    })
    expect(lines()).toEqual(['ssh-rsa AAAA admin'])
    expect(await kinds()).toEqual([])
  })
})

describe('a try that was interrupted', () => {
  it('after the line was written leaves the old login, and the next one goes on with the same key', async () => {
    const { server, tried, install, lines, kinds, saved, credentialId } = await ready()
    tried.key = () => server.cut()
    expect((await install()).ok).toBe(false)
    expect((await saved())?.credentialId).toBe(credentialId)
    const left = lines()
    // The line could not be taken back over a link that was cut, or it could over a new one.
    expect(await kinds()).toEqual(left.length === 0 ? [] : ['own-key'])
    delete tried.key
    expect(must(await install())).toMatchObject({ login: 'forgotten' })
    expect(lines()).toHaveLength(1)
    expect(await kinds()).toEqual(['own-key'])
  })

  it('by the end of the console is gone on with by the next one, with the same key', async () => {
    const far = await keyServer()
    const first = await consoleFor(far)
    await first.makeVault()
    // Killed between the line and its proof: what the server is asked last is never answered.
    const reached = new Promise<void>((resolve) => {
      far.tried.key = () => resolve()
    })
    const ending = first.install()
    await reached
    const line = far.lines()
    expect(line).toHaveLength(1)
    expect((await first.saved())?.credentialId).toBe(first.credentialId)
    delete far.tried.key
    const next = await consoleFor(far, first.folder)
    await next.unlockVault()
    expect(must(await next.product.vault.list({}))).toMatchObject([{ kind: 'own-key', usedBy: [] }])
    expect(must(await next.install())).toMatchObject({ login: 'forgotten' })
    expect(far.lines()).toEqual(line)
    expect(must(await next.product.vault.list({}))).toMatchObject([{ kind: 'own-key', usedBy: ['ward'] }])
    await first.core.sessions.closeAll()
    far.server.cut()
    await ending
    // Whatever the first one still did about its own try, the second one's login is in use and stays.
    expect(far.lines()).toEqual(line)
    await expect.poll(next.works, { timeout: 10_000 }).toBe(true)
  }, 30_000)
})
