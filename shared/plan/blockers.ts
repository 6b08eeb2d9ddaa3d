// What stands in the way of a plan, each as the failure that explains it and says what to do. A plan
// with blockers is still shown in full; it just cannot be applied.
import { kindOf } from '../apply/all-kinds.ts'
import { answerTo } from '../apply/host-answer.ts'
import type { Choice } from '../domain/choice.ts'
import { reserveBytes } from '../domain/disk-reserve.ts'
import type { Facts } from '../domain/facts.ts'
import { evidence, type Failure, ok, type Result } from '../domain/failure.ts'
import type { MemoryFit, PlanStep, StepSpec } from '../domain/plan.ts'
import type { Reading } from '../domain/reading.ts'
import { isSameAddress } from '../domain/same-address.ts'
import type { LocalAddress } from '../domain/service-address.ts'
import { lanHolder, portHolder } from './fingerprint.ts'
import type { HostSteps, PlanFacts } from './host-packages.ts'
import { portTwin } from './ports.ts'

/** `engine`: the steps that bring one where there is none, or why none is to be had; by itself a missing one is no matter. */
export function machineBlockers(facts: Facts, user: string, engine: Result<HostSteps> = ok([])): Failure[] {
  // What was not read there is not missing there.
  if (facts.partial !== undefined) return [{ kind: 'linux-needed', platform: facts.partial.platform }]
  const blockers: Failure[] = []
  if (facts.privilege === 'login') blockers.push({ kind: 'sudo-refused', user, reason: 'other', detail: '' })
  if (facts.architecture.state !== 'known') {
    blockers.push({ kind: 'fact-missing', fact: 'architecture', why: whyNot(facts.architecture) })
  }
  if (!engine.ok) blockers.push(engine.failure)
  const comes = engine.ok && engine.value.length > 0
  if (facts.engine.state === 'unreadable' && !comes) {
    blockers.push({ kind: 'engine-unreadable', detail: facts.engine.why })
  }
  // Unreadable is not empty: what runs there would be made a second time, under the same name.
  const unread = [facts.containers, facts.images, facts.networks].find((r) => r.state === 'unreadable')
  if (facts.engine.state === 'known' && unread) blockers.push({ kind: 'engine-unreadable', detail: unread.why })
  return blockers
}

/** Services that change share what is free: needs are added up in order. */
export function memoryBlockers(fits: readonly MemoryFit[], steps: readonly PlanStep[], facts: Facts): Failure[] {
  if (!steps.some((s) => s.change && (s.spec.kind === 'container' || s.spec.kind === 'job' || s.spec.kind === 'probe')))
    return []
  if (facts.memory.state !== 'known') return [{ kind: 'fact-missing', fact: 'memory', why: whyNot(facts.memory) }]
  const blockers: Failure[] = []
  const spent = { memory: 0, accelerator: 0 }
  for (const fit of fits) {
    const left = fit.availableBytes - spent[fit.where]
    spent[fit.where] += fit.needBytes
    if (fit.needBytes <= left) continue
    blockers.push({
      kind: 'memory-too-small',
      entry: fit.service,
      needBytes: fit.needBytes,
      availableBytes: Math.max(0, left),
    })
  }
  return blockers
}

/** What stands in the way of single steps; what could not be read does too, where it is to be changed. */
export function stepBlockers(steps: readonly PlanStep[], facts: PlanFacts): Failure[] {
  const changes = steps.filter((step) => step.change)
  const bySystemd = facts.systemd.state === 'absent' ? changes.filter(({ spec }) => serviceOf(spec) !== undefined) : []
  const services = new Set(bySystemd.flatMap(({ spec }) => serviceOf(spec) ?? []))
  const problems = changes.flatMap((step): Failure[] => {
    if (bySystemd.includes(step)) return []
    if (step.reason === 'not-read') return [{ kind: 'fact-missing', fact: step.id, why: whyNotRead(step, facts) }]
    const problem = kindOf(step.spec).problem?.(step.spec, facts)
    return problem === undefined ? [] : [problem]
  })
  return services.size === 0 ? problems : [{ kind: 'systemd-missing', services: [...services] }, ...problems]
}

function serviceOf(spec: StepSpec): string | undefined {
  return kindOf(spec).service?.(spec)
}

function whyNotRead({ spec }: PlanStep, facts: PlanFacts): string {
  const kind = kindOf(spec)
  const question = kind.look?.(spec)
  const answer = question === undefined ? undefined : answerTo(question, facts)
  const why = answer?.state === 'unreadable' ? answer.why : kind.unread?.(facts)
  return why ?? 'the answer was not understood'
}

/**
 * The peak on each filesystem, beside what lies there already (the version that runs is among that): archives that
 * arrive, what the engine unpacks from them, and the engine's own copies of the archives.
 */
