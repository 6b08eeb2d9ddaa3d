// What the services of a plan get beyond the limits of every container, and what of it somebody has to agree to: what the
// installed version does not have already.
import { containerName } from '../apply/container-run.ts'
import type { Rejection } from '../domain/choice.ts'
import type { DeclaredPrivilege } from '../domain/entry/privileges.ts'
import type { ContainerVariant } from '../domain/entry/variant.ts'
import type { Container, Facts } from '../domain/facts.ts'
import type { Failure } from '../domain/failure.ts'
import { isWithin } from '../domain/folder-path.ts'
import { type UsedModelService, usedModelService } from '../domain/installed-model.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { ContainerSpec, PlanStep, StepSpecOf } from '../domain/plan.ts'
import {
  coversPrivilege,
  keptPrivileges,
  type PlanPrivileges,
  type Privilege,
  privilegeName,
} from '../domain/privilege.ts'
import { valueOr } from '../domain/reading.ts'
import { entryLabel, privilegesLabel, usesLabel } from '../domain/remote-layout.ts'

/** Missing where it declares nothing: what was installed before there were privileges keeps its digest. */
export function privilegesOf({ privileges }: Pick<ContainerVariant, 'privileges'>): Pick<ContainerSpec, 'privileges'> {
  return privileges === undefined ? {} : { privileges: privileges.map(grantOf) }
}

/** Without the reason, which may be said in other words tomorrow. */
function grantOf({ why: _, ...grant }: DeclaredPrivilege): Privilege {
  return grant
}

type Planned = Omit<PlanPrivileges['wants'][number], 'isNew'>

type Declaring = {
  readonly service: { readonly name: string; readonly hostPort: number }
  readonly runs: { readonly id: string; readonly containerPort: number }
  readonly variant: ContainerVariant
  /** Of a way in: what it publishes. */
  readonly sites?: readonly { readonly name: string }[]
  /** The model of another solution that an app asks. */
  readonly uses?: { readonly network?: string | undefined } | undefined
}

/** Of services that get something, or are to lose something with this plan. */
export function privilegesIn(builds: readonly Declaring[], steps: readonly PlanStep[], facts: Facts): PlanPrivileges[] {
  return builds.flatMap(({ service, runs, variant, uses }): PlanPrivileges[] => {
    const changes = steps.some(({ id, change }) => change && id === `container.${service.name}`)
    const { kept, said } = keptOf(service.name, runs.id, facts)
    const declared = (variant.privileges ?? []).map((one) => ({ privilege: grantOf(one), why: one.why }))
    const wants = [...declared, ...joining(uses)].map(({ privilege, why }) => {
      return { privilege, why, isNew: changes && !coversPrivilege(kept, privilegeName(privilege)) }
    })
    const names = wants.map(({ privilege }) => privilegeName(privilege))
    const noMore = changes ? said.filter((name) => !names.includes(name)) : []
    return wants.length === 0 && noMore.length === 0 ? [] : [{ service: service.name, entry: runs.id, wants, noMore }]
  })
}

/** The engine has no way into a network that leads to one of its containers only. */
function joining({ network }: NonNullable<Declaring['uses']> = {}): Planned[] {
  if (network === undefined) return []
  const why = { en: 'The model that it asks is there.', 'zh-CN': '它使用的模型位于其中。' }
  return [{ privilege: { kind: 'join-network', network }, why }]
}

/** Said where nobody gives a reason: a kept version has none. */
const hadBefore = { en: 'This version had it when it was in service.', 'zh-CN': '该版本运行时已有此权限。' }

/** Of a version that comes back: what it gets that the one in service has not. */
export function privilegesBack({ spec }: StepSpecOf<'container'>, facts: Facts): PlanPrivileges[] {
  const { deployment: service, entry, privileges = [], uses } = spec
  const { kept } = keptOf(service, entry, facts)
  const had = privileges.map((privilege) => ({ privilege, why: hadBefore }))
  const wants = [...had, ...joining(uses)].map(({ privilege, why }) => {
    return { privilege, why, isNew: !coversPrivilege(kept, privilegeName(privilege)) }
  })
  return wants.length === 0 ? [] : [{ service, entry, wants, noMore: [] }]
}

/** `kept`: what it has and somebody agreed to; `said`: what it seems to have, for telling what it loses. */
type Had = { readonly kept: readonly string[]; readonly said: readonly string[] }

/**
 * By its container and the record of it, or where the container is gone by the record alone: a label may come from an
 * image, the record was written by the run that somebody approved. What another entry had says nothing.
 */
function keptOf(service: string, entry: string, { containers, deployments }: Facts): Had {
  const found = valueOr(containers, []).find(({ name }) => name === containerName(service))
  const record = valueOr(deployments, []).find((one) => one.deployment === service && one.entry === entry)
  const recorded = [...(record?.privileges ?? []), ...joinName(record?.uses)]
  if (found === undefined) return { kept: recorded, said: recorded }
  if (found.labels[entryLabel] !== entry) return { kept: [], said: [] }
  const uses = usedModelService.safeParse(jsonIn(found.labels[usesLabel] ?? '')).data
  const said = [...(saidPrivileges(found) ?? []), ...joinName(uses)]
  return { kept: said.filter((name) => recorded.includes(name)), said }
}

function joinName(uses: UsedModelService | undefined): string[] {
  return joining(uses).map(({ privilege }) => privilegeName(privilege))
}

/** As its label says it; undefined where that is no list. */
export function saidPrivileges({ labels }: Pick<Container, 'labels'>): readonly string[] | undefined {
  return keptPrivileges.safeParse(jsonIn(labels[privilegesLabel] || '[]')).data
}

/** What cannot be given on this appliance, or to this service. */
export function privilegeBlockers(builds: readonly Declaring[], facts: Facts): Failure[] {
  const published = builds.flatMap(({ sites = [] }) => sites.map(({ name }) => name))
  return builds.flatMap((build): Failure[] => {
    const isPublished = published.includes(build.service.name)
    const rejections = (build.variant.privileges ?? []).flatMap((one): Rejection[] => {
      const rejection = rejectionOf(one, build, facts)
      const isPast = one.kind === 'host-network' && isPublished
      return [
        ...(rejection === undefined ? [] : [rejection]),
        ...(isPast ? [{ reason: 'published-past-way-in' } as const] : []),
      ]
    })
    if (rejections.length === 0) return []
    const { id: entry } = build.runs
    return [{ kind: 'no-variant-fits', entry, rejected: [{ entry, variant: build.variant.id, rejections }] }]
  })
}

function rejectionOf(one: DeclaredPrivilege, { service, runs }: Declaring, { engine }: Facts): Rejection | undefined {
  if (one.kind === 'host-network' && service.hostPort !== runs.containerPort) {
    return { reason: 'host-port-differs', needs: runs.containerPort, has: service.hostPort }
  }
  if (one.kind !== 'host-path' || engine.state !== 'known') return undefined
  const { rootFolder } = engine.value
  const meets = isWithin(one.path, rootFolder) || isWithin(rootFolder, one.path)
  return meets ? { reason: 'folder-of-engine', path: one.path, folder: rootFolder } : undefined
}
