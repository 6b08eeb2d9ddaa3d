// The copy of the audit on an appliance: the script as a shell runs it, and what the verifier makes of it.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyScript, mostCopyBytes, type NumberedLine } from '../../../../main/apply/audit-copy.ts'
import { verifyAuditAt } from '../../../../main/core/audit/verify-at.ts'
import { openAudit } from '../../../../main/store/audit/audit.ts'
import { linesAbout } from '../../../../main/store/audit/lines-about.ts'
import { remoteAudit } from '../../../../shared/domain/remote-layout.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const address = { host: '10.0.0.9', port: 22 }
const about = { ...address, machineId: null }

function audited() {
  const home = temporaryFolder()
  const audit = openAudit(home)
  const act = (name: string, appliance = address) => {
    const line = {
      at: '2026-11-20T08:00:00.000Z',
      who: 'li',
      act: name,
      appliance,
      input: { note: "it's a 'quote' $HOME" },
    }
    expect(audit.append(line)).toMatchObject({ ok: true })
  }
  act('plan-apply')
  act('run-begin')
  act('other', { host: '10.0.0.10', port: 22 })
  act('run-end')
  return { home, act, found: () => linesAbout(home, about) ?? { consoleId: '', lines: [] } }
}

function copied(there: string, { consoleId, lines }: { consoleId: string; lines: readonly NumberedLine[] }): string {
  execFileSync('sh', ['-c', copyScript(consoleId, lines).replaceAll(remoteAudit, there)])
  return join(there, `${consoleId}.jsonl`)
}

const numbersIn = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^\{"number":(\d+)/gm)].map(([, n]) => Number(n))

describe('the copy on an appliance', () => {
  it('has the lines about it as they stand, each once, for root alone', () => {
    const { act, found } = audited()
    const there = join(temporaryFolder(), 'audit')
    const file = copied(there, found())
    expect(numbersIn(file)).toEqual([2, 3, 5])
    act('plan-apply')
    copied(there, found())
    copied(there, found())
    expect(numbersIn(file)).toEqual([2, 3, 5, 6])
    expect([statSync(file).mode & 0o777, statSync(there).mode & 0o777]).toEqual([0o600, 0o700])
    for (const { text } of found().lines) expect(readFileSync(file, 'utf8')).toContain(`${text}\n`)
  })

  it('goes on behind a line that was cut short, and is read with it', () => {
    const { act, found } = audited()
    const there = join(temporaryFolder(), 'audit')
    const file = copied(there, found())
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"number":6,"at":"20`)
    act('plan-apply')
    copied(there, found())
    expect(numbersIn(file)).toEqual([2, 3, 5, 6, 6])
    const report = verifyAuditAt({ place: file, checkpoints: [], copies: [] })
    expect(report.ok && [report.value.problems, report.value.notes.map(({ kind }) => kind)]).toEqual([
      [],
      ['gap', 'part', 'no-checkpoint'],
    ])
  })

  it('makes way when it is large, and keeps the one before', () => {
    const { found } = audited()
    const there = join(temporaryFolder(), 'audit')
    mkdirSync(there)
    writeFileSync(join(there, `${found().consoleId}.jsonl`), 'x'.repeat(mostCopyBytes + 1))
    const file = copied(there, found())
    expect(numbersIn(file)).toEqual([2, 3, 5])
    expect(existsSync(`${file}.1`)).toBe(true)
  })

  it('shows what was changed at the console, and what was changed in it', () => {
    const { home, found } = audited()
    const file = copied(join(temporaryFolder(), 'audit'), found())
    const compared = (): string[] => {
      const report = verifyAuditAt({ place: home, checkpoints: [], copies: [file] })
      return report.ok ? report.value.problems.map(({ kind, file: where }) => `${kind} ${where}`) : []
    }
    expect(compared()).toEqual([])
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('"who":"li"', '"who":"wu"'))
    expect(compared()).toEqual([`copy-differs ${basename(file)}`])
    writeFileSync(file, text)
    // The end cut off.
    const own = join(home, 'audit.jsonl')
    const whole = readFileSync(own, 'utf8')
    writeFileSync(own, `${whole.split('\n').slice(0, 3).join('\n')}\n`)
    expect(compared()).toEqual([`copy-differs ${basename(file)}`])
    writeFileSync(own, whole)
    // All of the console's audit written anew, as if it had always been so.
    const again = temporaryFolder()
    openAudit(again).append({ at: '2026-11-20T08:00:00.000Z', who: 'wu', act: 'plan-apply', input: {} })
    const report = verifyAuditAt({ place: again, checkpoints: [], copies: [file] })
    expect(report.ok && new Set(report.value.problems.map(({ kind }) => kind))).toEqual(new Set(['copy-differs']))
  })
})
