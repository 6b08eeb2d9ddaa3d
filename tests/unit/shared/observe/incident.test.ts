// The report of an alert, gathered: a drill in which a runtime was killed and a setup mended it, told from what was kept,
// and nothing said that was not.
import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../../shared/domain/alert.ts'
import type { AuditEntry } from '../../../../shared/domain/audit-search.ts'
import type { Incident } from '../../../../shared/domain/incident.ts'
import { gatherIncident, type IncidentMaterial } from '../../../../shared/observe/incident.ts'
import { endOf } from '../../../../shared/observe/incident-place.ts'
import { incidentText } from '../../../../shared/words/incident-text.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'

const startMs = Date.parse('2026-11-20T23:00:00Z')
const at = (minutes: number) => startMs + minutes * 60_000
const iso = (minutes: number) => new Date(at(minutes)).toISOString()
const appliance = '10.78.0.11:22'
const digest = 'a'.repeat(64)

const killed: Alert = {
  ...{ id: 'alert-1', appliance, rule: 'runtime-down', subject: 'qwen3-32b', severity: 'critical' },
  ...{ sinceMs: at(0), firedMs: at(1), seenMs: at(19), value: 1, limit: 1, flaps: 0 },
  over: { atMs: at(20), how: 'cleared' },
  acknowledged: { atMs: at(5), by: 'li' },
  told: { firstMs: at(1), lastMs: at(1), overMs: at(20) },
}

const lost: Alert = {
  ...{ id: 'alert-2', appliance, rule: 'device-lost', subject: 'nvidia 3', severity: 'critical' },
  ...{ sinceMs: at(-1), firedMs: at(0), seenMs: at(30), value: 1, limit: 1, flaps: 0, told: {} },
}

type Said = Partial<AuditEntry['record']> & Pick<AuditEntry['record'], 'act'>

function entry(minutes: number, number: number, said: Said, came?: AuditEntry['came']): AuditEntry {
  const place = { host: '10.78.0.11', port: 22 }
  const record = {
    ...{ number, at: iso(minutes), zone: '+08:00', who: 'li', appliance: place, input: {}, ...said },
    ...{ previous: digest, hash: digest },
  }
  return { record, isWhole: true, ...(came !== undefined && { came }) }
}

const planId = 'plan-7'
const night: AuditEntry[] = [
  entry(-40, 1, { act: 'appliance-save' }, { number: 1, result: 'ok', at: iso(-40) }),
  entry(-2, 2, { act: 'demo-drill' }, { number: 2, result: 'ok', at: iso(-2) }),
  entry(8, 4, { act: 'terminal-open' }),
  entry(10, 5, { act: 'plan-apply', input: { planId } }, { number: 5, result: 'ok', at: iso(18) }),
  entry(10, 6, { act: 'run-begin', input: { run: 'run-1', planId } }),
  entry(18, 7, { act: 'run-end', input: { run: 'run-1', outcome: 'done', changed: 3, verdict: 'healthy' } }),
  entry(12, 8, { act: 'uninstall', appliance: { host: '10.78.0.12', port: 22 } }),
  entry(5, 9, { act: 'alert-acknowledge', appliance: {}, input: { alertId: 'alert-1' } }),
  entry(25, 10, { act: 'terminal-open' }),
]

function gathered(more: Partial<IncidentMaterial> = {}): Incident {
  return gatherIncident({
    ...{ alert: killed, alerts: [killed], nowMs: at(60), entries: night, isCut: false, mayAudit: true },
    place: { name: 'ward-a', host: '10.78.0.11', port: 22, machineId: undefined, otherNames: ['ward-b'] },
    told: { beganMs: undefined, tellings: [] },
    subjectOf: (id) => (id === planId ? { act: 'set-up', solution: 'chat' } : undefined),
    ...more,
  })
}

