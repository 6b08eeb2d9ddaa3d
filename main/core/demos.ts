// The demo appliances of this console: kept in its state folder, started when somebody needs one. Nothing of
// main/demo is loaded before that, and nothing ever where no demo appliance exists.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Address } from '../../shared/domain/appliance.ts'
import type { DemoPreset } from '../../shared/domain/demo.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { RunningDemo } from '../demo/appliance.ts'
import type { MachineState } from '../demo/machine-state.ts'
import type { State } from '../store/state.ts'
import type { CoreTools } from './context.ts'
import { everySaved, loopback, moveTo, namesIn, type SavedDemo, savedIn, saveMachine } from './saved-demos.ts'

export type Demos = {
  /** Starts nothing. */
  isDemo(place: Pick<Address, 'host' | 'port'>): boolean
  /** By the files alone: also one that does not start. */
  saved(): SavedDemo[]
  /** The address to dial: that of a demo appliance once it is up, every other one as it is. */
  awake(asked: Address): Promise<Result<Address>>
  /** All that can be started, up. Fails where there are some and none starts. */
  running(): Promise<Result<RunningDemo[]>>
  make(name: string, preset: DemoPreset): Promise<Result<RunningDemo>>
  /** Ends one and forgets its machine. */
  remove(name: string): Promise<void>
  /** What can be set up on them, made if it is missing. Rejects when it cannot be written. */
  writeBundle(): Promise<void>
  /** Making and removing, one after the other: what the last one takes away the next one needs. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  readonly folders: DemoFolders
  close(): Promise<void>
}

type DemoFolders = { readonly all: string; readonly bundle: string; readonly loginKey: string }

/** Every way to name this computer: a demo appliance is one under each of them. */
function isThisComputer(host: string): boolean {
  return /^(?:localhost|0\.0\.0\.0|127(?:\.[0-9]{1,3}){1,3}|::1|::ffff:127\.0\.0\.1)$/i.test(host)
}

const ending: Failure = { kind: 'cancelled', at: 'the end of the console' }

export function demosIn(state: State, tools: CoreTools): Demos {
  const all = join(state.folder, 'demo')
  const folders = { all, bundle: join(all, 'rackside-demo'), loginKey: join(all, 'login-key') }
  const machines = join(all, 'machines')
  const up = new Map<string, RunningDemo>()
  /** Being started or removed: its file is there, and it is not up. */
  const busy = new Set<string>()
  const failures = new Map<string, Result<never>>()
  let starting: Promise<void> | undefined
  let lastTurn: Promise<unknown> = Promise.resolve()
  let closed = false

  const fileOf = (name: string) => join(machines, `${name}.json`)
  const isHere = (name: string) => up.has(name) || busy.has(name)

  /** `machineOf` may throw. */
  async function start(name: string, machineOf: () => Promise<MachineState>): Promise<Result<RunningDemo>> {
    if (closed) return fail(ending)
    if (isHere(name)) return fail({ kind: 'demo-not-started', name, detail: 'it is there already' })
    busy.add(name)
    try {
      const { startDemo } = await import('../demo/appliance.ts')
      const { loginKeyIn } = await import('../demo/own-keys.ts')
      const running = await startDemo({
        nowMs: () => Date.parse(tools.now()),
        pause: tools.pause,
        state: await machineOf(),
        loginKey: loginKeyIn(folders.loginKey),
        save: (now) => saveMachine(fileOf(now.name), now),
      })
      if (closed) {
        await running.close()
        return fail(ending)
      }
      up.set(name, running)
      failures.delete(name)
      return ok(running)
    } catch (error) {
      const failed = fail({ kind: 'demo-not-started', name, detail: (error as Error).message })
      failures.set(name, failed)
      return failed
    } finally {
      busy.delete(name)
    }
  }

  async function savedMachine(name: string): Promise<MachineState> {
    const { readMachine } = await import('../demo/new-machine.ts')
    const machine = readMachine(readFileSync(fileOf(name), 'utf8'))
    if (machine === undefined) throw new Error(`${fileOf(name)} is damaged`)
    return machine
  }

  async function startSaved(): Promise<void> {
    for (const { name, port } of savedIn(machines)) {
      if (isHere(name) || closed) continue
      const started = await start(name, () => savedMachine(name))
      if (!started.ok) continue
      const moved = moveTo(state, { name, from: port, to: started.value.address.port })
      if (!moved.ok) failures.set(name, moved)
    }
  }

  /** At most one at a time; what failed is tried again by the next who asks. */
  async function startAll(): Promise<void> {
    if (closed || namesIn(machines).every(isHere)) return
    starting ??= startSaved().finally(() => {
      starting = undefined
    })
    await starting
  }

  return {
    folders,
    saved: () => everySaved(state, machines),
    isDemo({ host, port }) {
      if (!isThisComputer(host)) return false
      if ([...up.values()].some((one) => one.address.port === port)) return true
      // The files need not be read where all of them are up.
      return !namesIn(machines).every((name) => up.has(name)) && savedIn(machines).some((one) => one.port === port)
    },
    async awake(asked) {
      if (asked.host !== loopback) return ok(asked)
      const before = savedIn(machines).find(({ port }) => port === asked.port)
      if (before === undefined) return ok(asked)
      await startAll()
      const failed = failures.get(before.name)
      return failed ?? ok({ ...asked, port: up.get(before.name)?.address.port ?? asked.port })
    },
    async running() {
      await startAll()
      const failed = namesIn(machines).flatMap((name) => failures.get(name) ?? [])[0]
      if (up.size === 0 && failed !== undefined) return failed
      return ok([...up.values()].sort((a, b) => (a.name < b.name ? -1 : 1)))
    },
    make: (name, preset) =>
      start(name, async () => {
        mkdirSync(machines, { recursive: true, mode: 0o700 })
        const { newMachine } = await import('../demo/new-machine.ts')
        return newMachine({ name, preset, ...machineTools(tools) })
      }),
    async writeBundle() {
      const { writeDemoBundle } = await import('../demo/bundle/write-bundle.ts')
      await writeDemoBundle(folders.bundle)
    },
    inTurn(work) {
      const turn = lastTurn.then(work)
      lastTurn = turn.catch(() => undefined)
      return turn
    },
    async remove(name) {
      await starting
      busy.add(name)
      try {
        await up.get(name)?.close()
        up.delete(name)
        failures.delete(name)
        rmSync(fileOf(name), { force: true, maxRetries: 3 })
      } finally {
        busy.delete(name)
      }
    },
    async close() {
      closed = true
      await lastTurn
      await starting
      await Promise.all([...up.values()].map((one) => one.close()))
      up.clear()
    },
  }
}

function machineTools({ now, randomId }: CoreTools) {
  return {
    nowMs: Date.parse(now()),
    randomHex: (bytes: number) =>
      Array.from({ length: Math.ceil(bytes / 4) }, randomId)
        .join('')
        .slice(0, bytes * 2),
  }
}
