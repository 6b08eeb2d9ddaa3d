// The audit file: one whole line for each act, added and never rewritten.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAudit } from '../../../../../main/store/audit/audit.ts'
import { sha256Of } from '../../../../../main/store/audit/audit-places.ts'
import { linesOf } from '../../../../../main/store/audit/lines.ts'
import { beforeAll } from '../../../../../shared/domain/audit-record.ts'
import { auditedActs, recordsIn } from '../../../../support/audit-records.ts'
import { startChild } from '../../../../support/child-program.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const line = {
  at: '2026-11-20T08:00:00.000Z',
  who: 'li',
  act: 'plan-apply',
  input: { planId: 'plan-1', note: 'two\nlines 门诊' },
}

const written = (file: string) => linesOf(readFileSync(file))
const records = (file: string) => written(file).flatMap(({ read }) => (read?.hashIsRight ? [read.record] : []))

describe('the audit file', () => {
  it('gets one record for each act, behind those that are there, for this user alone', () => {
    const folder = join(temporaryFolder(), 'state')
    const file = join(folder, 'audit.jsonl')
    expect(openAudit(folder).append(line)).toEqual({ ok: true, value: { number: 2 } })
    const first = readFileSync(file, 'utf8')
    expect(openAudit(folder).append({ ...line, act: 'run-cancel' })).toEqual({ ok: true, value: { number: 3 } })
    const text = readFileSync(file, 'utf8')
    expect(text.startsWith(first)).toBe(true)
    expect(text.endsWith('\n')).toBe(true)
    expect(auditedActs(recordsIn(file))).toEqual([line, { ...line, act: 'run-cancel' }])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('numbers its records and chains each to the one before', () => {
    const folder = temporaryFolder()
    for (const act of ['a', 'b', 'c']) openAudit(folder).append({ ...line, act })
    const chain = records(join(folder, 'audit.jsonl'))
    expect(chain.map(({ number, act }) => [number, act])).toEqual([
      [1, 'audit-begin'],
      [2, 'a'],
      [3, 'b'],
      [4, 'c'],
    ])
    expect(chain.map(({ previous }) => previous)).toEqual([beforeAll, ...chain.slice(0, -1).map(({ hash }) => hash)])
  })

  it('says in the next record what was cut short, and leaves it', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'audit.jsonl')
    openAudit(folder).append(line)
    const before = readFileSync(file)
    writeFileSync(file, Buffer.concat([before, Buffer.from('{"number":3,"at":"20')]))
    expect(openAudit(folder).append(line)).toEqual({ ok: true, value: { number: 4 } })
    const [, , cut, gap, last] = written(file)
    expect(cut?.read).toBeUndefined()
    expect(gap?.read?.record).toMatchObject({ number: 3, act: 'audit-gap', input: { bytes: 20 } })
    expect(last?.read?.record).toMatchObject({ number: 4, act: 'plan-apply' })
  })

  it('of before there was a chain is kept as it was, and the chain begins with its digest', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'audit.jsonl')
    const old = '{"at":"now","who":"li"}\n{"at":"now","wh'
    writeFileSync(file, old)
    expect(openAudit(folder).append(line)).toMatchObject({ ok: true })
    expect(readFileSync(join(folder, 'audit', 'before-the-chain-1.jsonl'), 'utf8')).toBe(old)
    const [begin] = records(file)
    const kept = { file: 'before-the-chain-1.jsonl', bytes: old.length, sha256: sha256Of(old) }
    expect(begin?.input).toMatchObject({ epoch: 1, legacy: [kept] })
  })

  it('that cannot be written is a failure', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'audit.jsonl'))
    expect(openAudit(folder).append(line)).toMatchObject({ ok: false, failure: { kind: 'audit-unwritable' } })
  })

  it('is one chain, when two processes write and are killed', async () => {
    const folder = temporaryFolder()
    const writer = `
      import { openAudit } from './main/store/audit/audit.ts'
      const audit = openAudit(process.argv[2])
      for (let i = 0; ; i++) {
        audit.append({ at: '2026-11-20T07:00:00.000Z', who: process.argv[3], act: 'x', input: { i, text: 'y'.repeat(2000) } })
        if (i === 5) console.log('writing')
        // A process that never lets go of the lock is none of ours.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4)
      }
    `
    const children = await Promise.all(['a', 'b'].map((who) => startChild(writer, [folder, who])))
    await Promise.all(children.map((child) => child.line()))
    for (const child of children) child.kill('SIGKILL')
    await Promise.all(children.map((child) => child.ended))
    openAudit(folder).append(line)
    const chain = records(join(folder, 'audit.jsonl'))
    expect(chain.map(({ number }) => number)).toEqual(chain.map((_, at) => at + 1))
    expect(chain.slice(1).map(({ previous }) => previous)).toEqual(chain.slice(0, -1).map(({ hash }) => hash))
    expect(new Set(chain.map((one) => one.who))).toEqual(new Set(['rackside', 'a', 'b', 'li']))
    for (const who of ['a', 'b']) {
      const own = chain.filter((one) => one.who === who).map(({ input }) => (input as { readonly i: number }).i)
      expect(own).toEqual(own.map((_, at) => at))
    }
  })
})
