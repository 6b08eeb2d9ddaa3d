// What happens to an appliance from bare to recovered, as a list of plain lines: the same list on a demo appliance
// and on a real one, or the demo is wrong.
import { detect, status } from '../../main/core/appliances.ts'
import type { CallContext } from '../../main/core/context.ts'
import { applySetup, planSetup } from '../../main/core/runs/setup.ts'
import type { Target } from '../../shared/contract/contract.ts'
import { valueOr } from '../../shared/domain/reading.ts'
import { must } from './demo-core.ts'

export type Scene = {
  readonly context: CallContext
  readonly target: Target
  readonly bundleId: string
  readonly solution: string
  /** As `docker kill` does it. */
  readonly killRuntime: () => Promise<unknown>
}

export async function playScenario({ context, target, bundleId, solution, killRuntime }: Scene): Promise<string[]> {
  const { core } = context
  const lines: string[] = []
  const setUp = async (): Promise<void> => {
    const plan = must(await planSetup(core, { target, bundleId, solution }))
    lines.push(...plan.steps.map(({ id, change, reason }) => `plan ${id} ${change ? 'change' : 'keep'} ${reason}`))
    lines.push(...plan.blockers.map(({ kind }) => `blocker ${kind}`))
    for await (const event of applySetup(context, { planId: plan.id, target })) {
      if (event.event === 'step-begin') lines.push(`begin ${event.step}`)
      if (event.event === 'step-end') lines.push(`end ${event.step} ${event.outcome} ${event.reason}`)
      if (event.event === 'run-end')
        lines.push(`run-end ${event.changed} ${event.unchanged} ${event.failure?.kind ?? 'no failure'}`)
      if (event.event === 'verified') lines.push(`verified ${event.verdict.state} ${event.stillToDo.length} to do`)
    }
  }
  const look = async (): Promise<void> => {
    const { state, reason, deployments } = must(await status(core, target))
    lines.push(`status ${state} ${reason}`)
    for (const { deployment, state: one, reason: why, rungs, proof } of deployments) {
      const ladder = rungs.map(({ name, passed }) => `${name}${passed ? '' : '!'}`).join(' ')
      lines.push(`deployment ${deployment} ${one} ${why}: ${ladder}; ${proof === undefined ? 'no proof' : 'proven'}`)
    }
  }
  const facts = must(await detect(core, target))
  const devices = facts.accelerators.flatMap((report) => valueOr(report.devices, []))
  lines.push(`engine ${valueOr(facts.engine, undefined)?.kind}`, `systemd ${facts.systemd.state}`)
  lines.push(
    ...devices.map(({ vendor, index, product, memoryTotalBytes, health }) =>
      [vendor, index, valueOr(product, '?'), valueOr(memoryTotalBytes, 0), valueOr(health, '?')].join(' '),
    ),
  )
  lines.push(...facts.probes.map(({ id, state }) => `probe ${id} ${state}`))
  await look()
  await setUp()
  await setUp()
  await killRuntime()
  await look()
  await setUp()
  await look()
  return lines
}
