// What breaks a setup off in the lab: each strike with how it is prepared for, made, and over.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CliRun, inside, type LabAppliance, lab, pause } from './lab.ts'
import { type Chance, chanceOf } from './sweep.ts'

export type Strike = {
  /** As the soak counts it. */
  readonly what: string
  /** Before the setup begins. */
  prepare?(appliance: LabAppliance): Promise<void>
  /** In the middle of it. */
  make?(appliance: LabAppliance, run: CliRun): Promise<void>
  /** Once the setup has ended: what has to be well again for the next one. */
  heal?(appliance: LabAppliance): Promise<void>
  /** After the next one. */
  tidy?(appliance: LabAppliance): Promise<void>
}

export const consoleKilled: Strike = {
  what: 'kills of the console',
  make: async (_, run) => void run.process.kill('SIGKILL'),
}

export const powerCut: Strike = {
  what: 'power cuts',
  make: async ({ name }) => void (await lab('kill', name)),
  heal: async ({ name }) => void (await lab('boot', name)),
}

export const engineKilled: Strike = {
  what: 'kills of the engine',
  make: async ({ name }) => void (await lab('fault', name, 'docker', 'killed')),
  heal: engineIsBack,
}

function clockJump(how: 'fast' | 'slow', seconds: number): Strike {
  return {
    what: 'jumps of a clock',
    make: async ({ name }) => void (await lab('fault', name, 'clock', how, String(seconds))),
    tidy: async ({ name }) => void (await lab('fault', name, 'clock', 'undo')),
  }
}

function linkCut(bytes: number, isSilent: boolean): Strike {
  const words = ['cut', 'after', String(bytes), ...(isSilent ? ['silently'] : [])]
  return {
    what: 'cuts of the link',
    prepare: async ({ name }) => void (await lab('fault', name, ...words)),
    heal: async ({ name }) => void (await lab('fault', name, 'uncut')),
  }
}

const full =
  'avail=$(df --output=avail --block-size=1 "$0" | tail -n 1); fallocate -l $((avail - 1000000)) "$0/ballast"'

/** It has the room that is asked for until somebody else takes it. */
function diskFilled(path: '/var/lib/rackside' | '/var/lib/docker', mebibytes: number): Strike {
  const ofEngine = path === '/var/lib/docker'
  const quiet = async (appliance: LabAppliance, ...words: string[]) => {
    if (ofEngine) await inside(appliance, 'systemctl', 'stop', 'docker.socket', 'docker.service')
    await lab('fault', appliance.name, 'disk', ...words)
    // Started often, systemd would give up starting it.
    if (ofEngine) await inside(appliance, 'systemctl', 'reset-failed', 'docker.socket', 'docker.service')
    if (ofEngine) await inside(appliance, 'systemctl', 'start', 'docker.socket', 'docker.service')
    if (ofEngine) await engineIsBack(appliance)
  }
  return {
    what: 'disks filled',
    prepare: (appliance) => quiet(appliance, 'full', path, String(mebibytes)),
    make: async (appliance) => void (await inside(appliance, 'sh', '-c', full, path)),
    heal: async (appliance) => void (await inside(appliance, 'rm', '-f', `${path}/ballast`)),
    tidy: (appliance) => quiet(appliance, 'undo'),
  }
}

async function engineIsBack(appliance: LabAppliance): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if ((await inside(appliance, 'sh', '-c', 'docker info >/dev/null 2>&1 && echo yes')) === 'yes\n') return
    await pause(500)
  }
  throw new Error('the engine did not come back within 30 s')
}

/** What Node loads first: after so long this process's clock is so far off. */
export function shiftedClock(afterMs: number, byMs: number): { environment: Record<string, string>; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-clock-'))
  const file = join(folder, 'shift.mjs')
  writeFileSync(
    file,
    `const right = Date
const began = right.now()
const off = () => (right.now() - began > ${afterMs} ? ${byMs} : 0)
globalThis.Date = class extends right {
  constructor(...given) { super(...(given.length === 0 ? [right.now() + off()] : given)) }
  static now() { return right.now() + off() }
}
`,
  )
  return {
    environment: { NODE_OPTIONS: `--import ${file}` },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The steps that are over by then, and how long after the last of them. */
export type Moment = { readonly steps: number; readonly thenMs: number }

const stepOver = /: (done|already true)$/gm

/** Resolves at the moment, or when the setup has ended before it. */
export function reached(run: CliRun, { steps, thenMs }: Moment): Promise<void> {
  return new Promise((resolve) => {
    let errors = ''
    const look = () => {
      const over = [...errors.matchAll(stepOver)].length
      if (/^Takes /m.test(errors) && over >= steps) setTimeout(resolve, thenMs)
    }
    run.process.stderr?.on('data', (bytes: Buffer) => {
      errors += bytes
      look()
    })
    void run.ended.then(() => resolve())
  })
}

export type StruckSetup = { readonly name: string; readonly strike: Strike; readonly moment?: Moment }

/** How many steps the lab's solution has on a bare appliance. */
const steps = 10

/** Every boundary for what happens at one, and as many random moments and bytes as these. */
export function struckSetups(): StruckSetup[] {
  const atEach = (kind: string, strikeOf: (chance: Chance) => Strike, times = 1) =>
    Array.from({ length: (steps + 1) * times }, (_, number): StruckSetup => {
      const chance = chanceOf(`${kind} ${number}`)
      const moment = { steps: number % (steps + 1), thenMs: number <= steps ? chance.below(40) : chance.below(1500) }
      return { name: `${kind}, ${moment.thenMs} ms after step ${moment.steps}`, strike: strikeOf(chance), moment }
    })
  const cuts = Array.from({ length: 24 }, (_, number): StruckSetup => {
    const chance = chanceOf(`cut ${number}`)
    const [bytes, isSilent] = [chance.logarithmic(2000, 150_000_000), number % 4 === 0]
    return {
      name: `the link cut after ${bytes} bytes${isSilent ? ', silently' : ''}`,
      strike: linkCut(bytes, isSilent),
    }
  })
  const years = 20 * 365 * 86_400
  return [
    ...atEach('the console killed', () => consoleKilled, 3),
    ...atEach('the power cut', () => powerCut),
    ...atEach('the engine killed', () => engineKilled),
    ...cuts,
    ...[0, 1, 2].map((number) => filled('/var/lib/rackside', `the disk filled while copying ${number}`, number)),
    ...[3, 4, 4].map((number, at) => filled('/var/lib/docker', `the disk filled while unpacking ${at}`, number)),
    ...[1, 4, 7].map((number) => jumped(`the clock ${years} s fast`, clockJump('fast', years), number)),
    ...[2, 5, 8].map((number) => jumped(`the clock ${years} s slow`, clockJump('slow', years), number)),
  ]
}

function filled(path: '/var/lib/rackside' | '/var/lib/docker', name: string, step: number): StruckSetup {
  const moment = { steps: step, thenMs: chanceOf(name).below(150) }
  return { name: `${name}, ${moment.thenMs} ms after step ${step}`, strike: diskFilled(path, 1200), moment }
}

function jumped(name: string, strike: Strike, step: number): StruckSetup {
  return { name: `${name} after step ${step}`, strike, moment: { steps: step, thenMs: 0 } }
}
