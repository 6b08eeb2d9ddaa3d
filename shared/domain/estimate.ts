// How long a step will take and how long a service will not answer for it, before anything was measured: from bytes
// at rates that a usual server and a gigabit link reach, and from what such acts took on the lab's appliances.
import { isBeside, type PlanStep, type StepKindName, soakOf } from './plan.ts'

export type Estimate = { readonly seconds: number; readonly downtimeSeconds: number }

/** Of a gigabit link about two thirds: SSH's cipher and the hash at both ends take the rest. */
const linkBytesPerSecond = 75_000_000
/** An engine unpacks, compares and writes layers. */
const unpackBytesPerSecond = 100_000_000
/** What a package manager unpacks and syncs. */
const installBytesPerSecond = 20_000_000

/** Without the bytes. */
const fixedSeconds: { readonly [K in StepKindName]: number } = {
  ...{ artifact: 1, image: 2, 'model-folder': 1, network: 1, container: 2, ready: 20 },
  ...{ job: 30, probe: 20 },
  ...{ directory: 1, file: 1, account: 1, volume: 1, 'kernel-parameter': 1, 'systemd-unit': 3, recorder: 3 },
  ...{ 'host-package': 10, 'runtime-registration': 3, reboot: 300 },
  ...{ 'absent-container': 5, 'absent-network': 1, 'absent-image': 3, 'absent-made': 10, 'absent-rackside': 5 },
  ...{ 'spare-image': 3, 'spare-model-folder': 1, 'spare-artifact': 1 },
  ...{ secret: 1, 'service-file': 1, certificate: 2, 'absent-secret': 1 },
}
/** The engine gives what it stops this long at most. */
const stopSeconds = 10
/** An engine that starts anew brings its containers back within this. */
const engineRestartSeconds = 20

/** Nothing for a step that is true already. */
export function estimateOf(step: PlanStep): Estimate {
  if (!step.change) return { seconds: 0, downtimeSeconds: 0 }
  const { kind } = step.spec
  const downtimeSeconds = downtimeOf(step)
  const proving = isBeside(step) ? fixedSeconds.ready : 0
  const watching = step.interrupts ? soakOf(step) : 0
  const seconds = Math.round(fixedSeconds[kind] + bytesSeconds(step)) + proving + watching
  // A reboot is its own time.
  return { seconds: kind === 'reboot' ? seconds : seconds + downtimeSeconds, downtimeSeconds }
}

function bytesSeconds({ spec, uploadBytes, diskBytes }: PlanStep): number {
  if (spec.kind === 'image') return diskBytes / unpackBytesPerSecond
  if (spec.kind === 'host-package') return diskBytes / installBytesPerSecond
  return uploadBytes / linkBytesPerSecond
}

/** A replaced service is away from its stop until its successor is ready, which may be beforehand. */
function downtimeOf({ spec, interrupts, stops = [] }: PlanStep): number {
  if (spec.kind === 'reboot') return fixedSeconds.reboot
  if (!interrupts) return 0
  if (spec.kind === 'job') return stopSeconds + fixedSeconds.ready
  if (stops.length > 0) return engineRestartSeconds
  // What is taken away does not come back.
  if (spec.kind === 'absent-container') return 0
  if (spec.kind !== 'container') return engineRestartSeconds
  return stopSeconds + (spec.beside === undefined ? fixedSeconds.ready : 0)
}

/** The steps of a plan come one after the other. */
export function estimateOfAll(steps: readonly PlanStep[]): Estimate {
  const each = steps.map(estimateOf)
  return {
    seconds: each.reduce((sum, one) => sum + one.seconds, 0),
    downtimeSeconds: each.reduce((sum, one) => sum + one.downtimeSeconds, 0),
  }
}
