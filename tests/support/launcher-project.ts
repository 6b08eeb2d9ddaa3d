// A project in a temporary folder with the real launcher and a one-line product: building it takes
// milliseconds, and its version is a sentence the test chooses.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { repositoryRoot } from './repository-files.ts'

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  /** The whole environment besides PATH and TMPDIR: nothing of the test's own leaks in. */
  readonly environment?: Record<string, string>
}

/** A workshop holds one copy of esbuild, readable by every user, and the projects of one test file. */
export function openWorkshop() {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-launcher-'))
  chmodSync(folder, 0o755)
  // A /tmp of its own, so that nothing is left in the real one.
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  chmodSync(temporary, 0o1777)
  for (const name of ['esbuild', '@esbuild']) {
    cpSync(join(repositoryRoot, 'node_modules', name), join(folder, 'packages', 'node_modules', name), {
      recursive: true,
      dereference: true,
    })
  }
  const run = (words: readonly string[], options: RunOptions = {}): Promise<Ran> => start(words, temporary, options)
  const project = (name: string) => makeProject(folder, name)
  return { folder, temporary, run, project, close: () => rmSync(folder, { recursive: true, force: true }) }
}

function makeProject(workshop: string, name: string): string {
  const root = join(workshop, name)
  mkdirSync(join(root, 'scripts'), { recursive: true })
  for (const script of ['rackside', 'build', 'build-lock', 'build-place', 'source-stamp']) {
    cpSync(join(repositoryRoot, 'scripts', `${script}.mjs`), join(root, 'scripts', `${script}.mjs`))
  }
  cpSync(join(repositoryRoot, 'package.json'), join(root, 'package.json'))
  symlinkSync(join(workshop, 'packages', 'node_modules'), join(root, 'node_modules'), 'junction')
  mkdirSync(join(root, 'shared'))
  writeProduct(root, 'version one')
  return root
}

export function writeProduct(root: string, version: string): void {
  const file = join(root, 'main', 'shells', 'cli', 'main.ts')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `const version: string = '${version}'\nconsole.log(version)\n`)
}

function start(words: readonly string[], temporary: string, options: RunOptions): Promise<Ran> {
  const [program = '', ...rest] = words
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: temporary, ...options.environment }
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** The user id of nobody where this process can become that user, else null: needs root, not only its name. */
export function nobodyToBecome(): number | null {
  const found = spawnSync('id', ['-u', 'nobody'], { encoding: 'utf8' })
  const uid = found.status === 0 ? Number.parseInt(found.stdout, 10) : null
  if (uid === null || process.getuid?.() !== 0) return null
  const words = ['--net', `--setuid=${uid}`, `--setgid=${uid}`, '--', 'true']
  return spawnSync('unshare', words).status === 0 ? uid : null
}

/** Words that run a command with no network at all; with a user id, as that user. Needs root. */
export function withoutNetwork(uid: number | null = null): string[] {
  return ['unshare', '--net', ...(uid === null ? [] : [`--setuid=${uid}`, `--setgid=${uid}`]), '--']
}

export function canCutNetwork(): boolean {
  return process.getuid?.() === 0 && spawnSync('unshare', ['--net', '--', 'true']).status === 0
}
