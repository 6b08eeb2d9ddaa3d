// What follows from what was planned, seen, said, done and measured. Each part is judged by itself; a proof needs all of
// them: what could not be read leaves it unproven, and only what contradicts the plan refutes it.
import type {
  ActivityReading,
  DeviceFinding,
  DeviceFindingName,
  DeviceProof,
  DeviceProofReason,
  EngineWord,
  ExpectedDevices,
  InsideDevices,
  MeasuredSpeed,
} from '../../domain/device-proof.ts'
import { type Reading, valueOr } from '../../domain/reading.ts'

export type DeviceEvidence = Pick<DeviceProof, 'expected' | 'inside' | 'log' | 'activity' | 'speed'> & {
  /** Why the model wrote nothing; missing where it did. */
  readonly noAnswer?: string
}
type OnAccelerators = Extract<ExpectedDevices, { on: 'accelerators' }>

/** Error correction and drivers take some of it: accelerators.md, "compare within 10 %". */
const memoryShare = 0.9
/** Shorter than this, or with fewer readings, idle says nothing: a tool shows the mean of a second. */
const enough = { seconds: 3, readings: 3 }

/** What contradicts the plan; what weighs most first. */
const refutes = [
  ...(['none-given', 'computes-on-processor', 'computes-on-accelerator', 'fewer-devices'] as const),
  ...(['other-product', 'less-memory', 'partly-on-processor', 'device-idle', 'slower-than-expected'] as const),
] as const satisfies readonly DeviceProofReason[]
const leavesOpen = [
  ...(['no-answer', 'expected-unreadable', 'inside-unreadable', 'only-nodes'] as const),
  ...(['activity-unreadable', 'too-short', 'log-unreadable', 'engine-silent'] as const),
] as const satisfies readonly DeviceProofReason[]

export function judgeDevices(evidence: DeviceEvidence): Pick<DeviceProof, 'findings' | 'state' | 'reason'> {
  const { expected, noAnswer } = evidence
  const findings = [
    ...(noAnswer === undefined ? [] : [{ finding: 'no-answer' as const, why: noAnswer.slice(0, 300) }]),
    ...(expected.on === 'unreadable' ? [{ finding: 'expected-unreadable' as const, why: expected.why }] : []),
    ...(expected.on === 'processor' ? ofProcessor(evidence) : []),
    ...(expected.on === 'accelerators' ? ofAccelerators(expected, evidence) : []),
    ...ofSpeed(evidence.speed),
  ]
  const has = (name: DeviceFindingName) => findings.some(({ finding }) => finding === name)
  const against = refutes.find(has)
  if (against !== undefined) return { findings, state: 'refuted', reason: against }
  const open = leavesOpen.find(has)
  // What was given nothing computes on the processor, whether its log can be read or not.
  const counts = expected.on === 'processor' && open === 'log-unreadable' ? undefined : open
  if (counts !== undefined) return { findings, state: 'unproven', reason: counts }
  const reason = expected.on === 'processor' ? 'processor-as-planned' : 'computes-on-devices'
  return { findings, state: 'proven', reason }
}

function ofProcessor({ log }: DeviceEvidence): DeviceFinding[] {
  if (log.state === 'unreadable') return [{ finding: 'log-unreadable', why: log.why }]
  if (log.state === 'absent') return []
  const { computesOn } = log.value
  const isElsewhere = computesOn === 'accelerators' || computesOn === 'both'
  return isElsewhere ? [{ finding: 'computes-on-accelerator', said: wordOf(log.value) }] : []
}

function wordOf({ lines, layers }: EngineWord): string {
  const said = layers === undefined ? undefined : lines.find((line) => line.includes(`${layers.all} layers`))
  return said ?? lines.find((line) => /cpu|no usable|GPU|device/i.test(line)) ?? lines[0] ?? ''
}

function ofAccelerators(expected: OnAccelerators, evidence: DeviceEvidence): DeviceFinding[] {
  const { inside, log, activity, noAnswer } = evidence
  const fromLog = ofLog(log, valueOr(activity, undefined))
  // Nothing inside and nothing that moves follows from it.
  if (expected.from !== 'given') return [{ finding: 'none-given' }, ...fromLog.filter(saysProcessor)]
  return [...ofInside(expected, inside), ...fromLog, ...(noAnswer === undefined ? ofActivity(activity) : [])]
}

