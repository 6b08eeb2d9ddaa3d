// Everything that stands in the way has its own failure and its own exit code, or simply works. After
// each, the fault is undone and the setup goes through.
import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  lab,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { removeAfterLastLook } from '../support/last-look.ts'
import { needs } from '../support/needs.ts'
import { today } from '../support/today.ts'

const otherFingerprint = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

describe('what stands in the way of a setup', () => {
  let appliance: LabAppliance
  let folder: string
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder()
    appliance = await bareAppliance('nvidia-h20x8')
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => console.remove())

  const setup = (...words: string[]) => console.setup(appliance, folder, ...words).ended
  const fault = (...words: string[]) => lab('fault', appliance.name, ...words)

  it('an unknown host key, even with --yes', async () => {
    const { code, json } = await setup('--no-pin')
    expect(json).toMatchObject({ failure: { kind: 'host-key-unknown', fingerprint: appliance.hostKeyFingerprint } })
    expect(code).toBe(12)
  })

  it('another host key than the given one', async () => {
    const { code, json } = await setup('--fingerprint', otherFingerprint)
    expect(json).toMatchObject({ failure: { kind: 'host-key-mismatch', offered: appliance.hostKeyFingerprint } })
    expect(code).toBe(14)
  })

  it('a login that the server refuses', async () => {
    const keys = mkdtempSync(join(tmpdir(), 'rackside-key-'))
    try {
      await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, 'stranger')])
      const stranger = { ...appliance, identityFile: join(keys, 'stranger') }
      const { code, json } = await console.run('detect', stranger)
      expect(json).toMatchObject({ failure: { kind: 'login-refused', user: 'ops' } })
      expect(code).toBe(15)
    } finally {
      removeAfterLastLook(keys)
    }
  })

  it('an address where nobody answers', async () => {
    const { code, json } = await console.run('detect', { ...appliance, address: '10.78.0.250' })
    expect(json).toMatchObject({ failure: { kind: 'host-unreachable' } })
    expect(code).toBe(11)
  })

  today(1)('a server without Docker', async () => {
    await fault('docker', 'gone')
    const { code, json } = await setup()
    await fault('docker', 'undo')
    expect(json).toMatchObject({ failure: { kind: 'engine-missing' } })
    expect(code).toBe(32)
  })

  it('a full disk', async () => {
    await fault('disk', 'full')
    const { code, json } = await setup()
    await fault('disk', 'undo')
    expect(json).toMatchObject({ failure: { kind: 'disk-too-small', path: '/var/lib/rackside' } })
    expect(code).toBe(37)
  })

  it('a port that somebody else holds', async () => {
    await inside(appliance, 'systemd-run', '--quiet', '--unit', 'squatter', 'nc', '-lk', '127.0.0.1', '8410')
    const { code, json } = await setup()
    await inside(appliance, 'systemctl', 'stop', 'squatter')
    expect(json).toMatchObject({
      failure: { kind: 'port-taken', port: 8410, by: 'nc', neededBy: 'clinic-note-helper' },
    })
    expect(code).toBe(38)
  })

  it('no approval where nobody can be asked', async () => {
    const { code } = await console.run('setup', appliance, '--solution', 'clinic-starter', '--from', folder)
    expect(code).toBe(4)
  })

  it('a solution that the bundle does not have', async () => {
    const { code } = await console.run('plan', appliance, '--solution', 'clinic-deluxe', '--from', folder)
    expect(code).toBe(43)
  })

  today(0)('neither vendor tools that print garbage nor an sshd without SFTP stop a setup', async () => {
    await fault('tools', 'garbage')
    await fault('sshd', 'no-sftp')
    const { json } = await console.run('detect', appliance)
    const nvidia = (json['accelerators'] as { vendor: string; devices: { state: string } }[]).find(
      (r) => r.vendor === 'nvidia',
    )
    expect(nvidia?.devices.state).toBe('unreadable')
    const { code, json: done, errors } = await setup()
    await fault('tools', 'undo')
    await fault('sshd', 'undo')
    expect(code, errors).toBe(0)
    expect(done).toMatchObject({ verdict: 'healthy', unchanged: 0 })
  })

  today(1)('a vendor tool that hangs delays nothing for long', async () => {
    await fault('tools', 'hang')
    const began = performance.now()
    const { code, json } = await console.run('detect', appliance)
    await fault('tools', 'undo')
    expect(code).toBe(0)
    expect((performance.now() - began) / 1000).toBeLessThan(25)
    const nvidia = (json['accelerators'] as { vendor: string; devices: { state: string } }[]).find(
      (r) => r.vendor === 'nvidia',
    )
    expect(nvidia?.devices.state).toBe('unreadable')
    expect(json['memory']).toMatchObject({ state: 'known' })
  })

  today(0)('works where sshd forbids forwarding', async () => {
    await fault('sshd', 'no-forwarding')
    const { code, json, errors } = await setup()
    await fault('sshd', 'undo')
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('a host key that is not the pinned one any more', async () => {
    // The fresh machine behind the same address has another key than the one pinned by the tests above.
    const old = appliance
    appliance = await bareAppliance('nvidia-h20x8')
    expect(appliance.hostKeyFingerprint).not.toBe(old.hostKeyFingerprint)
    const { code, json } = await setup('--no-pin')
    expect(json).toMatchObject({
      failure: { kind: 'host-key-changed', pinned: old.hostKeyFingerprint, offered: appliance.hostKeyFingerprint },
    })
    expect(code).toBe(13)
    const vouched = await setup()
    expect(vouched.json).toMatchObject({ failure: { kind: 'host-key-changed' } })
    expect(vouched.code).toBe(13)
  })
})
