// Small plans of steps that change the system itself, applied to a lab appliance, and what they made taken away again.
import { lookAtHost } from '../../main/apply/host-look.ts'
import { gatherMade } from '../../main/apply/made.ts'
import { applyPlan } from '../../main/apply/run.ts'
import { unmakeCommands } from '../../main/apply/unmake.ts'
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Asked } from '../../shared/apply/asked.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import type { PlanStep, StepSpec } from '../../shared/domain/plan.ts'
import { absent, known } from '../../shared/domain/reading.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import { bareFacts, planFor } from './plan-cases.ts'

const nothing: Asked = {
  engine: absent,
  containers: absent,
  images: absent,
  networks: absent,
  artifacts: known([]),
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

/** Each step's id is its kind and its place. */
export async function planHost(connection: Connection, specs: readonly StepSpec[]): Promise<PlanStep[]> {
  const host = must(await lookAtHost(connection, specs))
  return specs.map((spec, at) => {
    const { holds, reason } = kindOf(spec).isTrue(spec as never, { ...nothing, host })
    const stops = kindOf(spec).stops?.(spec as never, { ...nothing, host }) ?? []
    const figures = { uploadBytes: 0, diskBytes: 0, interrupts: stops.length > 0, stops: [...stops] }
    return { id: `${spec.kind}.${at}`, change: !holds, reason, ...figures, spec }
  })
}

export type Applied = Extract<RunEvent, { event: 'run-end' }>

let runs = 0

export async function applyHost(connection: Connection, specs: readonly StepSpec[]): Promise<Applied> {
  const steps = await planHost(connection, specs)
  runs += 1
  const events = applyPlan(
    connection,
    { ...planFor(bareFacts()), steps },
    {
      runId: `run-20261120T080000Z-${String(runs).padStart(8, '0')}`,
      who: 'li',
      at: '2026-11-20T08:00:00.000Z',
      checkPremises: async () => ok(undefined),
      ask: async () => ok(nothing),
      source: () => ({ read: () => (async function* () {})() }),
      onProgress: () => undefined,
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      clock: () => performance.now(),
      signal: new AbortController().signal,
    },
  )
  let end: RunEvent | undefined
  for await (const event of events) end = event
  if (end?.event !== 'run-end') throw new Error('the last event is not the end of the run')
  return end
}

/** What was noted as made, but for the packages `kept`; the kinds of what was taken away, in order. */
export async function takeAway(connection: Connection, kept: readonly string[] = []): Promise<string[]> {
  const made = must(await gatherMade(connection)).filter(
    ({ made: { kind, ...spec } }) => !(kind === 'host-package' && 'package' in spec && kept.includes(spec.package)),
  )
  for (const one of made) {
    const commands = must(await unmakeCommands(connection, one, nothing))
    for (const command of commands) {
      const { exitCode, stderr } = must(await connection.run(command, { as: 'root', deadlineSeconds: 120 }))
      if (exitCode !== 0) throw new Error(`${one.made.kind}: ${stderr}`)
    }
  }
  return made.map((one) => one.made.kind)
}