function saysProcessor({ finding }: DeviceFinding): boolean {
  return finding === 'computes-on-processor'
}

function ofInside(expected: OnAccelerators, inside: Reading<InsideDevices>): DeviceFinding[] {
  if (inside.state === 'unreadable') return [{ finding: 'inside-unreadable', why: inside.why }]
  if (inside.state === 'absent') return [{ finding: 'fewer-devices', seen: 0, expected: expected.count }]
  const { by, count, products, memoryBytes } = inside.value
  const numbers = { seen: count, expected: expected.count }
  if (count < expected.count) return [{ finding: 'fewer-devices', ...numbers }]
  const wanted = valueOr(expected.product, undefined)
  const other = wanted === undefined ? undefined : products.find((one) => !isSame(one, wanted))
  const [seenBytes, expectedBytes] = [valueOr(memoryBytes, undefined), valueOr(expected.memoryBytes, undefined)]
  const isLess = seenBytes !== undefined && expectedBytes !== undefined && seenBytes < memoryShare * expectedBytes
  const unreadMemory = by === 'tool' && memoryBytes.state === 'unreadable' ? memoryBytes.why : undefined
  return [
    ...(count > expected.count ? [{ finding: 'more-devices' as const, ...numbers }] : []),
    ...(by === 'nodes' ? [{ finding: 'only-nodes' as const }] : []),
    ...(other === undefined || wanted === undefined
      ? []
      : [{ finding: 'other-product' as const, seen: other, expected: wanted }]),
    ...(isLess ? [{ finding: 'less-memory' as const, seenBytes, expectedBytes }] : []),
    ...(unreadMemory === undefined ? [] : [{ finding: 'inside-unreadable' as const, why: unreadMemory }]),
  ]
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}

function ofLog(log: Reading<EngineWord>, activity: ActivityReading | undefined): DeviceFinding[] {
  const isHeld = activity?.devices.some(({ heldBytes }) => heldBytes.state === 'known') === true
  if (log.state === 'unreadable') return isHeld ? [] : [{ finding: 'log-unreadable', why: log.why }]
  if (log.state === 'absent') return silentUnless(isHeld)
  const { computesOn, layers } = log.value
  if (computesOn === 'processor') return [{ finding: 'computes-on-processor', said: wordOf(log.value) }]
  if (layers !== undefined && layers.onAccelerators < layers.all) return [{ finding: 'partly-on-processor', ...layers }]
  return computesOn === 'accelerators' ? [] : silentUnless(isHeld)
}

/** Memory that its own processes hold on a device says it too. */
function silentUnless(isHeld: boolean): DeviceFinding[] {
  return isHeld ? [] : [{ finding: 'engine-silent' }]
}

function ofActivity(activity: Reading<ActivityReading>): DeviceFinding[] {
  if (activity.state !== 'known') {
    const why = activity.state === 'unreadable' ? activity.why : 'the host has no accelerator that was measured'
    return [{ finding: 'activity-unreadable', why }]
  }
  const { devices, seconds, readings } = activity.value
  const idle = devices.filter(({ moved }) => moved === false)
  if (devices.some(({ moved }) => moved === true)) {
    const names = idle.map(({ index, chip }) => (chip === 0 ? `${index}` : `${index}.${chip}`))
    return names.length === 0 ? [] : [{ finding: 'some-idle', devices: names.slice(0, 128) }]
  }
  if (idle.length < devices.length) {
    return [{ finding: 'activity-unreadable', why: 'the devices were busy before, or not all of them were read' }]
  }
  const isEnough = seconds >= enough.seconds && readings >= enough.readings
  return [{ finding: isEnough ? 'device-idle' : 'too-short' }]
}

function ofSpeed({ tokensPerSecond, band }: MeasuredSpeed): DeviceFinding[] {
  if (band === undefined || tokensPerSecond.state !== 'known') return []
  const { value } = tokensPerSecond
  if (value < band.least) return [{ finding: 'slower-than-expected', tokensPerSecond: value, least: band.least }]
  return value > band.most ? [{ finding: 'faster-than-expected', tokensPerSecond: value, most: band.most }] : []
}
