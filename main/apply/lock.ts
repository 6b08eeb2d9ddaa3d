// One writer per appliance: flock on a file, held by a process whose stdin is the run's lease. A console
// that dies frees it by itself; a holder that is alive is named, and loses it only to somebody who typed its run. What the lock file says after a clean
// end is nothing, so a text left in it is a run that ended without a word.

import { benchId } from '../../shared/domain/bench.ts'
import type { Connection, RemoteStream } from '../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { splitOnce } from '../../shared/domain/line-words.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import {
  remoteArtifacts,
  remoteFormat,
  remoteJournal,
  remoteLock,
  remoteProver,
  remoteRoot,
  remoteStaging,
} from '../../shared/domain/remote-layout.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { failureFromOutput } from './remote-error.ts'

export type Holder = { readonly run: string; readonly who: string; readonly at: string }
export type HeldLock = {
  /** The run that ended without a word before this one. */
  readonly resumes: string | undefined
  /** False once the process that holds the lock has ended: somebody else may hold it now. */
  held(): boolean
  release(): void
}

const folders = [remoteRoot, remoteArtifacts, remoteStaging, remoteJournal].join(' ')

/** A dead console's lease ends within 30 s; after that somebody else is really at work. */
const patienceSeconds = 40
const pauseMilliseconds = 1000

/** For scripts that do not get the lock: who has it, in one line (`holder`). A run that gets it takes away what a prover left. */
export const holderShell = `find_holder() {
  if [ -s ${remoteProver} ]; then read -r holder <${remoteProver}; else read -r holder <${remoteLock}; fi
}`

/** `takesOver`: the run whose holder is ended, if it holds the lock. The second line of the file is the holder's pid. */
function lockScript(holder: Holder, takesOver?: string): string {
  const take =
    takesOver === undefined
      ? 'false'
      : `case $holder in ${quoteWord(`{"run":"${takesOver}",`)}*)
    pid=$(sed -n 2p ${remoteLock} | tr -cd 0-9)
    ls -l "/proc/$pid/fd" 2>/dev/null | grep -q -- "-> $(readlink -f ${remoteLock})$" && kill "$pid"
    flock -w 10 9 ;;
  *) false ;; esac`
  // What goes wrong is said where the answer is read.
  return `${scriptHead({ block: 'run-lock', holder, ...(takesOver === undefined ? {} : { takesOver }) })}exec 2>&1
umask 022
mkdir -p ${remoteRoot} ${remoteArtifacts} && mkdir -p -m 700 ${remoteStaging} ${remoteJournal} || exit 20
# Somebody may have made them, or given them away: what root runs and believes lies in them.
chown "$(id -u)" ${folders} && chmod go-w ${folders} || exit 20
[ -s ${remoteRoot}/format ] || echo ${remoteFormat} >${remoteRoot}/format || exit 20
found=$(head -c 10 ${remoteRoot}/format)
[ "$found" -le ${remoteFormat} ] || { printf 'format %s\\n' "$found"; exit 0; }
exec 9>>${remoteLock} || exit 20
${holderShell}
if ! flock -n 9; then
  find_holder
  ${take} || { printf 'held %s\\n' "$holder"; exit 0; }
fi
rm -f ${remoteProver}
read -r before <${remoteLock}
# What failed of a run that nobody waited for is in its journal; systemd need not name it any more.
[ -z "$before" ] || systemctl reset-failed 'rackside-*' >/dev/null 2>&1
# Not $$: that is the shell around this one.
IFS=' ' read -r self rest </proc/self/stat
printf '%s\\n' ${quoteWord(JSON.stringify(holder))} "$self" >${remoteLock} || exit 20
printf 'locked %s\\n' "$before"
trap 'kill $!; exit 143' TERM
while :; do
  sleep 3600 >/dev/null 2>&1 9>&- &
  wait $!
done
`
}

export type LockWishes = {
  readonly pause: (milliseconds: number) => Promise<void>
  readonly signal: AbortSignal
  /** The run whose holder is to be ended, as a person typed it. */
  readonly takesOver?: string | undefined
}

/** Yields once when somebody else holds the lock, then waits for a dead console's lease to run out. */
export async function* acquireLock(
  connection: Connection,
  holder: Holder,
  { pause, signal, takesOver }: LockWishes,
): AsyncGenerator<RunEvent, Result<HeldLock>> {
  for (let waitedSeconds = 0; ; waitedSeconds += pauseMilliseconds / 1000) {
    const tried = await tryLock(connection, lockScript(holder, takesOver))
    if (!tried.ok) return tried
    if (tried.value.locked !== undefined) return ok(tried.value.locked)
    const other = readHolder(tried.value.heldBy) ?? { run: 'unknown', who: 'unknown', at: 'unknown' }
    if (waitedSeconds >= patienceSeconds) {
      return fail({ kind: 'run-in-progress', holder: other.who, since: other.at, runId: other.run })
    }
    if (waitedSeconds === 0) yield { event: 'waiting-for-lock', holder: other.who, run: other.run }
    if (signal.aborted) return fail({ kind: 'cancelled', at: 'run lock' })
    await pause(pauseMilliseconds)
  }
}

type Attempt = { locked: HeldLock; heldBy?: never } | { locked?: never; heldBy: string }

/** By a script that says `locked`, `held` or `format` in its first line, and holds the lock until its lease ends. */
export async function tryLock(connection: Connection, text: string): Promise<Result<Attempt>> {
  const opened = await connection.stream({ name: 'run lock', text }, { as: 'root', deadlineSeconds: 30 })
  if (!opened.ok) return opened
  const stream = opened.value
  const line = await firstLine(stream)
  const [word, rest = ''] = splitOnce(line)
  if (word === 'locked') return ok({ locked: heldBy(stream, runIn(rest)) })
  stream.close()
  if (word === 'held') return ok({ heldBy: rest })
  if (word === 'format') {
    return fail({ kind: 'state-too-new', folder: remoteRoot, found: Number(rest) || 0, supported: remoteFormat })
  }
  return fail(failureFromOutput('run lock', remoteRoot, line))
}

/** A benchmark that was killed with its words still in the lock changed nothing: nothing of it is left to be resumed. */
function runIn(text: string): string | undefined {
  const run = readHolder(text)?.run
  return benchId.safeParse(run).success ? undefined : run
}

function heldBy(stream: RemoteStream, resumes: string | undefined): HeldLock {
  let held = true
  void stream.ended.then(() => {
    held = false
  })
  return { resumes, held: () => held, release: () => stream.close() }
}

/** Reads on by hand: leaving a loop over the output would end the process that holds the lock. */
async function firstLine(stream: RemoteStream): Promise<string> {
  const output = stream.output[Symbol.asyncIterator]()
  const decoder = new TextDecoder()
  let text = ''
  while (!text.includes('\n') && text.length < 4000) {
    const next = await output.next()
    if (next.done === true) break
    text += decoder.decode(next.value, { stream: true })
  }
  return text.split('\n')[0] ?? ''
}

/** What a lock file says, made safe to show; undefined when it says nothing of ours. */
export function readHolder(text: string): Holder | undefined {
  const value = jsonIn(text)
  if (typeof value !== 'object' || value === null) return undefined
  const { run, who, at } = value as Record<string, unknown>
  if (typeof run !== 'string' || typeof who !== 'string' || typeof at !== 'string') return undefined
  return { run: evidence(run, 80), who: evidence(who, 80), at: evidence(at, 40) }
}
