// An appliance that is a temporary folder: scripts run in a real shell with /var/lib/rackside moved there, the
// engine is pretended behind a `docker` that only writes down its words, and units are plain processes.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Asked } from '../../shared/apply/asked.ts'
import type { Command, Script } from '../../shared/domain/command.ts'
import type { Connection, RemoteStream, RunOutcome } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Plan } from '../../shared/domain/plan.ts'
import { commandLine } from '../../shared/domain/quote.ts'
import { remoteRoot, remoteRuntime, systemdFolder } from '../../shared/domain/remote-layout.ts'
import { type JournalRecord, journalRecord } from '../../shared/domain/run.ts'
import { pretendEngine } from './pretend-engine.ts'
import { bodyIn } from './pushed-body.ts'
import { makeStubs } from './stub-programs.ts'
import { temporaryFolder } from './temporary-folder.ts'

const plainShell: readonly [string, ...string[]] = ['sh']

export type ShellAppliance = {
  readonly connection: Connection
  /** Stands for /var/lib/rackside. */
  readonly root: string
  /** Names of everything that ran, artifacts and streams included, in order. */
  readonly calls: string[]
  readonly ask: () => Promise<Result<Asked>>
  /** A pause in which what was starting becomes healthy. */
  readonly pause: () => Promise<void>
  /** Words the engine got, one text for each command. */
  engineWords(): string[]
  journal(): JournalRecord[]
  lockText(): string
  /** From now on this verb of docker fails with this text (empty: it works, and does nothing). */
  break(verb: string, message: string): void
  /** From now on a call whose name matches answers with this failure instead of running. */
  refuse(name: RegExp, failure: Failure): void
  /** The process that holds the run's lock is gone, as after a power cut of the console. */
  loseLock(): Promise<void>
  /** Takes every refusal back. */
  allow(): void
}

export function shellAppliance(plan: Plan, facts: Facts): ShellAppliance {
  const folder = temporaryFolder()
  const root = join(folder, 'rackside')
  const stubs = makeStubs(folder)
  mkdirSync(join(folder, 'systemd'))
  const calls: string[] = []
  const arrived = new Map((facts.artifacts.state === 'known' ? facts.artifacts.value : []).map((f) => [f.sha256, f]))
  const refusals: [RegExp, Failure][] = []
  const holders: ChildProcess[] = []
  const engine = pretendEngine(plan, facts)
  let heard = 0
  const lines = (what: Command | Script) => movedTo(folder, 'text' in what ? what.text : commandLine(what))
  const nameOf = (what: Command | Script) => ('name' in what ? what.name : what.words.join(' '))
  const refusalOf = (name: string) => refusals.find(([pattern]) => pattern.test(name))?.[1]
  const start = (what: Command | Script) => startShell(lines(what), stubs.path)

  const catchUp = () => {
    const words = stubs.dockerWords()
    for (const one of words.slice(heard)) {
      if (one.outcome === 'done') engine.execute({ words: ['docker', ...one.words] })
    }
    heard = words.length
  }

  const connection: Connection = {
    async run(what) {
      calls.push(nameOf(what))
      const refusal = refusalOf(nameOf(what))
      return refusal === undefined ? ok(await finished(start(what))) : fail(refusal)
    },
    async stream(what) {
      calls.push(nameOf(what))
      const refusal = refusalOf(nameOf(what))
      if (refusal !== undefined) return fail(refusal)
      const child = start(what)
      holders.push(child)
      return ok(streamOf(child))
    },
    async put(artifact, _source, { onProgress }) {
      calls.push(`put ${artifact.id}`)
      const refusal = refusalOf(`put ${artifact.id}`)
      if (refusal !== undefined) return fail(refusal)
      onProgress({ sentBytes: artifact.bytes, doneBytes: artifact.bytes, totalBytes: artifact.bytes })
      arrived.set(artifact.sha256, { sha256: artifact.sha256, bytes: artifact.bytes })
      return ok({ sentBytes: artifact.bytes, skippedBytes: 0 })
    },
    engine: () =>
      ({ inspectContainers: async () => ok([]), containerLog: async () => ok('the end of the log') }) as never,
    async http({ port, path }) {
      calls.push(`GET ${port}${path}`)
      const refusal = refusalOf(`GET ${port}${path}`)
      return refusal === undefined ? ok({ status: 200, headers: {}, ...bodyIn(bytesOf('ok')) }) : fail(refusal)
    },
    close: async () => undefined,
  }

  return {
    connection,
    root,
    calls,
    ask: async () => {
      catchUp()
      return ok({ ...facts, ...engine.objects(), artifacts: { state: 'known', value: [...arrived.values()] } })
    },
    pause: async () => engine.settle(),
    engineWords: () => stubs.dockerWords().map((one) => one.words.join(' ')),
    journal: () => readJournal(root),
    // The second line is the process that holds it.
    lockText: () => readFileSync(join(root, 'lock'), 'utf8').replace(/\n\d+\n$/, '\n'),
    break: (verb, message) => stubs.breakDocker(verb, message),
    refuse: (name, failure) => void refusals.push([name, failure]),
    async loseLock() {
      const gone = holders.map((child) => new Promise((resolve) => child.once('close', resolve)))
      for (const child of holders) killGroup(child)
      await Promise.all(gone)
    },
    allow: () => refusals.splice(0),
  }
}

/**
 * The text with the appliance's folders in this one: `rackside` for ours, `run` for what a reboot takes away, and
 * `systemd`, which is there when systemd runs the server.
 */
export function movedTo(folder: string, text: string): string {
  return text
    .replaceAll(remoteRoot, join(folder, 'rackside'))
    .replaceAll(remoteRuntime, join(folder, 'run'))
    .replaceAll(systemdFolder, join(folder, 'systemd'))
}

export function startShell(text: string, path: string, [shell, ...words] = plainShell): ChildProcess {
  const child = spawn(shell, [...words, '-c', text], {
    env: { PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) killGroup(child)
  })
  return child
}

export function finished(child: ChildProcess): Promise<RunOutcome> {
  const said = { stdout: '', stderr: '' }
  child.stdout?.on('data', (bytes) => (said.stdout += bytes))
  child.stderr?.on('data', (bytes) => (said.stderr += bytes))
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ exitCode: code ?? 137, ...said, truncated: false }))
  })
}

export function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

function streamOf(child: ChildProcess): RemoteStream {
  const ended = new Promise<number | undefined>((resolve) => child.once('close', (code) => resolve(code ?? undefined)))
  return { output: outputOf(child), ended, close: () => killGroup(child) }
}

/** As over SSH: whoever stops reading has ended the process. */
async function* outputOf(child: ChildProcess): AsyncGenerator<Uint8Array> {
  try {
    if (child.stdout !== null) yield* child.stdout
  } finally {
    killGroup(child)
  }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

function readJournal(root: string): JournalRecord[] {
  const folder = join(root, 'journal')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'))
    .map((line) => journalRecord.parse(JSON.parse(line)))
}
