// Whether a bundle, and a channel that a recorder tells, still say what they said when a plan was made of them, and whether
// what is to be taken away is still all there is: somebody agreed to that, and to nothing else. What is carried out are the
// saved plan's own steps and bytes by their digests; this says it before anything begins.
import { isSetUp, type Plan } from '../domain/plan.ts'

/** Steps whose bytes or words are others now, before the first of them was carried out; empty of plans without a bundle. */
export function changedSince(plan: Plan, again: Plan): string[] {
  // Keys that are made anew have a new name each time that somebody plans it.
  if (!isSetUp(plan) || plan.purpose.rotatesKeys === true) return []
  const now = new Map(contentsOf(again))
  return contentsOf(plan).flatMap(([what, content]) => {
    const other = now.get(what)
    return other === undefined || other === content ? [] : [what]
  })
}

function contentsOf({ steps }: Plan): (readonly [string, string])[] {
  return steps.flatMap(({ id, spec }): (readonly [string, string])[] => {
    if (spec.kind === 'container') return [[`bundle: ${id}`, spec.specDigest]]
    if (spec.kind === 'artifact') return [[`bundle: ${id}`, spec.artifact.sha256]]
    const alert = spec.kind === 'recorder' ? spec.alert : undefined
    return alert === undefined ? [] : [[`channel: ${alert.channel}`, alert.mark]]
  })
}

/**
 * What was installed since an uninstall was planned: its last step takes Rackside's folders away, and with them the weights,
 * keys and notes of services that nobody meant, and that would go on running without them.
 */
export function installedSince(plan: Plan, again: Plan): string[] {
  if (plan.purpose.act !== 'uninstall') return []
  const meant = containersIn(plan)
  return containersIn(again).flatMap((name) => (meant.includes(name) ? [] : [`container ${name}: absent -> there`]))
}

function containersIn({ steps }: Plan): string[] {
  return steps.flatMap(({ spec }) => (spec.kind === 'absent-container' ? [spec.name] : []))
}
