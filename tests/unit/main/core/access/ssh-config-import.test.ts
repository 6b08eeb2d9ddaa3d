// What ~/.ssh/config proposes, by way of the desk: addresses and ids of key files, nothing saved and nobody dialled.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../../../shared/domain/failure.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

function withConfig(files: Record<string, string>) {
  const start = pretendCore()
  const { sshFolder } = start.core.tools
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(sshFolder, name)), { recursive: true })
    writeFileSync(join(sshFolder, name), text, { mode: 0o600 })
  }
  return { ...start, sshFolder, desk: start.clientAs('admin').desk }
}

describe('the SSH configuration of this user', () => {
  it('proposes its hosts with the ids that their key files have anyway', async () => {
    const { desk, sshFolder, dialled, core } = withConfig({
      config: 'Include conf.d/*\nHost ward\n IdentityFile ~/.ssh/id_ward\n ProxyJump jump',
      'conf.d/b': 'Host jump\n HostName 10.0.0.1\n User first',
      'conf.d/a': 'Host jump\n Port 2222',
      'conf.d/.hidden': 'Host hidden',
      id_ward: '-----BEGIN OPENSSH PRIVATE KEY-----',
    })
    const listed = await desk.listKeyFiles({})
    const credentialId = listed.ok ? listed.value[0]?.credentialId : undefined
    const jump = { address: { host: '10.0.0.1', port: 2222, user: 'first' } }
    expect(await desk.readSshConfig({})).toEqual(
      ok({
        file: join(sshFolder, 'config'),
        hosts: [
          { name: 'jump', ...jump, via: [] },
          { name: 'ward', address: { host: 'ward', port: 22, user: 'li' }, credentialId, via: [jump] },
        ],
        skipped: [],
      }),
    )
    expect([dialled, core.state.appliances.read()]).toEqual([[], ok([])])
  })

  it('that is broken is refused with file and line, and one that is not there proposes nobody', async () => {
    expect(await withConfig({ config: 'Port x' }).desk.readSshConfig({})).toMatchObject({
      failure: { kind: 'ssh-config-unusable', line: 1 },
    })
    expect(await withConfig({}).desk.readSshConfig({})).toMatchObject({ value: { hosts: [], skipped: [] } })
  })
})
