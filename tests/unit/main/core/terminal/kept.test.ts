// Recordings that are kept: what is removed of them is in the audit before it is gone, and what cannot be written there stays.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keepRoom, listRecordings, makeRoom } from '../../../../../main/core/terminal/kept.ts'
import { keptDays, type TerminalRecord } from '../../../../../shared/domain/terminal.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

const record: TerminalRecord = {
  ...{ recordingId: 'recorded-0badcafe0badcafe', who: 'li', appliance: 'ward', host: 'h', port: 22, user: 'ops' },
  ...{ machineId: null, startedAt: '2026-11-20T08:00:00.000Z', end: null },
}
const later = (days: number) => () => new Date(Date.parse(record.startedAt) + days * 86_400_000).toISOString()

function withRecording(days: number, more: object = {}) {
  const made = pretendCore(undefined, undefined, { now: later(days), ...more })
  const writer = made.core.state.terminals.begin(record, { columns: 80, rows: 24 })
  if (!writer.ok) throw new Error('no writer')
  const written = writer.value.close()
  made.core.state.terminals.save({ ...record, end: { reason: 'closed', seconds: 1, ...written } })
  return made
}

describe('recordings that are kept', () => {
  it('are listed with whether they are as they were written', async () => {
    const { core } = withRecording(1)
    expect(await listRecordings(core)).toMatchObject({
      ok: true,
      value: [{ recordingId: record.recordingId, state: 'whole' }],
    })
  })

  it('go when they are old, which stands in the audit', async () => {
    const { core, auditLines } = withRecording(keptDays + 1)
    expect(await listRecordings(core)).toEqual({ ok: true, value: [] })
    expect(auditLines()).toMatchObject([
      {
        ...{ who: 'rackside', act: 'terminal-recording-remove' },
        input: { recordingId: record.recordingId, why: 'old' },
      },
    ])
    expect(core.state.terminals.storedBytes(record.recordingId)).toBeUndefined()
  })

  it('stay where that cannot be written', () => {
    const { core, folder } = withRecording(keptDays + 1)
    mkdirSync(join(folder, 'audit.jsonl'))
    expect(makeRoom(core)).toMatchObject({ failure: { kind: 'audit-unwritable' } })
    expect(core.state.terminals.storedBytes(record.recordingId)).toBeGreaterThan(0)
    rmSync(join(folder, 'audit.jsonl'), { recursive: true })
  })

  it('are looked at each hour, also where nobody opens a terminal', async () => {
    const stop = new AbortController()
    const pauses: number[] = []
    const pause = async (milliseconds: number) => {
      pauses.push(milliseconds)
      stop.abort()
    }
    const { core } = withRecording(keptDays + 1, { pause })
    await keepRoom(core, stop.signal)
    expect(pauses).toEqual([3_600_000])
    expect(core.state.terminals.list()).toEqual([])
  })
})
