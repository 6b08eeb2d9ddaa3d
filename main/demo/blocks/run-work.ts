// A run on the simulated machine: the lock, the journal, and the steps, which a transient unit carries to their
// end whether or not the console lives.
import { remoteAudit, remoteFormat, remoteLock, remoteRoot } from '../../../shared/domain/remote-layout.ts'
import { lostLockExitCode, noRecordExitCode, undoneExitCode } from '../../../shared/domain/script-exits.ts'
import type { HeadOf } from '../../../shared/domain/script-head.ts'
import { runCommand } from '../engine/commands.ts'
import { fullDiskComplaint, type Machine } from '../machine.ts'
import { appendToJournal, journalFiles } from './journal.ts'
import { aborted, type Worker, type Workers } from './work.ts'

export type RunWorkers = Pick<
  Workers,
  'run-lock' | 'bench-lock' | 'journal' | 'step' | 'last-run' | 'units-at-work' | 'audit-copy'
>

/** `lock`: of runs, which others look at too. `power`: ends what runs as a unit; the lease of a console does not. */
export function runWorkers(machine: Machine, power: () => AbortSignal, lock: Lock): RunWorkers {
  const units: Units = new Map()
  const steps = new Set<string>()
  return {
    'run-lock': lockWorker(machine, lock),
    'bench-lock': benchLockWorker(machine, lock),
    'last-run': lastRunWorker(machine, () => lock.held || units.size + steps.size > 0),
    'units-at-work': async ({ write }) => {
      for (const one of [...steps, ...[...units.keys()].map((unit) => `rackside-${unit}.service`)])
        await write(`${one}\n`)
      return 0
    },
    journal: journalWorker(machine),
    'audit-copy': auditCopyWorker(machine),
    step: stepWorker(machine, { units, steps, power }),
  }
}

/** `lose`: ends whoever holds it. */
export type Lock = { held: boolean; lose?: () => void }

function isHeldBy(text: string, run: string): boolean {
  return text.startsWith(`{"run":${JSON.stringify(run)},`)
}

function lockWorker(machine: Machine, lock: Lock): Worker<'run-lock'> {
  return async ({ head: { holder, takesOver }, write, signal }) => {
    const before = machine.state.files[remoteLock] ?? ''
    if (lock.held && (takesOver === undefined || !isHeldBy(before, takesOver))) {
      await write(`held ${before.trimEnd()}\n`)
      return 0
    }
    lock.lose?.()
    const lost = new Promise<void>((resolve) => {
      lock.lose = resolve
    })
    lock.held = true
    machine.change(({ files }) => {
      files[`${remoteRoot}/format`] ??= `${remoteFormat}\n`
      files[remoteLock] = `${JSON.stringify(holder)}\n`
    })
    await write(`locked ${before.trimEnd()}\n`)
    let isMine = true
    await Promise.race([aborted(signal), lost.then(() => (isMine = false))])
    if (isMine) lock.held = false
    return 143
  }
}

/** What it says of itself goes with it; the words of a run that ended without one stay. */
function benchLockWorker(machine: Machine, lock: Lock): Worker<'bench-lock'> {
  return async ({ head: { holder }, write, signal }) => {
    const before = machine.state.files[remoteLock] ?? ''
    if (lock.held) {
      await write(`held ${before.trimEnd()}\n`)
      return 0
    }
    const say = (text: string) => {
      if (before !== '') return
      machine.change(({ files }) => {
        files[remoteLock] = text
      })
    }
    const lost = new Promise<void>((resolve) => {
      lock.lose = resolve
    })
    lock.held = true
    say(`${JSON.stringify(holder)}\n`)
    await write('locked\n')
    let isMine = true
    await Promise.race([aborted(signal), lost.then(() => (isMine = false))])
    if (isMine) {
      say('')
      lock.held = false
    }
    return 143
  }
}

type Units = Map<string, Promise<Outcome>>

