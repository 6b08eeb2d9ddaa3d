// The system is looked at by one script; whatever an answer is made of, it is one answer, and a broken one is none.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookAtHost, readLook } from '../../../../main/apply/host-look.ts'
import { madeFrom } from '../../../../main/apply/made.ts'
import { kindOf } from '../../../../shared/apply/all-kinds.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { ok } from '../../../../shared/domain/failure.ts'
import type { StepSpec } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { readScriptHead, type ScriptHead } from '../../../../shared/domain/script-head.ts'
import { finished, startShell } from '../../../support/shell-appliance.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const steps: readonly StepSpec[] = [
  { kind: 'reboot', package: 'one' },
  { kind: 'reboot', package: 'two' },
  { kind: 'reboot', package: 'one' },
]
const shell = {
  run: async (what: { text: string }) => ok(await finished(startShell(what.text, process.env['PATH'] ?? ''))),
} as unknown as Connection

describe('a look at the system', () => {
  it('asks each question once, in one script, and reads what it says', async () => {
    const looked = await lookAtHost(shell, steps)
    if (!looked.ok) throw new Error(JSON.stringify(looked.failure))
    expect([...looked.value.values()]).toEqual([known('none\n'), known('none\n')])
    expect(await lookAtHost({} as Connection, [])).toEqual(ok(new Map()))
  })

  it('says in its head which volume a question is about, where one is', async () => {
    const heads: (ScriptHead | undefined)[] = []
    const heard = {
      run: async ({ text }: { text: string }) => {
        heads.push(readScriptHead(text))
        return ok({ exitCode: 0, stdout: '', stderr: '' })
      },
    } as unknown as Connection
    const volume: StepSpec = { kind: 'volume', name: 'rackside-ward_notes', deployment: 'ward' }
    for (const specs of [steps, [...steps, volume], [volume, ...steps]]) await lookAtHost(heard, specs)
    expect(heads).toEqual([
      { block: 'host-look', questions: 2 },
      { block: 'host-look', questions: 3, volumes: ['', '', 'rackside-ward_notes'] },
      { block: 'host-look', questions: 3, volumes: ['rackside-ward_notes', '', ''] },
    ])
  })

  it('calls unreadable what failed, broke off or did not come', () => {
    const output = `answer 0 ${base64('a\nexit 0\n')}\nanswer 1 ${base64('b\nexit 3\n')}\nanswer 2 ${base64('c')}\n`
    const states = [...readLook(['0', '1', '2', '3'], output).values()]
    expect(states).toEqual([
      known('a'),
      { state: 'unreadable', why: 'exit 3: b' },
      { state: 'unreadable', why: 'the answer broke off' },
      { state: 'unreadable', why: 'no answer came back' },
    ])
  })

  it('asks nothing for what reads nothing of the system', async () => {
    const network: StepSpec = { kind: 'network', name: 'rackside' }
    expect(await lookAtHost({} as Connection, [network])).toEqual(ok(new Map()))
    const looked = await lookAtHost(shell, [network, ...steps])
    expect(looked.ok && looked.value.size).toBe(2)
  })

  it('reads the first answer to each of many questions, and only whole lines that are one', () => {
    const questions = Array.from({ length: 12 }, (_, at) => `question ${at}`)
    const lines = questions.map((one, at) => `answer ${at} ${base64(`${one}\nexit 0\n`)}`)
    const again = `answer 3 ${base64('another\nexit 0\n')}`
    const answers = readLook(questions, [...lines, again].join('\n'))
    expect([...answers.values()]).toEqual(questions.map((one) => known(one)))
    const broken = [`x${lines[0]}`, `${lines[1]} x`, `answer 2 ${base64('a\nexit 0\nb')}`]
    expect([...readLook(['a', 'b', 'c'], broken.join('\n')).values()].map(({ state }) => state)).toEqual(
      Array(3).fill('unreadable'),
    )
    const missing = `answer 0 ${base64('sh: no such program\nexit 127\n')}`
    expect(readLook(['a'], missing).get('a')).toEqual({ state: 'unreadable', why: 'exit 127: sh: no such program' })
  })

  it('takes no answer for another, whatever is in one', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, noise) => {
        const output = `${noise}\nanswer 7 ${base64(`${one}\nanswer 8 Zm9v\nexit 0\n`)}\n`
        const answers = readLook(['x', 'y'], output)
        expect([...answers.values()].every((answer) => answer.state === 'unreadable')).toBe(true)
      }),
    )
  })
})

describe('what was made', () => {
  const note = (spec: StepSpec, before: object) =>
    `made ${base64(JSON.stringify(spec))} ${base64(JSON.stringify(before))}\n`
  const held = { owner: 'root', group: 'root', mode: '0755' }
  const made: readonly StepSpec[] = [
    { kind: 'account', user: 'ward', group: 'ward', groups: [] },
    { kind: 'directory', path: '/srv/ward', ...held },
    { kind: 'directory', path: '/srv/ward/data', ...held },
    { kind: 'systemd-unit', name: 'ward.service', content: '[Unit]\n', enabled: true, started: true },
  ]

  it('is taken away before what it needs, the innermost folder first', () => {
    const read = madeFrom(made.map((spec) => note(spec, { is: 'nothing' })).join(''))
    if (!read.ok) throw new Error(JSON.stringify(read.failure))
    const order = read.value.map((one) => ('path' in one.made ? one.made.path : one.made.kind))
    expect(order).toEqual(['systemd-unit', '/srv/ward/data', '/srv/ward', 'account'])
  })

  it('is a failure where a note cannot be read: it would be left behind unseen', () => {
    expect(madeFrom('made e30= \n')).toMatchObject({ ok: false, failure: { kind: 'facts-unreadable' } })
    expect(madeFrom('rm -rf /\n').ok).toBe(false)
    expect(madeFrom('')).toEqual(ok([]))
  })

  it('can be taken away for every kind that notes it', () => {
    for (const spec of made) expect(kindOf(spec).made?.remove).toBeDefined()
  })
})
