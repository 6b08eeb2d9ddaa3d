// The audit file: one whole line for each act, added and never rewritten.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAudit } from '../../../../main/store/audit.ts'
import { startChild } from '../../../support/child-program.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const line = {
  at: '2026-11-20T08:00:00.000Z',
  who: 'li',
  act: 'plan-apply',
  input: { planId: 'plan-1', note: 'two\nlines 门诊' },
}

describe('the audit file', () => {
  it('gets one JSON line for each act, behind those that are there, for this user alone', () => {
    const folder = join(temporaryFolder(), 'state')
    const file = join(folder, 'audit.jsonl')
    expect(openAudit(folder).append(line)).toEqual({ ok: true, value: undefined })
    const first = readFileSync(file, 'utf8')
    expect(openAudit(folder).append({ ...line, act: 'run-cancel' })).toEqual({ ok: true, value: undefined })
    const text = readFileSync(file, 'utf8')
    expect(text.startsWith(first)).toBe(true)
    expect(text.endsWith('\n')).toBe(true)
    const lines = text.trimEnd().split('\n')
    expect(lines.map((one) => JSON.parse(one))).toEqual([line, { ...line, act: 'run-cancel' }])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('keeps a line that was cut short apart from the next', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'audit.jsonl')
    writeFileSync(file, '{"at":"now","who":"li"}\n{"at":"now","wh')
    expect(openAudit(folder).append(line)).toMatchObject({ ok: true })
    expect(openAudit(folder).append(line)).toMatchObject({ ok: true })
    const whole = JSON.stringify(line)
    expect(readFileSync(file, 'utf8')).toBe(`{"at":"now","who":"li"}\n{"at":"now","wh\n${whole}\n${whole}\n`)
  })

  it('that cannot be written is a failure', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'audit.jsonl'))
    expect(openAudit(folder).append(line)).toMatchObject({ ok: false, failure: { kind: 'audit-unwritable' } })
  })

  it('has whole lines only, when two processes write and are killed', async () => {
    const folder = temporaryFolder()
    const writer = `
      import { openAudit } from './main/store/audit.ts'
      const audit = openAudit(process.argv[2])
      for (let i = 0; ; i++) {
        audit.append({ at: 'now', who: process.argv[3], act: 'x', input: { i, text: 'y'.repeat(2000) } })
        if (i === 5) console.log('writing')
      }
    `
    const children = await Promise.all(['a', 'b'].map((who) => startChild(writer, [folder, who])))
    await Promise.all(children.map((child) => child.line()))
    for (const child of children) child.kill('SIGKILL')
    await Promise.all(children.map((child) => child.ended))
    const lines = readFileSync(join(folder, 'audit.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((one) => JSON.parse(one))
    expect(new Set(lines.map((one) => one.who))).toEqual(new Set(['a', 'b']))
    for (const who of ['a', 'b']) {
      const own = lines.filter((one) => one.who === who).map((one) => one.input.i)
      expect(own).toEqual(own.map((_, at) => at))
    }
  })
})
