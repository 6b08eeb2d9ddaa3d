// A line of the audit as somebody reads it who was not there: what happened with what, and how it came out.
import { describe, expect, it } from 'vitest'
import { contract } from '../../../../shared/contract/contract.ts'
import { desk } from '../../../../shared/contract/desk.ts'
import { eventActs } from '../../../../shared/domain/audit-record.ts'
import type { AuditEntry } from '../../../../shared/domain/audit-search.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { callsOf } from '../../../support/contract-calls.ts'

type More = { readonly input?: object; readonly came?: { result: 'ok' | 'failed'; failure?: string } }

function entry(act: string, { input = {}, came }: More = {}): AuditEntry {
  const hash = '0'.repeat(64)
  const appliance = { name: 'lab14' }
  const record = { number: 7, at: 'T', zone: '+08:00', who: 'li', act, appliance, input, previous: hash, hash }
  return { record, isWhole: true, ...(came && { came: { ...came, number: 7, at: 'T' } }) }
}

function said(language: 'en' | 'zh-CN', act: string, more?: More): string {
  return wordsOf(language).audit.line(entry(act, more), 'T')
}

describe('a line of the audit', () => {
  it('tells of an event with the outcome it carries, and without a result that it never has', () => {
    expect(said('en', 'run-begin')).toBe('7  T  li: run begun on lab14')
    expect(said('en', 'audit-begin')).toBe('7  T  li: audit begun on lab14')
    expect(said('en', 'run-end', { input: { outcome: 'done', verdict: 'healthy' } })).toBe(
      '7  T  li: run ended on lab14: done',
    )
    const failed = { outcome: 'failed', failure: 'step-failed' }
    expect(said('en', 'run-end', { input: failed })).toContain(': failed (a step failed)')
    expect(said('en', 'run-end', { input: { outcome: 'cancelled', failure: 'cancelled' } })).toMatch(/: cancelled$/)
    expect(said('en', 'canary-end', { input: { end: 'done', verdict: 'failed' } })).toMatch(/: failed$/)
    expect(said('en', 'canary-end', { input: { end: 'stopped', verdict: 'failed' } })).toMatch(/: stopped$/)
    expect(said('zh-CN', 'bench-end', { input: { end: 'out-of-time' } })).toMatch(/：超时$/)
  })

  it('shows what nobody knows by its code, whatever that is', () => {
    for (const code of ['constructor', 'toString', 'of-tomorrow']) {
      expect(said('en', code)).toBe(`7  T  li: ${code} on lab14: no result recorded`)
      expect(said('en', 'run-end', { input: { outcome: code, failure: code } })).toContain(`: ${code}`)
      expect(said('zh-CN', 'plan-apply', { came: { result: 'failed', failure: code } })).toContain(code)
    }
  })

  it('says of an act whose end nobody wrote that there is none', () => {
    expect(said('en', 'plan-apply')).toContain('no result recorded')
    expect(said('zh-CN', 'plan-apply')).toContain('没有结果记录')
  })

  it('says which drill and which solution', () => {
    const came = { result: 'ok' } as const
    const drill = { name: 'demo-ascend-8', drill: 'kill-runtime', on: true }
    expect(said('en', 'demo-drill', { input: drill, came })).toContain('demo drill (kill-runtime on) on lab14: done')
    expect(said('zh-CN', 'demo-drill', { input: { ...drill, on: false }, came })).toContain('（kill-runtime 关）')
    const planFor = { act: 'set-up', what: 'ward-assistant', version: '1.2.0' }
    const input = { planId: 'plan-4f2a', planFor }
    expect(said('en', 'plan-apply', { input, came })).toContain('plan applied (ward-assistant 1.2.0) on lab14: done')
    expect(said('en', 'plan-apply', { input: { planId: 'plan-4f2a' }, came })).toContain('plan applied (plan-4f2a)')
  })

  it('names a login where one was tried, and failures in words of either language', () => {
    const came = { result: 'failed', failure: 'login-refused' } as const
    expect(said('en', 'host-key-trust', { came })).toBe('7  T  li: login on lab14: failed (login refused)')
    expect(said('zh-CN', 'host-key-trust', { came })).toBe('7  T  li：登录（lab14）：失败（登录被拒绝）')
    expect(said('en', 'host-key-trust', { came: { result: 'ok' } })).toContain('host key trusted')
    const undelivered = { result: 'failed', failure: 'audit-not-exported' } as const
    expect(said('zh-CN', 'audit-checkpoint', { came: undelivered })).toContain('失败（检查点未送达）')
    const unknown = { result: 'failed', failure: 'of-another-version' } as const
    expect(said('en', 'audit-checkpoint', { came: unknown })).toContain('failed (of-another-version)')
  })
})

it('an act that has a name is a call of somebody or an event, never both', () => {
  const calls = new Set<string>(callsOf({ product: contract, desk }).flatMap(({ meta }) => meta.call?.audit ?? []))
  const events = new Set<string>(eventActs)
  const named = Object.keys(wordsOf('en').audit.acts)
  expect(named.filter((act) => calls.has(act) === events.has(act))).toEqual([])
})
