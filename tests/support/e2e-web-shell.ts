// The web shell as a child process, the way `npm run web` starts it, and its address.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PersonHome } from './e2e-home.ts'
import { repositoryRoot } from './repository-files.ts'

export interface WebShell {
  /** The one that it said last: each is good once. */
  readonly url: string
  readonly origin: string
  /** Ends it as a person's Ctrl-C or a supervisor does, or as a power cut does; resolves when it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export interface WebShellOptions {
  readonly importFolder?: string
  /** The port of an earlier run: an old page finds the new console behind its own address. */
  readonly port?: number
}

export async function startWebShell(home: PersonHome, options: WebShellOptions = {}): Promise<WebShell> {
  const { importFolder, port } = options
  const words = ['web', '--no-open', '--json']
  const child = spawn(
    process.execPath,
    [
      join(repositoryRoot, 'scripts', 'rackside.mjs'),
      ...words,
      ...(importFolder === undefined ? [] : ['--import', importFolder]),
      ...(port === undefined ? [] : ['--port', String(port)]),
    ],
    { env: { ...home.environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let url = await addressOf(child)
  child.stderr.on('data', (bytes: Buffer) => {
    url = /http:\S+#code=[\w-]+/.exec(String(bytes))?.[0] ?? url
  })
  return {
    get url() {
      return url
    },
    origin: new URL(url).origin,
    async end(signal) {
      child.kill(signal)
      await gone
    },
  }
}

/** From its first line; what it said instead when it ended without one. */
function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null || child.stderr === null) throw new Error('a child without its output')
  let complaint = ''
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes
  })
  const lines = createInterface({ input: child.stdout })
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      const { url } = JSON.parse(line) as { url?: string }
      if (url === undefined) reject(new Error(`the web shell did not open: ${line}`))
      else resolve(url)
    })
    child.once('close', (code) => reject(new Error(`the web shell ended with ${code}: ${complaint}`)))
  })
}
