// Starts and ends the demo appliances of this console, each at most once at a time. What does not start is
// remembered with the reason, and tried again by the next who asks.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { newPrivateKey } from '../../connect/new-key-pair.ts'
import type { RunningDemo } from '../../demo/appliance.ts'
import type { MachineState } from '../../demo/machine-state.ts'
import type { CoreTools } from '../core-tools.ts'
import { saveMachine } from './saved-demos.ts'

export type DemoStarter = {
  readonly up: ReadonlyMap<string, RunningDemo>
  /** `machineOf` may throw. */
  start(name: string, machineOf: () => Promise<MachineState>): Promise<Result<RunningDemo>>
  /** Why it is not up, or not where it should be. */
  failureOf(name: string): Result<never> | undefined
  remember(name: string, failed: Result<never>): void
  /** Whether it is up, or somebody is at it. */
  isHere(name: string): boolean
  /** Ends it and deletes its machine. */
  remove(name: string): Promise<void>
  /** Nothing starts any more, and all that is up ends. */
  close(): Promise<void>
}

type Places = { readonly machines: string; readonly loginKey: string }

const ending: Failure = { kind: 'cancelled', at: 'the end of the console' }

export function demoStarter({ machines, loginKey }: Places, tools: CoreTools): DemoStarter {
  const up = new Map<string, RunningDemo>()
  /** Being started or removed: its file is there, and it is not up. */
  const busy = new Set<string>()
  const failures = new Map<string, Result<never>>()
  let closed = false
  const fileOf = (name: string) => join(machines, `${name}.json`)
  const isHere = (name: string) => up.has(name) || busy.has(name)

  async function run(state: MachineState): Promise<RunningDemo> {
    const { startDemo } = await import('../../demo/appliance.ts')
    const { loginKeyIn } = await import('../../demo/own-keys.ts')
    return startDemo({
      state,
      nowMs: () => Date.parse(tools.now()),
      pause: tools.pause,
      loginKey: loginKeyIn(loginKey, () => newPrivateKey().reveal()),
      save: (now) => saveMachine(fileOf(now.name), now),
    })
  }

  async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    busy.add(name)
    try {
      return await work()
    } finally {
      busy.delete(name)
    }
  }

  return {
    up,
    isHere,
    failureOf: (name) => failures.get(name),
    remember: (name, failed) => void failures.set(name, failed),
    async start(name, machineOf) {
      if (closed) return fail(ending)
      if (isHere(name)) return fail({ kind: 'demo-not-started', name, detail: 'it is there already' })
      return alone(name, async () => {
        try {
          const running = await run(await machineOf())
          if (closed) {
            await running.close()
            return fail(ending)
          }
          up.set(name, running)
          failures.delete(name)
          return ok(running)
        } catch (error) {
          const failed = fail({ kind: 'demo-not-started', name, detail: (error as Error).message })
          failures.set(name, failed)
          return failed
        }
      })
    },
    remove: (name) =>
      alone(name, async () => {
        await up.get(name)?.close()
        up.delete(name)
        failures.delete(name)
        rmSync(fileOf(name), { force: true, maxRetries: 3 })
      }),
    async close() {
      closed = true
      await Promise.all([...up.values()].map((one) => one.close()))
      up.clear()
    },
  }
}
