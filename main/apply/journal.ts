// The journal of a run, written on the appliance: /var/lib/rackside/journal/<run>.jsonl, one record a
// line, synced before the next thing happens. The time is the appliance's own clock.
import type { Script } from '../../shared/domain/command.ts'
import { putShell } from '../../shared/domain/put-text.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteJournal, remoteLock, remoteNewestRun } from '../../shared/domain/remote-layout.ts'
import type { JournalRecord } from '../../shared/domain/run.ts'
import { noRecordExitCode } from '../../shared/domain/script-exits.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'

/** Run while the lock is still held. */
const clearLockShell = `: >${remoteLock}`

type Unstamped<R> = R extends unknown ? Omit<R, 'at'> : never
export type Entry = Unstamped<JournalRecord>

export function journalFile(runId: string): string {
  return `${remoteJournal}/${runId}.jsonl`
}

/** Names the run that began last: of clocks and of file times nobody knows which was set when. */
const newestShell = (runId: string) => `${putShell}\nput ${remoteNewestRun} ${quoteWord(runId)}\n`

/** Appends one record; `clearsLock`: and says in the lock file that the run ended in order. */
export function journalScript(name: string, entry: Entry, clearsLock = false): Script {
  const clear = clearsLock ? `${clearLockShell}\n` : ''
  const newest = entry.record === 'run-begin' ? newestShell(entry.run) : ''
  return {
    name,
    text: `${scriptHead({ block: 'journal', entry, clearsLock })}${appendShell(entry)}\n${newest}${clear}`,
  }
}

/** Shell that appends one record and syncs it; the shell ends with `noRecordExitCode` when the record is not on disk. */
export function appendShell(entry: Entry): string {
  // `at` comes last and is filled in by the appliance, inside the quotes of the JSON text.
  const [before, after] = JSON.stringify({ ...entry, at: '@' }).split('"@"}') as [string, string]
  const file = quoteWord(journalFile(entry.run))
  return [
    // What a full disk or a power cut left of a line stays a line of its own.
    `{ { { [ -z "$(tail -c 1 ${file} 2>/dev/null)" ] || echo; } && printf '%s"%s"%s\\n' ${quoteWord(before)} "$(date -u +%Y-%m-%dT%H:%M:%SZ)" ${quoteWord(`}${after}`)}; } >>${file}`,
    `  { sync ${file} 2>/dev/null || sync; }; } || exit ${noRecordExitCode}`,
  ].join(' &&\n')
}
