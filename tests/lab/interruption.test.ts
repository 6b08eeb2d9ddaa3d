// The console dies, or the link does, in the middle: nothing of ours stays on the appliance, and the same
// command again finishes, sending at most one 64 MiB piece twice.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  during,
  inside,
  type LabAppliance,
  lab,
  labNeeds,
  pause,
  processLines,
  strangers,
  TestConsole,
} from '../support/lab.ts'
import { containerStarts, idsOf, isReplacementWatched, modelInService } from '../support/lab-services.ts'
import { needs } from '../support/needs.ts'
import { today } from '../support/today.ts'

const mib = 1024 * 1024
const pieceBytes = 64 * mib
/** Eleven pieces: an upload that is still going on after two interruptions, and an image that takes its time to load. */
const extraImageMib = '640'
const staging = '/var/lib/rackside/staging'

/** Each begins where the one before it ended: one appliance, one setup, broken off three times. */
describe('a setup that is interrupted', () => {
  let appliance: LabAppliance
  let atRest: ReadonlySet<string>
  let folder = ''
  const console = new TestConsole()
  let receivedBefore = 0

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder('--extra-image-mib', extraImageMib)
    appliance = await bareAppliance()
    atRest = new Set(await processLines(appliance))
    receivedBefore = await receivedBytes(appliance)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(async () => {
    if (canRunLab) await lab('fault', appliance.name, 'uncut')
    console.remove()
  })

  it('leaves nothing of ours behind a link that went silent, and says so', async () => {
    const cut = console.setup(appliance, folder)
    await during(cut, inside(appliance, 'sh', '-c', untilPieces(2)))
    expect(await strangers(appliance, atRest)).not.toEqual([])
    await lab('fault', appliance.name, 'cut')
    const cutAt = performance.now()
    const { code, json } = await cut.ended
    expect((performance.now() - cutAt) / 1000).toBeLessThan(30)
    expect(json).toMatchObject({ failure: { kind: 'link-lost' } })
    expect(code).toBe(18)
    const minute = Math.max(0, 60_000 - (performance.now() - cutAt))
    await expect.poll(() => strangers(appliance, atRest), { timeout: minute, interval: 500 }).toEqual([])
    await lab('fault', appliance.name, 'uncut')
    expect(await piecesRecorded(appliance)).toBeGreaterThanOrEqual(2)
  })

  it('leaves nothing of ours behind a console that was killed, and has let go of its lock', async () => {
    const before = await piecesRecorded(appliance)
    const killed = console.setup(appliance, folder)
    await during(killed, inside(appliance, 'sh', '-c', untilPieces(before + 1)))
    expect(await lockIs(appliance)).toBe('held')
    killed.process.kill('SIGKILL')
    await killed.ended
    await expect.poll(() => strangers(appliance, atRest), { timeout: 10_000, interval: 500 }).toEqual([])
    expect(await lockIs(appliance)).toBe('free')
    const recorded = await piecesRecorded(appliance)
    expect(recorded).toBeGreaterThan(before)
    expect(recorded * pieceBytes).toBeLessThan(largestArtifactBytes(folder))
  })

  it('goes on where its upload was: each interruption costs at most one piece', async () => {
    const killed = console.setup(appliance, folder)
    await during(killed, inside(appliance, 'sh', '-c', untilLoading))
    killed.process.kill('SIGKILL')
    await killed.ended
    const received = (await receivedBytes(appliance)) - receivedBefore
    const total = totalArtifactBytes(folder)
    expect(received).toBeGreaterThan(total)
    // Encryption, packets, scripts and answers take three parts in a hundred.
    expect(received).toBeLessThanOrEqual((total + 2 * pieceBytes) * 1.03)
  })

  it('is finished by the same command, which takes up the image load that went on without a console', async () => {
    const again = await console.setup(appliance, folder).ended
    expect(again.code, again.errors).toBe(0)
    expect(again.json).toMatchObject({ verdict: 'healthy' })
    const journals = await inside(appliance, 'sh', '-c', 'cat /var/lib/rackside/journal/*.jsonl')
    const resumed = journals.split('\n').filter((line) => line.includes('"resumes"'))
    expect(resumed).toHaveLength(3)
  })

  today(0, 2)('takes up the load of an image just so where no systemd runs the server', async () => {
    await lab('fault', appliance.name, 'systemd', 'gone')
    const image = "$(docker inspect --format '{{.Image}}' $service)"
    await inside(appliance, 'sh', '-c', `service=rackside-clinic-model; image=${image}; ${forget}`)
    const killed = console.setup(appliance, folder)
    await during(killed, inside(appliance, 'sh', '-c', atMostAMinute(loadGoesOn)))
    killed.process.kill('SIGKILL')
    await killed.ended
    await expect.poll(() => lockIs(appliance), { timeout: 10_000 }).toBe('free')
    const load = (await inside(appliance, 'sh', '-c', `${loadGoesOn} && cat ${loadRecord}`)).trim()
    expect(load).toMatch(/^\d+$/)
    const again = await console.setup(appliance, folder).ended
    expect(again.code, again.errors).toBe(0)
    expect(again.json).toMatchObject({ verdict: 'healthy' })
    expect(await inside(appliance, 'sh', '-c', `cat ${loadRecord}`)).toBe(`${load}\nended 0\n`)
  })

  today(1, 2)('goes back to the old service just so, with no console and no systemd (P48, P52)', async () => {
    await lab('fault', appliance.name, 'systemd', 'gone')
    const before = await containerStarts(appliance)
    const old = await modelInService(appliance)
    // The smaller image of the same program is another one.
    const replacing = console.setup(appliance, await artifactsFolder(), '--soak', '30')
    const isWatched = async () => (await modelInService(appliance)) !== old && (await isReplacementWatched(appliance))
    await during(replacing, expect.poll(isWatched, { timeout: 60_000, interval: 200 }).toBe(true))
    replacing.process.kill('SIGKILL')
    await replacing.ended
    await expect.poll(() => lockIs(appliance), { timeout: 10_000 }).toBe('free')
    // Its first proof is over then: what ends before it is started again.
    await pause(3000)
    await inside(appliance, 'docker', 'kill', 'rackside-clinic-model')
    await expect.poll(() => modelInService(appliance), { timeout: 60_000, interval: 500 }).toBe(old)
    expect(idsOf(await containerStarts(appliance))).toEqual(idsOf(before))
    const ended = () => inside(appliance, 'sh', '-c', 'tail -n 1 /run/rackside/units/rackside-container*.pid')
    await expect.poll(ended, { timeout: 10_000 }).toMatch(/^ended [1-9]\d*$/m)
  })
})

