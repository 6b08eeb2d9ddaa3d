// What the user of this computer hands over: only ids come back, secrets stay in memory, and nothing that is
// no key is taken for one.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { keepOffer, letGoRefused } from '../../../../../main/core/desk/offers.ts'
import { type ConsoleClient, clientInProcess } from '../../../../../main/core/link/console-client.ts'
import { Secret } from '../../../../../shared/domain/command.ts'
import { fail, ok } from '../../../../../shared/domain/failure.ts'
import { generateKeyPair } from '../../../../support/fake-ssh-server.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

const key = generateKeyPair().private

function withKeys(files: Record<string, string>) {
  const start = pretendCore()
  const folder = start.core.tools.sshFolder
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 })
  return { ...start, sshFolder: folder, desk: start.clientAs('admin').desk }
}

describe('a private key as text', () => {
  it.each([key, key.replaceAll('\n', '\r\n'), `\n\n  ${key.trim()}`])(
    'is taken, and kept in memory alone (%#)',
    async (text) => {
      const { core, folder, clientAs } = pretendCore()
      const offered = await clientAs('admin').desk.offerKey({ privateKey: text })
      expect(offered).toMatchObject({ ok: true })
      expect(core.privateKeys.size).toBe(1)
      expect(JSON.stringify([...core.privateKeys])).not.toContain('BEGIN')
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it.each([
    ['encrypted', generateKeyPair('a passphrase').private],
    ['not-a-key', generateKeyPair().public],
    ['not-a-key', 'hunter2'],
    ['not-a-key', key.slice(0, 200)],
  ])('that is %s is refused without being said again', async (reason, text) => {
    const { core, clientAs } = pretendCore()
    const refused = await clientAs('admin').desk.offerKey({ privateKey: text })
    expect(refused).toEqual({ ok: false, failure: { kind: 'identity-unusable', file: 'private key', reason } })
    expect(core.privateKeys.size).toBe(0)
  })
})

describe('the keys of the .ssh folder', () => {
  it('are the files that begin like one, whatever their name, in the order of their names', async () => {
    const { desk, sshFolder } = withKeys({
      work: key,
      id_rsa: '-----BEGIN RSA PRIVATE KEY-----\nx',
      'id_ed25519.pub': 'ssh-ed25519 AAAA',
      known_hosts: 'x',
      config: 'Host x',
      empty: '',
      late: `x\n${key}`,
    })
    mkdirSync(join(sshFolder, 'folder'))
    symlinkSync(join(sshFolder, 'work'), join(sshFolder, 'linked'))
    const listed = await desk.listKeyFiles({})
    expect(listed).toMatchObject({ ok: true, value: [{ label: 'id_rsa' }, { label: 'work' }] })
  })

  it('are known by the same id as when they are opened by path, and no key gets into the state', async () => {
    const { desk, sshFolder, folder } = withKeys({ id_ed25519: key })
    const opened = await desk.openKeyFile({ file: join(sshFolder, 'id_ed25519') })
    const listed = await desk.listKeyFiles({})
    if (!opened.ok) throw new Error('not opened')
    expect(listed).toEqual(ok([{ credentialId: opened.value.credentialId, label: 'id_ed25519' }]))
    expect(await desk.listKeyFiles({})).toEqual(listed)
    const state = readFileSync(join(folder, 'key-files.json'), 'utf8')
    expect([state.includes('BEGIN'), JSON.parse(state).length]).toEqual([false, 1])
  })

  it('are none where there is no such folder, and some of very many', async () => {
    expect(await pretendCore().clientAs('admin').desk.listKeyFiles({})).toEqual(ok([]))
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`key-${at}`, key]))
    const listed = await withKeys(many).desk.listKeyFiles({})
    expect(listed.ok && listed.value.length).toBe(50)
  })
})

describe('what was typed', () => {
  const address = { host: 'ward', port: 22, user: 'ops' }

  async function offering(count: number, { desk }: ConsoleClient): Promise<string[]> {
    const ids: string[] = []
    for (let at = 0; at < count; at += 1) {
      const offered = await desk.offerPassword({ password: `password ${at}` })
      if (offered.ok) ids.push(offered.value.credentialId)
    }
    return ids
  }

  it('is let go, the oldest first, beyond fifty that no saved appliance needs', async () => {
    const { core: plain } = pretendCore()
    let ids = 0
    const core = { ...plain, tools: { ...plain.tools, randomId: () => String(ids++).padStart(8, '0') } }
    const client = clientInProcess({ core, caller: { by: 'console', operator: 'li' } })
    const [first = '', second = ''] = await offering(2, client)
    await client.product.appliances.save({ name: 'ward', target: { by: 'address', address, credentialId: first } })
    const more = await offering(50, client)
    expect([...core.passwords.keys()]).toEqual([first, ...more])
    expect(core.passwords.has(second)).toBe(false)
  })

  it('and was refused by the server is let go, unless a saved appliance logs in with it', async () => {
    const { core, clientAs } = pretendCore()
    const client = clientAs('admin')
    keepOffer(core, 'passwords', { credentialId: 'password-a', secret: new Secret('a') })
    keepOffer(core, 'passwords', { credentialId: 'password-b', secret: new Secret('b') })
    await client.product.appliances.save({ name: 'b', target: { by: 'address', address, credentialId: 'password-b' } })
    letGoRefused(core, 'password-a')
    letGoRefused(core, 'password-b')
    expect([...core.passwords.keys()]).toEqual(['password-b'])
  })
})

describe('a state that cannot be written', () => {
  it('does not hide the keys that are there', async () => {
    const { desk, core } = withKeys({ id_ed25519: key })
    vi.spyOn(core.state.keyFiles, 'write').mockReturnValue(fail({ kind: 'state-unwritable', folder: 'f', detail: 'd' }))
    expect(await desk.listKeyFiles({})).toMatchObject({ ok: true, value: [{ label: 'id_ed25519' }] })
    // Whoever names a file wants to use it: that it cannot be remembered is the answer.
    const file = join(core.tools.sshFolder, 'id_ed25519')
    expect(await desk.openKeyFile({ file })).toMatchObject({ ok: false, failure: { kind: 'state-unwritable' } })
  })
})
