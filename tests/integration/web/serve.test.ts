// The console as a service that nobody sits in front of: what it says lets nobody in, and it ends when it is told to.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startShell } from '../../support/shell-process.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { ask } from '../../support/web-requests.ts'

const launcher = join(import.meta.dirname, '../../../scripts/rackside.mjs')

function run(home: string, ...words: string[]) {
  const done = spawnSync(process.execPath, [launcher, ...words], {
    env: { ...process.env, RACKSIDE_HOME: join(home, 'state') },
    encoding: 'utf8',
  })
  return { code: done.status, said: done.stdout + done.stderr, json: () => JSON.parse(done.stdout.trim() || 'null') }
}

async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `${port}`
}

describe('rackside serve', () => {
  it('watches always, on this computer alone, and says nothing that lets anybody in', async () => {
    const shell = startShell(['serve', '--json', '--port', await freePort()])
    await shell.until('127.0.0.1')
    const { port } = JSON.parse(shell.said.stdout)
    expect((await ask(port, '/')).body).toContain('<!doctype html>')
    expect(`${shell.said.stdout}${shell.said.stderr}`).not.toMatch(/code=|token/)
    const watching = run(shell.home, 'watch', '--json')
    expect(watching.json()).toMatchObject({ watching: { how: 'always' }, appliances: [] })
    process.kill(shell.processId, 'SIGTERM')
    expect(await shell.ended).toBe(0)
    expect(run(shell.home, 'watch', '--json').json()).toEqual({ watching: null, appliances: [] })
  })

  it('opens its vault with what only its user can read, and does not start with anything else', async () => {
    const home = temporaryFolder()
    const file = join(home, 'passphrase')
    writeFileSync(file, 'a long passphrase of the ward\n', { mode: 0o600 })
    expect(run(home, 'vault', 'create', '--vault-passphrase-file', file).code).toBe(0)
    const shell = startShell(['serve', '--json', '--port', await freePort(), '--vault-passphrase-file', file], { home })
    await shell.until('127.0.0.1')
    expect(run(home, 'vault', 'status', '--json').json()).toMatchObject({ state: 'unlocked' })
    process.kill(shell.processId, 'SIGTERM')
    expect(await shell.ended).toBe(0)
    writeFileSync(file, 'another passphrase of the ward\n', { mode: 0o600 })
    const wrong = run(home, 'serve', '--port', await freePort(), '--vault-passphrase-file', file)
    expect([wrong.code, wrong.said]).toEqual([expect.any(Number), expect.not.stringContaining('another passphrase')])
    expect(wrong.code).not.toBe(0)
  })

  it('prints a unit file that systemd understands, with the passphrase as a credential and never as a word', () => {
    const { code, said } = run(temporaryFolder(), 'serve', '--unit', '--vault-passphrase-file', 'anything')
    expect(code).toBe(0)
    expect(said).toContain('LoadCredential=vault-passphrase:/etc/rackside/vault-passphrase')
    expect(said).toMatch(
      /^ExecStart=\S*node \S*rackside\.mjs serve --vault-passphrase-file \$\{CREDENTIALS_DIRECTORY\}\/vault-passphrase$/m,
    )
    expect(said).toMatch(/^User=rackside$/m)
  })
})
