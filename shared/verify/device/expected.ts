// Where a deployment was planned to be computed: what its container was given, or, where it was given nothing, what its plan
// and the words of its command want. And which of the host's devices those are.
import type { Accelerator, AcceleratorReport, Vendor } from '../../domain/accelerator.ts'
import type { ExpectedDevices } from '../../domain/device-proof.ts'
import type { Container, Facts } from '../../domain/facts.ts'
import { absent, known, type Reading, unreadable, valueOr } from '../../domain/reading.ts'
import type { DeviceRequest } from '../../domain/stack.ts'

export type Expected = { readonly expected: ExpectedDevices; readonly devices: readonly Accelerator[] }

/**
 * `planned`: the vendor in the plan that the container was made by; absent: that plan wanted none. Where it cannot be read,
 * what was given and what the command wants still count, and nothing says that the processor was meant.
 */
export function expectedOf(facts: Facts, container: Container, plan: Reading<Vendor>): Expected {
  const planned = valueOr(plan, undefined)
  const looked = facts.stack?.containerDevices
  if (looked?.state !== 'known') {
    const why = looked?.state === 'unreadable' ? looked.why : 'containers were not looked into'
    return { expected: { on: 'unreadable', why }, devices: [] }
  }
  const given = looked.value.find(({ name }) => name === container.name)?.given ?? []
  if (given.length > 0) return ofGiven(facts, given, planned)
  if (planned !== undefined) return { expected: noneGiven('plan', reportOf(facts, planned), planned), devices: [] }
  if (!asksForDevices(container.settings?.command ?? [])) {
    const expected: ExpectedDevices =
      plan.state === 'unreadable' ? { on: 'unreadable', why: plan.why } : { on: 'processor' }
    return { expected, devices: [] }
  }
  const there = facts.accelerators.filter(({ devices }) => valueOr(devices, []).length > 0)
  const only = there.length === 1 ? there[0] : undefined
  return { expected: noneGiven('command', only, only?.vendor), devices: [] }
}

/** Whether its container was given any, or its command asks for some; false where neither is known. */
export function wantsAccelerators({ stack }: Facts, { name, settings }: Container): boolean {
  const looked = stack?.containerDevices
  const isGiven = looked?.state === 'known' && looked.value.some((one) => one.name === name)
  return isGiven || asksForDevices(settings?.command ?? [])
}

function reportOf({ accelerators }: Facts, vendor: Vendor): AcceleratorReport | undefined {
  return accelerators.find((one) => one.vendor === vendor)
}

function noneGiven(
  from: 'plan' | 'command',
  report: AcceleratorReport | undefined,
  vendor: Vendor | undefined,
): ExpectedDevices {
  const named = { ...(vendor !== undefined && { vendor }), ...(report !== undefined && { kind: report.kind }) }
  const devices = report === undefined ? [] : valueOr(report.devices, [])
  return { on: 'accelerators', from, ...named, product: productOf(devices), count: 1, memoryBytes: memoryOf(devices) }
}

/** llama.cpp's layers on devices; PyTorch's word for what is no processor. */
function asksForDevices(command: readonly string[]): boolean {
  return command.some((word, at) => {
    const [name = '', joined] = word.split('=', 2)
    const value = joined ?? command[at + 1] ?? ''
    if (['--n-gpu-layers', '--gpu-layers', '-ngl'].includes(name)) return /^(?:-1|[1-9]\d{0,5}|all|auto)$/.test(value)
    return name === '--device' && /^(?:cuda|npu|rocm|musa|xpu)\b/.test(value)
  })
}

function ofGiven(facts: Facts, given: readonly DeviceRequest[], planned: Vendor | undefined): Expected {
  // Nodes of some makers are shared with others.
  const vendor = vendorOf(facts, given) ?? planned
  const report = vendor === undefined ? undefined : reportOf(facts, vendor)
  if (report === undefined) {
    const why = `whose devices these are is not known: ${given.map(wordOf).join(', ')}`.slice(0, 300)
    return { expected: { on: 'unreadable', why }, devices: [] }
  }
  const all = valueOr(report.devices, [])
  const chosen = all.filter((one) => given.some((request) => isFor(request, one)))
  const count = countOf(given, report)
  // Which they are is only sure where as many are found as were given.
  const devices = chosen.length === count ? chosen : all
  const [product, memoryBytes] = [productOf(devices), memoryOf(devices)]
  const { kind } = report
  return {
    expected: { on: 'accelerators', from: 'given', vendor: report.vendor, kind, product, count, memoryBytes },
    devices,
  }
}

function wordOf(request: DeviceRequest): string {
  if (request.by === 'node') return request.node
  return request.by === 'name' ? request.name : request.vendor
}

function vendorOf({ accelerators }: Facts, given: readonly DeviceRequest[]): Vendor | undefined {
  const said = given.flatMap((request) => ('vendor' in request && request.vendor !== undefined ? [request.vendor] : []))
  const byNode = accelerators.filter(({ nodes = [] }) =>
    given.some((request) => request.by === 'node' && nodes.includes(request.node)),
  )
  const vendors = new Set([...said, ...byNode.map(({ vendor }) => vendor)])
  return vendors.size === 1 ? [...vendors][0] : undefined
}

function isFor(request: DeviceRequest, { detail, uuid, index }: Accelerator): boolean {
  if (request.by === 'node') return detail?.node?.state === 'known' && detail.node.value === request.node
  if (request.by === 'name') {
    return request.name === String(index) || (uuid.state === 'known' && uuid.value.startsWith(request.name))
  }
  return request.by === 'all'
}

/** At least one: something was given. */
function countOf(given: readonly DeviceRequest[], { devices, nodes = [] }: AcceleratorReport): number {
  const there = valueOr(devices, []).length
  if (given.some(({ by }) => by === 'all')) return Math.max(1, there)
  const counted = given.flatMap((request) => (request.by === 'count' ? [request.count] : []))
  const names = given.filter(({ by }) => by === 'name').length
  const isOwn = (node: string) =>
    nodes.includes(node) || (nodes.length === 0 && /\/(?:renderD|accel)\d{1,4}$/.test(node))
  const own = given.filter((request) => request.by === 'node' && isOwn(request.node)).length
  return Math.max(1, ...counted, names, own)
}

/** Absent where they are not all the same, or none is known. */
function productOf(devices: readonly Accelerator[]): Reading<string> {
  const broken = devices.find(({ product }) => product.state === 'unreadable')?.product
  if (broken?.state === 'unreadable') return broken
  const names = new Set(devices.flatMap(({ product }) => (product.state === 'known' ? [product.value] : [])))
  const [only] = names
  return names.size === 1 && only !== undefined ? known(only.slice(0, 200)) : absent
}

function memoryOf(devices: readonly Accelerator[]): Reading<number> {
  const sizes = devices.flatMap(({ memoryTotalBytes }) =>
    memoryTotalBytes.state === 'known' ? [memoryTotalBytes.value] : [],
  )
  if (devices.length === 0) return absent
  return sizes.length === devices.length
    ? known(Math.min(...sizes))
    : unreadable('the tool does not say it of every device')
}
