// The shells with a window as a person starts them: the committed launcher in a process of its own, without a
// terminal, with nothing of this process's environment, and ended with the test.
import { spawn } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { repositoryRoot } from './repository-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

export type ShellProcess = {
  readonly processId: number
  readonly home: string
  /** Standard output so far, and standard error. */
  readonly said: { stdout: string; stderr: string }
  /** Resolves when this has been said on either; rejects when it ends without. */
  until(text: string | RegExp): Promise<void>
  /** The address and port that --json says first, and the key that its code is good for, once. */
  address(): Promise<{ url: string; port: number; token: string; origin: string }>
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  kill(signal: NodeJS.Signals): void
}

type Starting = {
  readonly environment?: Record<string, string>
  readonly home?: string
}

export function startShell(words: readonly string[], starting: Starting = {}): ShellProcess {
  const home = starting.home ?? temporaryFolder()
  const child = spawn(process.execPath, [join(repositoryRoot, 'scripts', 'rackside.mjs'), ...words], {
    cwd: home,
    env: {
      PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
      HOME: home,
      RACKSIDE_HOME: join(home, 'state'),
      LANG: 'en_US.UTF-8',
      ...starting.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  const hear = (name: 'stdout' | 'stderr') => (bytes: Buffer) => {
    said[name] += bytes
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', hear('stdout'))
  child.stderr.on('data', hear('stderr'))
  let over = false
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => {
      over = true
      for (const listener of listeners) listener()
      resolve(code ?? signal)
    })
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const until = (text: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        const all = `${said.stdout}${said.stderr}`
        if (typeof text === 'string' ? all.includes(text) : text.test(all)) resolve()
        else if (over) reject(new Error(`it ended without saying ${text}: ${all}`))
        else return
        listeners.delete(look)
      }
      listeners.add(look)
      look()
    })
  return {
    processId: child.pid ?? 0,
    home,
    said,
    until,
    async address() {
      await until(/"url".*\n/)
      const [first = ''] = said.stdout.split('\n')
      const { url, port }: { url: string; port: number } = JSON.parse(first)
      const { origin, hash } = new URL(url)
      return { url, port, origin, token: await keyFor(origin, hash.replace('#code=', '')) }
    },
    ended,
    kill: (signal) => void child.kill(signal),
  }
}

/** As a window gets it. */
async function keyFor(origin: string, code: string): Promise<string> {
  const headers = { origin, 'content-type': 'application/json' }
  const answer = await fetch(`${origin}/session`, { method: 'POST', headers, body: JSON.stringify({ code }) })
  return ((await answer.json()) as { token: string }).token
}

/** A folder for PATH with one program in it. */
export function programFolder(name: string, script: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
  return folder
}
