// What stands in the way of a plan, each as the failure that explains it and says what to do. A plan
// with blockers is still shown in full; it just cannot be applied.
import type { Choice } from '../domain/choice.ts'
import type { Facts } from '../domain/facts.ts'
import type { Failure } from '../domain/failure.ts'
import type { MemoryFit, PlanStep } from '../domain/plan.ts'
import { type Reading, valueOr } from '../domain/reading.ts'
import { portHolder } from './fingerprint.ts'

/** Room that must stay free beside what the plan writes: journals, logs, the engine's own records. */
const reserveBytes = 256 * 1024 * 1024

export function machineBlockers(facts: Facts, user: string): Failure[] {
  // What was not read there is not missing there.
  if (facts.partial !== undefined) return [{ kind: 'linux-needed', platform: facts.partial.platform }]
  const blockers: Failure[] = []
  if (facts.privilege === 'login') blockers.push({ kind: 'sudo-refused', user, reason: 'other', detail: '' })
  if (facts.architecture.state !== 'known') {
    blockers.push({ kind: 'fact-missing', fact: 'architecture', why: whyNot(facts.architecture) })
  }
  if (facts.systemd.state !== 'known') blockers.push({ kind: 'systemd-missing' })
  if (facts.engine.state === 'absent') {
    const podman = valueOr(facts.podman, undefined)
    blockers.push({ kind: 'engine-missing', ...(podman === undefined ? {} : { podman }) })
  }
  if (facts.engine.state === 'unreadable') blockers.push({ kind: 'engine-unreadable', detail: facts.engine.why })
  // Unreadable is not empty: what runs there would be made a second time, under the same name.
  const unread = [facts.containers, facts.images, facts.networks].find((r) => r.state === 'unreadable')
  if (facts.engine.state === 'known' && unread) blockers.push({ kind: 'engine-unreadable', detail: unread.why })
  return blockers
}

/** Services that change share what is free: needs are added up in order. */
export function memoryBlockers(fits: readonly MemoryFit[], steps: readonly PlanStep[], facts: Facts): Failure[] {
  if (!steps.some((s) => s.change && s.spec.kind === 'container')) return []
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

/** The peak on each filesystem: archives that arrive, plus what the engine unpacks from them. */
export function diskBlockers(steps: readonly PlanStep[], facts: Facts): Failure[] {
  const needs = new Map<string, { path: string; needBytes: number; freeBytes: number }>()
  for (const step of steps) {
    if (!step.change || step.diskBytes === 0) continue
    const purpose = step.spec.kind === 'image' ? 'engine' : 'rackside'
    const space = facts.spaces.state === 'known' ? facts.spaces.value[purpose] : undefined
    if (space === undefined)
      return [{ kind: 'fact-missing', fact: `free disk space (${purpose})`, why: whyNot(facts.spaces) }]
    const need = needs.get(space.filesystem) ?? {
      path: space.path,
      needBytes: reserveBytes,
      freeBytes: space.freeBytes,
    }
    needs.set(space.filesystem, { ...need, needBytes: need.needBytes + step.diskBytes })
  }
  return [...needs.values()].filter((n) => n.needBytes > n.freeBytes).map((n) => ({ kind: 'disk-too-small', ...n }))
}

export function portBlockers(steps: readonly PlanStep[], facts: Facts): Failure[] {
  return steps.flatMap((step): Failure[] => {
    if (!step.change || step.spec.kind !== 'container') return []
    const { hostPort, deployment } = step.spec.spec
    const holder = portHolder(facts, hostPort, deployment)
    if (holder === undefined) return []
    if (facts.listeningPorts.state !== 'known') {
      return [{ kind: 'fact-missing', fact: `port ${hostPort}`, why: whyNot(facts.listeningPorts) }]
    }
    return [{ kind: 'port-taken', port: hostPort, by: holder, neededBy: deployment }]
  })
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
