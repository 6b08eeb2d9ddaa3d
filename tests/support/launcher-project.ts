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
  const project = (name: string) => makeProject(folder, name, join(folder, 'packages', 'node_modules'))
  // Building a page takes far more packages than a copy of each for every test run is worth.
  const windowProject = (name: string) => {
    const root = makeProject(folder, name, join(repositoryRoot, 'node_modules'))
    writeShells(root)
    writePage(root, 'page one')
    return root
  }
  return {
    folder,
    temporary,
    run,
    project,
    windowProject,
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function makeProject(workshop: string, name: string, packages: string): string {
  const root = join(workshop, name)
  mkdirSync(join(root, 'scripts'), { recursive: true })
  for (const script of [
    'rackside',
    'ready-place',
    'build',
    'build-page',
    'build-part',
    'build-lock',
    'build-place',
    'replace-file',
    'source-stamp',
  ]) {
    cpSync(join(repositoryRoot, 'scripts', `${script}.mjs`), join(root, 'scripts', `${script}.mjs`))
  }
  cpSync(join(repositoryRoot, 'package.json'), join(root, 'package.json'))
  symlinkSync(packages, join(root, 'node_modules'), 'junction')
  mkdirSync(join(root, 'shared'))
  writeProduct(root, 'version one')
  return root
}

export function writeProduct(root: string, version: string): void {
  const file = join(root, 'main', 'shells', 'cli', 'main.ts')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `const version: string = '${version}'\nconsole.log(version)\n`)
}

/** Shells that say who they are and what they were given; `start` gives up the desktop when RACKSIDE_TEST_NO_DESKTOP is set. */
function writeShells(root: string): void {
  const say = (shell: string) => `console.log(JSON.stringify(['${shell}', ...process.argv.slice(2)]))\n`
  const desktop = `export async function openDesktop(place: string, verb: string) {
  console.log(JSON.stringify(['desktop', verb]))
  return process.env['RACKSIDE_TEST_NO_DESKTOP'] === undefined ? 'ended' : 'go-on-in-browser'
}
`
  const shells = { cli: say('cli'), web: say('web'), start: desktop, electron: say('electron') }
  for (const [shell, text] of Object.entries(shells)) {
    mkdirSync(join(root, 'main', 'shells', shell), { recursive: true })
    writeFileSync(join(root, 'main', 'shells', shell, 'main.ts'), text)
  }
  const preload = "import { ipcRenderer } from 'electron'\nipcRenderer.send('hello')\n"
  writeFileSync(join(root, 'main', 'shells', 'electron', 'preload.ts'), preload)
}

export function writePage(root: string, title: string): void {
  mkdirSync(join(root, 'renderer', 'app'), { recursive: true })
  const script = '<script type="module" src="./app/main.ts"></script>'
  writeFileSync(join(root, 'renderer', 'index.html'), `<!doctype html><title>${title}</title>${script}\n`)
  writeFileSync(join(root, 'renderer', 'app', 'main.ts'), `document.title += ${JSON.stringify(title)}\n`)
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
