// Real appliances watched once a second: both kinds of accelerators, tools that lie or hang, a link that is
// cut, a console that is killed. Nothing of ours may stay behind, and no old value may pass for a new one.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { watchAppliance } from '../../main/core/observe.ts'
import { stopWatches } from '../../main/core/watches.ts'
import { inSample } from '../../scripts/config/sample.ts'
import type { Sample, ToolSilence, WatchItem } from '../../shared/domain/sample.ts'
import { startChild } from '../support/child-program.ts'
import { bareAppliance, canRunLab, inside, type LabAppliance, lab, labNeeds, processLines } from '../support/lab.ts'
import { labCore, labTarget } from '../support/lab-core.ts'
import { removeAfterLastLook } from '../support/last-look.ts'
import { needs } from '../support/needs.ts'

const child = `
import { watchAppliance } from './main/core/observe.ts'
import { labCore, labTarget } from './tests/support/lab-core.ts'
const [, , appliance, folder] = process.argv
const one = JSON.parse(appliance)
for await (const item of watchAppliance(labCore(one, folder), labTarget(one))) console.log(item.link)
`

/** Watches until it is left; items are kept with the second they came in. */
class LabWatch {
  readonly folder = mkdtempSync(join(tmpdir(), 'rackside-lab-watch-'))
  readonly items: { readonly at: number; readonly item: WatchItem }[] = []
  readonly #core
  readonly #stop = new AbortController()
  readonly #ended: Promise<void>

  constructor(appliance: LabAppliance) {
    this.#core = labCore(appliance, this.folder)
    this.#ended = this.#read(labTarget(appliance))
  }

