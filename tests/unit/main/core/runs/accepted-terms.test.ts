// Accepted terms go with the services that are installed under them, and say exactly what was accepted.
import { describe, expect, it } from 'vitest'
import { withAccepted } from '../../../../../main/core/runs/accepted-terms.ts'
import { record } from '../../../../../shared/apply/container-proof.ts'
import { deploymentRecord } from '../../../../../shared/domain/deployment.ts'
import type { Entry } from '../../../../../shared/domain/entry.ts'
import { keptVersion } from '../../../../../shared/domain/kept.ts'
import type { Plan } from '../../../../../shared/domain/plan.ts'
import { bareFacts, planCase, planFor, tools, wardCatalog } from '../../../../support/plan-cases.ts'

const accepting = { by: 'li', at: '2026-11-20T08:00:00.000Z', sha256: tools.sha256 }
const planWith = (id: string, terms = { en: 'No clinical use.', 'zh-CN': '不得用于临床。' }): Plan => {
  const { entries, artifacts } = wardCatalog()
  const licensed = (one: Entry): Entry => (one.id === id ? { ...one, licence: { spdx: 'LicenseRef-X', terms } } : one)
  return planFor(bareFacts(), { entries: entries.map(licensed), artifacts })
}
const containers = (plan: Plan) =>
  withAccepted(plan, accepting).steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec] : []))
const acceptedOf = (plan: Plan) =>
  containers(plan).flatMap(({ spec, origin }) =>
    (origin?.accepted ?? []).map(({ entry }) => `${spec.deployment}: ${entry}`),
  )

describe('accepted terms', () => {
  it.each([
    ['note-helper', ['note-helper: note-helper']],
    ['qwen3-8b', ['ward-model: qwen3-8b']],
    ['llama-cpp', ['ward-model: llama-cpp']],
    ['ward', ['ward-model: ward', 'note-helper: ward']],
  ])('of %s go with what is made of it', (entry, expected) => {
    expect(acceptedOf(planWith(entry))).toEqual(expected)
  })

  it('stand in the record and in the kept version, which goes back with them', () => {
    const [step] = containers(planWith('qwen3-8b'))
    if (step === undefined) throw new Error('no container')
    const words = record(step).words
    const written = deploymentRecord.parse(JSON.parse(String(words.at(-1))))
    const [one] = written.origin?.accepted ?? []
    expect(one).toMatchObject({ entry: 'qwen3-8b', version: '1', spdx: 'LicenseRef-X', by: 'li', at: accepting.at })
    const kept = keptVersion.parse(JSON.parse(JSON.stringify({ keptAt: '2026-11-20T08:00:00Z', step })))
    expect(kept.step.origin?.accepted).toEqual([one])
  })

  it('are other ones where their words are', () => {
    const digest = (plan: Plan) => containers(plan)[0]?.origin?.accepted?.[0]?.terms
    const other = planWith('qwen3-8b', { en: 'No clinical use.', 'zh-CN': '禁止用于临床。' })
    expect(digest(planWith('qwen3-8b'))).toMatch(/^[0-9a-f]{64}$/)
    expect(digest(other)).not.toBe(digest(planWith('qwen3-8b')))
  })

  it('change nothing of what is done, and are none where none are asked for', () => {
    const plan = planWith('qwen3-8b')
    const noted = withAccepted(plan, accepting)
    const digests = ({ steps }: Plan) =>
      steps.map(({ id, change, spec }) => [id, change, spec.kind === 'container' ? spec.specDigest : ''])
    expect(digests(noted)).toEqual(digests(plan))
    const plain = planFor(planCase('installed').facts)
    expect(withAccepted(plain, accepting)).toBe(plain)
  })
})

it('a record from before there were any is read', () => {
  const proof = { serves: 'program', deployment: 'ward', hostPort: 8400 }
  expect(deploymentRecord.safeParse({ deployment: 'ward', entry: 'ward', version: '1', proof }).success).toBe(true)
})
