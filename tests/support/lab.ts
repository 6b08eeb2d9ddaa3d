// The lab as tests see it: real appliances, faults, the artifacts, and the CLI as a child process with a
// state folder of its own. Only the lab's own verbs change the appliances from outside.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { labAnswer } from '../../scripts/lab/answer.ts'
import { readCommandLine } from '../../scripts/lab/command-line.ts'
import { runInside } from '../../scripts/lab/machine/inside.ts'
import { firstMachineNumber, machineName, requireMachine } from '../../scripts/lab/machine/machine-record.ts'
import { withoutProgress } from '../../scripts/lab/progress.ts'
import { lastLookAtAppliance, removeAfterLastLook } from './last-look.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export const labNeeds = 'the lab needs Linux and root'
export const canRunLab = process.platform === 'linux' && process.getuid?.() === 0

export interface LabAppliance {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly user: string
  readonly identityFile: string
  readonly hostKeyFingerprint: string
}

/** What `npm run lab -- WORDS --json` does and prints, without a process of its own for each of a hundred calls. */
export async function lab(...words: string[]): Promise<Record<string, unknown>> {
  const [verb, name] = words
  // What is in its memory, or even its disk, will be gone.
  if ((verb === 'down' || verb === 'kill') && name !== undefined) await lastLookAtAppliance(name)
  withoutProgress()
  const { json } = await labAnswer(readCommandLine(words))
  return JSON.parse(JSON.stringify(json))
}

/** Runs a command as root inside an appliance; its output, whatever its exit code. */
export function inside(appliance: LabAppliance, ...words: string[]): Promise<string> {
  return insideWith(appliance, '', ...words)
}

/** The same, with what its standard input has: a secret is no argument. */
export async function insideWith(appliance: LabAppliance, stdin: string, ...words: string[]): Promise<string> {
  const { stdout } = await runInside(await requireMachine(appliance.name), words, { stdin })
  return stdout
}

/**
 * A bare appliance: what was there is removed with its disk, and booted anew. Each of the runner's workers has one of
 * its own, so that test files may run side by side.
 */
export async function bareAppliance(accelerators?: string, imageStore = 'classic'): Promise<LabAppliance> {
  const name = machineName(firstMachineNumber - 1 + Number(process.env['VITEST_POOL_ID'] ?? 1))
  const listed = (await lab('list'))['appliances'] as LabAppliance[]
  if (listed.some((a) => a.name === name)) await lab('down', name)
  const kind = accelerators === undefined ? [] : ['--accelerators', accelerators]
  const { appliances } = await lab('up', name, ...kind, '--image-store', imageStore)
  return found(appliances as LabAppliance[], name)
}

function found(appliances: readonly LabAppliance[], name: string): LabAppliance {
  const appliance = appliances.find((a) => a.name === name)
  if (appliance === undefined) throw new Error(`the lab did not bring up ${name}`)
  return appliance
}

export async function artifactsFolder(...options: string[]): Promise<string> {
  return String((await lab('artifacts', ...options))['folder'])
}

export interface CliEnd {
  readonly code: number | null
  readonly json: Record<string, unknown>
  readonly errors: string
}

export interface CliRun {
  readonly process: ChildProcess
  readonly ended: Promise<CliEnd>
}

/** One console: its own state folder, removed by `remove`. */
export class TestConsole {
  readonly home = mkdtempSync(join(tmpdir(), 'rackside-lab-test-'))
  readonly #environment: Readonly<Record<string, string>>
  readonly #inFront: readonly string[]

  /** `inFront`: words of a program that starts the command, such as one that gives it another network. */
  constructor(environment: Readonly<Record<string, string>> = {}, inFront: readonly string[] = []) {
    this.#environment = environment
    this.#inFront = inFront
  }

  start(verb: string, appliance: LabAppliance, ...words: string[]): CliRun {
    const { user, address, port, identityFile, hostKeyFingerprint } = appliance
    const known = words.includes('--fingerprint') || words.includes('--no-pin')
    const rest = words.filter((w) => w !== '--no-pin')
    return this.startWords(
      ...[verb, `ssh://${user}@${address}:${port}`, '--identity', identityFile, '--json'],
      ...(known ? [] : ['--fingerprint', hostKeyFingerprint]),
      ...rest,
    )
  }

  startWords(...words: string[]): CliRun {
    const [program = '', ...all] = [...this.#inFront, process.execPath, join(root, 'scripts/rackside.mjs'), ...words]
    const child = spawn(program, all, {
      // What the lab makes is nobody's; who vouches for what has tests of its own.
      env: { ...process.env, RACKSIDE_ALLOW_UNSIGNED: '1', ...this.#environment, RACKSIDE_HOME: this.home },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let errors = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk
    })
    const ended = new Promise<CliEnd>((resolve) => {
      child.on('close', (code) => resolve({ code, json: lastJson(out), errors }))
    })
    return { process: child, ended }
  }

  run(verb: string, appliance: LabAppliance, ...words: string[]): Promise<CliEnd> {
    return this.start(verb, appliance, ...words).ended
  }

  setup(appliance: LabAppliance, folder: string, ...words: string[]): CliRun {
    return this.start('setup', appliance, '--solution', 'clinic-starter', '--from', folder, '--yes', ...words)
  }

  remove(): void {
    removeAfterLastLook(this.home)
  }
}

function lastJson(out: string): Record<string, unknown> {
  try {
    return JSON.parse(out.trim().split('\n').at(-1) ?? '')
  } catch {
    return {}
  }
}

/** A setup that ends before the moment we wait for has its own reason to tell. */
export async function during(run: CliRun, moment: Promise<unknown>): Promise<void> {
  const early = run.ended.then((end) => {
    throw new Error(`the setup ended with ${end.code}: ${end.errors}`)
  })
  await Promise.race([moment, early])
  early.catch(() => {
    // Ended later, as the test wants it.
  })
}

/** Kinds of process that belong to the appliance itself, its engine, or sshd's own accounting. */
const notOurs =
  /^(\[|sshd|\(sd-pam\)|\/usr\/lib\/systemd|\/sbin\/init|systemd|\/usr\/s?bin\/(containerd|dockerd|docker-proxy|runc)|containerd-shim|runc|\/usr\/bin\/llama-server|\/usr\/bin\/node|\/bin\/busybox|ps )/

/** Command lines of processes that were not there in `before` and that are not the appliance's own. */
export async function strangers(appliance: LabAppliance, before: ReadonlySet<string>): Promise<string[]> {
  return (await processLines(appliance)).filter((line) => !before.has(line) && !notOurs.test(line))
}

export async function processLines(appliance: LabAppliance): Promise<string[]> {
  const lines = (await inside(appliance, 'ps', '-eo', 'args=')).split('\n')
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
