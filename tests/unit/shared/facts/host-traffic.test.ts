// What two ticks say of the host besides its processors and its memory: rates of counters that only grow, and gaps wherever
// they do not. Older scripts print none of it, and hostile ones print anything.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absent, known, type Reading } from '../../../../shared/domain/reading.ts'
import { type HostSample, hostSample } from '../../../../shared/domain/sample.ts'
import { readHost } from '../../../../shared/facts/host-sample.ts'

const head = 'cpu  1 2 3 4\nMemTotal: 16 kB\nMemAvailable: 4 kB\n'
const disk = (name: string, read: number, written: number, busyMs: number) =>
  `disk ${name} 9 9 ${read} 9 9        9 ${written} 9 0 ${busyMs} 9`
const tick = (up: number | string, ...lines: readonly string[]) => `${head}up ${up}\nload 0.52\n${lines.join('\n')}\n`

function between(before: string, now: string): HostSample {
  return readHost(now, readHost(before, undefined).counters).host
}
const rates = [
  ...(['networkReceivedBytesPerSecond', 'networkSentBytesPerSecond'] as const),
  ...(['diskReadBytesPerSecond', 'diskWrittenBytesPerSecond', 'diskBusyPercent'] as const),
]
const statesOf = (host: HostSample) => rates.map((name) => host[name]?.state)

describe('the network and the disks', () => {
  it('are what all cards and all whole disks did each second, and how busy the busiest disk was', () => {
    const before = tick(10_000, 'net eno1 1000 50', 'net eno2 0 0', disk('sda', 100, 0, 10), disk('sdb', 0, 0, 0))
    const now = tick(10_200, 'net eno1 3000 90', 'net eno2 500 6', disk('sda', 104, 8, 20), disk('sdb', 2, 0, 1500))
    expect(between(before, now)).toMatchObject({
      networkReceivedBytesPerSecond: known(1250),
      networkSentBytesPerSecond: known(23),
      diskReadBytesPerSecond: known(1536),
      diskWrittenBytesPerSecond: known(2048),
      diskBusyPercent: known(75),
    })
  })

  it('have none in the first tick, and no devices is not zero', () => {
    expect(statesOf(readHost(tick(1, 'net a 1 1', disk('sda', 1, 1, 1)), undefined).host)).toEqual(
      rates.map(() => 'unreadable'),
    )
    expect(rates.map((name) => between(tick(1), tick(200))[name])).toEqual(rates.map(() => absent))
  })

  const start = [
    tick(10_000, 'net eno1 5000 50', disk('sda', 100, 9, 10)),
    'net eno1 9000 90',
    disk('sda', 900, 90, 90),
  ]
  const [before = '', net = '', sda = ''] = start
  it.each([
    ['the machine was started anew', tick(300, net, sda)],
    ['no time has passed', tick(10_000, net, sda)],
    ['the clock of the machine is a word', tick('x', net, sda)],
    ['a counter went backwards', tick(10_100, 'net eno1 4999 90', disk('sda', 99, 90, 90))],
    ['a card and a disk were replaced', tick(10_100, 'net eno7 9000 90', disk('sdz', 900, 90, 90))],
    ['a card and a disk were added', tick(10_100, net, 'net eno2 1 1', sda, disk('sdb', 1, 1, 1))],
    ['lines broke off', tick(10_100, 'net eno1 90', 'disk sda 1 2 3')],
    ['numbers are none', tick(10_100, 'net eno1 -1 1e9', disk('sda', Number.NaN, 1, 1))],
    ['a name is none', tick(10_100, 'net $(id) 9000 90', disk('s/da', 900, 90, 90))],
    ['nothing can be so fast', tick(10_100, 'net eno1 9000000000000 900000000000050', disk('sda', 9e12, 9e12, 20))],
  ])('have a gap and no spike where %s', (_what, now) => {
    const states = statesOf(between(before, now)).slice(0, 4)
    expect(states.filter((state) => state === 'known')).toEqual([])
  })

  it('go on in the tick after a gap', () => {
    const replaced = readHost(tick(10_100, 'net eno7 9000 90'), readHost(before, undefined).counters)
    const after = readHost(tick(10_200, 'net eno7 9100 91'), replaced.counters).host
    expect(after.networkReceivedBytesPerSecond).toEqual(known(100))
  })

  it('are counted in 64 bits', () => {
    const host = between(tick(0, 'net a 18446744073709000000 0'), tick(100, 'net a 18446744073709100000 0'))
    const rate = host.networkReceivedBytesPerSecond
    expect(rate?.state === 'known' && Math.abs(rate.value - 100_000) < 5000).toBe(true)
  })

  it('are a gap where a list of them does not end', () => {
    const many = tick(100, ...Array.from({ length: 600 }, (_, at) => `net eth${at} 1 1`))
    expect(between(many, many.replace('up 100', 'up 200')).networkSentBytesPerSecond?.state).toBe('unreadable')
  })
})

