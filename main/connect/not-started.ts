// Why a leased process ended before its start marker, read from its exit code and from what it printed.
// sudo runs with LC_ALL=C, so its words are known: sudo 1.8 to 1.9 and sudo-rs.
import type { Privilege } from '../../shared/domain/command.ts'
import { evidence, type Failure, type FailureOf } from '../../shared/domain/failure.ts'
import { unusableExitCode } from '../../shared/domain/script-exits.ts'
import type { ProcessEnd } from './leased-process.ts'

type SudoReason = FailureOf<'sudo-refused'>['reason']

const sudoWords: readonly (readonly [RegExp, SudoReason])[] = [
  [/you must have a tty to run sudo/i, 'tty-needed'],
  [
    /incorrect (password|authentication) attempt|^Sorry, try again|Authentication failed, try again/im,
    'password-wrong',
  ],
  [/password is required|interactive authentication is required|terminal is required/i, 'password-needed'],
  [
    /not in the sudoers|not allowed to|may not run|a command that is not permitted|I'm afraid I can't do that/i,
    'not-allowed',
  ],
  [/sudo: (command )?not found|sudo['’]?: No such file|Unknown command/i, 'not-installed'],
  [/^sudo(-rs)?:|\bsudoers\b/im, 'other'],
]

export function notStarted(end: ProcessEnd, as: Privilege, user: string): Failure {
  const detail = evidence(end.noise)
  const ownWords = end.exitCode === unusableExitCode && /^rackside: /m.test(end.noise)
  if (as === 'root' && user !== 'root' && !ownWords) {
    const reason = sudoWords.find(([words]) => words.test(end.noise))?.[1]
    if (reason !== undefined) return { kind: 'sudo-refused', user, reason, detail }
    // `env` could not find sudo; its own words may be in any language.
    if (end.exitCode === 127) return { kind: 'sudo-refused', user, reason: 'not-installed', detail }
  }
  const code = end.exitCode === undefined ? 'no exit status' : `exit ${end.exitCode}`
  return { kind: 'shell-unusable', detail: detail === '' ? code : `${code}: ${detail}` }
}
