// From the bytes of one stream to samples: what is known, what is not, and when it counts as lost.
import { describe, expect, it } from 'vitest'
import { sampleUntilLost } from '../../../../main/observe/sampler.ts'
import { fail } from '../../../../shared/domain/failure.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { type Sample, sample as sampleSchema } from '../../../../shared/domain/sample.ts'
import { vendorReaders } from '../../../../shared/facts/accelerators/all.ts'
import { frameText } from '../../../../shared/facts/frames.ts'
import { heldBytes } from '../../../support/held-bytes.ts'
import { pretendClock } from '../../../support/pretend-clock.ts'
import { nvidiaAnswer, pretendSampler } from '../../../support/pretend-sampler.ts'

const nonce = 'n0nce0123456789abc'
const place = { host: '10.78.0.12', port: 22 }

function sampling() {
  const time = pretendClock()
  const appliance = pretendSampler()
  const samples: Sample[] = []
  const stop = new AbortController()
  let sequence = 40
  let over = new AbortController()
  let seconds = 1
  const pace = (next: number) => {
    const before = over
    seconds = next
    over = new AbortController()
    before.abort()
  }
  const start = () =>
    sampleUntilLost(appliance.connection, {
      ...{ nowMs: time.nowMs, clock: time.clock, pause: time.pause, place, signal: stop.signal },
      pace: () => ({ seconds, over: over.signal }),
      nonce: () => nonce,
      nextSequence: () => sequence++,
      onSample: (one) => samples.push(sampleSchema.parse(one)),
    })
  const step = async (answers = '', milliseconds = 1000) => {
    appliance.newest().tick({ answers })
    await time.advance(milliseconds)
  }
  return { time, appliance, samples, stop, start, step, pace }
}

