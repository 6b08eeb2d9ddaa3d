// When the background leaves an appliance alone: while a run changes what is there, and not for the hours before, in which
// it only waits for its maintenance window and services have to be watched as on every other day.
import { describe, expect, it } from 'vitest'
import { lookerAt } from '../../../../main/core/background/looks.ts'
import type { Core } from '../../../../main/core/context.ts'
import { ok } from '../../../../shared/domain/failure.ts'
import type { RunEvent } from '../../../../shared/domain/run.ts'
import { pretendCore } from '../../../support/pretend-core.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'

const address = { host: 'ward', port: 22, user: 'ops' }
const begin: RunEvent = { event: 'run-begin', run: 'run-20261120T080000Z-0badcafe', steps: 2 }
const step: RunEvent = { event: 'step-begin', step: 'container.ward-model', number: 1, of: 2 }
const window: RunEvent = { event: 'waiting-for-window', until: '2026-11-20T22:00:00.000Z' }
const busy: RunEvent = { event: 'waiting-while-busy', deployment: 'ward-model', requests: 1 }

/** It comes as far as these events and goes on for ever. */
async function runAt({ consoleRuns }: Core, events: readonly RunEvent[]): Promise<void> {
  async function* going(): AsyncGenerator<RunEvent> {
    yield* events
    await new Promise(() => undefined)
  }
  const head = { planId: 'plan-1', address, purpose: settingUp('ward'), startedAt: 'now' }
  const joined = await consoleRuns.join(head, async () => ok(going()))
  if (!joined.ok) throw new Error('it was refused')
  const reader = joined.value()
  for (const _ of events) await reader.next()
}

async function looksDuring(events: readonly RunEvent[]): Promise<number> {
  const { core, dialled } = pretendCore()
  await runAt(core, events)
  await lookerAt(core, { address, credentialId: 'key' }).look(new AbortController().signal)
  return dialled.length
}

describe('the background', () => {
  it.each([
    ['is prepared', []],
    ['is at a step', [begin, step]],
    ['waits for a moment without requests', [begin, busy]],
    ['goes on after its window has opened', [begin, window, step]],
  ])('leaves an appliance alone while a run there %s', async (_, events) => {
    expect(await looksDuring(events)).toBe(0)
  })

  it('looks at an appliance whose run waits for its maintenance window', async () => {
    expect(await looksDuring([begin, window])).toBe(1)
  })
})