function lastRunWorker(machine: Machine, isHeld: () => boolean): Worker<'last-run'> {
  return async ({ write }) => {
    const { files } = machine.state
    const newest = journalFiles(files).at(-1)
    if (newest === undefined) return 0
    const holder = isHeld() ? (files[remoteLock] ?? '').trimEnd() : ''
    await write(`${holder}\n${newest.slice(newest.lastIndexOf('/') + 1)}\n${files[newest] ?? ''}`)
    return 0
  }
}

function journalWorker(machine: Machine): Worker<'journal'> {
  return async ({ head: { entry, clearsLock }, complain }) => {
    if (!appendToJournal(machine, entry)) {
      complain(`sh: 1: printf: printf: I/O error: ${fullDiskComplaint}`)
      return noRecordExitCode
    }
    if (clearsLock) {
      machine.change(({ files }) => {
        files[remoteLock] = ''
      })
    }
    return 0
  }
}

/** Of each line its number alone: the head of the script has no more, and nobody reads them on a simulated machine. */
function auditCopyWorker(machine: Machine): Worker<'audit-copy'> {
  return async ({ head: { consoleId, numbers } }) => {
    const file = `${remoteAudit}/${consoleId}.jsonl`
    machine.change(({ files }) => {
      const kept = (files[file] ?? '').split('\n').filter((line) => line !== '')
      const last = Number(kept.at(-1) ?? 0)
      const added = numbers.filter((number) => number > last).map(String)
      files[file] = `${[...kept, ...added].slice(-200).join('\n')}\n`
    })
    return 0
  }
}

type Step = HeadOf<'step'>
type Outcome = { readonly exitCode: number; readonly said: string }

/** `steps`: those that end with their console. */
type AtWork = { readonly units: Units; readonly steps: Set<string>; readonly power: () => AbortSignal }

function stepWorker(machine: Machine, { units, steps, power }: AtWork): Worker<'step'> {
  return async ({ head, complain, signal }) => {
    const { unit } = head
    const name = `${head.step} (${head.run})`
    const running = unit === undefined ? undefined : units.get(unit)
    const doing = running ?? begin(machine, head, unit === undefined ? signal : power())
    if (unit !== undefined && running === undefined) {
      units.set(unit, doing)
      const forget = () => void units.delete(unit)
      doing.then(forget, forget)
    }
    if (unit === undefined) steps.add(name)
    const outcome = await Promise.race([doing, aborted(signal)]).finally(() => steps.delete(name))
    if (outcome === undefined) return 143
    if (outcome.said !== '') complain(outcome.said.trimEnd())
    // What systemd tells of a unit is that it failed, not with what.
    const { exitCode } = outcome
    return unit === undefined || exitCode === 0 || exitCode === undoneExitCode ? exitCode : 1
  }
}

async function begin(machine: Machine, head: Step, signal: AbortSignal): Promise<Outcome> {
  const { run, step, commands, undo } = head
  if (!isHeldBy(machine.state.files[remoteLock] ?? '', run)) return { exitCode: lostLockExitCode, said: '' }
  const noted = (record: object): boolean => appendToJournal(machine, { ...record, run, step })
  if (!noted({ record: 'step-begin' })) return { exitCode: noRecordExitCode, said: fullDiskComplaint }
  for (const [at, words] of commands.entries()) {
    const ended = await runCommand(machine, words, signal)
    // Without power nothing goes on, nothing is undone and nothing recorded.
    if (signal.aborted) return { exitCode: 143, said: '' }
    if (ended.exitCode === 0) continue
    const outcome = await undoneOrFailed(machine, undo[at] ?? [], signal)
    noted({ record: 'step-end', outcome })
    return { exitCode: outcome === 'undone' ? undoneExitCode : ended.exitCode, said: ended.stderr }
  }
  return noted({ record: 'step-end', outcome: 'done' })
    ? { exitCode: 0, said: '' }
    : { exitCode: noRecordExitCode, said: fullDiskComplaint }
}

async function undoneOrFailed(
  machine: Machine,
  undo: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<'undone' | 'failed'> {
  if (undo.length === 0) return 'failed'
  let undone = true
  for (const words of undo) if ((await runCommand(machine, words, signal)).exitCode !== 0) undone = false
  return undone ? 'undone' : 'failed'
}