async function lockIs(appliance: LabAppliance): Promise<string> {
  const look = 'flock -n /var/lib/rackside/lock true && echo free || echo held'
  return (await inside(appliance, 'sh', '-c', look)).trim()
}

/** The service and its image, as if neither had ever been there; what was sent stays. */
const forget = 'docker rm --force $service && docker image rm --force $image'
const loadRecord = '/run/rackside/units/rackside-load-*.pid'
const loadGoesOn = `[ -e ${loadRecord} ] && ! flock -n -s ${loadRecord} true`
const untilLoading = atMostAMinute("systemctl is-active --quiet 'rackside-load-*'")

function untilPieces(count: number): string {
  return atMostAMinute(`[ "$(cat ${staging}/*.chunks 2>/dev/null | wc -l)" -ge ${count} ]`)
}

function atMostAMinute(condition: string): string {
  return `n=0; until ${condition}; do n=$((n + 1)); [ $n -lt 2000 ] || exit 1; sleep 0.02; done`
}

/** Over its network, by its own count. */
async function receivedBytes(appliance: LabAppliance): Promise<number> {
  return Number(await inside(appliance, 'cat', '/sys/class/net/host0/statistics/rx_bytes'))
}

async function piecesRecorded(appliance: LabAppliance): Promise<number> {
  return Number(await inside(appliance, 'sh', '-c', `cat ${staging}/*.chunks | wc -l`))
}

function artifactSizes(folder: string): number[] {
  const list = JSON.parse(readFileSync(`${folder}/digests.json`, 'utf8')) as {
    artifacts: { kind: string; bytes: number }[]
  }
  // The packages of an engine are for servers without one.
  return list.artifacts.filter(({ kind }) => kind !== 'file').map((a) => a.bytes)
}

function totalArtifactBytes(folder: string): number {
  return artifactSizes(folder).reduce((sum, bytes) => sum + bytes, 0)
}

function largestArtifactBytes(folder: string): number {
  return Math.max(...artifactSizes(folder))
}
