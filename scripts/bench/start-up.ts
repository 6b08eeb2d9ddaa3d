// How long a person waits for the command line: `rackside --version` right after installing (it builds)
// and ever after, beside two peers started in turn with it, so that a busy machine slows all alike.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type Bench, type Figures, median } from './frame.ts'

const repositoryFolder = join(import.meta.dirname, '..', '..')
const rounds = 15
const coldRounds = 3

export const startUp: Bench = {
  name: 'start-up',
  about: 'rackside --version beside an empty Node and npm --version, medians of runs in turn',
  targets: [
    { figure: 'coldMs', atMost: 3000 },
    { figure: 'warmOverNodeMs', atMost: 250 },
    { figure: 'warmTimesNpm', atMost: 1 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const project = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  try {
    for (const name of ['main', 'shared', 'scripts', 'resources', 'package.json', 'package-lock.json']) {
      cpSync(join(repositoryFolder, name), join(project, name), { recursive: true })
    }
    symlinkSync(join(repositoryFolder, 'node_modules'), join(project, 'node_modules'), 'junction')
    return figuresOf(project)
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
}

function figuresOf(project: string): Figures {
  const rackside = [process.execPath, join(project, 'scripts', 'rackside.mjs'), '--version']
  const cold = Array.from({ length: coldRounds }, () => {
    rmSync(join(project, 'dist'), { recursive: true, force: true })
    return startMs(rackside)
  })
  const warm: number[] = []
  const node: number[] = []
  const npm: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    warm.push(startMs(rackside))
    node.push(startMs([process.execPath, '-e', '0']))
    npm.push(startMs(['npm', '--version']))
  }
  const warmMs = median(warm)
  const nodeMs = median(node)
  const npmMs = median(npm)
  return { coldMs: median(cold), warmMs, nodeMs, npmMs, warmOverNodeMs: warmMs - nodeMs, warmTimesNpm: warmMs / npmMs }
}

function startMs([program = '', ...words]: readonly string[]): number {
  const started = performance.now()
  const ran = spawnSync(program, words, { encoding: 'utf8', shell: process.platform === 'win32' && program === 'npm' })
  const elapsed = performance.now() - started
  if (ran.status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${ran.status}: ${ran.stderr}`)
  return elapsed
}