describe('the report of an alert', () => {
  it('tells the drill in order: what was done before, the fault, who was told, who mended it and how it came out', () => {
    const { events, acts } = gathered()
    expect(events.map(({ kind, atMs }) => `${(atMs - startMs) / 60_000} ${kind}`)).toEqual([
      ...['-2 act', '0 began', '1 fired', '1 told', '5 acknowledged', '8 act', '10 run', '20 told', '20 over'],
    ])
    expect(events.find(({ kind }) => kind === 'run')).toEqual({
      ...{ kind: 'run', atMs: at(10), who: 'li', planId, subject: { act: 'set-up', solution: 'chat' } },
      ...{ outcome: 'done', endMs: at(18), changed: 3, verdict: 'healthy' },
    })
    expect(acts).toBe('whole')
  })

  it('says unknown where no end and no channel was kept, and nobody where it is known that nobody was told', () => {
    const unended = night.filter(({ record }) => record.act !== 'run-end')
    const { events } = gathered({ entries: unended })
    expect(events.find(({ kind }) => kind === 'run')).toMatchObject({ outcome: 'unknown' })
    expect(events.find(({ kind }) => kind === 'run')).not.toHaveProperty('endMs')
    const opened = events.find((one) => one.kind === 'act' && one.entry.record.act === 'terminal-open')
    expect(opened).not.toHaveProperty('entry.came')
    expect(events.filter(({ kind }) => kind === 'told')).toMatchObject([{ on: null }, { on: null }])
    const kept = gathered({ told: { beganMs: at(10), tellings: [] } }).events.filter(({ kind }) => kind === 'told')
    expect(kept).toMatchObject([{ on: null }, { on: [] }])
  })

  it('says on which channels people were told and what came of it, and nothing of other alerts', () => {
    const mail = {
      alert: 'alert-1',
      kind: 'fired',
      atMs: at(1),
      channel: 'it-mail',
      way: 'smtp',
      list: 'first',
    } as const
    const tellings = [
      { ...mail, sentMs: at(1) + 900 },
      { ...mail, alert: 'alert-9', atMs: at(3) },
    ]
    const [told, ...rest] = gathered({ told: { beganMs: at(0), tellings } }).events.filter(
      ({ kind }) => kind === 'told',
    )
    expect(told).toMatchObject({ why: 'fired', on: [tellings[0]] })
    expect(rest).toMatchObject([{ why: 'over', on: [] }])
  })

  it('names what began first of all as the likely cause, and none where the alert was alone', () => {
    const both = gathered({ alerts: [killed, lost, { ...lost, id: 'alert-3', appliance: '10.78.0.12:22' }] })
    expect(both.likelyCause).toBe('alert-2')
    expect(both.events.filter(({ kind }) => kind === 'other')).toMatchObject([{ id: 'alert-2', isFirst: true }])
    expect(gathered({ alerts: [killed, { ...lost, sinceMs: at(3) }] }).likelyCause).toBe('alert-1')
    expect(gathered({ alerts: [killed, { ...lost, sinceMs: at(21) }] }).likelyCause).toBeUndefined()
    expect(gathered().likelyCause).toBeUndefined()
  })

  it('shows who may not read the audit runs only, and says so; and says where the audit was not read', () => {
    const seen = gathered({ mayAudit: false })
    expect(seen.events.filter(({ kind }) => kind === 'act')).toEqual([])
    expect(seen.events.filter(({ kind }) => kind === 'run')).toHaveLength(1)
    expect(seen.acts).toBe('runs-only')
    expect(gathered({ isCut: true }).acts).toBe('cut')
    expect(gathered({ entries: undefined }).acts).toBe('unreadable')
  })

  it('goes on until now where the alert is active', () => {
    const { over: _, ...active } = killed
    const { events, untilMs } = gathered({ alert: active, alerts: [active] })
    expect(untilMs).toBe(at(60))
    expect(events.at(-1)).toMatchObject({ kind: 'act', entry: { record: { number: 10 } } })
    expect(events.some(({ kind }) => kind === 'over')).toBe(false)
  })

  it('takes an act on a namesake of the address for what it is: another appliance', () => {
    const elsewhere = entry(9, 20, { act: 'uninstall', appliance: { name: 'ward-b', host: '10.78.0.11', port: 22 } })
    const other = entry(9, 21, { act: 'uninstall', appliance: { host: '10.78.0.11', port: 22, machineId: 'b' } })
    const own = entry(9, 22, { act: 'uninstall', appliance: { name: 'ward-a' } })
    const place = { name: 'ward-a', host: '10.78.0.11', port: 22, machineId: 'a', otherNames: ['ward-b'] }
    const { events } = gathered({ place, entries: [elsewhere, other, own] })
    expect(events.filter(({ kind }) => kind === 'act')).toMatchObject([{ entry: { record: { number: 22 } } }])
  })

  it('has a silence that covered it, and none that did not', () => {
    const silence = (number: number, input: object) => entry(3, number, { act: 'alert-silence', appliance: {}, input })
    const entries = [
      ...[silence(30, {}), silence(31, { rule: 'temperature' }), silence(32, { appliance, rule: 'runtime-down' })],
      ...[silence(33, { appliance: 'ward-a' }), silence(34, { appliance: 'ward-b' })],
    ]
    const acts = gathered({ entries }).events.filter((one) => one.kind === 'act')
    expect(acts.map((one) => one.kind === 'act' && one.entry.record.number)).toEqual([30, 32, 33])
  })

  it('says of acts what the audit says of them: which drill it was, and no missing end of what has none', () => {
    const drill = entry(-2, 2, { act: 'demo-drill', input: { drill: 'kill-runtime', on: true } })
    const { events } = gathered({ entries: [drill, entry(2, 3, { act: 'canary-end', input: { end: 'done' } })] })
    const said = events.filter(({ kind }) => kind === 'act').map((one) => incidentText(one, wordsOf('en'), String))
    expect(said).toEqual([
      { text: expect.stringContaining('kill-runtime'), note: 'no result recorded' },
      { text: 'li: canary questions ended', note: 'done' },
    ])
    const [quiet] = gathered({ told: { beganMs: at(0), tellings: [] } }).events.filter(({ kind }) => kind === 'told')
    expect(quiet && incidentText(quiet, wordsOf('en'), String).text).toContain('Nobody was told')
  })

  it('reads the place of an appliance behind others, and takes hostile input for nothing', () => {
    expect(endOf('10.0.0.1:22 > fe80::1:2222')).toEqual({ host: 'fe80::1', port: 2222 })
    expect(endOf('nonsense')).toBeUndefined()
    const strange = ['run-begin', 'run-end', 'alert-silence', 'plan-apply'].flatMap((act, n) =>
      [null, 'x', 7, [], { run: {}, planId: [] }].map((input, m) => entry(4, 100 + n * 10 + m, { act, input })),
    )
    expect(() => gathered({ entries: strange })).not.toThrow()
  })
})
