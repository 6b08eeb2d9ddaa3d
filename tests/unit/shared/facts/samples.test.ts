// What a tick says about the host and the accelerators: the same as the facts say of the same answers, a
// difference of counters, and nothing at all where it cannot be read.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { AcceleratorReport } from '../../../../shared/domain/accelerator.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { acceleratorKey, acceleratorSample, sample } from '../../../../shared/domain/sample.ts'
import { acceleratorsNow, hearTools } from '../../../../shared/facts/accelerator-samples.ts'
import { vendorReaders } from '../../../../shared/facts/accelerators/all.ts'
import { readHost } from '../../../../shared/facts/host-sample.ts'
import { readTick } from '../../../../shared/facts/ticks.ts'
import { compact, readers, recordedCases, sampleParts } from './recorded.ts'

const meminfo = 'MemTotal:       16000000 kB\nMemFree:  100 kB\nMemAvailable:    4000000 kB\n'
const percentOf = (before: string, now: string) => readHost(now, readHost(before, undefined).counters).host.cpuPercent

describe('the host', () => {
  it('has its memory in bytes, and uses what is not available', () => {
    const { host } = readHost(`cpu  1 2 3 4 5 6 7 8 9 10\n${meminfo}`, undefined)
    expect(host.memoryTotalBytes).toEqual(known(16_000_000 * 1024))
    expect(host.memoryUsedBytes).toEqual(known(12_000_000 * 1024))
  })

  it.each([
    // user nice system idle iowait irq softirq steal guest guest_nice
    ['idle and waiting for disks', 'cpu  0 0 0 0 0 0 0 0 0 0', 'cpu  0 0 0 50 50 0 0 0 0 0', 0],
    ['busy in every way there is', 'cpu  0 0 0 0 0 0 0 0 0 0', 'cpu  10 10 10 40 0 10 10 10 0 0', 60],
    ['guests, which are part of user time', 'cpu  0 0 0 0 0 0 0 0 0 0', 'cpu  50 0 0 50 0 0 0 0 50 0', 50],
    ['an iowait that went down', 'cpu  0 0 0 0 90 0 0 0 0 0', 'cpu  25 0 0 75 80 0 0 0 0 0', 25],
    ['an old kernel with four fields', 'cpu 0 0 0 0', 'cpu 1 1 1 1', 75],
  ])('is measured between two ticks: %s', (_what, before, now, percent) => {
    expect(percentOf(before, now)).toEqual(known(percent))
  })

  it.each([
    ['the first tick', '', 'cpu  1 2 3 4'],
    ['counters that stand still', 'cpu  1 2 3 4', 'cpu  1 2 3 4'],
    ['counters that all went down', 'cpu  9 9 9 9', 'cpu  1 2 3 4'],
    ['a word among the counters', 'cpu  1 2 3 4', 'cpu  2 x 4 5'],
    ['too few counters', 'cpu  1 2 3 4', 'cpu  2 3 4'],
    ['the line of one processor', 'cpu  1 2 3 4', 'cpu0 2 3 4 5'],
    ['nothing', 'cpu  1 2 3 4', ''],
  ])('has no processor use by %s', (_what, before, now) => {
    expect(percentOf(before, now).state).toBe('unreadable')
  })

  it('has no used memory where only the total is known, or less is there than available', () => {
    const partial = readHost('MemTotal: 16 kB\n', undefined).host
    expect([partial.memoryTotalBytes, partial.memoryUsedBytes.state]).toEqual([known(16 * 1024), 'unreadable'])
    const wrong = readHost('MemTotal: 16 kB\nMemAvailable: 17 kB\n', undefined).host
    expect(wrong.memoryUsedBytes.state).toBe('unreadable')
  })
})

/** Of a device as the facts know it. Damaged memory is asked for by the facts alone. */
const inSample = z.object(acceleratorSample.omit({ health: true }).shape)

/** Without the devices that only another answer of the tool names: a sample lacks them, and says so. */
function sampled(report: AcceleratorReport, { accelerators, silent }: ReturnType<typeof sampleParts>) {
  const { devices } = report
  if (devices.state !== 'known' || silent.length === 0) return report
  const shown = new Set(accelerators.map(acceleratorKey))
  return { ...report, devices: known(devices.value.filter((device) => shown.has(acceleratorKey(device)))) }
}

describe.each(vendorReaders.map((reader) => [reader.vendor, reader] as const))('%s', (vendor, reader) => {
  const cases = recordedCases().filter((one) => one.reader === vendor && one.answers.has(reader.sampleProbe.id))

  it.each(cases.map((one) => [one.name, one] as const))('shows the devices that the facts show: %s', (_name, one) => {
    const report = sampled(readers[vendor]?.(one.answers) as AcceleratorReport, sampleParts(reader, one.answers))
    const { accelerators, silent } = sampleParts(reader, one.answers)
    const devices = report.devices.state === 'known' ? report.devices.value : []
    // A cheaper call may not ask for everything that the facts know: that is absent, and nothing else may differ.
    const asked = devices.map((device, at) => {
      const shown = Object.entries(accelerators[at] ?? {}).filter(([, one]) => compact(one) === '(absent)')
      return inSample.parse({ ...device, ...Object.fromEntries(shown) })
    })
    expect(accelerators.map((one) => inSample.parse(one))).toEqual(asked)
    expect(new Set(accelerators.map(acceleratorKey)).size).toBe(devices.length)
    const state = one.answers.get(reader.sampleProbe.id)?.state
    // Whatever keeps devices from the sample is said; only a tool that was never there is nothing to say.
    if (devices.length === 0) expect(silent.length).toBe(state === 'missing' ? 0 : 1)
  })
})

describe('anything an appliance may print', () => {
  const nonce = 'n0nce0123456789abc'
  const piece = fc.constantFrom(
    ...['cpu  1 2 3 4\n', 'cpu  9e9 -1 x\n', 'MemTotal: 1 kB\n', 'MemAvailable: 99999999999999999 kB\n'],
    ...[`\n${nonce} answer nvidia-smi answered 0 - 5 5 0 0\n`, `\n${nonce} answer npu-smi still-hung - - 0 0 0 0\n`],
    ...[
      `\n${nonce} stderr\n`,
      `\n${nonce} end\n`,
      'index, utilization.gpu [%]\n0, 250\n1, 7\n',
      '| 0 910B4 | OK | 9 |\n',
    ],
  )
  const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 12 })

  it('becomes a sample that fits the schema, and nothing is thrown', () => {
    fc.assert(
      fc.property(text, text, (before, now) => {
        const first = readHost(before.join(''), undefined)
        const tick = readTick(now.join(''), nonce)
        const heard = hearTools(new Map(), { answers: tick.answers, atMs: 0 })
        const { host } = readHost(tick.hostText, first.counters)
        for (const atMs of [0, 6000]) {
          const made = { sequence: 0, atMs, host, ...acceleratorsNow(heard, { atMs }, host) }
          expect(sample.safeParse(made).error).toBeUndefined()
        }
      }),
      { numRuns: 500 },
    )
  })
})
