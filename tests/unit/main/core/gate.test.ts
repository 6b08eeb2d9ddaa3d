// The gate in front of every call: checked input, then the audit line on disk, then the act. Who may is in permissions.test.ts.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../../../main/core/context.ts'
import { callByPath } from '../../../support/call-by-path.ts'
import { address, calls, changes, named, planId, target } from '../../../support/every-call.ts'
import { pretendCore } from '../../../support/pretend-core.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'

const isSecret = (value: unknown) => typeof value === 'string' && value.startsWith('hunter')

/** A run that goes on; what asks for its signal. */
function runOf(core: Core): () => AbortSignal | undefined {
  let signal: AbortSignal | undefined
  const head = { planId, address, purpose: settingUp('ward'), startedAt: core.tools.now() }
  void core.consoleRuns.join(head, (ticker) => {
    signal = ticker.signal
    return new Promise(() => undefined)
  })
  return () => signal
}

describe('the audit line', () => {
  it.each(named(changes))(
    'of %s holds who, what and the checked input, but no secret (P12)',
    async (path, { input, meta }) => {
      const { clientAs, auditLines } = pretendCore()
      await callByPath(clientAs('admin'), path, input)
      const demo = path.startsWith('product.demo.') ? { demo: true } : {}
      const told = Object.fromEntries(Object.entries(input).filter(([, value]) => !isSecret(value)))
      const act = meta.call?.audit
      // How a sign-in ended has a line of its own.
      expect(auditLines()[0]).toEqual({ at: '2026-11-20T08:00:00.000Z', who: 'li', act, ...demo, input: told })
      expect(auditLines()).toHaveLength(act === 'sign-in' || act === 'provider-sign-in' ? 2 : 1)
    },
  )

  it.each(named(changes))('of %s is followed by one that says how it ended', async (path, { input, meta }) => {
    const { clientAs, auditRecords } = pretendCore()
    const refused = await callByPath(clientAs('admin'), path, input)
    const failed = path.endsWith('bundles.import') ? { kind: 'bundle-unknown' } : refused // its stream's last event
    const records = auditRecords().filter(({ act }) => act === meta.call?.audit)
    const [begun, ends] = [records.find((one) => one.ends === undefined), records.filter((one) => one.ends)]
    const came = failed ? { result: 'failed', failure: failed.kind } : { result: 'ok' }
    expect(ends).toMatchObject([{ ends: { number: begun?.number, ...came } }])
  })

  it.each(named(calls.filter((one) => !one.changes)))(
    'is not written for the read, or the part of an act, %s',
    async (path, { input }) => {
      const { clientAs, folder } = pretendCore()
      await callByPath(clientAs('admin'), path, input)
      expect(existsSync(join(folder, 'audit.jsonl'))).toBe(false)
    },
  )

  it.each(named(changes))('that cannot be written refuses %s, and nothing acts', async (path, { input }) => {
    const { clientAs, core, folder, dialled } = pretendCore()
    mkdirSync(join(folder, 'audit.jsonl'))
    const cancelled = runOf(core)
    expect(await callByPath(clientAs('admin'), path, input)).toMatchObject({ kind: 'audit-unwritable' })
    expect([readdirSync(folder), dialled, cancelled()?.aborted]).toEqual([['audit.jsonl'], [], false])
  })
})

describe('a password', () => {
  it('is offered without a trace in the state folder', async () => {
    const { clientAs, folder, core } = pretendCore()
    await callByPath(clientAs('admin'), 'desk.offerPassword', { password: 'hunter2' })
    expect(readdirSync(folder)).toEqual([])
    expect(JSON.stringify([...core.passwords])).not.toContain('hunter2')
  })
})

describe('input', () => {
  it.each(named(calls))(
    'of %s with a field too many is refused before anything is written',
    async (path, { input }) => {
      const { clientAs, folder } = pretendCore()
      const refusal = await callByPath(clientAs('admin'), path, { ...input, command: 'reboot' })
      expect(refusal).toMatchObject({ kind: 'input-invalid', call: path, problem: expect.stringContaining('command') })
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it('of another type names the field that is wrong', async () => {
    const client = pretendCore().clientAs('admin')
    const wrong = { name: '../x', target: { ...target, address: { ...address, port: 99_999 } } }
    const refusal = await callByPath(client, 'product.appliances.save', wrong)
    expect(refusal).toMatchObject({
      kind: 'input-invalid',
      problem: expect.stringMatching(/name.*target\.address\.port/s),
    })
  })
})
