// Every rule of the doctor fires on its own case and stays quiet on the one beside it; a healthy server has nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../../../shared/domain/facts.ts'
import { doctorRule, examination } from '../../../../../shared/domain/finding.ts'
import { absent, known, type Reading, unreadable } from '../../../../../shared/domain/reading.ts'
import { allProbes, assembleFacts } from '../../../../../shared/facts/assemble.ts'
import { partialFacts, systemCallsOn } from '../../../../../shared/facts/partial.ts'
import { examine, rules } from '../../../../../shared/verify/doctor/examine.ts'
import { doctorCases, healthyFacts, healthyServers } from '../../../../support/doctor-cases.ts'
import { recordedCases } from '../../facts/recorded.ts'

const cases = doctorCases()

function foundIn(facts: Facts): string[] {
  return examine(facts).findings.map(({ rule }) => rule)
}

describe('the rules', () => {
  it('are each there once, and each has its two cases', () => {
    expect(rules.map(({ id }) => id).sort()).toEqual([...doctorRule.options].sort())
    const whole = cases.filter(({ fires, quiet }) => fires.length > 0 && quiet.length > 0)
    expect(whole.map(({ rule }) => rule).sort()).toEqual([...doctorRule.options].sort())
  })

  it.each(cases.flatMap(({ rule, fires }) => fires.map((one) => [rule, one] as const)))(
    '%s fires with its evidence',
    (rule, { facts, here, evidence }) => {
      const finding = examine(facts, here).findings.find((one) => one.rule === rule)
      expect(finding?.evidence).toEqual(evidence)
      expect(finding?.severity).toBe(rules.find(({ id }) => id === rule)?.severity)
    },
  )

  it.each(cases.flatMap(({ rule, quiet }) => quiet.map((facts) => [rule, facts] as const)))(
    '%s does not fire on the case beside it',
    (rule, facts) => {
      expect(foundIn(facts)).not.toContain(rule)
    },
  )

  it('call a service that does not run or is not well an error, and one that only waits for it a warning', () => {
    const severityOf = (wanted: string) => rules.find(({ id }) => id === wanted)?.severity
    expect(['container-stopped', 'container-ill', 'container-waits'].map(severityOf)).toEqual([
      'error',
      'error',
      'warning',
    ])
  })

  it.each(healthyServers)('find nothing on a healthy server with %s', (server) => {
    expect(examine(healthyFacts(server))).toMatchObject({ findings: [], unread: [] })
  })
})

/** Recorded outputs, by reader and case, and what the doctor must find in them: the readers' own words are matched. */
const recorded: readonly (readonly [string, string, readonly string[]])[] = [
  ['nvidia', 'driver-library-mismatch', ['nvml-mismatch']],
  ['nvidia', 'driver-not-loaded', ['nvidia-driver-silent']],
  ['nvidia', 'no-devices-were-found', ['nvidia-no-devices']],
  ['nvidia', 'libraries-missing', ['tool-libraries-missing']],
  ['nvidia', 'lost-card-instead-of-any-row', ['device-lost']],
  ['nvidia', 'lost-card-among-others', ['device-lost']],
  ['nvidia', 'card-that-needs-a-reset-is-critical', ['device-needs-reset']],
  ['nvidia', 'hardware-without-driver-and-tool', ['tool-missing', 'driver-not-bound']],
  ['nvidia', 'tool-still-hangs', ['tool-hung']],
  ['nvidia', 'tool-timed-out', ['tool-timed-out']],
  ['ascend', 'dcmi-8005', ['dcmi-no-access']],
  ['ascend', 'still-hung', ['tool-hung']],
  ['engine', 'daemon-is-dead', ['engine-down']],
  ['engine', 'daemon-hangs', ['engine-hung']],
  ['engine', 'login-may-not-ask', ['engine-permission']],
  ['engine', 'nothing-installed', ['engine-missing']],
  ['stack', 'ubuntu-with-nvidia', ['xid-memory', 'reboot-wanted', 'cdi-not-read']],
  [
    'stack',
    'openeuler-with-ascend',
    ['disk-errors', 'clock-not-synchronised', 'engine-not-at-boot', 'engine-old', 'kernel-headers-missing'],
  ],
]

describe('what was recorded on real machines', () => {
  it.each(recorded)('%s %s', (reader, name, expected) => {
    const one = recordedCases().find((each) => each.reader === reader && each.name === name)
    const answers = one?.answers ?? new Map()
    const takenAt = '2026-11-17T07:24:12.000Z'
    const facts = assembleFacts({ takenAt, privilege: 'root', probes: allProbes, answers })
    expect(foundIn(facts)).toEqual(expect.arrayContaining([...expected]))
  })
})