describe('sampling one appliance', () => {
  it('gives a sample a tick, with the console’s time, and processor use from the second one on', async () => {
    const { time, samples, start, step, stop } = sampling()
    const ended = start()
    await time.advance(0)
    await step()
    await step(nvidiaAnswer(nonce, 12, 0))
    expect(samples.map(({ sequence, atMs }) => [sequence, atMs])).toEqual([
      [40, Date.parse('2026-11-22T08:00:00.000Z')],
      [41, Date.parse('2026-11-22T08:00:01.000Z')],
    ])
    expect(samples[0]).toMatchObject({
      host: { cpuPercent: { state: 'unreadable' }, memoryUsedBytes: known(750 * 1024) },
      accelerators: [],
      silent: [],
    })
    expect(samples[1]?.host.cpuPercent).toEqual(known(10))
    expect(samples[1]?.accelerators.map((one) => one.utilizationPercent)).toEqual([known(12), known(0)])
    stop.abort()
    expect(await ended).toEqual(fail({ kind: 'cancelled', at: 'sampling' }))
  })

  it('goes on at another pace over the same link, with the processor use since the sample before', async () => {
    const { time, appliance, samples, start, step, stop, pace } = sampling()
    const ended = start()
    await time.advance(0)
    await step()
    pace(5)
    await time.advance(0)
    expect(appliance.streams.map((one) => [one.seconds, one.closed()])).toEqual([
      [1, true],
      [5, false],
    ])
    appliance.newest().tick({ host: 'cpu  1100 0 0 5900 0 0 0 0 0 0\nMemTotal: 1000 kB\nMemAvailable: 250 kB\n' })
    await time.advance(14_000)
    expect(samples.map(({ sequence, host }) => [sequence, host.cpuPercent])).toEqual([
      [40, { state: 'unreadable', why: expect.any(String) }],
      [41, known(10)],
    ])
    await time.advance(2000)
    expect(await ended).toEqual(fail({ kind: 'deadline-passed', what: 'sampling', seconds: 15 }))
    stop.abort()
  })

  it('samples as the login where sudo is refused', async () => {
    const { time, appliance, samples, start, step, stop } = sampling()
    appliance.refuse((as) =>
      as === 'root' ? { kind: 'sudo-refused', user: 'ops', reason: 'not-allowed', detail: '' } : undefined,
    )
    const ended = start()
    await time.advance(0)
    expect(appliance.newest().as).toBe('login')
    await step()
    expect(samples).toHaveLength(1)
    stop.abort()
    await ended
  })

  it('holds the answer of a slow tool for five seconds, and then says since when it is silent', async () => {
    const { time, appliance, samples, start, step, stop } = sampling()
    void start()
    await time.advance(0)
    const others = vendorReaders.filter(({ vendor }) => vendor !== 'nvidia').map(({ sampleProbe }) => sampleProbe.id)
    await step(nvidiaAnswer(nonce, 55) + others.map((tool) => frameText(nonce, tool, '', 127)).join(''))
    for (let second = 1; second <= 7; second += 1) await step()
    expect(samples.map((one) => one.accelerators.length)).toEqual([1, 1, 1, 1, 1, 1, 0, 0])
    const sinceMs = Date.parse('2026-11-22T08:00:00.000Z')
    const silent = [{ silence: 'no-answer', vendor: 'nvidia', tool: 'nvidia-smi', sinceMs }]
    expect(samples.slice(5).map((one) => one.silent)).toEqual([[], silent, silent])
    expect(samples.at(-1)?.host.cpuPercent).toEqual(known(10))
    // A call that was ended by its deadline is no answer: since when is still true.
    appliance
      .newest()
      .tick({ answers: `\n${nonce} answer nvidia-smi timed-out 137 - 0 0 0 0\n\n${nonce} stderr\n\n${nonce} end\n` })
    await time.advance(1000)
    expect(samples.at(-1)).toMatchObject({ accelerators: [], silent })
    await step(nvidiaAnswer(nonce, 56))
    expect(samples.at(-1)).toMatchObject({ silent: [], accelerators: [{ utilizationPercent: known(56) }] })
    stop.abort()
  })

  it('says since when a tool hangs that hung before the watch began, and its own time once it answered', async () => {
    const { samples, start, step, stop, time } = sampling()
    void start()
    await time.advance(0)
    const hung = (since: string) =>
      `\n${nonce} answer nvidia-smi still-hung - ${since} 0 0 0 0\n\n${nonce} stderr\n\n${nonce} end\n`
    const since = '2026-11-20T23:58:07Z'
    await step(hung(since))
    await step(hung(since))
    const silent = { silence: 'no-answer', vendor: 'nvidia', tool: 'nvidia-smi' }
    expect(samples.at(-1)?.silent).toEqual([{ ...silent, sinceMs: Date.parse(since) }])
    await step(nvidiaAnswer(nonce, 1))
    await step(hung(since))
    expect(samples.at(-1)?.silent).toEqual([{ ...silent, sinceMs: Date.parse('2026-11-22T08:00:02Z') }])
    stop.abort()
  })

  it('says what a tool said instead of devices, and misses a tool only where it once was', async () => {
    const { time, samples, start, step, stop } = sampling()
    void start()
    await time.advance(0)
    const missing = frameText(nonce, 'nvidia-smi', '', 127)
    await step(missing)
    expect(samples.at(-1)).toMatchObject({ accelerators: [], silent: [] })
    await step(frameText(nonce, 'nvidia-smi', 'Failed to initialize NVML: Driver/library version mismatch\n', 18))
    expect(samples.at(-1)?.silent).toMatchObject([
      { silence: 'said', vendor: 'nvidia', why: expect.stringContaining('version mismatch') },
    ])
    await step(nvidiaAnswer(nonce, 1))
    await step(missing)
    expect(samples.at(-1)).toMatchObject({
      accelerators: [],
      silent: [{ silence: 'gone', vendor: 'nvidia', tool: 'nvidia-smi' }],
    })
    stop.abort()
  })

  it('reads nothing from host lines that are garbage, and never a zero', async () => {
    const { time, appliance, samples, start, stop } = sampling()
    void start()
    await time.advance(0)
    for (const host of ['', 'cpu  x y z\nMemTotal: many kB\n', 'cpu  1 2\n\u0000\u001b[2J']) {
      appliance.newest().tick({ host })
      await time.advance(1000)
    }
    expect(samples).toHaveLength(3)
    for (const { host } of samples)
      expect(Object.values(host).map((one) => one?.state)).toEqual(['unreadable', 'unreadable', 'unreadable'])
    stop.abort()
  })

  it('keeps nothing of the long texts that readings were made of', async () => {
    const { time, samples, start, step, stop } = sampling()
    void start()
    await time.advance(0)
    const before = heldBytes()
    const table = 'index, utilization.gpu [%]\n0, [one word of trouble]\n'
    for (let count = 0; count < 60; count += 1)
      await step(frameText(nonce, 'nvidia-smi', `${table}${String(count).repeat(200_000)}`))
    expect(samples).toHaveLength(60)
    expect(samples.at(-1)?.accelerators).toMatchObject([{ utilizationPercent: { why: '[one word of trouble]' } }])
    expect(heldBytes() - before).toBeLessThan(10 * 1024 * 1024)
    stop.abort()
  })

  it('makes one sample of ticks that arrive together after a stall, with all their answers', async () => {
    const { time, appliance, samples, start, stop } = sampling()
    void start()
    await time.advance(0)
    const stream = appliance.newest()
    stream.tick({ answers: nvidiaAnswer(nonce, 77) })
    stream.tick()
    stream.tick()
    await time.advance(300)
    expect(samples).toHaveLength(1)
    expect(samples[0]?.accelerators).toHaveLength(1)
    // A script that prints ticks as fast as it can gains nothing.
    for (let count = 0; count < 100; count += 1) {
      stream.tick()
      await time.advance(10)
    }
    expect(samples.length).toBeLessThanOrEqual(6)
    stop.abort()
  })
})

