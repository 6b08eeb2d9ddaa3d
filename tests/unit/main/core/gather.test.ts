// Which questions a snapshot asks: plans and verdicts look into no container, a person who looks does.
import { describe, expect, it } from 'vitest'
import { watchHelper } from '../../../../main/core/access/known-watch-program.ts'
import type { Core } from '../../../../main/core/context.ts'
import { gatherNow, probesFor } from '../../../../main/core/gather.ts'
import type { Script } from '../../../../shared/domain/command.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { ok } from '../../../../shared/domain/failure.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { frameText } from '../../../../shared/facts/frames.ts'

const look = 'container-devices'
const core = { tools: { now: () => '2026-11-26T12:00:00.000Z', randomId: () => '0badcafe' } } as unknown as Core

/** Answers every probe of a script with nothing, or also what was not asked, as a watch helper does. */
function connection(asked: string[], also: readonly string[] = []): Connection {
  const run = async (script: Script) => {
    const head = readScriptHead(script.text)
    if (head?.block !== 'facts') throw new Error('not the script of the facts')
    asked.push(...head.ids)
    const stdout = [...head.ids, ...also].map((id) => frameText(head.nonce, id, '')).join('')
    return ok({ exitCode: 0, stdout, stderr: '', truncated: false })
  }
  return { run } as unknown as Connection
}

describe('a snapshot', () => {
  it('of a person who looks asks what containers see', async () => {
    const asked: string[] = []
    const facts = await gatherNow(core, connection(asked), probesFor({}))
    expect(asked).toContain(look)
    expect(facts).toMatchObject({ ok: true, value: { stack: { containerDevices: expect.anything() } } })
  })

  it('for plans and verdicts does not, and has no such fact, whoever answers it all the same', async () => {
    const asked: string[] = []
    const facts = await gatherNow(core, connection(asked, [look]))
    expect(asked).not.toContain(look)
    expect(asked).toContain('docker-info')
    expect(facts).toMatchObject({ ok: true, value: { stack: expect.anything() } })
    expect(facts).not.toHaveProperty('value.stack.containerDevices')
  })

  it('of a login that only watches asks what the helper there asks, and no more', async () => {
    const asked: string[] = []
    await gatherNow(core, connection(asked), probesFor({ watchOnly: true }))
    expect(asked).not.toContain(look)
    const helper = readScriptHead(watchHelper().facts)
    expect(helper?.block === 'facts' && helper.ids).toEqual(asked)
  })
})
