// The way to a desktop window with programs that pass for Electron and end as Electron does: each ends in one reason,
// within seconds. The real Electron is in the desktop suite.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDesktopWindow } from '../../../main/shells/start/desktop.ts'
import type { Terminal } from '../../../main/terminal/terminal.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import { pretendRuntime } from '../../support/electron-package.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const node = `#!${process.execPath}\n`
const windowOpen = "process.send({ rackside: 'window-open' })\n"
const words = wordsOf('en').shells

type Changes = {
  readonly environment?: Record<string, string>
  readonly userId?: number
  readonly windowMilliseconds?: number
}

async function open(script: string | undefined, changes: Changes = {}) {
  const lines: string[] = []
  const unused = () => {
    throw new Error('not for this')
  }
  const terminal: Terminal = {
    say: (line) => void lines.push(line),
    complain: (line) => void lines.push(line),
    tick: () => undefined,
    result: unused,
    confirm: unused,
    prompt: unused,
    echo: unused,
    leave: unused,
  }
  const runtime = script === undefined ? join(temporaryFolder(), 'nowhere') : pretendRuntime(script)
  const began = performance.now()
  const opened = await openDesktopWindow(
    {
      place: '/the/product',
      platform: 'linux',
      environment: { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: runtime, ...changes.environment },
      userId: changes.userId ?? 1000,
      language: 'zh-CN',
      patience: { stallMilliseconds: 1000, windowMilliseconds: changes.windowMilliseconds ?? 8000 },
    },
    terminal,
    words,
  )
  return { opened, lines, runtime, seconds: (performance.now() - began) / 1000 }
}

const unavailable = (reason: string, detail: string) => ({
  ok: false,
  failure: { kind: 'desktop-unavailable', reason, detail },
})

describe('the way to a desktop window', () => {
  it('ends where there is no display, before anything is looked for', async () => {
    const { opened, lines } = await open(undefined, { environment: { DISPLAY: '' } })
    expect([opened, lines]).toEqual([unavailable('no-display', ''), []])
  })

  it('ends where the runtime is not in the folder that was named; nothing is downloaded then', async () => {
    const { opened, runtime, lines } = await open(undefined)
    expect([opened, lines]).toEqual([unavailable('not-installed', words.runtimeMissing(runtime)), []])
  })

  it('gives the exit code of a shell that had its window', async () => {
    const { opened, lines } = await open(`${node}${windowOpen}process.exitCode = 7`)
    expect([opened, lines]).toEqual([{ ok: true, value: 7 }, []])
  })

  it('starts the product in its language, not as root without a sandbox, and never as plain Node', async () => {
    const file = join(temporaryFolder(), 'words.json')
    const write = `require('fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify([process.argv.slice(2), process.env.ELECTRON_RUN_AS_NODE ?? null]))\n`
    await open(`${node}${write}${windowOpen}`, { environment: { ELECTRON_RUN_AS_NODE: '1' } })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([['/the/product', '--lang=zh-CN'], null])
    const { lines } = await open(`${node}${write}${windowOpen}`, { userId: 0 })
    expect(JSON.parse(readFileSync(file, 'utf8'))[0]).toEqual(['--no-sandbox', '/the/product', '--lang=zh-CN'])
    expect(lines).toEqual([words.withoutSandbox])
  })

  it.each([
    [
      'libraries are missing',
      `#!/bin/sh\necho "electron: error while loading shared libraries: libnss3.so: cannot open shared object file" >&2\nexit 127\n`,
      'electron: error while loading shared libraries: libnss3.so: cannot open shared object file',
    ],
    [
      'the sandbox cannot be had, told between frames of a stack',
      `#!/bin/sh\necho "[77:1122/101010.1:FATAL:setuid_sandbox_host.cc(158)] The SUID sandbox helper binary was found, but is not configured correctly." >&2\necho "#0 0x55d0c2 base::debug" >&2\nkill -TRAP $$\n`,
      'The SUID sandbox helper binary was found, but is not configured correctly.',
    ],
    ['it ends without a word', '#!/bin/sh\nexit 1\n', '1'],
    ['it ends well, but without a window', '#!/bin/sh\nexit 0\n', '0'],
    ['it is killed', '#!/bin/sh\nkill -KILL $$\n', 'SIGKILL'],
  ])('says why where %s', async (_what, script, detail) => {
    const { opened, seconds } = await open(script)
    expect(opened).toEqual(unavailable('did-not-start', detail))
    expect(seconds).toBeLessThan(5)
  })

  it('says that a program cannot be run at all', async () => {
    const { opened } = await open('#!/nowhere/at/all\n')
    expect(opened).toMatchObject({ ok: false, failure: { reason: 'did-not-start' } })
  })

  it('ends an Electron that never shows a window, even one that does not want to end', async () => {
    const stubborn = `${node}process.on('SIGTERM', () => undefined)\nsetInterval(() => undefined, 1000)\n`
    const { opened, seconds } = await open(stubborn, { windowMilliseconds: 1000 })
    expect(opened).toEqual(unavailable('did-not-start', words.noWindow(1)))
    expect(seconds).toBeLessThan(6)
  })

  it('does not wait for what the shell left behind with its output open, with or without a window', async () => {
    const file = join(temporaryFolder(), 'left.pid')
    onTestFinished(() => void process.kill(Number(readFileSync(file, 'utf8'))))
    const left = `const { spawn } = require('child_process')
const left = spawn('sleep', ['60'], { stdio: ['ignore', 'inherit', 'inherit', 3] })
require('fs').writeFileSync(${JSON.stringify(file)}, String(left.pid))
console.error('the last word')
`
    const { opened, lines, seconds } = await open(`${node}${left}${windowOpen}process.exit(7)`)
    expect([opened, lines]).toEqual([{ ok: true, value: 7 }, ['the last word']])
    expect(seconds).toBeLessThan(5)
  })

  it('gives up within seconds on one whose output is kept open by what it started', async () => {
    const file = join(temporaryFolder(), 'left.pid')
    onTestFinished(() => void process.kill(Number(readFileSync(file, 'utf8'))))
    const script = `#!/bin/sh\nsleep 60 &\necho $! >${file}\nexec sleep 61\n`
    const { opened, seconds } = await open(script, { windowMilliseconds: 500 })
    expect(opened).toEqual(unavailable('did-not-start', words.noWindow(1)))
    expect(seconds).toBeLessThan(5)
  })

  it('lets the shell tell a failure of its own, and keeps its exit code', async () => {
    const { opened, lines } = await open(`#!/bin/sh\necho "The state folder is newer." >&2\nexit 62\n`)
    expect([opened, lines]).toEqual([{ ok: true, value: 62 }, ['The state folder is newer.']])
  })

  it('passes on what the shell says, and not what Chromium says to itself', async () => {
    const noise = "console.error('[1:1122/1.2:ERROR:bus.cc(407)] Failed to connect to the bus')\n"
    const { lines } = await open(
      `${node}${noise}console.error('before')\n${windowOpen}console.error('after')\n${noise}`,
    )
    expect(lines).toEqual(['before', 'after'])
  })
})
