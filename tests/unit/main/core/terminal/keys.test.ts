// Keys go to the shell and nowhere else: no failure has them, no line of the audit, no file (P12).
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { received } from '../../../../../main/core/refusal.ts'
import type { TerminalSession } from '../../../../../main/core/terminal/session.ts'
import { mostKeys } from '../../../../../shared/domain/terminal.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

const terminalId = 'terminal-0badcafe0badcafe'
const size = { columns: 80, rows: 24 }

function withTerminal() {
  const heard: unknown[] = []
  const session: TerminalSession = {
    next: async () => undefined,
    type: async (keys) => void heard.push(keys),
    resize: (to) => void heard.push(to),
    close: (reason) => void heard.push(reason),
    ended: () => undefined,
  }
  const pretend = pretendCore()
  pretend.core.terminals.add(terminalId, { recordingId: 'recorded-0badcafe0badcafe', session })
  return { ...pretend, heard, terminal: pretend.clientAs('admin').product.terminal }
}

describe('keys', () => {
  it('reach the terminal that they are for, without a line of their own', async () => {
    const { terminal, heard, folder } = withTerminal()
    expect(await terminal.type({ terminalId, keys: 'hunter2\r' })).toEqual({ ok: true, value: {} })
    expect(await terminal.resize({ terminalId, size })).toEqual({ ok: true, value: {} })
    expect(await terminal.close({ terminalId })).toEqual({ ok: true, value: {} })
    expect(heard).toEqual(['hunter2\r', size, 'closed'])
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['for a terminal that is gone', { terminalId: 'terminal-1111111111111111', keys: 'hunter2' }],
    ['for no terminal', { terminalId: 'hunter2', keys: 'hunter2' }],
    ['too many at once', { terminalId, keys: 'hunter2'.repeat(mostKeys) }],
    ['with something more', { terminalId, keys: 'hunter2', hunter: 'hunter2' }],
  ])('%s are in no failure', async (_, input) => {
    const { terminal, heard, folder } = withTerminal()
    const refused = await received('terminal.type', terminal.type(input))
    const failure = refused.ok ? refused.value : refused
    expect(failure.ok).toBe(false)
    expect(JSON.stringify(failure)).not.toContain('hunter2')
    expect([heard, readdirSync(folder)]).toEqual([[], []])
  })

  it('are not for a viewer', async () => {
    const { clientAs, heard } = withTerminal()
    const refused = await received('terminal.type', clientAs('viewer').product.terminal.type({ terminalId, keys: 'x' }))
    expect([refused.ok, heard]).toEqual([false, []])
  })
})
