// The vault from the command line, in processes of their own: passphrases come from files and descriptors and are
// never an argument, what is saved with a password works in the next process, and a running console is unlocked by
// whoever may (P11 to P15).
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exitCodes } from '../../../main/terminal/exit-codes.ts'
import { startChild } from '../../support/child-program.ts'
import { fakePassword, startFakeSsh } from '../../support/fake-ssh-server.ts'
import { passphrase, pretendVault } from '../../support/pretend-vault.ts'
import { type CliRun, runCli } from '../../support/run-cli.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { today } from '../../support/today.ts'

const patienceMilliseconds = 60_000
const testMilliseconds = 120_000

function homeWithPassphrase() {
  const home = temporaryFolder()
  const file = join(home, 'passphrase')
  writeFileSync(file, `${passphrase}\n`, { mode: 0o600 })
  const cli = (line: string, input = '') =>
    runCli([...line.split(' '), '--json'], { home, input, cwd: home, patienceMilliseconds })
  return { home, file, cli }
}

/** One whose passphrase is cheaper to try than the product's, which takes half a second where nothing else runs. */
async function makeVault(home: string): Promise<void> {
  const { vault } = pretendVault({}, home)
  await vault.create(passphrase)
  vault.lock()
}

const answered = ({ code, stdout, stderr, json }: CliRun): Record<string, unknown> => ({
  code,
  ...(stdout === '' ? { stderr } : json()),
})

/** Whole files of a folder and of everything in it. */
function everythingIn(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'passphrase')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
}

describe('rackside vault', () => {
  today(0)(
    'is made, looked at, given another passphrase, each in a process of its own',
    async () => {
      const { home, file, cli } = homeWithPassphrase()
      expect(answered(await cli('vault'))).toMatchObject({ code: 0, state: 'none', protection: null })
      expect(answered(await cli('vault list'))).toMatchObject({ code: exitCodes['vault-missing'] })
      const created = await cli('vault create --vault-passphrase-fd 0', `${passphrase}\n`)
      expect(answered(created)).toMatchObject({ code: 0, state: 'unlocked', protection: 'passphrase', entries: 0 })
      expect(statSync(join(home, 'vault.json')).mode & 0o777).toBe(0o600)
      expect(answered(await cli('vault status'))).toMatchObject({ code: 0, state: 'locked', entries: null })
      const again = await cli(`vault create --vault-passphrase-file ${file}`)
      expect(again.code).toBe(exitCodes['vault-exists'])
      expect((await cli('vault list')).code).toBe(exitCodes.usage)
      const change = `vault change-passphrase --vault-passphrase-file ${file} --new-passphrase-fd 0`
      expect((await cli(change, 'short\n')).code).toBe(exitCodes['vault-passphrase-unusable'])
      expect((await cli(change, 'another long passphrase\n')).code).toBe(0)
      const wrong = await cli(`vault list --vault-passphrase-file ${file}`)
      expect(wrong.code).toBe(exitCodes['vault-passphrase-wrong'])
      const right = await cli('vault list --vault-passphrase-fd 0', 'another long passphrase\n')
      expect(answered(right)).toMatchObject({ credentials: [] })
      const alone = answered(await cli(`vault unlock --vault-passphrase-file ${file}`))
      expect(alone).toMatchObject({ code: 2, failure: { problem: 'no-console-running' } })
      for (const bytes of everythingIn(home)) expect(bytes.includes(passphrase)).toBe(false)
    },
    testMilliseconds,
  )

  it.each([
    ['readable-by-others', (file: string) => chmodSync(file, 0o640)],
    ['not-a-file', (file: string) => symlinkSync(file, `${file}-link`)],
    ['not-a-file', (file: string) => mkdirSync(`${file}-link`)],
    ['missing', () => undefined],
  ])('does not take a passphrase from a file that is %s', async (problem, spoil) => {
    const { home, file, cli } = homeWithPassphrase()
    spoil(file)
    const named = problem === 'readable-by-others' ? file : `${file}-link`
    const refused = answered(await cli(`vault create --vault-passphrase-file ${named}`))
    const failure = { kind: 'secret-file-unusable', file: named, problem }
    expect(refused).toMatchObject({ code: exitCodes['secret-file-unusable'], failure })
    expect(readdirSync(home)).not.toContain('vault.json')
  })
})

