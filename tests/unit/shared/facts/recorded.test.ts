// Every reader on recorded answers: real layouts, lost devices, dead daemons, garbage.
import { describe, expect, it } from 'vitest'
import { allProbes, assembleFacts } from '../../../../shared/facts/assemble.ts'
import { compact, readers, recordedCases } from './recorded.ts'

describe.each(Object.keys(readers))('%s reads what was recorded', (reader) => {
  const cases = recordedCases().filter((one) => one.reader === reader)

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const read = readers[reader]?.(one.answers)
    expect(compact(read)).toEqual(one.expected)
  })
})

describe('assembleFacts', () => {
  it('counts nothing of Podman behind the docker command as ours', () => {
    const one = recordedCases().find((each) => each.name === 'podman-behind-the-docker-command')
    const answers = one?.answers ?? new Map()
    const facts = assembleFacts({ takenAt: '2026-11-22T08:00:00.000Z', privilege: 'root', probes: allProbes, answers })
    expect(compact(facts)).toMatchObject({
      engine: '(absent)',
      podman: '5.8.6',
      images: '(absent)',
      containers: '(absent)',
    })
  })
})
