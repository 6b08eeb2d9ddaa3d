// What `rackside doctor` prints and ends with, in both languages.
import { describe, expect, it } from 'vitest'
import { doctor, examinationLines } from '../../../../../main/shells/cli/doctor-verb.ts'
import type { VerbWork } from '../../../../../main/shells/cli/work.ts'
import { fail, ok, type Result } from '../../../../../shared/domain/failure.ts'
import type { Examination, Finding } from '../../../../../shared/domain/finding.ts'
import { doctorOf } from '../../../../../shared/words/doctor.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'

const takenAt = '2026-11-22T08:00:05.000Z'
const lost: Finding = { rule: 'xid-lost', severity: 'error', evidence: ['NVRM: Xid (PCI:0000:b7:00): 79'] }
const upgrades: Finding = { rule: 'reboot-wanted', severity: 'warning', evidence: ['/run/reboot-required'] }
const swap: Finding = { rule: 'swap-on', severity: 'hint', evidence: ['swap 8.0 GiB'] }
const examined = (...findings: Finding[]): Examination => ({ takenAt, findings, unread: [] })

async function play(answer: Result<Examination>) {
  const [said, results]: [string[], unknown[]] = [[], []]
  const terminal = { say: (line: string) => said.push(line), result: (value: unknown) => results.push(value) }
  const client = { product: { appliances: { doctor: async () => answer } } }
  const work = { client, terminal, words: wordsOf('en') } as unknown as VerbWork
  return { outcome: await doctor(work, { by: 'local' }), said, results }
}

describe('rackside doctor', () => {
  it.each([
    ['nothing', examined(), 0],
    ['a hint', examined(swap), 0],
    ['a warning', examined(upgrades, swap), 101],
    ['an error', examined(lost, upgrades), 100],
  ] as const)('ends after %s with its code', async (_what, answer, code) => {
    expect((await play(ok(answer))).outcome).toEqual(ok(code))
  })

  it('has findings with their sentences as its result', async () => {
    const { results } = await play(ok(examined(lost)))
    expect(results).toEqual([
      {
        takenAt,
        findings: [{ ...lost, ...doctorOf('en').rules['xid-lost'] }],
        unread: [],
      },
    ])
  })

  it('writes the commands that help with the names of the appliance and the service', () => {
    const evidence = ['rackside-ward-model: exited']
    const stopped: Finding = { rule: 'container-stopped', severity: 'error', evidence }
    const said = examinationLines(examined(stopped), wordsOf('en'), 'lab14').join('\n')
    expect(said).toContain('“rackside logs lab14 ward-model”')
    expect(said).toContain('1 error, 0 warnings')
    const signIn: Finding = { rule: 'sign-in-published', severity: 'warning', evidence: ['dify'] }
    expect(examinationLines(examined(signIn), wordsOf('zh-CN'), 'lab14').join('\n')).toContain(
      'rackside sign-ins lab14 ',
    )
  })

  it('names each service that was found in the commands that help, not only the first', () => {
    const evidence = ['rackside-ward-model: exited', 'rackside-clinic-note: dead']
    const stopped: Finding = { rule: 'container-stopped', severity: 'error', evidence }
    expect(examinationLines(examined(stopped), wordsOf('en'), 'lab14').join('\n')).toContain(
      '“rackside logs lab14 ward-model”, “rackside logs lab14 clinic-note”',
    )
    expect(examinationLines(examined(stopped), wordsOf('zh-CN'), 'lab14').join('\n')).toContain(
      '“rackside logs lab14 ward-model”、“rackside logs lab14 clinic-note”',
    )
  })

  it('fails with what stands in the way of looking', async () => {
    const refused = fail({ kind: 'facts-unreadable', detail: 'exit 1' })
    expect(await play(refused)).toEqual({ outcome: refused, said: [], results: [] })
  })

  it('prints each finding with cause, help and evidence, the sum, and what it could not see', () => {
    const unread: Examination['unread'] = [{ fact: 'kernelLog', why: 'not permitted' }]
    const lines = examinationLines({ ...examined(lost, swap), unread }, wordsOf('en'), 'lab14')
    expect(lines[0]).toBe('Error: Xid 79: a GPU has fallen off the bus')
    expect(lines).toContain('  Seen: NVRM: Xid (PCI:0000:b7:00): 79')
    expect(lines.slice(-2)).toEqual([
      '1 error, 0 warnings, 1 hint',
      'Could not be looked at: kernel log (not permitted)',
    ])
    const chinese = examinationLines({ ...examined(lost), unread }, wordsOf('zh-CN'), 'lab14')
    expect(chinese[0]).toBe('错误：Xid 79：有 GPU 从总线上掉线')
    expect(chinese.at(-1)).toBe('未能检查：内核日志 (not permitted)')
    expect(examinationLines(examined(), wordsOf('zh-CN'), 'lab14')).toEqual([doctorOf('zh-CN').nothing])
  })
})
