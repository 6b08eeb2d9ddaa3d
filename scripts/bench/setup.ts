// A first setup, part by part, beside the plainest way to the same stack on the same appliance: what Rackside costs beyond
// sending the files, loading the images and starting the containers. With the lab's small model, where everything that
// does not grow with the bytes shows; with more weights, though a hospital's have tens of GB; and those over a hospital's
// network instead of this machine's own memory.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detect } from '../../main/core/appliances.ts'
import { type Core, ownContext } from '../../main/core/context.ts'
import { registerBundle } from '../../main/core/desk/bundles.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import { planSetup } from '../../main/core/runs/setup.ts'
import { planUninstall, uninstall } from '../../main/core/runs/upkeep.ts'
import { ok } from '../../shared/domain/failure.ts'
import { slowLink } from '../lab/faults/slow-link.ts'
import { mustRun } from '../lab/host/run-command.ts'
import { type MachineRecord, requireMachine } from '../lab/machine/machine-record.ts'
import { sshWords } from '../lab/machine/ready.ts'
import { benchTools, must } from './bench-tools.ts'
import { type ByHand, setUpByHand, takeAwayByHand } from './by-hand.ts'
import { type Bench, type Figures, median } from './frame.ts'
import { applianceName, type LoginTarget, lab, targetOf } from './lab-appliance.ts'
import { setUp, solution, type TimedSetup } from './timed-setup.ts'

const rounds = 3
const largeWeightsMib = 1024
const networkMbit = 1000

export const setupBench: Bench = {
  name: 'setup',
  about: `a first setup beside scp, docker load and docker run of the same files on the same bare lab appliance, with the lab's small model with ${largeWeightsMib} MiB more of weights, and with those over ${networkMbit} Mbit/s; then the rerun`,
  targets: [
    { figure: 'smallOverheadPercent', atMost: 20 },
    { figure: 'largeOverheadPercent', atMost: 20 },
    { figure: 'networkOverheadPercent', atMost: 20 },
  ],
  measure,
}

type Stage = { readonly core: Core; readonly machine: MachineRecord; readonly target: LoginTarget }

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  const core = openCore(join(folder, 'state'), benchTools(folder))
  try {
    await bareAppliance()
    const machine = await requireMachine(applianceName)
    const stage = { core, machine, target: await targetOf(core, machine) }
    const small = await race(stage, 'small', 0)
    const large = await race(stage, 'large', largeWeightsMib)
    await slowLink(machine, String(networkMbit))
    return { ...small, ...large, ...(await race(stage, 'network', largeWeightsMib)) }
  } finally {
    await closeCore(core)
    rmSync(folder, { recursive: true, force: true })
    await lab('down', applianceName)
  }
}

type Whole = { readonly connectMs: number; readonly detectMs: number; readonly setup: TimedSetup; readonly ms: number }

/** What an earlier bench left there would be found in place. */
async function bareAppliance(): Promise<void> {
  const { appliances } = JSON.parse(await lab('list', '--json'))
  if (appliances.some(({ name }: { name: string }) => name === applianceName)) await lab('down', applianceName)
  await lab('up', applianceName)
}

/** In turns, each round begun by the other one. */
async function race(stage: Stage, size: string, extraWeightsMib: number): Promise<Figures> {
  const { folder } = JSON.parse(await lab('artifacts', '--json', '--extra-weights-mib', String(extraWeightsMib)))
  const { bundleId } = must(registerBundle(stage.core, folder))
  const facts = must(await detect(stage.core, stage.target))
  const wish = { target: stage.target, bundleId, solution, soakSeconds: 0 }
  const plan = must(await planSetup(stage.core, wish))
  const [first, rerun, byHand]: [Whole[], Whole[], ByHand[]] = [[], [], []]
  const own = async () => {
    first.push(await whole(stage, bundleId))
    rerun.push(await whole(stage, bundleId))
    await takeAway(stage)
  }
  const plain = async () => {
    byHand.push(await setUpByHand(stage.machine, { plan, facts, bundleFolder: folder }))
    await takeAwayByHand(stage.machine, plan)
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const work of round % 2 === 0 ? [own, plain] : [plain, own]) await work()
    const [mine, theirs] = [first.at(-1)?.ms ?? Number.NaN, sum(byHand.at(-1))]
    console.error(`${size} ${round + 1}/${rounds}: ${Math.round(mine)} ms, by hand ${Math.round(theirs)} ms`)
  }
  const parts = partsOf(first)
  const [ms, byHandMs] = [median(first.map((one) => one.ms)), median(byHand.map(sum))]
  return named(size, {
    ...named('first', { ...parts, ms }),
    ...named('byHand', { ...mediansOf(byHand), ms: byHandMs }),
    overheadPercent: (ms / byHandMs - 1) * 100,
    // The proof has the model answer, which takes what the model takes; by hand nobody asks it anything.
    overheadBeforeProofPercent: ((ms - (parts['proofMs'] ?? Number.NaN)) / byHandMs - 1) * 100,
    ...named('rerun', { ...partsOf(rerun), ms: median(rerun.map((one) => one.ms)) }),
  })
}

/** From nothing open to the verdict, as the window does it: it shows what is inside before it plans. */
async function whole({ core, target }: Stage, bundleId: string): Promise<Whole> {
  await core.sessions.forget(target)
  const began = performance.now()
  must(await core.sessions.withConnection(target, async () => ok(undefined)))
  const connected = performance.now()
  must(await detect(core, target))
  const detected = performance.now()
  const setup = await setUp(core, target, bundleId)
  return { connectMs: connected - began, detectMs: detected - connected, setup, ms: performance.now() - began }
}

/** By the product itself, data and all; what that leaves to be written goes to the disk in nobody's time. */
async function takeAway({ core, machine, target }: Stage): Promise<void> {
  const { id } = must(await planUninstall(core, { target, deletesData: true }))
  const wish = { planId: id, target, typedHost: machine.address }
  for await (const event of uninstall(ownContext(core, 'bench'), wish)) {
    if (event.event === 'run-end' && event.failure !== undefined) throw new Error(JSON.stringify(event.failure))
  }
  await mustRun([...sshWords(machine), 'sync'])
}

/** Steps of one kind together, but each artifact for itself. */
function partsOf(wholes: readonly Whole[]): Record<string, number> {
  return mediansOf(
    wholes.map(({ connectMs, detectMs, setup: { plan, stepMs, planMs, beginMs, proofMs } }) => {
      const steps: Record<string, number> = {}
      for (const { id, spec } of plan.steps) {
        const milliseconds = stepMs.get(id)
        if (milliseconds === undefined) continue
        const part = spec.kind === 'artifact' ? `transferMs ${spec.artifact.id}` : `${spec.kind}Ms`
        steps[part] = (steps[part] ?? 0) + milliseconds
      }
      return { connectMs, detectMs, planMs, beginMs, ...steps, proofMs }
    }),
  )
}

function mediansOf(rows: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const names = Object.keys(rows[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, median(rows.map((row) => row[name] ?? Number.NaN))]))
}

function named(prefix: string, figures: Figures): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [`${prefix}${name[0]?.toUpperCase()}${name.slice(1)}`, value]),
  )
}

function sum(parts: Readonly<Record<string, number>> = {}): number {
  return Object.values(parts).reduce((total, one) => total + one, 0)
}
