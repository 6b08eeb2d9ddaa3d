// The journey this product is for: a bare appliance, one command, a working and proven AI appliance;
// the same command again changes nothing; a power cut needs no setup.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  lab,
  labNeeds,
  pause,
  TestConsole,
} from '../support/lab.ts'
import { connectToLab } from '../support/lab-connection.ts'
import { containerStarts, idsOf, isReplacementWatched, modelInService } from '../support/lab-services.ts'
import { needs } from '../support/needs.ts'
import { otherBundle, removeOtherBundles } from '../support/other-bundle.ts'
import { today } from '../support/today.ts'

describe('from a bare appliance to proven tokens', () => {
  let appliance: LabAppliance
  let folder: string
  /** What is on the appliance before anything was done there. */
  let bare: string
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder()
    appliance = await bareAppliance('ascend-910b4x8')
    bare = await everything(appliance)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it('detects eight 910B4 with their memory and health', async () => {
    const { code, json } = await console.run('detect', appliance)
    expect(code).toBe(0)
    const ascend = (json['accelerators'] as Report[]).find((r) => r.vendor === 'ascend')
    const devices = ascend?.devices.value ?? []
    expect(devices).toHaveLength(8)
    for (const device of devices) {
      expect(device.product).toEqual({ state: 'known', value: '910B4' })
      expect(device.memoryTotalBytes).toEqual({ state: 'known', value: 32768 * 1024 * 1024 })
      expect(device.health).toEqual({ state: 'known', value: 'ok' })
    }
    expect(new Set(devices.map((d) => JSON.stringify(d.pciAddress))).size).toBe(8)
  })

  it('plans eleven changes and says why the processor is used', async () => {
    const { code, json } = await console.run('plan', appliance, '--solution', 'clinic-starter', '--from', folder)
    expect(code).toBe(0)
    expect(json).toMatchObject({ changed: 11, unchanged: 0 })
    expect(json['choices']).toMatchObject([
      { service: 'clinic-model', variant: 'cpu-amd64', rejected: [{ variant: 'cuda-amd64' }] },
      { service: 'clinic-note-helper', variant: 'amd64' },
    ])
  })

  it('sets up, ends healthy, and says what it changed', async () => {
    const { code, json, errors } = await console.setup(appliance, folder).ended
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy', changed: 11, unchanged: 0 })
    expect(json['ttftMs']).toBeGreaterThan(0)
    expect(json['tokensPerSecond']).toBeGreaterThan(0)
    expect(json['runId']).toMatch(/^run-/)
  })

  it('finds nothing to do the second time and restarts nothing', async () => {
    const before = await containerStarts(appliance)
    const { code, json, errors } = await console.setup(appliance, folder).ended
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy', changed: 0, unchanged: 11, sentBytes: 0 })
    expect(await containerStarts(appliance)).toEqual(before)
    expect(before).toHaveLength(2)
  })

  it('left a journal that begins, ends every step, and ends', async () => {
    const lines = (await inside(appliance, 'sh', '-c', 'cat /var/lib/rackside/journal/*.jsonl')).trim().split('\n')
    const records = lines.map((line) => JSON.parse(line) as { record: string; step?: string; outcome?: string })
    expect(records[0]?.record).toBe('run-begin')
    expect(records.at(-2)).toMatchObject({ record: 'run-end', outcome: 'done' })
    const figures = [{ deployment: 'clinic-model', ttftMs: expect.any(Number), tokensPerSecond: expect.any(Number) }]
    expect(records.at(-1)).toMatchObject({ record: 'verified', verdict: 'healthy', stillToDo: [], proofs: figures })
    const ended = records.filter((r) => r.record === 'step-end')
    expect(ended.length).toBeGreaterThanOrEqual(8)
    expect(ended.every((r) => r.outcome === 'done')).toBe(true)
  })

  it('publishes on the loopback only', async () => {
    const listening = await inside(appliance, 'ss', '-Hltn')
    const ours = listening.split('\n').filter((line) => /:84[01]0\s/.test(line))
    expect(ours).toHaveLength(2)
    for (const line of ours) expect(line).toContain('127.0.0.1:')
  })

  it('streams a draft from the app, fetched through the connection', async () => {
    const connection = await connectToLab(appliance)
    try {
      const page = await connection.http({ port: 8410, method: 'GET', path: '/', deadlineSeconds: 10 })
      if (!page.ok) throw new Error(JSON.stringify(page.failure))
      expect(await textOf(page.value.body)).toMatch(/<html/i)
      const draft = await connection.http({
        port: 8410,
        method: 'POST',
        path: '/api/draft',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ visit: 'Cough for three days, no fever.', language: 'en' }),
        deadlineSeconds: 60,
      })
      if (!draft.ok) throw new Error(JSON.stringify(draft.failure))
      const events = (await textOf(draft.value.body)).split('\n').filter((line) => line.startsWith('data: '))
      expect(events.length).toBeGreaterThan(2)
      expect(events.at(-1)).toContain('"done":true')
    } finally {
      await connection.close()
    }
  })

  it('is healthy again after a power cut, with no setup', async () => {
    await lab('kill', appliance.name)
    await lab('boot', appliance.name)
    let last = await console.run('status', appliance)
    for (let tries = 0; tries < 30 && last.code !== 0; tries += 1) {
      await pause(2000)
      last = await console.run('status', appliance)
    }
    expect(last.json).toMatchObject({ verdict: 'healthy' })
    expect(last.code).toBe(0)
  })

  it('measures a completion on demand', async () => {
    const { code, json } = await console.run('probe', appliance)
    expect(code).toBe(0)
    expect(json['proofs']).toMatchObject([{ deployment: 'clinic-model', proof: { outputTokens: 32 } }])
  })

  it('reads garbage from npu-smi as unreadable, and still plans nothing to do', async () => {
    await lab('fault', appliance.name, 'tools', 'garbage')
    const { json } = await console.run('detect', appliance)
    const planned = await console.run('plan', appliance, '--solution', 'clinic-starter', '--from', folder)
    await lab('fault', appliance.name, 'tools', 'undo')
    const ascend = (json['accelerators'] as Report[]).find((r) => r.vendor === 'ascend')
    expect(ascend?.devices).toMatchObject({ state: 'unreadable' })
    expect(planned.json).toMatchObject({ changed: 0 })
  })

  today(0, 4)('brings the old service back when its successor does not start', async () => {
    const broken = otherBundle(folder, '"--metrics", "--no-such-flag"')
    const before = await containerStarts(appliance)
    const { code, json } = await console.setup(appliance, broken).ended
    expect(json).toMatchObject({ failure: { kind: 'step-failed', step: 'container.clinic-model' } })
    expect(code).toBe(55)
    expect(idsOf(await containerStarts(appliance))).toEqual(idsOf(before))
    const after = await console.run('status', appliance)
    expect(after.json).toMatchObject({ verdict: 'healthy' })
  })

  today(1, 4)('brings it back when its successor dies while watched, with no console any more (P48, P52)', async () => {
    const other = otherBundle(folder, '"--metrics", "--threads-http", "2"')
    const before = await containerStarts(appliance)
    const replacing = console.setup(appliance, other, '--soak', '40')
    const inService = () => modelInService(appliance)
    const old = await inService()
    const isWatched = async () => (await inService()) !== old && (await isReplacementWatched(appliance))
    await expect.poll(isWatched, { timeout: 60_000, interval: 500 }).toBe(true)
    replacing.process.kill('SIGKILL')
    await replacing.ended
    // Its first proof is over then: what ends before it is started again.
    await pause(3000)
    await inside(appliance, 'docker', 'kill', 'rackside-clinic-model')
    const killedAt = performance.now()
    await expect.poll(inService, { timeout: 40_000, interval: 500 }).toBe(old)
    expect((performance.now() - killedAt) / 1000).toBeLessThan(40 + 30)
    expect(idsOf(await containerStarts(appliance))).toEqual(idsOf(before))
    await expect.poll(async () => (await console.run('status', appliance)).code, { timeout: 60_000 }).toBe(0)
  })

  today(2, 4)('replaces a service by one that holds, and is done then', async () => {
    folder = otherBundle(folder, '"--metrics", "--threads-http", "2"')
    const before = await containerStarts(appliance)
    const { code, json, errors } = await console.setup(appliance, folder, '--soak', '3').ended
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy', changed: 1 })
    expect(idsOf(await containerStarts(appliance))[0]).not.toBe(idsOf(before)[0])
    expect(await inside(appliance, 'docker', 'ps', '--all', '--quiet', '--filter', 'name=-previous')).toBe('')
    const again = await console.setup(appliance, folder).ended
    expect(again.json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  today(3, 4)('misses a deployment that somebody removed, and setup brings it back', async () => {
    await inside(appliance, 'docker', 'rm', '--force', 'rackside-clinic-note-helper')
    const gone = await console.run('status', appliance)
    expect(gone.json).toMatchObject({ verdict: 'down' })
    expect(JSON.stringify(gone.json['deployments'])).toContain('"reason":"missing"')
    expect(gone.code).toBe(71)
    const { code, json } = await console.setup(appliance, folder).ended
    expect(code).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
  })

  today(1, 4)('sends weights again that were cut on the appliance', async () => {
    const weights = '/var/lib/rackside/artifacts/sha256-*'
    await inside(appliance, 'sh', '-c', `truncate -s 5000000 ${weights}; docker rm --force rackside-clinic-model`)
    const { code, json } = await console.setup(appliance, folder).ended
    expect(code).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    expect(json['sentBytes']).toBeGreaterThan(5_000_000)
  })

  today(0, 4)('is not healthy when the model server is stopped, and setup starts it again', async () => {
    await inside(appliance, 'docker', 'stop', 'rackside-clinic-model')
    const down = await console.run('status', appliance)
    expect(down.code).toBe(71)
    expect(down.json).toMatchObject({ verdict: 'down' })
    const { code, json } = await console.setup(appliance, folder).ended
    expect(code).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy', changed: 2 })
  })

  today(3, 4)('shows what somebody changed by hand, and setup puts it back', async () => {
    await inside(appliance, 'docker', 'update', '--restart', 'no', 'rackside-clinic-model')
    await inside(appliance, 'sh', '-c', 'echo "{}" >/etc/docker/daemon.json')
    const changed = { what: 'restart-policy', deployment: 'clinic-model', was: 'always', now: 'no' }
    const ofServer = { what: 'engine-settings', was: '', now: expect.stringMatching(/^[0-9a-f]{64}$/) }
    expect(await console.run('drift', appliance)).toMatchObject({ code: 70, json: { drift: [changed, ofServer] } })
    // Of the server it can be accepted; of the stack it is put back.
    expect((await console.run('drift', appliance, '--accept')).json).toMatchObject({ drift: [changed] })
    await inside(appliance, 'rm', '/etc/docker/daemon.json')
    const { json, errors } = await console.setup(appliance, folder, '--soak', '2').ended
    expect(json, errors).toMatchObject({ verdict: 'healthy', changed: 1 })
    expect(await console.run('drift', appliance)).toMatchObject({ code: 0, json: { drift: [] } })
  })

  today(2, 4)('goes back to a version that it kept, and is proven by it', async () => {
    const listed = await console.run('rollback', appliance)
    const versions = listed.json['versions'] as { deployment: string; specDigest: string; inService: boolean }[]
    const [older, ...others] = versions.filter((one) => one.deployment === 'clinic-model' && !one.inService)
    expect(others).toEqual([])
    const to = older?.specDigest.slice(0, 12) ?? ''
    const { code, json, errors } = await console.run('rollback', appliance, '--to', to, '--soak', '2', '--yes')
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy', changed: 1 })
    const spec = 'docker inspect --format \'{{index .Config.Labels "rackside.spec"}}\' rackside-clinic-model'
    expect(await inside(appliance, 'sh', '-c', spec)).toContain(to)
  })

  it('takes everything away that it made, and nothing else', async () => {
    await inside(appliance, 'docker', 'network', 'create', 'of-somebody-else')
    const wrong = await console.run('uninstall', appliance, '--type-host', 'another-host')
    expect(wrong).toMatchObject({ code: 85, json: { failure: { kind: 'name-not-confirmed' } } })
    const { code, json, errors } = await console.run('uninstall', appliance, '--type-host', appliance.address)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    await inside(appliance, 'docker', 'network', 'rm', 'of-somebody-else')
    expect((await everything(appliance)).split('\n')).toEqual(bare.split('\n'))
    expect(await console.run('uninstall', appliance, '--type-host', appliance.address)).toMatchObject({
      code: 0,
      json: { changed: 0 },
    })
  })
})

/** Names and sizes of all files but logs and what the system itself writes, and whatever the engine has. */
function everything(appliance: LabAppliance): Promise<string> {
  const others = [
    '/proc',
    '/sys',
    '/run',
    '/tmp',
    '/var/log',
    '/var/cache',
    '/var/tmp',
    '/var/lib/systemd',
    '/var/lib/docker',
  ]
  const skipped = others.map((folder) => `-path ${folder}`).join(' -o ')
  // What sudo and Python write by themselves.
  const names = '-name .sudo_as_admin_successful -o -name __pycache__'
  const files = `find / -xdev \\( ${skipped} -o ${names} \\) -prune -o -printf '%p %y %m %U:%G\\n' | sort`
  const engine = "docker ps -aq; docker images -q; docker volume ls -q; docker network ls --format '{{.Name}}' | sort"
  return inside(appliance, 'sh', '-c', `${files}; ${engine}`)
}

interface Report {
  vendor: string
  devices: { value?: { product: unknown; memoryTotalBytes: unknown; health: unknown; pciAddress: unknown }[] }
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of body) text += decoder.decode(bytes, { stream: true })
  return text
}
