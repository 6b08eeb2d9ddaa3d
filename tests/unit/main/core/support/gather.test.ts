// A support bundle of a console: an appliance that cannot be reached keeps nothing else away, what the console has in its
// hands is looked for in every file, and a bundle is held only for a while.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gatherSupport } from '../../../../../main/core/support/gather.ts'
import { readSupport, supportArchive } from '../../../../../main/core/support/held.ts'
import { secretSearch } from '../../../../../main/core/support/known-secrets.ts'
import { newestAuditLines } from '../../../../../main/store/audit-tail.ts'
import { Secret } from '../../../../../shared/domain/command.ts'
import { put, stateCore } from '../../../../support/backup-files.ts'
import { must } from '../../../../support/demo-core.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { passphrase, passwordEntry } from '../../../../support/pretend-vault.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const wish = { appliances: ['ward'], keepsNames: false, language: 'en' } as const
const secret = 'canary "7f3a" /+ü护'
const address = { host: '10.20.30.40', port: 22, user: 'ops' }

function consoleWithWard() {
  const one = pretendCore(undefined, undefined, { randomId: counted() })
  must(one.core.state.appliances.write([{ name: 'ward', address, credentialId: 'key-1' }]))
  return one
}

function counted(): () => string {
  let count = 0
  return () => (count++).toString(16).padStart(8, '0')
}

describe('a support bundle', () => {
  it('says why an appliance is not in it, and holds all the rest', async () => {
    const { core } = consoleWithWard()
    const made = must(await gatherSupport(core, wish))
    expect(made).toMatchObject({ unreached: ['appliance-1'], keepsNames: false, vaultSearched: true })
    const names = made.files.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['about.txt', 'versions.json', 'console/state.json']))
    const why = must(readSupport(core, { supportId: made.supportId, name: 'appliance-1/not-reached.json' }))
    expect(JSON.parse(why?.text ?? '')).toMatchObject({ kind: 'host-unreachable', host: '192.0.2.1' })
  })

  it('has its secrets taken out in every form, wherever they got to', async () => {
    const { core, folder } = consoleWithWard()
    core.passwords.set('password-1', new Secret(secret))
    const forms = [secret, JSON.stringify(secret), encodeURIComponent(secret), Buffer.from(secret).toString('hex')]
    const base64 = ['', 'x', 'xx'].map((before) => Buffer.from(`${before}${secret}`).toString('base64'))
    const input = { name: 'ward', notes: [...forms, ...base64] }
    put(folder, 'audit.jsonl', `${JSON.stringify({ at: 'x', who: 'li', act: 'leak', input })}\n`)
    const made = must(await gatherSupport(core, { ...wish, keepsNames: true }))
    expect(made.dropped.secrets).toBeGreaterThanOrEqual(forms.length)
    const text = must(readSupport(core, { supportId: made.supportId, name: 'console/audit.jsonl' }))?.text ?? ''
    expect(text).toContain('"leak"')
    for (const form of [...forms.map((one) => one.slice(0, 12)), ...base64.map((one) => one.slice(4, 16))]) {
      expect([form, text.includes(form)]).toEqual([form, false])
    }
  })

  it('of names that nobody knows is refused, and of none is about the console', async () => {
    const { core } = consoleWithWard()
    expect(await gatherSupport(core, { ...wish, appliances: ['other'] })).toMatchObject({
      failure: { kind: 'appliance-unknown', known: ['ward'] },
    })
    expect(must(await gatherSupport(core, { ...wish, appliances: [] })).unreached).toEqual([])
  })

  it('is held until three newer ones were made', async () => {
    const { core } = consoleWithWard()
    const about = { ...wish, appliances: [] }
    const first = must(await gatherSupport(core, about))
    expect(must(await supportArchive(core, first.supportId))?.name).toMatch(/^rackside-support-.*\.tar\.gz$/)
    for (let more = 0; more < 3; more += 1) must(await gatherSupport(core, about))
    expect(must(readSupport(core, { supportId: first.supportId, name: 'about.txt' }))).toBeNull()
    expect(must(await supportArchive(core, first.supportId))).toBeNull()
  })
})

describe('the search for secrets', () => {
  it('covers what is in the vault, and says so where it is locked', async () => {
    const core = stateCore(join(temporaryFolder(), 'state'))
    must(await core.vault.create(passphrase))
    must(await core.vault.keep(passwordEntry('password-1', secret)))
    const open = await secretSearch(core)
    expect(open.vaultSearched).toBe(true)
    expect(open.cleaned(`before ${secret} after`)).toEqual({ text: 'before (redacted) after', found: 1 })
    core.vault.lock()
    const locked = await secretSearch(core)
    expect([locked.vaultSearched, locked.cleaned(secret).found]).toEqual([false, 0])
  })
})

describe('the newest lines of the audit', () => {
  it('come from several files, oldest first, and whatever is no line is left out', () => {
    const folder = temporaryFolder()
    const line = (act: string) => `${JSON.stringify({ act })}\n`
    put(folder, 'audit/before-the-chain-1.jsonl', line('a'))
    put(folder, 'audit/000001.jsonl', line('b'))
    // What signs is no line.
    put(folder, 'audit/key.json', '{"act":"a secret"}')
    put(folder, 'audit/checkpoints.jsonl', line('a checkpoint'))
    put(folder, 'audit.jsonl', line('c'))
    appendFileSync(join(folder, 'audit.jsonl'), `{"act":"cut\n${line('d')}`)
    const acts = (most: number) =>
      newestAuditLines(folder, () => true, most).map((one) => ('act' in one ? one.act : ''))
    expect(acts(10)).toEqual(['a', 'b', 'c', 'd'])
    expect(acts(3)).toEqual(['b', 'c', 'd'])
  })
})
