// Exit codes are a promise to scripts: one number for each kind of failure, all of them in the help.
import { describe, expect, it } from 'vitest'
import {
  auditBrokenExitCode,
  doctorExitCodes,
  exitCodes,
  interruptedExitCode,
  verdictExitCodes,
} from '../../../../main/terminal/exit-codes.ts'
import { failure } from '../../../../shared/domain/failure.ts'
import { verdictState } from '../../../../shared/domain/verdict.ts'
import { helpOf } from '../../../../shared/words/help.ts'

const kinds = failure.options.map((option) => option.shape.kind.value)
const unhealthy = [
  ...verdictState.options.filter((state) => state !== 'healthy').map((state) => verdictExitCodes[state]),
  ...[doctorExitCodes.error, doctorExitCodes.warning, auditBrokenExitCode],
]

/** Numbers and ranges ("10-23") of the paragraph on exit codes. */
function documented(help: string): [number, number][] {
  const paragraph = help.slice(help.search(/Exit codes|退出码/)).replaceAll(/\([^)]*\)|（[^）]*）/g, '')
  return [...paragraph.matchAll(/\b(\d{1,3})(?:-(\d{1,3}))?\b/g)].map(([, from, to]) => [
    Number(from),
    Number(to ?? from),
  ])
}

describe('the exit codes', () => {
  it('are one for each kind of failure and each verdict, none twice', () => {
    expect(Object.keys(exitCodes).sort()).toEqual([...kinds].sort())
    const all = [...Object.values(exitCodes), ...unhealthy]
    expect(new Set(all).size).toBe(all.length)
  })

  it('are numbers that a shell keeps, and none that shells use themselves or that could be of a signal', () => {
    // 126 and 127: a command that cannot be run. From 129 to 192: one that a signal ended. 255: ssh.
    const isOurs = (code: number) => (code >= 1 && code <= 125) || (code >= 200 && code <= 250)
    for (const code of [...Object.values(exitCodes), ...unhealthy]) {
      expect([code, Number.isInteger(code) && isOurs(code)]).toEqual([code, true])
    }
    expect(verdictExitCodes.healthy).toBe(0)
  })

  it('say of a bug and of a second Ctrl-C what shells and Node say of them', () => {
    expect([exitCodes.internal, interruptedExitCode]).toEqual([1, 130])
  })

  it('stay what they are: scripts of others rely on them', () => {
    expect(exitCodes).toMatchObject({
      usage: 2,
      'approval-needed': 4,
      'host-unreachable': 11,
      'host-key-unknown': 12,
      'host-key-changed': 13,
      'host-key-mismatch': 14,
      'login-refused': 15,
      'sudo-refused': 20,
      'engine-missing': 32,
      'disk-too-small': 37,
      'port-taken': 38,
      'run-in-progress': 52,
      'console-busy': 104,
      'disk-full': 53,
      'step-failed': 55,
    })
  })

  it.each(['en', 'zh-CN'] as const)('are all in the ranges of the help in %s', (language) => {
    const ranges = documented(helpOf(language).exitCodes)
    const missing = [
      ...Object.entries(exitCodes),
      ...Object.entries(verdictExitCodes),
      ...Object.entries(doctorExitCodes),
      ['interrupted', interruptedExitCode] as const,
      ['audit broken', auditBrokenExitCode] as const,
    ].filter(([, code]) => !ranges.some(([from, to]) => from <= code && code <= to))
    expect(missing).toEqual([])
  })
})
