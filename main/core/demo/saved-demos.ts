// The demo appliances as they lie in the state folder: one file a machine, read here without the demo itself.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { address } from '../../../shared/domain/appliance.ts'
import { demoPreset } from '../../../shared/domain/demo.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { MachineState } from '../../demo/machine-state.ts'
import { writeFileDurably } from '../../store/folder.ts'
import type { State } from '../../store/state.ts'

/** What is read without the demo itself. */
const savedDemo = z.object({ name: z.string(), preset: demoPreset, port: z.int() })
export type SavedDemo = z.infer<typeof savedDemo>

export const loopback = '127.0.0.1'

/** A demo that cannot be saved goes on: the next start of the console finds it as it was. */
export function saveMachine(file: string, machine: MachineState): void {
  try {
    writeFileDurably(file, JSON.stringify(machine))
  } catch {
    // The state folder is full or gone: whatever a person does next says so.
  }
}

export function namesIn(machines: string): string[] {
  try {
    const ending = '.json'
    const files = readdirSync(machines).filter((file) => file.endsWith(ending))
    return files.map((file) => file.slice(0, -ending.length)).sort()
  } catch {
    // No folder: no demo appliance was ever made.
    return []
  }
}

/** All of them, also those whose file cannot be read. */
export function savedIn(state: State, machines: string): SavedDemo[] {
  return namesIn(machines).map((name) => readSaved(join(machines, `${name}.json`)) ?? unreadable(state, name))
}

/** Its file says nothing any more: where it was, the list of appliances may know. */
function unreadable(state: State, name: string): SavedDemo {
  const appliances = state.appliances.read()
  const place = appliances.ok ? appliances.value.find((one) => one.name === name)?.address : undefined
  return { name, preset: 'ascend-8', port: place?.host === loopback ? place.port : 0 }
}

function readSaved(file: string): SavedDemo | undefined {
  try {
    return savedDemo.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Another process took its port meanwhile: what is saved and pinned for it moves with it. */
export function moveTo(state: State, { name, from, to }: { name: string; from: number; to: number }): Result<void> {
  if (from === to || from === 0) return ok(undefined)
  const appliances = state.appliances.read()
  if (!appliances.ok) return appliances
  const pins = state.pins.read()
  if (!pins.ok) return pins
  const isIts = (one: { host: string; port: number }) => one.host === loopback && one.port === from
  const movedAppliances = appliances.value.map((one) =>
    one.name === name && isIts(one.address) ? { ...one, address: address.parse({ ...one.address, port: to }) } : one,
  )
  const written = state.appliances.write(movedAppliances)
  if (!written.ok) return written
  return state.pins.write(pins.value.map((one) => (isIts(one) ? { ...one, port: to } : one)))
}
