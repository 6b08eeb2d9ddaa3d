// A service that crashes whenever it starts is down, however often the engine says that it is starting: a model that finds no
// memory does so after half a minute, and a check of the engine never comes to its end.
import { describe, expect, it } from 'vitest'
import { failingStarts } from '../../../../main/core/failing-starts.ts'
import { proveDeployments } from '../../../../main/core/runs/prove.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import { fail } from '../../../../shared/domain/failure.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { proofLabel } from '../../../../shared/domain/remote-layout.ts'
import { seenInVerdict } from '../../../../shared/observe/alerts/seen.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase } from '../../../support/plan-cases.ts'

const { facts } = planCase('installed')
const proof = { serves: 'page', deployment: 'note-helper', hostPort: 8410, readyPath: '/healthz' }
const refusing = {
  http: async () => fail({ kind: 'http-failed', port: 8410, detail: 'refused' }),
} as unknown as Connection

/** One look after the other at a service that refuses every connection: what is said of it, and what alerts see. */
async function looksAt(all: readonly Pick<Container, 'health' | 'restartCount'>[]) {
  const found = knownValue(facts.containers).find(({ name }) => name === 'rackside-note-helper') as Container
  const labels = { ...found.labels, [proofLabel]: JSON.stringify(proof) }
  const { keepsFailing } = failingStarts()
  const seen: string[] = []
  for (const one of all) {
    const now = { ...facts, containers: known([{ ...found, labels, ...one }]), deployments: known([]) }
    const proven = await proveDeployments(refusing, now, { clock: () => 0, keepsFailing })
    if (!proven.ok) throw new Error(proven.failure.kind)
    const [verdict] = proven.value.deployments
    const down = seenInVerdict(proven.value).find(({ name }) => name === 'deployment/note-helper/down')
    seen.push(`${verdict?.state} ${verdict?.reason} ${down?.value ?? 'untold'}`)
  }
  return seen
}

const starting = (restartCount: number) => ({ health: 'starting', restartCount }) as const
const patient = 'degraded starting untold'
const down = 'down port-closed 1'

describe('a service that the engine calls starting', () => {
  it('is starting for as long as that takes', async () => {
    expect(await looksAt(Array.from({ length: 20 }, () => starting(7)))).toEqual(Array(20).fill(patient))
  })

  it('is down, and alerts hear of it, once it was started anew three times without becoming anything else', async () => {
    expect(await looksAt([0, 1, 2, 3, 9].map(starting))).toEqual([patient, patient, patient, down, down])
  })

  it('begins anew where it was well in between, or somebody has started it by hand', async () => {
    const well = { health: 'healthy', restartCount: 2 } as const
    expect((await looksAt([starting(0), starting(2), well, starting(3), starting(5)])).at(-1)).toBe(patient)
    expect((await looksAt([starting(5), starting(8), starting(0), starting(2)])).slice(1)).toEqual([
      down,
      patient,
      patient,
    ])
  })
})
