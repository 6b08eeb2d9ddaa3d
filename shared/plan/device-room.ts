// What the very devices have free on which a model was placed. The sum over all of a server says nothing of them: where
// another solution holds the first one and seven are empty, the sum is large, and the model would start on the first.
import type { Accelerator } from '../domain/accelerator.ts'
import type { Facts } from '../domain/facts.ts'
import type { FailureOf } from '../domain/failure.ts'
import { type MemoryFit, type PlanStep, replacesService } from '../domain/plan.ts'
import { deviceId } from './choose/place-model.ts'
import type { ServiceBuild } from './container-spec.ts'
import { devicesThere } from './devices-there.ts'

type Seen = Pick<Facts, 'accelerators'>
type TooSmall = FailureOf<'memory-too-small'>

/** `free`: of those whose memory could be read, by id. */
type Room = {
  readonly eachBytes: number
  readonly devices: readonly string[]
  readonly free: ReadonlyMap<string, number>
}

function roomOf(build: ServiceBuild, facts: Seen): Room | undefined {
  const vendor = build.variant.match.accelerator?.vendor
  const fit = build.role === 'model' ? build.fit : undefined
  if (vendor === undefined || fit === undefined) return undefined
  const { weightsBytes, kvNeededBytes, runtimeBytes, activationBytes } = fit.perDevice
  const own = devicesThere(vendor, facts).filter((one) => fit.devices.includes(deviceId(one)))
  return {
    eachBytes: Math.ceil(weightsBytes + kvNeededBytes + runtimeBytes + activationBytes),
    devices: fit.devices,
    free: new Map(own.flatMap(freeOn)),
  }
}

function freeOn(device: Accelerator): (readonly [string, number])[] {
  const { memoryTotalBytes: total, memoryUsedBytes: used } = device
  return total.state === 'known' && used.state === 'known' ? [[deviceId(device), total.value - used.value]] : []
}

/** The same, with what is free on its own devices: the one with the least decides for all. */
export function onOwnDevices(fit: MemoryFit, builds: readonly ServiceBuild[], facts: Seen): MemoryFit {
  const build = builds.find(({ service }) => service.name === fit.service)
  const room = build && roomOf(build, facts)
  if (room === undefined || room.free.size === 0) return fit
  return { ...fit, availableBytes: Math.min(fit.availableBytes, Math.min(...room.free.values()) * room.devices.length) }
}

/** What it takes the place of holds about the memory that it needs: also what a power cut brought back aside of it. */
export function inherits({ change, reason, interrupts }: PlanStep): boolean {
  return change && (replacesService(reason) || interrupts)
}

/**
 * Of models that are started anew, one after the other. Of a device on which a service of the same plan is replaced nobody
 * knows what will be free.
 */
export function deviceBlockers(builds: readonly ServiceBuild[], steps: readonly PlanStep[], facts: Seen): TooSmall[] {
  const stepOf = ({ service }: ServiceBuild) => steps.find(({ id }) => id === `container.${service.name}`)
  const isReplaced = (build: ServiceBuild) => {
    const step = stepOf(build)
    return step !== undefined && inherits(step)
  }
  const changing = new Set(builds.filter(isReplaced).flatMap((one) => roomOf(one, facts)?.devices ?? []))
  const spent = new Map<string, number>()
  return builds.flatMap((build): TooSmall[] => {
    const room = roomOf(build, facts)
    if (room === undefined || stepOf(build)?.change !== true || isReplaced(build)) return []
    const { eachBytes, devices } = room
    const left = devices.flatMap((id) => {
      const free = changing.has(id) ? undefined : room.free.get(id)
      return free === undefined ? [] : [Math.max(0, free - (spent.get(id) ?? 0))]
    })
    for (const id of devices) spent.set(id, (spent.get(id) ?? 0) + eachBytes)
    const least = Math.min(...left)
    if (eachBytes <= least) return []
    const { length } = devices
    return [
      {
        ...{ kind: 'memory-too-small', entry: build.service.name },
        ...{ needBytes: eachBytes * length, availableBytes: least * length },
      },
    ]
  })
}
