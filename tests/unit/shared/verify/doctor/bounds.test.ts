// Where the doctor's rules begin: the amount at which each fires, and the one beside it at which it does not.
import { describe, expect, it } from 'vitest'
import type { Facts, Space } from '../../../../../shared/domain/facts.ts'
import { absent, known } from '../../../../../shared/domain/reading.ts'
import type { Stack } from '../../../../../shared/domain/stack.ts'
import { examine } from '../../../../../shared/verify/doctor/examine.ts'
import { healthyFacts } from '../../../../support/doctor-cases.ts'

const gib = 1024 ** 3
const tib = 1024 * gib
const healthy = healthyFacts('nvidia')
const evidenceOf = (facts: Facts, rule: string) => examine(facts).findings.find((one) => one.rule === rule)?.evidence
const withStack = (stack: Partial<Stack>): Facts => ({ ...healthy, stack: { ...(healthy.stack as Stack), ...stack } })

describe('the disk', () => {
  const space = (totalBytes: number, freeBytes: number): Space => ({
    path: '/',
    filesystem: '/dev/a',
    totalBytes,
    freeBytes,
  })
  const found = (root: Space) => {
    const facts: Facts = { ...healthy, spaces: known({ rackside: root, root, engine: root }) }
    return examine(facts).findings.flatMap(({ rule }) => (rule.startsWith('disk-') ? [rule] : []))
  }

  it.each([
    ['less than a gibibyte free', 10 * gib, gib - 1, ['disk-full']],
    ['a gibibyte of ten', 10 * gib, gib, []],
    ['a byte less than a tenth', 100 * gib, 10 * gib - 1, ['disk-almost-full']],
    ['a tenth', 100 * gib, 10 * gib, []],
    ['a byte less than a fiftieth', 500 * gib, 10 * gib - 1, ['disk-full']],
    ['a fiftieth', 500 * gib, 10 * gib, ['disk-almost-full']],
    ['a hundredth of a very large one, which is 20 GiB', 2000 * gib, 20 * gib, ['disk-almost-full']],
    ['a byte less than that', 2000 * gib, 20 * gib - 1, ['disk-full']],
    ['a byte less than 200 GiB of a large one', 4 * tib, 200 * gib - 1, ['disk-almost-full']],
    ['200 GiB of a large one', 4 * tib, 200 * gib, []],
    ['nothing of nothing', 0, 0, []],
  ])('with %s', (_what, total, free, rules) => {
    expect(found(space(total, free))).toEqual(rules)
  })

  it('is told once for each filesystem', () => {
    const full = space(10 * gib, 0)
    const facts = {
      ...healthy,
      spaces: known({ rackside: full, root: full, engine: { ...full, filesystem: '/dev/b' } }),
    }
    expect(evidenceOf(facts, 'disk-full')).toEqual(['/ (/dev/a): 0.0 GiB / 10.0 GiB', '/ (/dev/b): 0.0 GiB / 10.0 GiB'])
  })
})

describe('the memory', () => {
  const short = (totalBytes: number, availableBytes: number) =>
    evidenceOf({ ...healthy, memory: known({ totalBytes, availableBytes, swapTotalBytes: 0 }) }, 'memory-short')

  it('is short below a twentieth', () => {
    expect(short(100 * gib, 5 * gib - 1)).toEqual(['5.0 GiB / 100.0 GiB'])
    expect([short(100 * gib, 5 * gib), short(0, 0)]).toEqual([undefined, undefined])
  })

  it('is held where more than half of it is in huge pages', () => {
    const pages = (count: number) =>
      evidenceOf(
        {
          ...withStack({ hugePages: known({ count, pageBytes: gib, transparent: absent }) }),
          memory: known({ totalBytes: 100 * gib, availableBytes: 50 * gib, swapTotalBytes: 0 }),
        },
        'huge-pages-held',
      )
    expect(pages(51)).toEqual(['51 x 1048576 kB; 100.0 GiB'])
    expect(pages(50)).toBeUndefined()
  })
})

describe('the clock', () => {
  const taken = Date.parse(healthy.takenAt) / 1000
  it.each([
    [121, ['+121 s']],
    [120, undefined],
    [-120, undefined],
    [-121, ['-121 s']],
  ])('that is off by %i seconds', (seconds, evidence) => {
    expect(evidenceOf(withStack({ clockSeconds: known(taken + seconds) }), 'clock-off')).toEqual(evidence)
  })

  it('is not judged by facts without a time', () => {
    expect(evidenceOf({ ...withStack({ clockSeconds: known(1) }), takenAt: 'never' }, 'clock-off')).toBeUndefined()
  })
})

it.each([
  ['eno1', 999, ['eno1: 999 Mbit/s']],
  ['eno1', 1000, undefined],
  ['usb0', 100, undefined],
  ['enp0s20u1', 100, undefined],
])('the network card %s of %i Mbit/s', (name, megabits, evidence) => {
  const cards = known([{ name, up: true, megabits: known(megabits) }])
  expect(evidenceOf(withStack({ networkCards: cards }), 'network-slow')).toEqual(evidence)
  expect(
    evidenceOf(withStack({ networkCards: known([{ name, up: false, megabits: known(1) }]) }), 'network-slow'),
  ).toBe(undefined)
})

describe('the firmware of Ascend', () => {
  it.each([
    ['7.5.0.1', '7.5.0.0', '7.5.0.9', false],
    ['7.5.0.0', '7.5.0.0', '7.5.0.9', false],
    ['7.5.0.9', '7.5.0.0', '7.5.0.9', false],
    ['7.5.0.10', '7.5.0.0', '7.5.0.9', true],
    ['7.4.9', '7.5', '7.9', true],
    ['7.9.9.9', '7.5', '7.9', false],
    ['7', '7.0.1', '7.9', true],
    ['10.0', '7.5', '9.9', true],
    ['7.x', '7.5', '7.9', false],
    ['6.0', '7.x', '7.9', true],
    ['7.6', '7.x', '7.5', true],
    ['7.1x', '7.5', '7.9', false],
  ])('%s, which should lie between %s and %s, is outside: %s', (version, lowest, highest, outside) => {
    const told = known({ version, lowest, highest })
    const evidence = [`firmware ${version}; compatible_version_fw=[${lowest},${highest}]`]
    expect(
      examine(withStack({ ascendFirmware: told })).findings.some(
        (one) => one.evidence.length === 1 && one.evidence[0] === evidence[0],
      ),
    ).toBe(outside)
  })
})

it('keeps the newest lines of evidence, each in short', () => {
  const cards = Array.from({ length: 200 }, (_, at) => ({
    name: `eth${at}${'x'.repeat(500)}`,
    up: true,
    megabits: known(10),
  }))
  const evidence = evidenceOf(withStack({ networkCards: known(cards) }), 'network-slow') ?? []
  expect(evidence).toHaveLength(8)
  expect(evidence.at(-1)).toMatch(/^eth199x/)
  expect(Math.max(...evidence.map((line) => line.length))).toBe(400)
})
