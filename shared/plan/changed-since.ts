// Whether a bundle still says what it said when a plan was made of it: somebody agreed to that, and to nothing else. What is
// carried out are the saved plan's own steps and bytes by their digests; this says it before anything begins.
import { isSetUp, type Plan } from '../domain/plan.ts'

/** Steps whose bytes or words are others now, before the first of them was carried out; empty of plans without a bundle. */
export function changedSince(plan: Plan, again: Plan): string[] {
  // Keys that are made anew have a new name each time that somebody plans it.
  if (!isSetUp(plan) || plan.purpose.rotatesKeys === true) return []
  const now = new Map(contentsOf(again))
  return contentsOf(plan).flatMap(([id, content]) => {
    const other = now.get(id)
    return other === undefined || other === content ? [] : [`bundle: ${id}`]
  })
}

function contentsOf({ steps }: Plan): (readonly [string, string])[] {
  return steps.flatMap(({ id, spec }) => {
    if (spec.kind === 'container') return [[id, spec.specDigest] as const]
    return spec.kind === 'artifact' ? [[id, spec.artifact.sha256] as const] : []
  })
}
