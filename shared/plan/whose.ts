// What of somebody else a plan would take over. A container says by its label whose it is; its name, its data, its secrets
// and its network may outlive it, and say it by a note. What is only used, or is there as wanted, stays whose it was.
//
// What nobody is known to have installed (before that was noted, or by the developer switch) is not refused: a hospital
// whose appliance is older than these labels could never update it. The plan says it, and whoever approves it has read it.
import { deployedContainer } from '../apply/container.ts'
import type { Facts } from '../domain/facts.ts'
import { evidence, type Failure } from '../domain/failure.ts'
import { jsonIn } from '../domain/json-text.ts'
import {
  isSamePublisher,
  type KnownPublisher,
  type Owner,
  type PublisherMark,
  publisherMark,
} from '../domain/origin.ts'
import type { PlanTakeover } from '../domain/ownership.ts'
import type { PlanStep } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { publisherLabel } from '../domain/remote-layout.ts'

/** Undefined where nobody vouched, or it is older than that. */
export function publisherOf({ labels }: { readonly labels: Readonly<Record<string, string>> }) {
  const mark = publisherMark.safeParse(jsonIn(labels[publisherLabel] ?? '')).data
  return mark && plainly(mark)
}

/** Of those that are known, whose services are there. */
export function publishersIn<P extends KnownPublisher>(facts: Facts, publishers: readonly P[]): P[] {
  const marks = valueOr(facts.containers, []).flatMap((container) => publisherOf(container) ?? [])
  return publishers.filter((one) => marks.some((mark) => isSamePublisher(mark, one)))
}

/** Its name is whatever somebody wrote there: one line, and never nothing. */
function plainly(mark: PublisherMark): PublisherMark {
  return { ...mark, name: evidence(mark.name).replaceAll(/\s+/g, ' ') || mark.id }
}

/** `by`: who vouches for the bundle; undefined: nobody. Those of one publisher together, those of nobody last. */
export function takeoversIn(steps: readonly PlanStep[], facts: Facts, by: KnownPublisher | undefined): PlanTakeover[] {
  const found = new Map<string, PlanTakeover>()
  const add = (name: string, from: PublisherMark | undefined) => {
    const key = from === undefined ? '~' : `${from.id} ${from.fingerprint}`
    const what = [...new Set([...(found.get(key)?.what ?? []), evidence(name, 150)])]
    found.set(key, { ...(from !== undefined && { from }), what })
  }
  const isOther = (from: PublisherMark) => by === undefined || !isSamePublisher(from, by)
  for (const { name, mark } of steps.flatMap((step) => claimsOf(step, facts, by))) {
    if (mark !== undefined && isOther(mark)) add(name, mark)
    if (mark === undefined && by !== undefined) add(name, undefined)
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, takeover]) => takeover)
}

type Claim = { readonly name: string; readonly mark: PublisherMark | undefined }

/** Of what a step would put something else in the place of, or join. */
function claimsOf({ change, spec }: PlanStep, facts: Facts, by: KnownPublisher | undefined): Claim[] {
  if (!change) return []
  if (spec.kind === 'absent-container') return ofContainer(spec.deployment, facts)
  if (spec.kind !== 'container') return []
  const { deployment, network } = spec.spec
  const data = notesIn(facts).filter((one) => one.deployment === deployment)
  return [
    ...ofContainer(deployment, facts),
    ...data.flatMap(({ publisher }) =>
      publisher === undefined ? [] : [{ name: deployment, mark: plainly(publisher) }],
    ),
    ...ofNetwork({ deployment, network }, facts, by),
  ]
}

/** A network is somebody's as long as a service of theirs is in it; who is in it already has been agreed to. */
function ofNetwork(
  { deployment, network }: Pick<Owner, 'deployment' | 'network'>,
  facts: Facts,
  by: KnownPublisher | undefined,
): Claim[] {
  const inIt = notesIn(facts).flatMap((one) => {
    const container = one.network === network ? deployedContainer(one.deployment, facts) : undefined
    const mark = container && publisherOf(container)
    return mark === undefined ? [] : [{ deployment: one.deployment, mark }]
  })
  if (by !== undefined && inIt.some(({ mark }) => isSamePublisher(mark, by))) return []
  return inIt.filter((one) => one.deployment !== deployment).map(({ mark }) => ({ name: network, mark }))
}

function ofContainer(deployment: string, facts: Facts): Claim[] {
  const container = deployedContainer(deployment, facts)
  return container === undefined ? [] : [{ name: deployment, mark: publisherOf(container) }]
}

/** Where nobody can read them, labels alone say it. */
function notesIn({ owners }: Facts): readonly Owner[] {
  return owners?.state === 'known' ? owners.value : []
}

/** `agreed`: ids of publishers whose deployments somebody gives away, by name. */
export function takeoverBlockers(
  takeovers: readonly PlanTakeover[],
  { by, agreed }: { readonly by: KnownPublisher | undefined; readonly agreed: readonly string[] },
): Failure[] {
  return takeovers.flatMap(({ from, what }): Failure[] => {
    if (from === undefined || agreed.includes(from.id)) return []
    const { id: owner, name: ownerName, fingerprint } = from
    return [
      { kind: 'deployment-of-other', owner, ownerName, fingerprint, publisher: by?.name ?? '', deployments: [...what] },
    ]
  })
}