describe('what nobody asked', () => {
  const takenAt = '2026-11-17T07:24:12.000Z'
  const none = new Map()

  it.each([
    ['a look at a part', []],
    ['a recording that lacks it', allProbes],
  ])('is no finding: %s', (_what, probes) => {
    const facts = assembleFacts({ takenAt, privilege: 'root', probes, answers: none })
    expect(foundIn(facts)).toEqual([])
  })

  it.each(['darwin', 'win32'] as const)('is no finding: this computer with %s', (platform) => {
    expect(foundIn(partialFacts({}, { platform, takenAt }))).toEqual([])
    const refused = Object.fromEntries(
      systemCallsOn(platform).map((call) => [call, unreadable(`${call}: Error: EPERM, Operation not permitted`)]),
    )
    expect(foundIn(partialFacts(refused, { platform, takenAt }))).toEqual([])
  })

  it('adds no finding, whichever fact of any case it is', () => {
    const wholes = cases.flatMap(({ fires, quiet }) => [...fires.map(({ facts }) => facts), ...quiet])
    const added = wholes.flatMap((facts) => {
      const before = foundIn(facts)
      const parts = withoutOne(facts, unreadable('docker-info: no answer came back'))
      return parts.flatMap(foundIn).filter((rule) => !before.includes(rule))
    })
    expect(added).toEqual([])
  }, 60_000)
})

/** A copy for each reading in it, at whatever depth, in which this one says `instead`. */
function withoutOne(facts: Facts, instead: Reading<never>): Facts[] {
  const copies = (value: unknown): unknown[] => {
    if (typeof value !== 'object' || value === null) return []
    const state = (value as { state?: unknown }).state
    const own = state === 'known' || state === 'absent' || state === 'unreadable' ? [instead] : []
    const inner = Object.entries(value).flatMap(([key, one]) =>
      copies(one).map((copy) => (Array.isArray(value) ? value.with(Number(key), copy) : { ...value, [key]: copy })),
    )
    return [...own, ...inner]
  }
  return copies(facts) as Facts[]
}

describe('a card with two dies', () => {
  const facts = healthyFacts('ascend')
  const withAddresses = (addresses: readonly string[]) => ({
    ...facts,
    accelerators: facts.accelerators.map((report) =>
      report.devices.state === 'known'
        ? {
            ...report,
            devices: known(
              report.devices.value.flatMap((device, place) => {
                const address = addresses[place]
                return address === undefined ? [] : [{ ...device, chip: place, pciAddress: known(address) }]
              }),
            ),
          }
        : report,
    ),
  })

  it('that shows one address for both is not missing one of them', () => {
    expect(foundIn(withAddresses(['0000:c1:00.0', '0000:c1:00.0']))).toEqual([])
  })

  it('is missed where fewer are listed than there are', () => {
    expect(foundIn(withAddresses(['0000:c1:00.0']))).toEqual(['fewer-devices-than-bus'])
  })
})

describe('an examination', () => {
  it('has the worst first', () => {
    const swapOn = cases.find(({ rule }) => rule === 'swap-on')?.fires[0]?.facts as Facts
    const facts: Facts = { ...swapOn, engine: absent, systemd: absent, privilege: 'login' }
    const order = examine(facts).findings.map(({ severity }) => severity)
    expect(order).toEqual(['error', 'warning', 'hint', 'hint'])
  })

  it('names what could not be looked at, and says nothing of it', () => {
    const facts = healthyFacts('nvidia')
    const stack = { ...facts.stack, kernelLog: unreadable('not permitted') } as Facts['stack']
    expect(examine({ ...facts, stack })).toMatchObject({
      findings: [],
      unread: [{ fact: 'kernelLog', why: 'not permitted' }],
    })
  })

  it('takes facts of which the stack was not asked', () => {
    const { stack: _, ...facts } = healthyFacts('ascend')
    expect(examine(facts)).toMatchObject({ findings: [], unread: [] })
  })

  it('never throws and always fits its schema, whatever is unread or garbage in the facts', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.constantFrom('-8005', 'NVRM: Xid (', 'dcmi'),
    )
    const all = cases.flatMap(({ fires, quiet }) => [...fires.map(({ facts }) => facts), ...quiet])
    fc.assert(
      fc.property(fc.nat(all.length - 1), noise, fc.nat(), fc.boolean(), (place, text, seed, gone) => {
        const broken = broke(all[place] as Facts, { text, seed, gone })
        const examined = examine(broken)
        expect(examination.safeParse(examined).error).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  it('of the longest log that a reader gives is soon done', () => {
    const facts = healthyFacts('nvidia')
    for (const piece of ['amdgpu ', 'NVRM: Xid (PCI:', 'davinci err', 'dcmi initialize ', 'AER: ', 'XFS ']) {
      const text = piece.repeat(400).slice(0, 400)
      const lines = Array.from({ length: 200 }, () => ({ at: '', text }))
      const stack = { ...facts.stack, kernelLog: { state: 'known', value: lines } } as Facts['stack']
      const before = process.cpuUsage().user
      examine({ ...facts, stack })
      expect((process.cpuUsage().user - before) / 1000).toBeLessThan(1000)
    }
  })
})

type Broken = { readonly text: string; readonly seed: number; readonly gone: boolean }

/** Every third reading (by `seed`) becomes absent or unreadable, every text of evidence becomes noise. */
function broke(facts: Facts, { text, seed, gone }: Broken): Facts {
  let count = seed
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    const reading = value as Reading<unknown>
    if (['known', 'absent', 'unreadable'].includes(reading.state)) {
      count += 1
      if (count % 3 === 0) return gone ? absent : unreadable(text)
      return reading.state === 'known' ? { ...reading, value: walk(reading.value) } : reading
    }
    const entries = Object.entries(value).map(([key, one]) => [key, key === 'text' ? text : walk(one)])
    return Object.fromEntries(entries)
  }
  return walk(facts) as Facts
}
