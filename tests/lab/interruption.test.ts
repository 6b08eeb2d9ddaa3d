// The console dies, or the link does, in the middle: nothing of ours stays on the appliance, and the same
// command again finishes, sending at most one 64 MiB piece twice.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  artifactsFolder,
  bareAppliance,
  type CliRun,
  canRunLab,
  inside,
  type LabAppliance,
  lab,
  labNeeds,
  processLines,
  strangers,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'

const mib = 1024 * 1024
const pieceBytes = 64 * mib
/** Seven pieces: an upload that is still going on when its second one is seen. */
const extraMib = '448'
const staging = '/var/lib/rackside/staging'

describe('a setup that is interrupted', () => {
  let appliance: LabAppliance
  let atRest: ReadonlySet<string>
  let console: TestConsole

  beforeEach(async (context) => {
    needs(context, canRunLab, labNeeds)
    // Every machine is new, and so are its host keys: a console that never met another behind this address.
    console = new TestConsole()
    appliance = await bareAppliance()
    atRest = new Set(await processLines(appliance))
  })
  afterEach(async () => {
    if (!canRunLab) return
    await lab('fault', appliance.name, 'uncut')
    console.remove()
  })

  it('leaves nothing of ours behind a console killed in its upload, and resumes it', async () => {
    const folder = await artifactsFolder('--extra-weights-mib', extraMib)
    const killed = console.setup(appliance, folder)
    await during(killed, inside(appliance, 'sh', '-c', untilPieces(2)))
    expect(await lockIs(appliance)).toBe('held')
    killed.process.kill('SIGKILL')
    await killed.ended
    await expect.poll(() => strangers(appliance, atRest), { timeout: 10_000, interval: 500 }).toEqual([])
    expect(await lockIs(appliance)).toBe('free')
    const recorded = await piecesRecorded(appliance)
    expect(recorded).toBeGreaterThanOrEqual(2)
    const big = largestArtifactBytes(folder)
    expect(recorded * pieceBytes).toBeLessThan(big)

    const again = await console.setup(appliance, folder).ended
    expect(again.code, again.errors).toBe(0)
    expect(again.json).toMatchObject({ verdict: 'healthy' })
    // What the first run sent is at most the recorded pieces and the one in flight.
    const alreadySent = (recorded + 1) * pieceBytes
    expect(alreadySent + Number(again.json['sentBytes']) - totalArtifactBytes(folder)).toBeLessThanOrEqual(pieceBytes)
  })

  it('finishes an image load that went on without its console', async () => {
    const folder = await artifactsFolder('--extra-image-mib', '512')
    const killed = console.setup(appliance, folder)
    await during(killed, inside(appliance, 'sh', '-c', untilLoading))
    killed.process.kill('SIGKILL')
    await killed.ended

    const again = await console.setup(appliance, folder).ended
    expect(again.code, again.errors).toBe(0)
    expect(again.json).toMatchObject({ verdict: 'healthy' })
    const journals = await inside(appliance, 'sh', '-c', 'cat /var/lib/rackside/journal/*.jsonl')
    const resumed = journals.split('\n').filter((line) => line.includes('"resumes"'))
    expect(resumed).toHaveLength(1)
  })

  it('leaves nothing of ours behind a link that went silent, says so, and resumes', async () => {
    const folder = await artifactsFolder('--extra-weights-mib', extraMib)
    const cut = console.setup(appliance, folder)
    await during(cut, inside(appliance, 'sh', '-c', untilPieces(1)))
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
    const again = await console.setup(appliance, folder).ended
    expect(again.code, again.errors).toBe(0)
  })
})

async function lockIs(appliance: LabAppliance): Promise<string> {
  const look = 'flock -n /var/lib/rackside/lock true && echo free || echo held'
  return (await inside(appliance, 'sh', '-c', look)).trim()
}

const untilLoading = atMostAMinute("systemctl is-active --quiet 'rackside-load-*'")

function untilPieces(count: number): string {
  return atMostAMinute(`[ "$(cat ${staging}/*.chunks 2>/dev/null | wc -l)" -ge ${count} ]`)
}

function atMostAMinute(condition: string): string {
  return `n=0; until ${condition}; do n=$((n + 1)); [ $n -lt 2000 ] || exit 1; sleep 0.02; done`
}

/** A setup that ends before the moment we wait for has its own reason to tell. */
async function during(run: CliRun, moment: Promise<unknown>): Promise<void> {
  const early = run.ended.then((end) => {
    throw new Error(`the setup ended with ${end.code}: ${end.errors}`)
  })
  await Promise.race([moment, early])
  early.catch(() => {
    // Ended later, as the test wants it.
  })
}

async function piecesRecorded(appliance: LabAppliance): Promise<number> {
  return Number(await inside(appliance, 'sh', '-c', `cat ${staging}/*.chunks | wc -l`))
}

function artifactSizes(folder: string): number[] {
  const list = JSON.parse(readFileSync(`${folder}/digests.json`, 'utf8')) as { artifacts: { bytes: number }[] }
  return list.artifacts.map((a) => a.bytes)
}

function totalArtifactBytes(folder: string): number {
  return artifactSizes(folder).reduce((sum, bytes) => sum + bytes, 0)
}

function largestArtifactBytes(folder: string): number {
  return Math.max(...artifactSizes(folder))
}
