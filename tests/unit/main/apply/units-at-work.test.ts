// Whoever has the lock waits for what an earlier run left going on by itself.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandsScript, unitScript } from '../../../../main/apply/step-script.ts'
import { waitForUnits } from '../../../../main/apply/units-at-work.ts'
import { command, type Script } from '../../../../shared/domain/command.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { type Failure, ok } from '../../../../shared/domain/failure.ts'
import type { RunEvent } from '../../../../shared/domain/run.ts'
import { run, type Surroundings, scriptPlace, untilWritten, waitFor } from '../../../support/script-place.ts'
import { finished } from '../../../support/shell-appliance.ts'

async function waited(answers: readonly string[], stop: (looks: number) => Failure | undefined = () => undefined) {
  let looks = 0
  const run = async () => {
    const stdout = answers[Math.min(looks, answers.length - 1)] ?? ''
    looks += 1
    return ok({ exitCode: 0, stdout, stderr: '' })
  }
  const waiting = waitForUnits({ run } as unknown as Connection, {
    pause: async () => undefined,
    stop: () => stop(looks),
  })
  const events: RunEvent[] = []
  let next = await waiting.next()
  for (; next.done !== true; next = await waiting.next()) events.push(next.value)
  return { events, looks, failure: next.value }
}

describe('units of an earlier run', () => {
  it('are not waited for where none is at work', async () => {
    expect(await waited([''])).toEqual({ events: [], looks: 1, failure: undefined })
  })

  it('are named once each, and waited for', async () => {
    const unit = 'rackside-load-ab.service'
    const { events, looks, failure } = await waited([`${unit}\n`, `${unit}\n`, ''])
    expect([events, looks, failure]).toEqual([[{ event: 'waiting-for-lock', holder: unit }], 3, undefined])
  })

  it('are named as soon as they are seen, and again where it is another one', async () => {
    const [one, two] = ['rackside-a.service', 'rackside-b.service']
    const named = async (...answers: string[]) => (await waited(answers)).events.map((event) => Object.values(event)[1])
    expect(await named(`${one}\n`, '')).toEqual([one])
    expect(await named(`${one}\n${two}\n`, `${two}\n`, '')).toEqual([one, two])
  })

  it('are not waited for any longer by a run that is to stop', async () => {
    const cancelled: Failure = { kind: 'cancelled', at: 'container.ward-model' }
    const { failure } = await waited(['rackside-a.service\n'], (looks) => (looks > 4 ? cancelled : undefined))
    expect(failure).toEqual(cancelled)
  })
})

describe('a step of an earlier run that ends with its console', () => {
  const all: Surroundings[] = [{ systemd: true }, { systemd: false }, { systemd: true, shell: ['busybox', 'sh'] }]

  it.each(all)('is named and waited for, and what it started is not (%j)', async (surroundings) => {
    const place = scriptPlace(surroundings)
    const [begun, go] = ['begun', 'go'].map((name) => join(place.root, name)) as [string, string]
    const leaves = command('sh', '-c', 'sleep 5 </dev/null >/dev/null 2>&1 & echo >"$1"', 'sh', begun)
    const step = finished(place.start(commandsScript(run, { commands: [leaves, waitFor(go)], undo: () => [] })))
    await untilWritten(begun)
    const connection = { run: async (script: Script) => ok(await finished(place.start(script))) }
    const waiting = waitForUnits(connection as unknown as Connection, {
      pause: async () => writeFileSync(go, ''),
      stop: () => undefined,
    })
    const holder = `${run.step} (${run.runId})`
    expect((await waiting.next()).value).toEqual({ event: 'waiting-for-lock', holder })
    let next = await waiting.next()
    while (next.done !== true) next = await waiting.next()
    expect([next.value, (await step).exitCode]).toEqual([undefined, 0])
    expect(place.outcomes().at(-1)).toBe('step-end done')
  })

  it('is not at work any more once its unit is', async () => {
    const place = scriptPlace()
    const go = join(place.root, 'go')
    const step = finished(place.start(unitScript(run, 'key', { commands: [waitFor(go)], undo: () => [] })))
    await untilWritten(join(place.stubs.folder, 'units-started'))
    const look = { name: 'look', text: 'flock -n /run/rackside/step true && echo free' }
    await expect.poll(async () => (await finished(place.start(look))).stdout).toBe('free\n')
    writeFileSync(go, '')
    expect((await step).exitCode).toBe(0)
  })
})
