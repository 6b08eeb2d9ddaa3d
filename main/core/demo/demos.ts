// The demo appliances of this console: kept in its state folder, started when somebody needs one. Nothing of
// main/demo is loaded before that, and nothing ever where no demo appliance exists.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Address } from '../../../shared/domain/appliance.ts'
import type { DemoPreset } from '../../../shared/domain/demo.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type InTurn, oneAtATime } from '../../../shared/domain/in-turn.ts'
import { newPrivateKey } from '../../connect/new-key-pair.ts'
import type { RunningDemo } from '../../demo/appliance.ts'
import type { MachineState } from '../../demo/machine-state.ts'
import type { State } from '../../store/state.ts'
import type { CoreTools } from '../core-tools.ts'
import { loopback, moveTo, namesIn, type SavedDemo, savedIn } from './saved-demos.ts'
import { type DemoStarter, demoStarter } from './start-demos.ts'

export type Demos = {
  /** Starts nothing. */
  isDemo(place: Pick<Address, 'host' | 'port'>): boolean
  /** Starts nothing: whether something that needs it has. */
  isUp(place: Pick<Address, 'host' | 'port'>): boolean
  /** By the files alone: also one that does not start. */
  saved(): SavedDemo[]
  /** The address to dial: that of a demo appliance once it is up, every other one as it is. */
  awake(asked: Address): Promise<Result<Address>>
  /** All that can be started, up. Fails where there are some and none starts. */
  running(): Promise<Result<RunningDemo[]>>
  make(name: string, preset: DemoPreset): Promise<Result<RunningDemo>>
  /** Ends one and forgets its machine. Rejects when its file cannot be deleted. */
  remove(name: string): Promise<void>
  /** What can be set up on them, made if it is missing. Rejects when it cannot be written. */
  writeBundle(): Promise<void>
  /** Making and removing, one after the other: what the last one takes away the next one needs. */
  readonly inTurn: InTurn
  readonly folders: DemoFolders
  close(): Promise<void>
}

type DemoFolders = { readonly all: string; readonly bundle: string; readonly loginKey: string }

export function demoFoldersIn(stateFolder: string): DemoFolders {
  const all = join(stateFolder, 'demo')
  return { all, bundle: join(all, 'rackside-demo'), loginKey: join(all, 'login-key') }
}

/** Every way to name this computer: a demo appliance is one under each of them. */
const thisComputer = /^(?:localhost|0\.0\.0\.0|127(?:\.[0-9]{1,3}){1,3}|::1|::ffff:127\.0\.0\.1)$/i

export function demosIn(state: State, tools: CoreTools): Demos {
  const folders = demoFoldersIn(state.folder)
  const machines = join(folders.all, 'machines')
  const starter = demoStarter({ machines, loginKey: folders.loginKey }, tools)
  const { up } = starter
  const starting = startingOf(state, machines, starter)
  const inTurn = oneAtATime()
  const saved = () => savedIn(state, machines)
  return {
    folders,
    saved,
    isDemo({ host, port }) {
      if (!thisComputer.test(host)) return false
      if ([...up.values()].some((one) => one.address.port === port)) return true
      // The files need not be read where all of them are up.
      return !namesIn(machines).every((name) => up.has(name)) && saved().some((one) => one.port === port)
    },
    isUp({ host, port }) {
      if (!thisComputer.test(host)) return false
      if ([...up.values()].some((one) => one.address.port === port)) return true
      return up.size > 0 && saved().some((one) => one.port === port && up.has(one.name))
    },
    async awake(asked) {
      const its = asked.host === loopback ? saved().find(({ port }) => port === asked.port) : undefined
      if (its === undefined) return ok(asked)
      await starting.all()
      return starter.failureOf(its.name) ?? ok({ ...asked, port: up.get(its.name)?.address.port ?? asked.port })
    },
    async running() {
      await starting.all()
      const failed = namesIn(machines).flatMap((name) => starter.failureOf(name) ?? [])[0]
      if (up.size === 0 && failed !== undefined) return failed
      return ok([...up.values()].sort((a, b) => (a.name < b.name ? -1 : 1)))
    },
    make: (name, preset) => starter.start(name, () => makeMachine({ name, preset, machines }, tools)),
    async writeBundle() {
      const { writeDemoBundle } = await import('../../demo/bundle/write-bundle.ts')
      await writeDemoBundle(folders.bundle)
    },
    inTurn,
    async remove(name) {
      await starting.pending()
      await starter.remove(name)
    },
    async close() {
      await Promise.all([starter.close(), inTurn(async () => undefined), starting.pending()])
    },
  }
}

type Starting = {
  /** At most one at a time: who asks meanwhile waits for the same. */
  all(): Promise<void>
  /** Resolves when a start that is under way has ended. */
  pending(): Promise<void>
}

function startingOf(state: State, machines: string, starter: DemoStarter): Starting {
  let starting: Promise<void> | undefined
  async function startEach(): Promise<void> {
    for (const { name, port } of savedIn(state, machines)) {
      if (starter.isHere(name)) continue
      const started = await starter.start(name, () => savedMachine(machines, name))
      const moved = started.ok ? moveTo(state, { name, from: port, to: started.value.address.port }) : ok(undefined)
      if (!moved.ok) starter.remember(name, moved)
    }
  }
  return {
    async all() {
      if (namesIn(machines).every(starter.isHere)) return
      starting ??= startEach().finally(() => {
        starting = undefined
      })
      await starting
    },
    pending: async () => starting,
  }
}

async function savedMachine(machines: string, name: string): Promise<MachineState> {
  const { readMachine } = await import('../../demo/new-machine.ts')
  const file = join(machines, `${name}.json`)
  const machine = readMachine(readFileSync(file, 'utf8'))
  if (machine === undefined) throw new Error(`${file} is damaged`)
  return machine
}

type Making = { readonly name: string; readonly preset: DemoPreset; readonly machines: string }

async function makeMachine({ name, preset, machines }: Making, { now, randomId }: CoreTools): Promise<MachineState> {
  mkdirSync(machines, { recursive: true, mode: 0o700 })
  const { newMachine } = await import('../../demo/new-machine.ts')
  const randomHex = (bytes: number) =>
    Array.from({ length: Math.ceil(bytes / 4) }, randomId)
      .join('')
      .slice(0, bytes * 2)
  return newMachine({
    ...{ name, preset, nowMs: Date.parse(now()), randomHex },
    makeKey: () => newPrivateKey().reveal(),
  })
}
