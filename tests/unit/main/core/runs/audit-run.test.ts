// Each run has a line in the audit before it begins and one when it has ended.

import { describe, expect, it } from 'vitest'
import { ownContext } from '../../../../../main/core/context.ts'
import { received, refuse } from '../../../../../main/core/refusal.ts'
import { auditRun } from '../../../../../main/core/runs/audit-run.ts'
import { type Failure, fail } from '../../../../../shared/domain/failure.ts'
import type { RunEvent } from '../../../../../shared/domain/run.ts'
import { bareFacts, planFor } from '../../../../support/plan-cases.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

const run = 'run-20261120T080000Z-0badcafe'
const plan = planFor(bareFacts())
const lost: Failure = { kind: 'link-lost', host: '10.78.0.11', port: 22, during: 'facts' }
const ended = (failure?: Failure): RunEvent => ({
  ...{ event: 'run-end', run, changed: 3, unchanged: 1, sentBytes: 0 },
  ...(failure && { failure }),
})
const verdict = { state: 'healthy', deployments: [] } as unknown as Extract<RunEvent, { event: 'verified' }>['verdict']
const verified: RunEvent = { event: 'verified', stillToDo: [], verdict }

async function played(events: readonly RunEvent[], thrown?: unknown, unwritable = 0) {
  const { core, auditLines } = pretendCore()
  const { append } = core.audit
  let lines = 0
  const full: Failure = { kind: 'audit-unwritable', detail: 'full' }
  Object.assign(core, {
    audit: { append: (line: Parameters<typeof append>[0]) => (++lines === unwritable ? fail(full) : append(line)) },
  })
  async function* source() {
    yield* events
    if (thrown !== undefined) throw thrown
  }
  const heard: RunEvent[] = []
  const read = async () => {
    const audited = { plan, run, machineId: 'm-1' }
    for await (const event of auditRun(ownContext(core, 'li'), audited, source())) heard.push(event)
  }
  const got = await received('run', read()).catch((error: unknown) => error)
  return { heard, got, lines: auditLines() }
}

const about = { address: plan.address, machineId: 'm-1', planId: plan.id, planDigest: plan.digest, run }
const bug = new Error('a bug with hunter2 in it')

describe('the audit of a run', () => {
  it.each<[string, RunEvent[], unknown, object]>([
    ['that went well', [ended(), verified], undefined, { outcome: 'done', changed: 3, verdict: 'healthy' }],
    ['that failed', [ended(lost)], undefined, { outcome: 'failed', changed: 3, failure: 'link-lost' }],
    [
      'that was cancelled',
      [ended({ kind: 'cancelled', at: 'x' })],
      undefined,
      { outcome: 'cancelled', changed: 3, failure: 'cancelled' },
    ],
    ['whose result nobody could see', [ended()], refuse(lost), { outcome: 'failed', changed: 3, failure: 'link-lost' }],
    ['that met a bug', [], bug, { outcome: 'failed', changed: null, failure: 'bug' }],
  ])('%s says what it was about and how it ended', async (_what, events, thrown, result) => {
    const { lines, heard } = await played(events, thrown)
    expect(heard).toEqual(events)
    expect(lines).toMatchObject([
      { act: 'run-begin', who: 'li' },
      { act: 'run-end', who: 'li' },
    ])
    expect(lines.map((line) => line['input'])).toEqual([about, { ...about, ...result }])
  })

  it('that cannot be written at the beginning is no run, and at the end is told after all that happened', async () => {
    const unwritable = { failure: { kind: 'audit-unwritable' } }
    expect(await played([ended(), verified], undefined, 1)).toMatchObject({ heard: [], got: unwritable, lines: [] })
    expect(await played([ended(), verified], undefined, 2)).toMatchObject({
      heard: [ended(), verified],
      got: unwritable,
    })
    expect(await played([], bug, 2)).toMatchObject({ got: bug })
  })
})

it('a run that takes over what another publisher installed says so before it begins', async () => {
  const from = { id: 'acme', name: 'Acme Health', fingerprint: `SHA256:${'a'.repeat(43)}` }
  const takeovers = [{ from, what: ['note-helper'] }]
  const { core, auditLines } = pretendCore()
  async function* source() {
    yield ended()
  }
  const audited = { plan: { ...plan, takeovers }, run, machineId: 'm-1' }
  for await (const _ of auditRun(ownContext(core, 'li'), audited, source()));
  expect(auditLines()[0]).toMatchObject({ act: 'run-begin', who: 'li', input: { takeovers } })
  expect((await played([ended()])).lines[0]).not.toHaveProperty(['input', 'takeovers'])
})
