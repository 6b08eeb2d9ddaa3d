// Use cases of the demo appliances. One that is made is saved, trusted and logged in to as every other appliance
// is: by a dial that sees its host key, and a key file of this user's.
import { rmSync } from 'node:fs'
import type { DemoAppliance, DemoPreset, DrillName } from '../../../shared/domain/demo.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { RunningDemo } from '../../demo/appliance.ts'
import { trustHostKey } from '../access/host-keys.ts'
import type { Core } from '../context.ts'
import { registerBundle } from '../desk/bundles.ts'
import { openKeyFile } from '../desk/desk.ts'
import { loopback, type SavedDemo } from './saved-demos.ts'
import { distrustDemo, trustDemoBundle } from './trust-demo-bundle.ts'

export async function listDemos(core: Core): Promise<Result<DemoAppliance[]>> {
  const running = await core.demos.running()
  return running.ok ? ok(running.value.map(shown)) : running
}

type Created = { readonly demo: DemoAppliance; readonly bundleId: string }

export function createDemo(core: Core, preset: DemoPreset): Promise<Result<Created>> {
  return core.demos.inTurn(() => create(core, preset))
}

async function create(core: Core, preset: DemoPreset): Promise<Result<Created>> {
  const name = freeName(core, preset)
  if (!name.ok) return name
  const made = await core.demos.make(name.value, preset)
  if (!made.ok) return made
  const ready = await makeReady(core, made.value)
  if (!ready.ok) await takeAway(core, placeOf(made.value))
  return ready.ok ? ok({ demo: shown(made.value), bundleId: ready.value }) : ready
}

/** Also one that does not start. */
export function removeDemo(core: Core, name: string): Promise<Result<{ name: string }>> {
  return core.demos.inTurn(async () => {
    const saved = core.demos.saved()
    const found = saved.find((one) => one.name === name)
    if (found === undefined) return fail({ kind: 'demo-unknown', name, known: saved.map((one) => one.name) })
    const taken = await takeAway(core, found)
    return taken.ok ? ok({ name }) : taken
  })
}

type Drilling = { readonly name: string; readonly drill: DrillName; readonly on: boolean }

export async function drillDemo(core: Core, { name, drill, on }: Drilling): Promise<Result<DemoAppliance>> {
  const found = await findDemo(core, name)
  if (!found.ok) return found
  try {
    await found.value.drill(drill, on)
  } catch (error) {
    return fail({ kind: 'demo-not-started', name, detail: (error as Error).message })
  }
  // What a server said while the drill was on is no answer any more.
  core.sessions.askAnew({ address: found.value.address })
  return ok(shown(found.value))
}

async function findDemo(core: Core, name: string): Promise<Result<RunningDemo>> {
  const running = await core.demos.running()
  if (!running.ok) return running
  const found = running.value.find((one) => one.name === name)
  return found === undefined
    ? fail({ kind: 'demo-unknown', name, known: running.value.map((one) => one.name) })
    : ok(found)
}

function shown({ name, preset, address, drills }: RunningDemo): DemoAppliance {
  return { name, preset, address: { ...address }, drills: drills() }
}

/** "demo-ascend-8", "demo-ascend-8-2": no other appliance of this console has it. */
function freeName(core: Core, preset: DemoPreset): Result<string> {
  const appliances = core.state.appliances.read()
  if (!appliances.ok) return appliances
  const names = new Set([...appliances.value, ...core.demos.saved()].map((one) => one.name))
  const base = `demo-${preset}`
  let name = base
  for (let number = 2; names.has(name); number += 1) name = `${base}-${number}`
  return ok(name)
}

/** What can be set up on it, its login, its host key, its place among the appliances. The id of the bundle. */
async function makeReady(core: Core, { name, address, fingerprint }: RunningDemo): Promise<Result<string>> {
  try {
    await core.demos.writeBundle()
  } catch (error) {
    return fail({ kind: 'demo-not-started', name, detail: (error as Error).message })
  }
  const trusted = trustDemoBundle(core)
  if (!trusted.ok) return trusted
  const bundle = registerBundle(core, core.demos.folders.bundle)
  if (!bundle.ok) return bundle
  const key = await openKeyFile(core, { file: core.demos.folders.loginKey })
  if (!key.ok) return key
  const { credentialId } = key.value
  const known = await trustHostKey(core, { address, credentialId, fingerprint })
  if (!known.ok) return known
  const appliances = core.state.appliances.read()
  if (!appliances.ok) return appliances
  const saved = core.state.appliances.write([...appliances.value, { name, address, credentialId }])
  return saved.ok ? ok(bundle.value.bundleId) : saved
}

type DemoPlace = Pick<SavedDemo, 'name' | 'port'>

function placeOf({ name, address }: RunningDemo): DemoPlace {
  return { name, port: address.port }
}

/** The machine, and everything this console knows of it; with the last one what all of them used. */
async function takeAway(core: Core, { name, port }: DemoPlace): Promise<Result<void>> {
  const isIts = (one: { host: string; port: number }) => one.host === loopback && one.port === port
  const appliances = core.state.appliances.read()
  const pins = core.state.pins.read()
  if (!appliances.ok) return appliances
  if (!pins.ok) return pins
  const its = appliances.value.filter((one) => isIts(one.address))
  for (const { address, credentialId } of its) {
    await core.sessions.forget({ address, credentialId })
    core.lasting.lost(address)
  }
  const written = core.state.appliances.write(appliances.value.filter((one) => !isIts(one.address)))
  if (!written.ok) return written
  const unpinned = core.state.pins.write(pins.value.filter((one) => !isIts(one)))
  if (!unpinned.ok) return unpinned
  try {
    await core.demos.remove(name)
  } catch (error) {
    return fail({ kind: 'state-unwritable', folder: core.demos.folders.all, detail: (error as Error).message })
  }
  return core.demos.saved().length === 0 ? takeAwayAll(core) : ok(undefined)
}

function takeAwayAll(core: Core): Result<void> {
  const { all, bundle, loginKey } = core.demos.folders
  const bundles = core.state.bundles.read()
  if (!bundles.ok) return bundles
  const written = core.state.bundles.write(bundles.value.filter((one) => one.folder !== bundle))
  if (!written.ok) return written
  const keys = core.state.keyFiles.read()
  if (!keys.ok) return keys
  const forgotten = core.state.keyFiles.write(keys.value.filter((one) => one.file !== loginKey))
  if (!forgotten.ok) return forgotten
  const distrusted = distrustDemo(core)
  if (!distrusted.ok) return distrusted
  try {
    rmSync(all, { recursive: true, force: true, maxRetries: 3 })
    return ok(undefined)
  } catch (error) {
    return fail({ kind: 'state-unwritable', folder: all, detail: (error as Error).message })
  }
}
