// When an artifact's bytes are there, and of what that is read.
import { describe, expect, it } from 'vitest'
import { asksOf } from '../../../../shared/apply/all-kinds.ts'
import { artifactStep } from '../../../../shared/apply/artifact.ts'
import type { Artifact } from '../../../../shared/domain/artifact.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { planStepOf } from '../../../../shared/plan/plan-step.ts'
import { bareFacts, wardCatalog } from '../../../support/plan-cases.ts'

const image = wardCatalog().artifacts.find((one) => one.kind === 'image')
if (image === undefined) throw new Error('the bundle lost its image')
const { image: _identity, ...file } = { ...image, kind: 'file' as const }
const specOf = (artifact: Artifact) => ({ kind: 'artifact', artifact }) as const

describe('an artifact', () => {
  it('of a file is nothing to the engine, of an image it is', () => {
    expect([asksOf(specOf(file)), asksOf(specOf(image))]).toEqual([['artifacts'], ['artifacts', 'engine']])
  })

  it('is there where a file of its digest and its length is', () => {
    const spec = specOf(file)
    const { sha256, bytes } = spec.artifact
    const there = (...files: { sha256: string; bytes: number }[]) =>
      artifactStep.isTrue(spec, bareFacts({ artifacts: known(files) })).holds
    expect(there({ sha256, bytes })).toBe(true)
    expect(there({ sha256, bytes: bytes - 1 }, { sha256: 'f'.repeat(64), bytes })).toBe(false)
    expect(there()).toBe(false)
  })

  it('is hashed once where nobody did yet, which sends nothing', () => {
    const spec = specOf(file)
    const { sha256, bytes } = spec.artifact
    const facts = bareFacts({ artifacts: known([{ sha256, bytes, unchecked: true }]) })
    const step = planStepOf('artifact.x', spec, facts)
    expect(step).toMatchObject({ change: true, reason: 'artifact-unchecked', uploadBytes: 0, diskBytes: 0 })
  })
})
