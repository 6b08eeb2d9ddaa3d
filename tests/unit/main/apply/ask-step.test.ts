// What is read right before a step acts and right after: no more than it needs.
import { describe, expect, it } from 'vitest'
import { askForStep, whyNotRead } from '../../../../main/apply/ask-step.ts'
import type { Asked } from '../../../../shared/apply/asked.ts'
import { type Failure, fail, ok } from '../../../../shared/domain/failure.ts'
import type { PlanStep, StepSpec } from '../../../../shared/domain/plan.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { answeringConnection } from '../../../support/answering-connection.ts'
import { bareFacts } from '../../../support/plan-cases.ts'

const facts: Asked = bareFacts()
const lost: Failure = { kind: 'link-lost', host: 'h', port: 22, during: 'x' }
const folder: StepSpec = { kind: 'directory', path: '/srv/ward', owner: 'root', group: 'root', mode: '0755' }
const stepOf = (spec: StepSpec) => ({ id: `${spec.kind}.x`, spec }) as PlanStep

async function ask(spec: StepSpec, link = answeringConnection({}), read = ok(facts)) {
  const groups: unknown[] = []
  const tools = {
    ask: async (wanted: readonly string[]) => {
      groups.push(...wanted)
      return read
    },
  }
  const asked = await askForStep({ connection: link.connection, step: stepOf(spec), tools })
  return { asked, groups, looks: link.asked.length }
}

describe('a step', () => {
  it('that reads nothing of the system looks at nothing there', async () => {
    expect(await ask({ kind: 'network', name: 'rackside' })).toEqual({
      asked: ok(facts),
      groups: ['engine'],
      looks: 0,
    })
  })

  it('that does has what it found beside the facts', async () => {
    const { asked, looks } = await ask(folder)
    expect(asked).toMatchObject({ ok: true, value: { containers: facts.containers } })
    expect(asked.ok && [...(asked.value.host?.values() ?? [])]).toEqual([unreadable('no answer came back')])
    expect(looks).toBe(1)
  })

  it('is not begun where one of both cannot be read', async () => {
    expect((await ask(folder, answeringConnection(lost))).asked).toEqual(fail(lost))
    const unread = await ask(folder, answeringConnection({}), fail(lost) as never)
    expect([unread.asked, unread.looks]).toEqual([fail(lost), 0])
  })

  it('says of what could not be read why, and else that it was not understood', () => {
    const host = new Map([
      ['one', known('x')],
      ['two', unreadable('exit 3')],
      ['three', unreadable('exit 4')],
    ])
    expect(whyNotRead(stepOf(folder), { ...facts, host })).toBe('directory.x: exit 3')
    const understood = 'directory.x: the answer was not understood'
    expect(whyNotRead(stepOf(folder), facts)).toBe(understood)
    expect(whyNotRead(stepOf(folder), { ...facts, host: new Map([['one', known('x')]]) })).toBe(understood)
  })
})
