// A probe that passed in an earlier run: it runs again where this run has changed what it tries out, and only there.
import { expect, it } from 'vitest'
import { runStep } from '../../../../main/apply/run-step.ts'
import type { Script } from '../../../../shared/domain/command.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { ok } from '../../../../shared/domain/failure.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import type { TaskResult } from '../../../../shared/domain/task-step.ts'
import { planStepOf } from '../../../../shared/plan/plan-step.ts'
import { madeProbe, taskImages } from '../../../support/made-tasks.ts'
import { bareFacts } from '../../../support/plan-cases.ts'

const probe = madeProbe()
const runId = 'run-20261120T080010Z-0badcafe'
const passed = (run: string): TaskResult => ({
  ...{ role: 'probe', task: 'smoke', of: 'ward-records', ofVersion: '7', entry: 'starter-set', entryVersion: '1' },
  ...{ digest: probe.digest, against: probe.against, run, at: '2026-11-20T08:00:00Z', seconds: 1 },
  ...{ outcome: 'passed', exitCode: 0 },
})

/** Which scripts are sent, and how the step ends; `by`: the run whose note is there, `next`: once the step has run. */
async function runProbe({ afterChange, by, next = runId }: { afterChange: boolean; by: string; next?: string }) {
  const sent: (string | undefined)[] = []
  let noted = by
  const connection = {
    run: async (script: Script) => {
      const block = readScriptHead(script.text)?.block
      sent.push(block)
      if (block === 'step') noted = next
      return ok({ exitCode: 0, stdout: '', stderr: '' })
    },
  } as unknown as Connection
  const facts = { ...bareFacts(), ...taskImages }
  const tools = {
    ...{ runId, signal: new AbortController().signal, clock: () => 0, pause: async () => undefined },
    ask: async () => ok({ ...facts, tasks: known([passed(noted)]) }),
  }
  const step = { ...planStepOf('probe.smoke', probe, facts), change: true }
  const none = () => undefined
  const done = await runStep({ connection, step, tools: tools as never, count: none, stop: none, afterChange })
  return { sent, done: done.ok ? done.value : done.failure.kind }
}

it('runs again after a change of this run, and once', async () => {
  expect(await runProbe({ afterChange: true, by: 'run-before' })).toEqual({ sent: ['step'], done: 'done' })
  expect(await runProbe({ afterChange: true, by: runId })).toEqual({ sent: ['journal'], done: 'already' })
})

it('is left alone where another run has done all of it meanwhile', async () => {
  expect(await runProbe({ afterChange: false, by: 'run-before' })).toEqual({ sent: ['journal'], done: 'already' })
})
