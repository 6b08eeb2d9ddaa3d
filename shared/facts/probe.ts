// A probe is one question to an appliance, as data: a POSIX sh fragment whose stdout is the answer.
// All probes travel as one script (script.ts), come back as frames (frames.ts) and are read by pure
// functions that never throw: garbage in, "unreadable" out.
import { type Command, command } from '../domain/command.ts'
import type { ProbeOutcome } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { commandLine, quoteWord } from '../domain/quote.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'

/** Probes that one shell asks side by side: a process of its own for each costs more than most of the answers. */
export type ProbeGroup = {
  /** Lower case. */
  readonly id: string
  /** sh text that runs before the members, whose shells see its variables and the folder $answers. */
  readonly opening: string
  /** Of the whole group. A member that hangs leaves the others their answers. */
  readonly deadlineSeconds: number
}

export type Probe = {
  /** Names the frame and the files of the probe on the appliance: lower case, digits, "-" and ".". */
  readonly id: string
  /**
   * POSIX sh. Its stdout is the answer. Exit code 127 without one byte on stdout and stderr says
   * that the appliance does not have what the question is about.
   */
  readonly shell: string
  readonly deadlineSeconds: number
  /**
   * sh words that say whether there is anything to ask, without starting a process: `has PROGRAM`, `pci VENDORID`
   * (script-body.ts) and `[ ... ]`. Where they fail the answer is "missing", and costs nothing.
   */
  readonly when?: string
  /**
   * A vendor tool that can hang in the driver for ever. The fragment's last command must be started with `exec` (see
   * toolProbe), any other tool call with `watched`: its process is recorded, and not started again while it lives.
   */
  readonly tool?: boolean
  /**
   * A call of the same tool that goes on answering once a second, for the sampler: sh that ends with `exec`. A header
   * line once, then rows whose first cell counts the devices up, in printable ASCII. See keep_newest in sampler-script.ts.
   */
  readonly stream?: string
  /**
   * Asked with the others of this group, within the group's deadline. Never a vendor tool. The fragment has `print_file
   * FILE`, which starts no process, and must not `exec` a program: its answer ends with its own shell.
   */
  readonly group?: ProbeGroup
}

/** Of files that the kernel and the system keep: nothing here waits for a driver or a service. */
export const filesGroup: ProbeGroup = { id: 'files', opening: '', deadlineSeconds: 5 }

export type ProbeAnswer = ProbeOutcome & {
  readonly stdout: string
  readonly stderr: string
  /** Why the bytes are not all there; undefined when they are. */
  readonly damage: string | undefined
}

export type Answers = ReadonlyMap<string, ProbeAnswer>

/** sh text that ends a fragment as "not there" when `program` is not on the PATH. */
export function needs(program: string): string {
  return `command -v ${commandLine(command(program))} >/dev/null 2>&1 || exit 127`
}

/** The probe of one vendor tool call. `prepare` is sh text that runs before it, for its environment. */
export function toolProbe(id: string, call: Command, deadlineSeconds: number, prepare = ''): Probe {
  const shell = [needs(call.words[0]), prepare, `exec ${commandLine(call)}`].filter((line) => line !== '').join('\n')
  return { id, shell, deadlineSeconds, when: `has ${quoteWord(call.words[0])}`, tool: true }
}

/** Why an answer's bytes may not be read; undefined when they may. `missing` is not a reason. */
export function silence(answer: ProbeAnswer | undefined): string | undefined {
  if (answer === undefined) return 'no answer came back'
  if (answer.state === 'timed-out') return 'it did not answer in time'
  if (answer.state === 'still-hung') {
    return answer.since.state === 'known'
      ? `it has hung since ${answer.since.value}`
      : 'an earlier call of it still hangs'
  }
  return answer.damage
}

/** Stdout of a probe that ended well; absent where the appliance does not have what it asks about. */
export function answerText(answers: Answers, id: string): Reading<string> {
  const answer = answers.get(id)
  const reason = silence(answer)
  if (reason !== undefined || answer === undefined) return unreadable(`${id}: ${reason}`)
  if (answer.state === 'missing') return absent
  if (answer.exitCode.state === 'known' && answer.exitCode.value === 0) return known(answer.stdout)
  return unreadable(complaint(answer))
}

/** What a command said whose answer cannot be used, with its exit code: evidence, bounded, one line. */
export function complaint(answer: ProbeAnswer): string {
  const code = answer.exitCode.state === 'known' ? `exit ${answer.exitCode.value}` : 'no exit code'
  const said = (evidence(answer.stderr, 200) || evidence(answer.stdout, 200)).replace(/\s*\n\s*/g, '; ')
  if (said === '') return `${answer.id}: ${code} without a word`
  return code === 'exit 0' ? `${answer.id} was not understood: ${said}` : `${said} (${code})`
}