export function diskBlockers(steps: readonly PlanStep[], facts: Facts): Failure[] {
  const needs = new Map<string, { path: string; needBytes: number; freeBytes: number }>()
  const files = new Map<string, { path: string; neededFiles: number; freeFiles: number }>()
  const copyBytes = engineCopyBytes(steps, facts)
  for (const step of steps) {
    const { disk } = kindOf(step.spec)
    if (!step.change || step.diskBytes === 0 || disk === undefined) continue
    const purpose = disk.space
    const spaces = facts.spaces.state === 'known' ? facts.spaces.value : {}
    // An engine that is still to come keeps its images beside us: /var/lib.
    const space = spaces[purpose] ?? (facts.engine.state === 'known' ? undefined : spaces['rackside'])
    if (space === undefined)
      return [{ kind: 'fact-missing', fact: `free disk space (${purpose})`, why: whyNot(facts.spaces) }]
    const need = needs.get(space.filesystem) ?? {
      path: space.path,
      needBytes: reserveBytes,
      freeBytes: space.freeBytes,
    }
    const needBytes = need.needBytes + step.diskBytes + (copyBytes.get(step.id) ?? 0)
    needs.set(space.filesystem, { ...need, needBytes })
    if (space.freeInodes === undefined) continue
    const { neededFiles } = files.get(space.filesystem) ?? { neededFiles: reserveFiles }
    const { path, freeInodes: freeFiles } = space
    files.set(space.filesystem, { path, neededFiles: neededFiles + filesOf(step), freeFiles })
  }
  return [
    ...[...needs.values()]
      .filter((n) => n.needBytes > n.freeBytes)
      .map((n) => ({ kind: 'disk-too-small', ...n }) as const),
    ...[...files.values()]
      .filter((n) => n.neededFiles > n.freeFiles)
      .map((n) => ({ kind: 'too-few-inodes', ...n }) as const),
  ]
}

/** Journals, records, logs. */
const reserveFiles = 1000
/** Of an image's content, counted low: this guards against a disk without inodes, and is no reason to make one anew. */
const bytesPerFile = 200_000

function filesOf({ spec, diskBytes }: PlanStep): number {
  return kindOf(spec).disk?.isOneFile === true ? 1 : Math.ceil(diskBytes / bytesPerFile)
}

/**
 * `docker load` first writes the archive's content out into the engine's folder (seen: /var/lib/docker/tmp grows by
 * the whole archive). The containerd store keeps it there; the classic one does so for one archive at a time.
 */
function engineCopyBytes(steps: readonly PlanStep[], facts: Facts): Map<string, number> {
  const archives = new Map(
    steps.flatMap(({ spec }) =>
      spec.kind === 'artifact' ? [[spec.artifact.sha256, spec.artifact.bytes] as const] : [],
    ),
  )
  const copies = steps.flatMap(({ id, change, spec }) =>
    change && spec.kind === 'image' ? [{ id, bytes: archives.get(spec.artifactSha256) ?? 0 }] : [],
  )
  // One that is still to come may be of either kind.
  const keepsAll = facts.engine.state !== 'known' || facts.engine.value.imageStore === 'containerd'
  const largest = copies.reduce((found, one) => (one.bytes > found.bytes ? one : found), { id: '', bytes: 0 })
  return new Map((keepsAll ? copies : [largest]).map(({ id, bytes }) => [id, bytes]))
}

export function portBlockers(steps: readonly PlanStep[], facts: Facts): Failure[] {
  return steps.flatMap((step): Failure[] => {
    if (!step.change || step.spec.kind !== 'container') return []
    const { hostPort, deployment, lan } = step.spec.spec
    if (lan !== undefined) {
      const neighbour = lanHolder(facts, lan, deployment)
      if (neighbour !== undefined) return [{ kind: 'port-taken', port: lan.port, by: neighbour, neededBy: deployment }]
    }
    if (hostPort === undefined) return []
    const holder = portHolder(facts, hostPort, deployment)
    if (holder === undefined) {
      const twin = portTwin(steps, step.spec)
      if (twin === undefined) return []
      return [{ kind: 'port-taken', port: hostPort, by: `the deployment ${twin}`, neededBy: deployment }]
    }
    if (facts.listeningPorts.state !== 'known') {
      return [{ kind: 'fact-missing', fact: `port ${hostPort}`, why: whyNot(facts.listeningPorts) }]
    }
    return [{ kind: 'port-taken', port: hostPort, by: holder, neededBy: deployment }]
  })
}

/**
 * Of what is to be opened: something has to be, and a server can listen at its own addresses only; where those are not known
 * nothing is said. `opens`: the apps that the solution publishes where it is told to; `solution`: its id.
 */
export function addressBlockers(
  at: LocalAddress | undefined,
  { opens, solution }: { readonly opens: readonly string[]; readonly solution: string },
  { addresses }: Facts,
): Failure[] {
  if (at === undefined) return []
  if (opens.length === 0) return [{ kind: 'usage', problem: 'no-way-in', word: at.address, other: solution }]
  if (addresses?.state !== 'known') return []
  if (addresses.value.some((own) => isSameAddress(own, at.address))) return []
  const other = evidence(addresses.value.join(', '), 300)
  return [{ kind: 'usage', problem: 'not-own-address', word: at.address, other }]
}

/**
 * A tool that hangs for once must not move a service that runs on an accelerator to something slower:
 * replacing waits until the accelerators can be read.
 */
export function unseenAcceleratorBlockers(choices: readonly Choice[], steps: readonly PlanStep[]): Failure[] {
  return choices.flatMap((choice): Failure[] => {
    const replaced = steps.some((s) => s.id === `container.${choice.service}` && s.reason === 'container-differs')
    const unseen = choice.rejected.flatMap((r) => r.rejections).find((r) => r.reason === 'accelerator-unreadable')
    if (!replaced || unseen === undefined) return []
    return [{ kind: 'fact-missing', fact: `accelerators (${unseen.vendor})`, why: unseen.why }]
  })
}

function whyNot(reading: Reading<unknown>): string {
  return reading.state === 'unreadable' ? reading.why : 'absent'
}
