// Waits until a deployment takes requests: its container runs and its ready endpoint answers 200. A
// container that keeps restarting is not waited for; what the engine's check of it said and the end of its log are the
// evidence.
import * as z from 'zod'
import type { Asked } from '../../shared/apply/asked.ts'
import { deployedContainer } from '../../shared/apply/container.ts'
import { containerName } from '../../shared/apply/container-run.ts'
import type { Readiness } from '../../shared/apply/step-kind.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import type { Container } from '../../shared/domain/facts.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'

/** So often started anew without getting well, it is not waited for any more. */
export const restartsAllowed = 3

export type Waiting = {
  readonly ask: () => Promise<Result<Asked>>
  readonly pause: (milliseconds: number) => Promise<void>
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  readonly stop: () => Failure | undefined
}

export async function waitReady(connection: Connection, spec: Readiness, tools: Waiting): Promise<Result<void>> {
  const began = tools.clock()
  for (let pauseMilliseconds = 100; ; pauseMilliseconds = Math.min(2000, pauseMilliseconds * 1.5)) {
    const asked = await tools.ask()
    if (!asked.ok) return asked
    const found = deployedContainer(spec.deployment, asked.value)
    // The engine's own check agrees too, so that planning again right away finds nothing to do.
    const well = found?.state === 'running' && (found.health === 'healthy' || found.health === 'none')
    if (well && (await answers(connection, spec))) return ok(undefined)
    const seconds = Math.round((tools.clock() - began) / 1000)
    const looping = found !== undefined && found.restartCount >= restartsAllowed
    if (found === undefined || looping || seconds >= spec.timeoutSeconds) {
      return notReady(connection, spec, seconds, found)
    }
    const stopped = tools.stop()
    if (stopped !== undefined) return fail(stopped)
    await tools.pause(pauseMilliseconds)
  }
}

/** Of a part nothing but the engine's check of it can be asked. */
async function answers(connection: Connection, { hostPort, readyPath }: Readiness): Promise<boolean> {
  if (hostPort === undefined || readyPath === undefined) return true
  const response = await connection.http({
    port: hostPort,
    method: 'GET',
    path: readyPath,
    deadlineSeconds: 5,
  })
  if (!response.ok) return false
  try {
    for await (const _ of response.value.body) break
  } catch {
    return false
  }
  return response.value.status === 200
}

async function notReady(
  connection: Connection,
  spec: Readiness,
  seconds: number,
  found: Container | undefined,
): Promise<Result<never>> {
  const name = containerName(spec.deployment)
  const isWell = found === undefined || found.health === 'none' || found.health === 'healthy'
  const check = isWell ? '' : await lastCheck(connection, name)
  const log = await connection.engine().containerLog(name, 20)
  const state = found === undefined ? 'there is no container' : `container ${found.state}`
  const detail = evidence(`${state}${check}${log.ok ? `; its log ends: ${log.value}` : ''}`)
  return fail({ kind: 'not-ready', deployment: spec.deployment, seconds, detail })
}

const checks = z.array(z.looseObject({ Output: z.string() })).min(1)
const checked = z.looseObject({ Name: z.string(), State: z.looseObject({ Health: z.looseObject({ Log: checks }) }) })

/** The engine may be unable to ask at all, as with a full /tmp: of that the service knows nothing. */
async function lastCheck(connection: Connection, name: string): Promise<string> {
  const all = await connection.engine().inspectContainers()
  const read = (all.ok ? all.value : []).map((one) => checked.safeParse(one).data)
  const said = read.find((one) => one?.Name === `/${name}`)?.State.Health.Log.at(-1)?.Output
  return said === undefined || said.trim() === '' ? '' : `; its check says: ${evidence(said, 200)}`
}
