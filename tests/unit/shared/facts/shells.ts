// Runs the facts script through a real shell, as an unprivileged login with folders of its own.
import { spawn, spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tickReader } from '../../../../main/observe/tick-reader.ts'
import { inSample } from '../../../../scripts/config/sample.ts'
import { readFrames } from '../../../../shared/facts/frames.ts'
import type { Answers, Probe, ProbeAnswer } from '../../../../shared/facts/probe.ts'
import { samplerScript } from '../../../../shared/facts/sampler-script.ts'
import { factsScript } from '../../../../shared/facts/script.ts'
import type { Tick } from '../../../../shared/facts/ticks.ts'

const every: readonly (readonly [string, ...string[]])[] = [['sh'], ['dash'], ['bash'], ['busybox', 'sh']]
/** In CI half of them a day. */
export const shells = every.filter((_, place) => inSample(place))

export function installed(program: string): boolean {
  return spawnSync(program, ['-c', 'true'], { stdio: 'ignore' }).error === undefined
}

export const nonce = 'n0nce0123456789abc'

export type Place = {
  /** First on the PATH, after the vendors' folders. */
  readonly tools: string
  readonly runtime: string
  readonly records: string
  addTool(name: string, text: string): void
  /** Names left in the runtime folder besides the records. */
  leftovers(): string[]
  remove(): void
}

export function makePlace(): Place {
  const root = mkdtempSync(join(tmpdir(), 'rackside-facts-test-'))
  const [tools, runtime] = [join(root, 'tools'), join(root, 'run time')]
  for (const folder of [tools, runtime]) mkdirSync(folder)
  return {
    tools,
    runtime,
    records: join(runtime, 'rackside-probes'),
    addTool: (name, text) => {
      writeFileSync(join(tools, name), `#!/bin/sh\n${text}\n`)
      chmodSync(join(tools, name), 0o755)
    },
    leftovers: () => readdirSync(runtime).filter((name) => name !== 'rackside-probes'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

export type Ran = {
  readonly answers: Answers
  readonly seconds: number
  readonly stdout: string
  readonly exitCode: number | null
}
export type RunningSampler = {
  readonly pid: number
  /** Every tick so far. */
  readonly ticks: readonly Tick[]
  /** When each of them came, in milliseconds. */
  readonly times: readonly number[]
  /** Resolves when that many ticks have come; rejects when the script ends before. */
  reached(count: number): Promise<void>
  /** All answers of a probe so far. */
  answers(id: string): ProbeAnswer[]
  /** Ends the script by TERM; resolves with its exit code. */
  end(): Promise<number | null>
  /** The same by TERM to its whole group, again and again: a lease, sudo and a person at once. */
  endByMany(): Promise<number | null>
}

/** The sampler's script, a tick a second; ended with the caller's end(). */
export function startSampler(
  shell: readonly [string, ...string[]],
  probes: readonly Probe[],
  place: Place,
): RunningSampler {
  const script = samplerScript(probes, { nonce, privilege: 'login', intervalSeconds: 1 })
  const child = startIn(shell, place)
  const reader = tickReader(nonce)
  const ticks: Tick[] = []
  const times: number[] = []
  const arrivals = new EventEmitter()
  child.stdout.on('data', (bytes: Buffer) => {
    ticks.push(...reader.push(bytes))
    while (times.length < ticks.length) times.push(performance.now())
    arrivals.emit('bytes')
  })
  child.stdin.end(script.text)
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    pid: child.pid ?? 0,
    ticks,
    times,
    reached: async (count) => {
      const ended = closed.then((code) => Promise.reject(new Error(`it ended with ${code}`)))
      ended.catch(() => undefined)
      while (ticks.length < count) await Promise.race([once(arrivals, 'bytes'), ended])
    },
    answers: (id) => ticks.flatMap((tick) => tick.answers.filter((answer) => answer.id === id)),
    end: () => {
      child.kill('SIGTERM')
      return closed
    },
    endByMany: async () => {
      const group = child.pid
      if (group === undefined) throw new Error(`${shell[0]} did not start`)
      const again = setInterval(() => process.kill(-group, 'SIGTERM'), 1)
      child.once('exit', () => clearInterval(again))
      return closed
    },
  }
}

function startIn([program, ...words]: readonly [string, ...string[]], place: Place) {
  const child = spawn(program, words, {
    env: { PATH: `${place.tools}:${process.env['PATH']}`, XDG_RUNTIME_DIR: place.runtime, HOME: place.runtime },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  child.stderr.resume()
  return child
}

export type RunningScript = { readonly pid: number; readonly ended: Promise<Ran> }

export function startScript(
  shell: readonly [string, ...string[]],
  probes: readonly Probe[],
  place: Place,
  deadlineSeconds = 5,
): RunningScript {
  const script = factsScript(probes, { nonce, privilege: 'login', deadlineSeconds })
  const started = performance.now()
  const child = startIn(shell, place)
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stdin.end(script.text)
  const ended = new Promise<Ran>((resolve) => {
    child.on('close', (exitCode) => {
      resolve({ answers: readFrames(stdout, nonce), seconds: (performance.now() - started) / 1000, stdout, exitCode })
    })
  })
  return { pid: child.pid ?? 0, ended }
}
