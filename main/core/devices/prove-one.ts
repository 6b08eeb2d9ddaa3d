// The proof of one model: what was planned and seen, what its devices do before, while and after it writes, and what follows.

import type { Vendor } from '../../../shared/domain/accelerator.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { ModelProof } from '../../../shared/domain/deployment.ts'
import type { ActivityReading, DeviceProof, InsideDevices } from '../../../shared/domain/device-proof.ts'
import type { Container, Facts } from '../../../shared/domain/facts.ts'
import type { Kept } from '../../../shared/domain/kept.ts'
import { absent, known, type Reading, unreadable, valueOr } from '../../../shared/domain/reading.ts'
import { entryLabel, specLabel, versionLabel } from '../../../shared/domain/remote-layout.ts'
import type { Sample } from '../../../shared/domain/sample.ts'
import { countSeen } from '../../../shared/domain/stack.ts'
import type { DeviceLook } from '../../../shared/facts/device-looks.ts'
import { activityOf, type Phase } from '../../../shared/verify/device/activity.ts'
import { readEngineWord } from '../../../shared/verify/device/engine-word.ts'
import { type Expected, expectedOf } from '../../../shared/verify/device/expected.ts'
import { judgeDevices } from '../../../shared/verify/device/judge.ts'
import { type Exercised, exercise } from '../../verify/device/exercise.ts'
import type { Core } from '../context.ts'
import type { DeviceSamples } from './device-samples.ts'
import { evidenceThere } from './evidence-there.ts'
import { speedBand } from './speed-band.ts'

/** What was found of the appliance before anything was asked of a model. */
export type Looked = {
  readonly address: Address
  readonly facts: Facts
  readonly looks: Reading<readonly DeviceLook[]>
  readonly versions: Reading<Kept['versions']>
}

type One = {
  readonly connection: Connection
  readonly container: Container
  readonly proof: ModelProof
  readonly samples: DeviceSamples | undefined
  readonly looked: Looked
}
type Watching = { readonly writing: () => void; readonly signal?: AbortSignal }

/** As slow as a tool may be, and its start. */
const before = { samples: 2, milliseconds: 12_000 }
const after = { samples: 2, milliseconds: 6000 }

export async function proveOne(core: Core, one: One, watching: Watching): Promise<DeviceProof> {
  const { container, proof, looked } = one
  const { labels } = container
  const said = (label: string) => (labels[label] ?? 'unknown').slice(0, 64)
  const named = {
    ...{ deployment: proof.deployment.slice(0, 100), model: proof.modelName.slice(0, 200) },
    ...{ entry: said(entryLabel), version: said(versionLabel) },
  }
  const expected = expectedOf(looked.facts, container, plannedFor(looked, labels[specLabel]))
  const look = lookOf(looked, container)
  const { exercised, activity } = await watched(core, one, { expected, look, watching })
  const evidence = evidenceThere(
    { expected: expected.expected, version: named.version },
    { container, versions: valueOr(looked.versions, []), facts: looked.facts },
  )
  const band = speedBand(core, looked.address, { ...named, evidence })
  const { problem } = exercised
  const seen = {
    expected: expected.expected,
    inside: insideOf(looked.facts, container, look, expected),
    log: wordOf(look),
    activity,
    speed: { tokensPerSecond: exercised.tokensPerSecond, ...(band !== undefined && { band }) },
    ...(problem !== undefined && { noAnswer: problem }),
  }
  const { noAnswer: _, ...shown } = seen
  return { format: 1, at: core.tools.now(), ...named, ...shown, ...judgeDevices(seen) }
}

/** What the container was made by says it, where that is kept. */
function plannedFor({ versions }: Looked, spec: string | undefined): Reading<Vendor> {
  if (versions.state !== 'known') return unreadable(versions.state === 'unreadable' ? versions.why : 'no plan is kept')
  const made = versions.value.find(({ step }) => step.specDigest === spec)?.step.spec
  if (made === undefined) return unreadable('the plan that it was made by is not kept')
  return made.accelerators === undefined ? absent : known(made.accelerators)
}

function lookOf({ looks }: Looked, { name }: Container): Reading<DeviceLook> {
  if (looks.state !== 'known') return looks
  const found = looks.value.find((one) => one.name === name)
  return found === undefined ? unreadable('it was not among the containers that were looked into') : known(found)
}

function wordOf(look: Reading<DeviceLook>): DeviceProof['log'] {
  if (look.state !== 'known') return look
  const { startLines } = look.value
  return startLines.state === 'known' ? readEngineWord(startLines.value) : startLines
}

/** Where no tool is in it, its nodes, or the ids that the engine's own look found, say how many. */
function insideOf(
  facts: Facts,
  container: Container,
  look: Reading<DeviceLook>,
  { expected }: Expected,
): Reading<InsideDevices> {
  if (expected.on === 'processor') return absent
  const byTool = look.state === 'known' ? look.value.inside : look
  if (byTool.state === 'known') return byTool
  const given = facts.stack?.containerDevices
  const found = given?.state === 'known' ? given.value.find(({ name }) => name === container.name) : undefined
  if (found === undefined) return expected.on === 'unreadable' ? unreadable(expected.why) : absent
  if (byTool.state === 'unreadable') return byTool
  if (found.sees.state !== 'known') return found.sees
  const memoryBytes = unreadable('there is no tool in it that could say')
  return known({ by: 'nodes', count: countSeen(found.sees.value), products: [], memoryBytes })
}

type Watched = { readonly expected: Expected; readonly look: Reading<DeviceLook>; readonly watching: Watching }
type Seen = { readonly exercised: Exercised; readonly activity: Reading<ActivityReading> }

async function watched({ tools }: Core, one: One, { expected, look, watching }: Watched): Promise<Seen> {
  const { connection, proof, samples } = one
  const { writing, signal } = watching
  const write = () => {
    writing()
    return exercise(connection, proof, { clock: tools.clock, ...(signal !== undefined && { signal }) })
  }
  if (samples === undefined || expected.devices.length === 0) return { exercised: await write(), activity: absent }
  const earlier = await samples.next(before.samples, before.milliseconds)
  const { value: exercised, samples: meanwhile } = await samples.during(write)
  const later = await samples.next(after.samples, after.milliseconds)
  const of = (phase: Phase, all: readonly Sample[]) => all.map((sample) => ({ phase, sample }))
  const activity = activityOf(expected.devices, {
    samples: [...of('before', earlier), ...of('during', meanwhile), ...of('after', later)],
    seconds: exercised.seconds,
    outputTokens: exercised.outputTokens,
    pids: look.state === 'known' ? look.value.pids : unreadable('its processes are not known'),
    isAlone: isAlone(one),
  })
  return { exercised, activity }
}

/** No other running container was given an accelerator, whosever it is: of which card two meet is not looked at closer. */
function isAlone({ container, looked: { facts } }: One): boolean {
  const given = facts.stack?.containerDevices
  return given?.state === 'known' && given.value.every(({ name }) => name === container.name)
}