describe('the end of a sampling', () => {
  it('comes five seconds after the last sample, though the link looks well', async () => {
    const { time, appliance, start, step } = sampling()
    const ended = start()
    await time.advance(0)
    await step('', 4000)
    await step('', 4999)
    expect(appliance.newest().closed()).toBe(false)
    await time.advance(1)
    expect(await ended).toEqual(fail({ kind: 'deadline-passed', what: 'sampling', seconds: 5 }))
    expect(appliance.newest().closed()).toBe(true)
    expect(time.waiting()).toBe(0)
  })

  it('comes as soon against bytes that are no samples, and says so', async () => {
    const { time, appliance, start } = sampling()
    const ended = start()
    await time.advance(0)
    for (let count = 0; count < 5; count += 1) appliance.newest().write('garbage\n'.repeat(10_000))
    expect(appliance.newest().heldBack()).toBe(true)
    for (let second = 0; second < 6; second += 1) {
      await time.advance(1000)
      appliance.newest().write('garbage\n')
    }
    expect(await ended).toMatchObject({ failure: { kind: 'facts-unreadable' } })
    expect(appliance.newest().closed()).toBe(true)
    // What is still on its way does not pile up and hold the channel open.
    for (let count = 0; count < 20; count += 1) appliance.newest().write('garbage\n'.repeat(10_000))
    expect(appliance.newest().heldBack()).toBe(false)
  })

  it('is the link’s where the stream broke off, and the script’s where it ended by itself', async () => {
    const first = sampling()
    const lost = first.start()
    await first.time.advance(0)
    first.appliance.newest().end(undefined)
    expect(await lost).toEqual(fail({ kind: 'link-lost', ...place, during: 'sampling' }))
    const second = sampling()
    const ended = second.start()
    await second.time.advance(0)
    second.appliance.newest().end(73)
    expect(await ended).toEqual(fail({ kind: 'facts-unreadable', detail: 'the sampler ended, exit 73' }))
  })
})
