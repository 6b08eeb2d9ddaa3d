// A simulated machine whose time passes only when something pauses, and the ward's plan, whose steps give the
// words that are carried out on it.

import { carrierFor } from '../../../../../main/demo/blocks/carry-out.ts'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import { inspectContainer, inspectImage, inspectNetwork } from '../../../../../main/demo/engine/inspect.ts'
import type { Machine } from '../../../../../main/demo/machine.ts'
import { kindOf } from '../../../../../shared/apply/all-kinds.ts'
import type { Asked } from '../../../../../shared/apply/asked.ts'
import type { Connection } from '../../../../../shared/domain/connection.ts'
import type { DrillName } from '../../../../../shared/domain/demo.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { StepSpec, StepSpecOf } from '../../../../../shared/domain/plan.ts'
import { readScriptHead } from '../../../../../shared/domain/script-head.ts'
import { readContainers, readImages, readNetworks } from '../../../../../shared/facts/engine-objects.ts'
import { testMachine } from '../../../../support/demo-machine.ts'
import { bareFacts, planFor } from '../../../../support/plan-cases.ts'

export const bornMs = Date.parse('2026-11-22T08:00:00Z')
export const runId = 'run-20261122T080010Z-0badcafe'
const bare = bareFacts()
const steps = planFor(bare).steps.map((one) => one.spec)

export type PretendMachine = Machine & { passTime(milliseconds: number): void; setDrill(name: DrillName): void }

export function pretendMachine(): PretendMachine {
  const machine = testMachine('workstation-2', { bootedAtMs: bornMs })
  machine.setNow(bornMs)
  return {
    ...machine,
    passTime: machine.advance,
    setDrill: (name) => {
      machine.state.drills[name] = { sinceMs: machine.nowMs() }
    },
  }
}

/** What the product's readers make of the machine's engine. */
export function asked(machine: Machine): Asked {
  const { state } = machine
  return {
    engine: bare.engine,
    artifacts: { state: 'known', value: [] },
    containers: readContainers(state.containers.map((one) => inspectContainer(machine, one))),
    images: readImages(state.images.map(inspectImage)),
    networks: readNetworks(state.networks.map((one) => inspectNetwork(state, one))),
  }
}

export function containerSpecOf(deployment: string): StepSpecOf<'container'> {
  const found = steps.find((one) => one.kind === 'container' && one.spec.deployment === deployment)
  if (found?.kind !== 'container') throw new Error(`the ward has no ${deployment}`)
  return found
}

/** What lies on the machine once the ward's uploads have ended. */
export function upload(machine: Machine): void {
  for (const one of steps) {
    if (one.kind !== 'artifact') continue
    const { sha256, bytes } = one.artifact
    const image = one.artifact.kind === 'image' ? { image: one.artifact.image } : {}
    machine.change(({ artifacts }) => {
      artifacts[sha256] = { bytes, ...image }
    })
  }
}

export type Carried = { readonly words: readonly string[]; readonly exitCode: number; readonly stderr: string }

/** One step as a run carries it out: its commands, and what undoes the one that failed. */
export async function carryOut(machine: Machine, spec: StepSpec, run = runId): Promise<Carried | undefined> {
  const facts = asked(machine)
  const kind = kindOf(spec)
  if (!('commands' in kind)) return undefined
  for (const [failedAt, { words }] of kind.commands(spec, facts, run).entries()) {
    const { exitCode, stderr } = await runCommand(machine, words)
    if (exitCode === 0) continue
    const undo = kind.undo(spec, facts, { runId: run, failedAt })
    for (const one of undo) await runCommand(machine, one.words)
    return { words, exitCode, stderr }
  }
  return undefined
}

/** Everything of the ward except its uploads, in the plan's order. Answers what failed. */
export async function installWard(machine: Machine): Promise<Carried | undefined> {
  upload(machine)
  for (const spec of steps) {
    const failed = await carryOut(machine, spec)
    if (failed !== undefined) return failed
  }
  return undefined
}

/** A machine on which the ward has just been installed; its containers are still starting. */
export async function wardMachine(): Promise<PretendMachine> {
  const machine = pretendMachine()
  const failed = await installWard(machine)
  if (failed !== undefined) throw new Error(JSON.stringify(failed))
  return machine
}

export function containerNamed(machine: Machine, name: string) {
  const found = machine.state.containers.find((one) => one.name === name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found
}

/** Scripts reach the machine as over its link. */
export function linkTo(machine: Machine): Connection {
  const carry = carrierFor(machine, () => new AbortController().signal)
  const run = async ({ text }: { text: string }) => {
    const head = readScriptHead(text)
    if (head === undefined) throw new Error('a script without a head')
    let stdout = ''
    let stderr = ''
    const write = async (bytes: string | Uint8Array) => {
      stdout += bytes
      return true
    }
    const input = (async function* () {})()
    const exitCode = await carry({
      head,
      input,
      write,
      complain: (text) => {
        stderr += text
      },
      signal: new AbortController().signal,
    })
    return ok({ exitCode, stdout, stderr })
  }
  return { run } as unknown as Connection
}
