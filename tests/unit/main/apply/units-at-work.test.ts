// Whoever has the lock waits for what an earlier run left going on by itself.
import { describe, expect, it } from 'vitest'
import { waitForUnits } from '../../../../main/apply/units-at-work.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { type Failure, ok } from '../../../../shared/domain/failure.ts'
import type { RunEvent } from '../../../../shared/domain/run.ts'

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