  async #read(target: ReturnType<typeof labTarget>): Promise<void> {
    for await (const item of watchAppliance(this.#core, target, this.#stop.signal))
      this.items.push({ at: performance.now() / 1000, item })
  }

  samples(since = 0): Sample[] {
    return this.items.flatMap(({ at, item }) => (item.link === 'up' && at >= since ? [item.sample] : []))
  }

  /** The first item from now on that is as asked; how many seconds that took. */
  async until(seconds: number, asked: (item: WatchItem) => boolean): Promise<number> {
    const start = performance.now() / 1000
    const found = () => this.items.find(({ at, item }) => at >= start && asked(item))
    await expect.poll(found, { timeout: seconds * 1000, interval: 50 }).toBeDefined()
    return (found()?.at ?? start) - start
  }

  async leave(): Promise<void> {
    this.#stop.abort()
    stopWatches(this.#core)
    await this.#ended
    await this.#core.sessions.closeAll()
    removeAfterLastLook(this.folder)
  }
}

const up = (item: WatchItem) => item.link === 'up'
const withDevices = (item: WatchItem) => item.link === 'up' && item.sample.accelerators.length === 8
const withoutDevices = (because: (silence: ToolSilence) => boolean) => (item: WatchItem) =>
  item.link === 'up' && item.sample.accelerators.length === 0 && item.sample.silent.some(because)

/** Processes and folders that only a sampler of ours can have made. */
async function leftovers(appliance: LabAppliance): Promise<string[]> {
  const folders = await inside(
    appliance,
    'sh',
    '-c',
    'ls -d /run/rackside/rackside-facts.* /dev/shm/rackside-facts.* /tmp/rackside-facts.* 2>/dev/null',
  )
  const ours = (await processLines(appliance)).filter((line) =>
    /eval "\$l"|(nvidia|npu)-smi|^timeout|^sleep/.test(line),
  )
  return [...folders.split('\n').filter((line) => line !== ''), ...ours]
}

// Before others: what is measured is its share of the whole machine, whatever else the machine is doing.
const burn =
  'cp /bin/dash /tmp/llama-server && nice -n -15 timeout 5 /tmp/llama-server -c "while :; do :; done"; rm -f /tmp/llama-server'

const kinds = [
  ['nvidia-h20x8', 'nvidia', 97871 * 1024 * 1024],
  ['ascend-910b4x8', 'ascend', 32768 * 1024 * 1024],
] as const

describe.each(kinds.filter((_, place) => inSample(place)))('an appliance with %s', (kind, vendor, memoryBytes) => {
  let appliance: LabAppliance
  let watch: LabWatch

  beforeAll(async () => {
    if (canRunLab) appliance = await bareAppliance(kind)
  })
  beforeEach((context) => {
    needs(context, canRunLab, labNeeds)
    watch = new LabWatch(appliance)
  })
  afterEach(async () => {
    if (!canRunLab) return
    await watch.leave()
    await lab('fault', appliance.name, 'uncut')
    await lab('fault', appliance.name, 'tools', 'undo')
  })

  it('gives eight devices a second, and their utilization follows the load', async () => {
    await watch.until(15, withDevices)
    const start = performance.now() / 1000
    await inside(appliance, 'sh', '-c', burn)
    await expect.poll(() => watch.samples(start).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(10)
    const samples = watch.samples(start).slice(0, 10)
    const seconds = (samples.at(-1)?.atMs ?? 0) - (samples[0]?.atMs ?? 0)
    expect(seconds).toBeGreaterThan(8000)
    expect(seconds).toBeLessThan(11_000)
    for (const { accelerators, silent, host } of samples) {
      expect(silent).toEqual([])
      expect(host.cpuPercent.state).toBe('known')
      expect(host.loadAverage?.state).toBe('known')
      // Its own end of a virtual card: what the samples themselves take is a few kB a second.
      expect(host.networkSentBytesPerSecond).toMatchObject({ state: 'known', value: expect.any(Number) })
      expect(host.diskWrittenBytesPerSecond?.state).toBe('known')
      expect(new Set(accelerators.map((one) => `${one.vendor} ${one.index}`)).size).toBe(8)
      for (const one of accelerators)
        expect(one).toMatchObject({
          vendor,
          memoryTotalBytes: { state: 'known', value: memoryBytes },
          // npu-smi says it in the same table; nvidia-smi's sample says only when a card is ill.
          health: vendor === 'ascend' ? { state: 'known', value: 'ok' } : { state: 'absent' },
        })
    }
    const first = samples.map(({ accelerators }) => accelerators[0]?.utilizationPercent)
    const values = first.flatMap((one) => (one?.state === 'known' ? [one.value] : []))
    expect(values).toHaveLength(10)
    expect(Math.max(...values)).toBeGreaterThan(20)
    expect(values.at(-1)).toBeLessThan(20)
  })

  it('shows no device while its tool prints garbage, says what it said, and the host goes on', async () => {
    await watch.until(15, withDevices)
    await lab('fault', appliance.name, 'tools', 'garbage')
    await watch.until(
      10,
      withoutDevices((one) => one.silence === 'said' && one.why.includes('N/A')),
    )
    await lab('fault', appliance.name, 'tools', 'undo')
    await watch.until(10, withDevices)
    for (const { host } of watch.samples().slice(1)) expect(host.cpuPercent.state).toBe('known')
  })

  it('says since when a tool hangs, starts no second one, and the host goes on', async () => {
    await watch.until(15, withDevices)
    await lab('fault', appliance.name, 'tools', 'hang')
    const start = performance.now() / 1000
    const lastMs = watch.samples().at(-1)?.atMs ?? Number.NaN
    const hangs = (one: ToolSilence) => one.silence === 'no-answer' && Math.abs(one.sinceMs - lastMs) < 10_000
    expect(await watch.until(15, withoutDevices(hangs))).toBeLessThan(8)
    const tools = (await processLines(appliance)).filter((line) => /python3.*(nvidia|npu)-smi/.test(line))
    expect(tools).toHaveLength(1)
    await lab('fault', appliance.name, 'tools', 'undo')
    await watch.until(30, withDevices)
    const passed = performance.now() / 1000 - start
    expect(watch.samples(start).length).toBeGreaterThan(passed - 3)
  })
})

describe('a link that goes away', () => {
  let appliance: LabAppliance
  let watch: LabWatch | undefined

  beforeAll(async () => {
    if (canRunLab) appliance = await bareAppliance('nvidia-h20x8')
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterEach(async () => {
    if (!canRunLab) return
    await lab('fault', appliance.name, 'uncut')
    await watch?.leave()
    watch = undefined
  })

  it('is said within seconds, ends everything of ours within thirty, and comes back by itself', async () => {
    expect(await leftovers(appliance)).toEqual([])
    watch = new LabWatch(appliance)
    await watch.until(15, withDevices)
    expect((await leftovers(appliance)).length).toBeGreaterThan(0)
    await lab('fault', appliance.name, 'cut')
    expect(await watch.until(20, (item) => item.link === 'lost')).toBeLessThan(7)
    const lost = watch.items.at(-1)?.item
    expect(lost).toMatchObject({ link: 'lost', failure: { kind: 'deadline-passed' } })
    await expect.poll(() => leftovers(appliance), { timeout: 45_000, interval: 1000 }).toEqual([])
    await lab('fault', appliance.name, 'uncut')
    await watch.until(40, up)
    await watch.until(10, withDevices)
  })

  it('takes everything of ours with it when the console is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rackside-lab-watch-'))
    const console = await startChild(child, [JSON.stringify(appliance), folder])
    for (let count = 0; count < 3; count += 1) expect(await console.line()).toBe('up')
    expect((await leftovers(appliance)).length).toBeGreaterThan(0)
    console.kill('SIGKILL')
    await console.ended
    await expect.poll(() => leftovers(appliance), { timeout: 30_000, interval: 500 }).toEqual([])
    removeAfterLastLook(folder)
  })

  it('takes everything of ours with it when the console closes', async () => {
    watch = new LabWatch(appliance)
    await watch.until(15, withDevices)
    await watch.leave()
    watch = undefined
    await expect.poll(() => leftovers(appliance), { timeout: 10_000, interval: 500 }).toEqual([])
  })
})
