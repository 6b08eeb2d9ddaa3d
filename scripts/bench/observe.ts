// Everything on: 200 appliances of eight accelerators at 1 Hz into one console with storing and alerts, some of them
// shown through the socket that pages use; and what a sampler costs an appliance, beside prometheus-node-exporter
// scraped as often.
import { type ChildProcess, spawn } from 'node:child_process'
import { once, setMaxListeners } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { joinOwner } from '../../main/core/link/owner-socket.ts'
import { samplerProbes } from '../../shared/facts/accelerator-samples.ts'
import { samplerScript } from '../../shared/facts/sampler-script.ts'
import type { Bench, Figures } from './frame.ts'
import { ageMs, startFeeder } from './observe/feeder.ts'
import { ownProgram } from './own-program.ts'

const appliances = 200
/** Two windows with all the live cards that a board has. */
const shownLive = 16
const seconds = Number(process.env['RACKSIDE_BENCH_SECONDS'] ?? 300)
const hostSeconds = 30
const exporter = '/usr/bin/prometheus-node-exporter'

export const observeBench: Bench = {
  name: 'observe',
  about: `${appliances} appliances of 8 accelerators at 1 Hz for ${seconds} s into one console with storing and alerts on, 16 of them shown; and the sampler on the appliance beside prometheus-node-exporter`,
  targets: [
    { figure: 'corePercent', atMost: 30 },
    { figure: 'megabytes', atMost: 350 },
    { figure: 'latencyP95Ms', atMost: 250 },
    { figure: 'dropped', atMost: 0 },
    { figure: 'samplerTimesExporter', atMost: 1 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  try {
    return { ...(await watched(folder)), ...(await onTheAppliance()) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function watched(folder: string): Promise<Figures> {
  const [feederPath, pagePath] = [join(folder, 'feeder'), join(folder, 'page')]
  const feeder = await startFeeder(feederPath)
  const child = spawn(
    process.execPath,
    [await ownProgram('observe/console.ts', folder), folder, feederPath, pagePath, `${appliances}`],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  await once(child.stdout, 'data')
  const page = await joinOwner(pagePath, { lasting: false })
  if (page === undefined) throw new Error('the console of the bench does not listen')
  const ages: number[] = []
  const left = new AbortController()
  setMaxListeners(0, left.signal)
  const reading = Array.from({ length: shownLive }, async (_, at) => {
    const target = { by: 'name', name: `appliance-${at}` } as const
    const items = await page.clients('console').product.observe.watch({ target }, { signal: left.signal })
    for await (const item of items) {
      if (item.link === 'up' && item.sample.host.memoryUsedBytes.state === 'known')
        ages.push(ageMs(item.sample.host.memoryUsedBytes.value))
    }
  })
  // Dials, the first samples, and a page that begins: none of it is the steady state.
  await sleep(20_000)
  ages.length = 0
  const before = feeder.sent()
  child.stdin.write('now\n')
  await sleep(seconds * 1000)
  const sent = feeder.sent() - before
  child.stdin.end()
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  left.abort()
  await Promise.allSettled(reading)
  page.close()
  await feeder.close()
  await once(child, 'close')
  const { corePercent, megabytes, lost, taken } = JSON.parse(said.toString('utf8')) as Figures
  const sorted = Float64Array.from(ages).sort()
  return {
    ...{ corePercent: corePercent ?? Number.NaN, megabytes: megabytes ?? Number.NaN },
    latencyP50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN,
    latencyP95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
    shown: ages.length,
    sent,
    // One of each appliance may be on its way.
    dropped: (lost ?? Number.NaN) + Math.max(0, sent - (taken ?? 0) - appliances),
  }
}

/** A program of its own: what builds it is not measured with it. */
/** Of one core, children included: the script without any vendor's tool, as on a machine that has none. */
async function onTheAppliance(): Promise<Figures> {
  if (!existsSync(exporter)) return {}
  const script = samplerScript(samplerProbes, { nonce: 'benchbenchbenchbench', privilege: 'login', intervalSeconds: 1 })
  const sampler = spawn('sh', ['-c', script.text], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  const other = spawn(exporter, ['--web.listen-address=127.0.0.1:18911'], { stdio: 'ignore' })
  await sleep(5000)
  const [mine, theirs] = [usedTicks(sampler), usedTicks(other)]
  const scrapes: Promise<string>[] = []
  const scraping = setInterval(() => {
    scrapes.push(fetch('http://127.0.0.1:18911/metrics').then((answer) => answer.text()))
  }, 1000)
  await sleep(hostSeconds * 1000)
  clearInterval(scraping)
  // One that failed would make the peer cheaper than it is.
  await Promise.all(scrapes)
  const [samplerTicks, exporterTicks] = [usedTicks(sampler) - mine, usedTicks(other) - theirs]
  if (sampler.pid !== undefined) process.kill(-sampler.pid, 'SIGKILL')
  other.kill()
  return {
    samplerCorePercent: samplerTicks / hostSeconds,
    exporterCorePercent: exporterTicks / hostSeconds,
    samplerTimesExporter: samplerTicks / exporterTicks,
  }
}

/** Hundredths of a second, of a process and of those of its children that ended (proc(5): utime, stime, cutime, cstime). */
function usedTicks({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0)
}
