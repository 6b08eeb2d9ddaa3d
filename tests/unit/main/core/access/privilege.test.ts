// What a login may do: the password that sudo gets, and a login that only watches, through the product's own calls.
import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fingerprintOf } from '../../../../../main/connect/known-hosts.ts'
import { clientInProcess } from '../../../../../main/core/link/console-client.ts'
import { closeCore, openCore } from '../../../../../main/core/open-core.ts'
import type { Target } from '../../../../../shared/contract/contract.ts'
import { demoCore, makeDemo, must } from '../../../../support/demo-core.ts'
import { fakePassword, fakePrograms, startFakeSsh } from '../../../../support/fake-ssh-server.ts'
import { fakeSudo, rightPassword } from '../../../../support/fake-sudo.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { realTools } from '../../../../support/real-tools.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

const address = { host: 'ward', port: 22, user: 'ward-watch' }
const watched: Target = { by: 'address', address, credentialId: 'key-1', watchOnly: true }

async function serverThatAsks(password: string) {
  const sudo = fakeSudo()
  const server = await startFakeSsh({ password, programs: fakePrograms({ sudo: sudo.program }) })
  const folder = temporaryFolder()
  const core = openCore(folder, realTools(folder))
  onTestFinished(() => closeCore(core))
  const { product, desk } = clientInProcess({ core, caller: { by: 'console', operator: 'li' } })
  const offer = async (text: string) => must(await desk.offerPassword({ password: text })).credentialId
  const fingerprint = fingerprintOf(server.hostKeyBlob)
  must(await product.appliances.trust({ address: server.address, fingerprint }))
  return { sudo, server, product, offer }
}

describe('the password that sudo gets (P16)', () => {
  it("is the login's own where none is named", async () => {
    const { sudo, server, product, offer } = await serverThatAsks(rightPassword)
    const target: Target = { by: 'address', address: server.address, credentialId: await offer(rightPassword) }
    expect(await product.appliances.detect({ target })).toMatchObject({ value: { privilege: 'root' } })
    expect(sudo.passwords()).toEqual([rightPassword])
  })

  // Five detections of this machine, one after the other.
  it('is the one that is named for it; a wrong one is sent once for each time a person asks', {
    timeout: 30_000,
  }, async () => {
    const { sudo, server, product, offer } = await serverThatAsks(fakePassword)
    const login = { by: 'address', address: server.address, credentialId: await offer(fakePassword) } as const
    const wrong: Target = { ...login, sudoCredentialId: await offer('CANARY-wrong') }
    await product.appliances.save({ name: 'ward', target: wrong })
    const saved: Target = { by: 'name', name: 'ward' }
    for (let polls = 0; polls < 3; polls += 1) {
      expect(await product.appliances.detect({ target: saved })).toMatchObject({ value: { privilege: 'login' } })
    }
    expect(sudo.passwords()).toEqual(['CANARY-wrong'])
    await product.appliances.detect({ target: wrong })
    expect(sudo.passwords()).toEqual(['CANARY-wrong', 'CANARY-wrong'])
    const right: Target = { ...login, sudoCredentialId: await offer(rightPassword) }
    expect(await product.appliances.detect({ target: right })).toMatchObject({ value: { privilege: 'root' } })
  })
})

describe('a login that only watches', () => {
  const refused = { ok: false, failure: { kind: 'watch-only' } }

  it('is refused a plan, proposals, and both acts on the helper, before anything is dialled', async () => {
    const { dialled, clientAs } = pretendCore()
    const { product, desk } = clientAs('admin')
    const { bundleId } = must(await desk.openBundle({ folder: wholeBundle() }))
    expect(await product.setup.plan({ target: watched, bundleId, solution: 'ward' })).toEqual(refused)
    expect(await product.setup.propose({ target: watched, bundleId })).toEqual(refused)
    expect(await product.privilege.installWatchHelper({ target: watched, user: 'w' })).toEqual(refused)
    expect(await product.privilege.removeWatchHelper({ target: watched })).toEqual(refused)
    expect(dialled).toEqual([])
  })

  it('is shown the helper with its hashes; nobody by a name that sudoers reads as everybody', async () => {
    const { product } = pretendCore().clientAs('viewer')
    const { script, sudoers } = must(await product.privilege.watchHelper({ user: 'ward-watch' }))
    for (const { text, sha256 } of [script, sudoers])
      expect(createHash('sha256').update(text).digest('hex')).toBe(sha256)
    expect(await product.privilege.watchHelper({ user: 'ALL' })).toMatchObject({ failure: { kind: 'input-invalid' } })
  })
})

describe('the demo', () => {
  it('has no helper to watch through, says so, and answers a login by password as root', async () => {
    const { core, client } = demoCore()
    const { demo, target } = await makeDemo(core)
    const saved = must(await client.product.appliances.list({})).find((one) => one.name === demo.name)
    if (saved === undefined) throw new Error('the demo is not listed')
    const login = { by: 'address', address: saved.address, credentialId: saved.credentialId } as const
    const asWatcher: Target = { ...login, watchOnly: true }
    expect(await client.product.appliances.detect({ target: asWatcher })).toMatchObject({
      failure: { kind: 'watch-helper-missing' },
    })
    expect(await client.product.privilege.installWatchHelper({ target, user: 'w' })).toMatchObject({
      failure: { kind: 'step-failed', detail: expect.stringContaining('no sudoers') },
    })
    const { credentialId } = must(await client.desk.offerPassword({ password: 'demo' }))
    expect(await client.product.appliances.detect({ target: { ...login, credentialId } })).toMatchObject({
      value: { privilege: 'root' },
    })
  })
})
