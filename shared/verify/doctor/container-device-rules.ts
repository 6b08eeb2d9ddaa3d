// What containers were given against what is found inside them. A container that cannot be looked into is no finding.
import type { Facts } from '../../domain/facts.ts'
import type { Examination } from '../../domain/finding.ts'
import type { DeviceContainer, DeviceRequest, Stack } from '../../domain/stack.ts'
import { devicesOf, knownOf, stackOf } from './look.ts'
import type { Rule } from './rule.ts'

export const containerDeviceRules: readonly Rule[] = [
  { id: 'container-lost-devices', severity: 'error', match: lost },
  { id: 'container-fewer-devices', severity: 'warning', match: fewer },
]

/** One line for all: that nothing was found in these says nothing. */
export function unreadContainers({ containerDevices }: Stack): Examination['unread'] {
  const whys = (knownOf(containerDevices) ?? []).flatMap((one) => {
    const { name, sees } = one
    return sees.state === 'unreadable' && !hasLostDriver(one) ? [`${name}: ${sees.why}`] : []
  })
  return whys.length === 0 ? [] : [{ fact: 'containerDevices', why: whys.join('; ').slice(0, 300) }]
}

function hasLostDriver({ sees }: DeviceContainer): boolean {
  return sees.state === 'unreadable' && /Failed to initialize NVML/.test(sees.why)
}

/** Where the host's own tool fails, that is found instead. */
function lost(facts: Facts): readonly string[] {
  const lines = containersOf(facts).flatMap((one) => {
    if (hasLostDriver(one)) {
      const why = one.sees.state === 'unreadable' ? one.sees.why : ''
      return hostCount(facts, 'nvidia') > 0 ? [`${one.name}: ${why}`] : []
    }
    const { missing, seen } = compared(one, facts)
    return seen === 0 ? missing : []
  })
  const driver = stackOf(facts, 'runtimes')?.cgroupDriver
  return lines.length === 0 || driver === undefined ? lines : [...lines, `cgroup driver ${driver}`]
}

function fewer(facts: Facts): readonly string[] {
  return containersOf(facts).flatMap((one) => {
    const { missing, seen } = compared(one, facts)
    return seen > 0 ? missing : []
  })
}

function containersOf(facts: Facts): readonly DeviceContainer[] {
  return stackOf(facts, 'containerDevices') ?? []
}

type Compared = { readonly missing: readonly string[]; readonly seen: number }

function compared({ name, given, sees }: DeviceContainer, facts: Facts): Compared {
  const seen = knownOf(sees)
  if (seen === undefined) return { missing: [], seen: 0 }
  const lines = given.flatMap((request) => missedOf(request, seen).map((what) => `${name}: ${what}: -`))
  const gpus = seen.filter((one) => one.startsWith('GPU-')).length
  const wanted = wantedGpus(given, facts)
  const short = gpus < wanted ? [`${name}: ${gpus} / ${wanted} nvidia GPU`] : []
  return { missing: [...lines, ...short], seen: seen.length }
}

/** Which node a name of another vendor stands for is not known: it is not missed. */
function missedOf(request: DeviceRequest, seen: readonly string[]): readonly string[] {
  if (request.by === 'node') return seen.includes(request.node) ? [] : [request.node]
  if (request.vendor !== 'nvidia') return request.by === 'all' && seen.length === 0 ? [`${request.vendor} all`] : []
  const isId = request.by === 'name' && /^(?:GPU|MIG)-/.test(request.name)
  return isId && !seen.some((one) => one.startsWith(request.name)) ? [request.name] : []
}

/** By number, "0" or the part "0:1". Those that are called by their ids are missed one by one. */
function wantedGpus(given: DeviceContainer['given'], facts: Facts): number {
  const numbers = new Set<string>()
  let wanted = 0
  for (const request of given) {
    if (request.by === 'node' || request.vendor !== 'nvidia') continue
    if (request.by === 'all') wanted = Math.max(wanted, hostCount(facts, 'nvidia'))
    if (request.by === 'count') wanted = Math.max(wanted, request.count)
    const number = request.by === 'name' ? /^(\d{1,3})(?::\d{1,3})?$/.exec(request.name)?.[1] : undefined
    if (number !== undefined) numbers.add(number)
  }
  return Math.max(wanted, numbers.size)
}

function hostCount(facts: Facts, vendor: string): number {
  return devicesOf(facts, vendor).length
}