today(1)(
  'an appliance that is saved with a password is reached by name in the next process with the vault unlocked for it, and the password lies nowhere (P12)',
  async () => {
    const server = await startFakeSsh()
    const { home, file, cli } = homeWithPassphrase()
    const { host, port, user } = server.address
    const place = `ssh://${user}@${host}:${port}`
    const unlock = `--vault-passphrase-file ${file}`
    const shown = answered(await cli(`detect ${place} --password-stdin`, `${fakePassword}\n`))
    const { fingerprint } = shown['failure'] as { fingerprint: string }
    const save = `detect ${place} --password-stdin --fingerprint ${fingerprint} --save ward`
    const without = await cli(save, `${fakePassword}\n`)
    expect(without.code).toBe(exitCodes['vault-missing'])
    await makeVault(home)
    const locked = await cli(save, `${fakePassword}\n`)
    expect(locked.code).toBe(exitCodes['vault-locked'])
    const saved = await cli(`${save} ${unlock}`, `${fakePassword}\n`)
    expect(answered(saved)).toMatchObject({ code: 0 })
    const byName = await cli('status ward')
    expect(byName.code).toBe(exitCodes['vault-locked'])
    const logins = server.authentications.length
    const reached = await cli(`detect ward ${unlock}`)
    expect(answered(reached)).toMatchObject({ code: 0 })
    expect(server.authentications.length).toBeGreaterThan(logins)
    const listed = answered(await cli(`vault list ${unlock}`)) as {
      credentials: { credentialId: string; label: string; usedBy: string[] }[]
    }
    const [kept] = listed.credentials
    expect(kept).toMatchObject({ kind: 'password', label: `${user}@${host}:${port}`, usedBy: ['ward'] })
    const inUse = await cli(`vault remove ${kept?.credentialId} ${unlock}`)
    expect(inUse.code).toBe(exitCodes['credential-in-use'])
    const said = [without, locked, saved, reached, inUse].map(({ stdout, stderr }) => stdout + stderr).join()
    for (const secret of [fakePassword, passphrase]) {
      const raw = Buffer.from(secret)
      const forms = [secret, raw.toString('hex'), raw.toString('base64').replace(/=+$/, '').slice(0, -1)]
      for (const form of forms) {
        expect(everythingIn(home).filter((bytes) => bytes.includes(form))).toEqual([])
        expect(said).not.toContain(form)
      }
    }
  },
  testMilliseconds,
)

/** Owns the console, then does what its arguments say each time a line comes in. */
const ownerProgram = `
  import { openConsole } from './main/console-host/open-console.ts'
  const opened = await openConsole(process.env)
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  console.log(opened.value.owner ? 'owner' : 'guest')
  process.stdin.once('data', async () => {
    process.stdin.destroy()
    await opened.value.close(() => undefined)
    console.log('closed')
  })
`

/** Offers passwords and keeps each in the vault. */
const keepingProgram = `
  import { openConsole } from './main/console-host/open-console.ts'
  const opened = await openConsole(process.env)
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  const { desk } = opened.value.client
  const failures = []
  for (let at = 0; at < 8; at += 1) {
    const offered = await desk.offerPassword({ password: 'password ' + at })
    const kept = await desk.keepCredential({ credentialId: offered.value.credentialId, label: process.argv[2] + at })
    if (!kept.ok) failures.push(kept.failure.kind)
  }
  console.log(JSON.stringify(failures))
  await opened.value.close(() => undefined)
`

today(1)(
  'a console that is running is unlocked and locked by another process, and no entry of two that keep at the same time is lost',
  async () => {
    const { home, file, cli } = homeWithPassphrase()
    const environment = { RACKSIDE_HOME: home, HOME: home }
    const owner = await startChild(ownerProgram, [], environment)
    expect(await owner.line()).toBe('owner')
    await makeVault(home)
    await cli(`vault unlock --vault-passphrase-file ${file}`)
    expect(answered(await cli('vault'))).toMatchObject({ state: 'unlocked', entries: 0 })
    const keepers = await Promise.all(['a', 'b'].map((name) => startChild(keepingProgram, [name], environment)))
    expect(await Promise.all(keepers.map((one) => one.line()))).toEqual(['[]', '[]'])
    const listed = answered(await cli('vault list')) as { credentials: { label: string }[] }
    const labels = ['a', 'b'].flatMap((name) => Array.from({ length: 8 }, (_, at) => `${name}${at}`))
    expect(listed.credentials.map((one) => one.label).sort()).toEqual(labels)
    expect(answered(await cli('vault lock'))).toMatchObject({ code: 0, state: 'locked' })
    expect((await cli('vault unlock')).code).toBe(exitCodes.usage)
    const unlocked = answered(await cli(`vault unlock --vault-passphrase-file ${file}`))
    expect(unlocked).toMatchObject({ code: 0, state: 'unlocked', entries: 16 })
    // An unlocked vault keeps no process alive.
    owner.process.stdin?.write('\n')
    expect([await owner.line(), await owner.ended]).toEqual(['closed', 0])
  },
  testMilliseconds,
)
