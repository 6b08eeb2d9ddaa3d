// A snapshot of answers as a recording, without what must not leave the hospital; and back as the frames that the
// facts script would print.

import { valueOr } from '../domain/reading.ts'
import type { RecordedAnswer, Recording } from '../domain/recording.ts'
import type { Snapshot } from './assemble.ts'
import { frameOf } from './frames.ts'
import type { ProbeAnswer } from './probe.ts'
import { redactionFor } from './redaction.ts'
import { readSystem } from './system.ts'

/** What a recording may hold of an answer: `recording` in shared/domain. */
const limits = { stdout: 600_000, stderr: 20_000 }

/** `hidden`: names and addresses of the appliance and of whoever logs in there. An answer that came damaged is left out. */
export function recordingOf({ takenAt, privilege, answers }: Snapshot, hidden: readonly string[]): Recording {
  const own = valueOr(readSystem(answers).hostname, '')
  const names = [...hidden, own].flatMap((name) => (isDotted(name) ? [name] : [name, name.split('.')[0] ?? '']))
  const redaction = redactionFor([...new Set(names)].filter((name) => name !== ''))
  const kept = [...answers.values()].filter(({ damage }) => damage === undefined)
  return {
    format: 1,
    takenAt,
    privilege,
    probes: kept.map((answer) => ({
      id: answer.id,
      state: answer.state,
      exitCode: valueOr(answer.exitCode, null),
      since: valueOr(answer.since, null),
      stdout: redaction.stdout(answer.id, answer.stdout).slice(0, limits.stdout),
      stderr: redaction.stderr(answer.stderr).slice(0, limits.stderr),
    })),
  }
}

/** What the facts script prints on that appliance when it is asked for these probes. */
export function replayedText({ probes }: Recording, asked: { nonce: string; ids: readonly string[] }): string {
  const found = asked.ids.flatMap((id) => probes.filter((one) => one.id === id).slice(0, 1))
  return `${found.map((one) => frameOf(asked.nonce, answerOf(one))).join('')}\n${asked.nonce} done\n`
}

function answerOf({ exitCode, since, ...rest }: RecordedAnswer): ProbeAnswer {
  return {
    ...rest,
    exitCode:
      exitCode === null ? { state: 'unreadable', why: 'it has not ended' } : { state: 'known', value: exitCode },
    since: since === null ? { state: 'absent' } : { state: 'known', value: since },
    damage: undefined,
  }
}

/** An address has no shorter name. */
function isDotted(name: string): boolean {
  return /^[\d.]+$|:/.test(name)
}
