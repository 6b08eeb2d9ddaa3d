// The newest run of an appliance, as its journal there tells it: asked by one script that only reads, read by
// a pure function. What lies in the journal is hostile input: bounded, and lines that are no records do not count.

import type { Connection } from '../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { remoteJournal, remoteLock } from '../../shared/domain/remote-layout.ts'
import { type JournaledRun, type JournalRecord, journalRecord } from '../../shared/domain/run.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { readHolder } from './lock.ts'
import { failureFromOutput } from './remote-error.ts'
import { unitsAtWorkShell } from './units-at-work.ts'

const deadlineSeconds = 30
/** A record has some hundred bytes, a run some dozens of steps. */
const journalBytes = 512 * 1024
const stepsShown = 500

/**
 * Prints nothing where nothing was ever set up; else who holds the lock now (an empty line: nobody), the
 * name of the newest journal, and the journal. What a dead console left going on by itself holds it too.
 * The newest is the one that says so of itself, else the one that was written last.
 */
const lastRunScript = `${scriptHead({ block: 'last-run' })}LC_ALL=C
${unitsAtWorkShell}
cd ${remoteJournal} 2>/dev/null || exit 0
[ ! -f newest ] || named=$(head -c 100 newest)
newest=$({ [ -z "\${named:-}" ] || echo "$named.jsonl"; ls -t; } | while read -r file; do
  case $file in */*) ;; run-*.jsonl) [ -f "$file" ] && [ ! -L "$file" ] && [ -s "$file" ] && echo "$file" && break ;; esac
done)
[ -n "$newest" ] || exit 0
holder=
if [ -f ${remoteLock} ]; then
  ( flock -s -n 9 ) 9<${remoteLock} 2>/dev/null
  [ $? -eq 1 ] || [ -n "$(units_at_work 2>/dev/null)" ] && holder=$(head -c 1000 ${remoteLock} | head -n 1)
fi
printf '%s\n%s\n' "$holder" "$newest"
head -c ${journalBytes} "$newest"
`

/** Null where nothing was ever set up. */
export async function readLastRun(connection: Connection): Promise<Result<JournaledRun | null>> {
  const output = await readNewest(connection)
  return output.ok ? lastRunFrom(output.value) : output
}

/**
 * Whether the newest run ended without a word, or before it was noted that it found all well: then one more run has to
 * say so, also where nothing is left to change, and what it finds is what drift is told from.
 */
export async function isLeftOpen(connection: Connection): Promise<boolean> {
  const output = await readNewest(connection)
  if (!output.ok) return false
  const run = lastRunFrom(output.value)
  if (!run.ok || run.value === null) return false
  const { run: id, state } = run.value
  const isNoted = output.value
    .split('\n')
    .map(recordIn)
    .some((one) => one?.record === 'verified' && one.run === id && one.verdict === 'healthy')
  return state === 'broken-off' || (state === 'done' && !isNoted)
}

async function readNewest(connection: Connection): Promise<Result<string>> {
  const read = await connection.run(
    { name: 'last run', text: lastRunScript },
    { as: 'root', deadlineSeconds, outputLimitBytes: journalBytes + 4096 },
  )
  if (!read.ok) return read
  const { exitCode, stdout, stderr } = read.value
  if (exitCode !== 0) return fail(failureFromOutput('last run', remoteJournal, stderr))
  return ok(stdout)
}

export function lastRunFrom(output: string): Result<JournaledRun | null> {
  if (output === '') return ok(null)
  const [holder = '', file = '', ...lines] = output.split('\n')
  const run = file.replace(/\.jsonl$/, '')
  const records = lines.map(recordIn).filter((r): r is JournalRecord => r?.run === run)
  const begin = records.find((r) => r.record === 'run-begin')
  if (begin === undefined) {
    return fail({ kind: 'facts-unreadable', detail: evidence(`journal ${file}: it does not say what was begun`) })
  }
  const end = records.find((r) => r.record === 'run-end')
  const held = readHolder(holder)?.run === run
  return ok({
    run: begin.run,
    planId: evidence(begin.plan, 100),
    who: evidence(begin.who, 70),
    beganAt: evidence(begin.at, 30),
    steps: stepsOf(records),
    state: end?.outcome ?? (held ? 'running' : 'broken-off'),
  })
}

/** Undefined where it was cut short by a power cut, or is not ours. */
function recordIn(line: string): JournalRecord | undefined {
  return journalRecord.safeParse(jsonIn(line)).data
}

function stepsOf(records: readonly JournalRecord[]): JournaledRun['steps'] {
  const steps: JournaledRun['steps'] = []
  for (const one of records) {
    if (steps.length >= stepsShown) break
    if (one.record === 'step-begin') steps.push({ step: evidence(one.step, 120) })
    if (one.record !== 'step-end') continue
    const ended = { step: evidence(one.step, 120), outcome: one.outcome }
    const begun = steps.findLastIndex((s) => s.step === ended.step && s.outcome === undefined)
    if (begun >= 0) steps[begun] = ended
    // What was found to be true already was never begun.
    else steps.push(ended)
  }
  return steps
}