describe('swap, load and heat', () => {
  const one = (...lines: readonly string[]) => readHost(tick(1, ...lines), undefined).host
  it.each<readonly [string, readonly string[], Reading<number> | 'unreadable', Reading<number> | 'unreadable']>([
    ['of one place', ['swap 1000 10'], known(10 * 1024), known(1000 * 1024)],
    ['of two places', ['swap 1000 10', 'swap 24 4'], known(14 * 1024), known(1024 * 1024)],
    ['of none', [], absent, absent],
    ['of more used than there is', ['swap 1000 1001'], 'unreadable', 'unreadable'],
    ['of a word', ['swap many 1'], 'unreadable', 'unreadable'],
    ['of a line that broke off', ['swap 1000'], 'unreadable', 'unreadable'],
  ])('is swap %s', (_what, lines, used, total) => {
    const host = one(...lines)
    const shown = [host.swapUsedBytes, host.swapTotalBytes].map((reading, at) =>
      [used, total][at] === 'unreadable' ? reading?.state : reading,
    )
    expect(shown).toEqual([used, total])
  })

  it.each<readonly [string, readonly string[], Reading<number> | 'unreadable']>([
    ['the warmest of two processors', ['heat 54000', 'heat 61125'], known(61.1)],
    ['the one that says something', ['heat 0', 'heat -5000', 'heat 41000'], known(41)],
    ['nobody', [], absent],
    ['one that says nothing', ['heat 0'], 'unreadable'],
    ['one that is hotter than silicon', ['heat 255000'], 'unreadable'],
    ['a word', ['heat hot'], 'unreadable'],
  ])('is heat of %s', (_what, lines, heat) => {
    const { temperatureCelsius } = one(...lines)
    expect(heat === 'unreadable' ? temperatureCelsius?.state : temperatureCelsius).toEqual(heat)
  })

  it('is a load of a number with a point, and nothing else', () => {
    expect(one().loadAverage).toEqual(known(0.52))
    for (const word of ['', '1', '-1.00', '0x1.1', '1e3', '12345678.00']) {
      const { host } = readHost(`${head}up 1\nload ${word}\n`, undefined)
      expect([word, host.loadAverage?.state]).toEqual([word, 'unreadable'])
    }
  })
})

describe('what prints less, or anything', () => {
  it('has no such figures where an older script or recorder measured, which is not the same as unreadable', () => {
    expect(Object.keys(between(head, head))).toEqual(['cpuPercent', 'memoryUsedBytes', 'memoryTotalBytes'])
  })

  const line = fc.oneof(
    fc.constantFrom('up 100', 'up 200', 'load 1.00', 'swap 10 1', 'net a 1 2', 'net a 9 9', 'heat 50000'),
    fc.constantFrom(disk('sda', 1, 1, 1), disk('sda', 5, 5, 900), 'disk sda', 'net', 'swap', 'heat', 'up'),
    fc.string({ unit: 'binary', maxLength: 30 }),
  )
  it('becomes a sample that fits the schema, and nothing is thrown', () => {
    const lines = fc.array(line, { maxLength: 12 })
    fc.assert(
      fc.property(lines, lines, (first, second) => {
        expect(hostSample.safeParse(between(first.join('\n'), second.join('\n'))).error).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })
})
