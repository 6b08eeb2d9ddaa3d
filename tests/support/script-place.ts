// A temporary folder in which the scripts of steps run as on an appliance whose lock this run holds.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, command, type Script } from '../../shared/domain/command.ts'
import { journalRecord } from '../../shared/domain/run.ts'
import { movedTo, startShell } from './shell-appliance.ts'
import { makeStubs } from './stub-programs.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const run = { runId: 'run-20261120T080000Z-0badcafe', step: 'container.ward-model' }

export type Surroundings = { readonly systemd: boolean; readonly shell?: readonly [string, ...string[]] }

export function scriptPlace({ systemd, shell }: Surroundings = { systemd: true }) {
  const folder = temporaryFolder()
  const root = join(folder, 'rackside')
  mkdirSync(join(root, 'journal'), { recursive: true })
  if (systemd) mkdirSync(join(folder, 'systemd'))
  const lock = join(root, 'lock')
  writeFileSync(lock, `${JSON.stringify({ run: run.runId, who: 'li' })}\n4711\n`)
  const stubs = makeStubs(folder)
  const journalFile = join(root, 'journal', `${run.runId}.jsonl`)
  const journal = () =>
    readFileSync(journalFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => journalRecord.parse(JSON.parse(line)))
  return {
    ...{ root, lock, stubs, journalFile, journal },
    /** What `<unit>.pid` and `<unit>.log` lie in where there is no systemd. */
    unitRecords: join(folder, 'run', 'units'),
    outcomes: () => journal().map((one) => ('outcome' in one ? `${one.record} ${one.outcome}` : one.record)),
    start: (script: Script) => startShell(movedTo(folder, script.text), stubs.path, shell),
  }
}

export const append = (file: string, word: string): Command =>
  command('sh', '-c', 'printf "%s\\n" "$1" >>"$0"', file, word)
export const exit = (code: number): Command => command('sh', '-c', 'echo oops >&2; exit "$0"', String(code))
export const waitFor = (file: string): Command => command('sh', '-c', 'while [ ! -e "$0" ]; do sleep 0.02; done', file)

/** Until something stands in the file: it is there a moment before that. */
export async function untilWritten(file: string): Promise<void> {
  const began = Date.now()
  while (!existsSync(file) || statSync(file).size === 0) {
    if (Date.now() - began > 5000) throw new Error(`nothing was ever written to ${file}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
