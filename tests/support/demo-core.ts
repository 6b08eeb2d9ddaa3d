// A core of its own over a temporary state folder, with the process's own time: for demo appliances, which need
// nothing else. Also the scenario that the demo and the lab must play alike.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type CallContext, type Core, ownContext } from '../../main/core/context.ts'
import { createDemo } from '../../main/core/demo/demo.ts'
import { type ConsoleClient, clientInProcess } from '../../main/core/link/console-client.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import { applySetup, planSetup } from '../../main/core/runs/setup.ts'
import type { Target } from '../../shared/contract/contract.ts'
import type { DemoAppliance, DemoPreset } from '../../shared/domain/demo.ts'
import type { Result } from '../../shared/domain/failure.ts'
import { realTools } from './real-tools.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Simulated servers take their time to copy, load and boot: here a second of theirs is a quarter of one. */
const timesFaster = 4

export type DemoCore = {
  readonly core: Core
  readonly context: CallContext
  readonly folder: string
  readonly client: ConsoleClient
}

/** Closed with the test, or by `closeCore` before. */
export function demoCore(folder = temporaryFolder()): DemoCore {
  const made = lastingDemoCore(folder)
  onTestFinished(() => closeCore(made.core))
  return made
}

/** Whoever makes it closes it. */
export function lastingDemoCore(folder = mkdtempSync(join(tmpdir(), 'rackside-demo-test-'))): DemoCore {
  const core = openCore(folder, realTools(folder, timesFaster))
  const context: CallContext = ownContext(core, 'li')
  return { core, context, folder, client: clientInProcess({ core, caller: { by: 'console', operator: 'li' } }) }
}

export type MadeDemo = { readonly demo: DemoAppliance; readonly bundleId: string; readonly target: Target }

export async function makeDemo(core: Core, preset: DemoPreset = 'ascend-8'): Promise<MadeDemo> {
  const { demo, bundleId } = must(await createDemo(core, preset))
  return { demo, bundleId, target: { by: 'name', name: demo.name } }
}

/** The verdict after the run. */
export async function setUpDemo({ core, context }: DemoCore, made: MadeDemo): Promise<string | undefined> {
  const { target, bundleId } = made
  const plan = must(await planSetup(core, { target, bundleId, solution: 'demo-clinic' }))
  let verdict: string | undefined
  for await (const event of applySetup(context, { planId: plan.id, target })) {
    if (event.event === 'verified') verdict = event.verdict.state
  }
  return verdict
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
