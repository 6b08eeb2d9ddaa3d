// What a demo appliance costs this computer: eight simulated cards, set up and watched once a second, both ends of
// the SSH link in this one process. Beside it `top`, which looks at the real machine as often.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ownContext } from '../../main/core/context.ts'
import { createDemo } from '../../main/core/demo/demo.ts'
import { watchAppliance } from '../../main/core/observe.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import { applySetup, planSetup } from '../../main/core/runs/setup.ts'
import { stopWatches } from '../../main/core/watches.ts'
import type { Target } from '../../shared/contract/contract.ts'
import { benchTools, must } from './bench-tools.ts'
import type { Bench, Figures } from './frame.ts'

const watchedSeconds = 30
const megabyte = 1e6
/** USER_HZ of Linux: what /proc counts processor time in. */
const ticksPerSecond = 100

export const demoCost: Bench = {
  name: 'demo-cost',
  about: `a demo appliance with 8 cards, watched once a second for ${watchedSeconds} s, beside "top -b -d 1" (Linux)`,
  targets: [
    { figure: 'corePercent', atMost: 10 },
    { figure: 'addedMegabytes', atMost: 80 },
    { figure: 'samples', atLeast: watchedSeconds - 2 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  const core = openCore(folder, benchTools(folder))
  const top = spawn('top', ['-b', '-d', '1'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const stop = new AbortController()
  try {
    // Everything that any appliance needs is loaded: what is added is the demo's own.
    const emptyBytes = process.memoryUsage().rss
    const { demo, bundleId } = must(await createDemo(core, 'ascend-8'))
    const target: Target = { by: 'name', name: demo.name }
    const plan = must(await planSetup(core, { target, bundleId, solution: 'demo-clinic' }))
    for await (const event of applySetup(ownContext(core, 'bench'), { planId: plan.id, target })) void event
    let samples = 0
    const watching = (async () => {
      for await (const item of watchAppliance(core, target, stop.signal)) if (item.link === 'up') samples += 1
    })()
    const [before, topBefore] = [process.cpuUsage(), ticksOf(top)]
    await sleep(watchedSeconds * 1000)
    const { user, system } = process.cpuUsage(before)
    const corePercent = (user + system) / 1e4 / watchedSeconds
    const topPercent = ((ticksOf(top) - topBefore) / ticksPerSecond / watchedSeconds) * 100
    const addedMegabytes = (process.memoryUsage().rss - emptyBytes) / megabyte
    stop.abort()
    await watching
    return { corePercent, topPercent, timesTop: corePercent / topPercent, addedMegabytes, samples }
  } finally {
    stop.abort()
    top.kill()
    stopWatches(core)
    await closeCore(core)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Processor time since its start. */
function ticksOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}
