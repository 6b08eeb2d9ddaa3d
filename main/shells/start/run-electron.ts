// Runs the desktop shell in Electron until it ends. It says so when something of it is on the screen. Whoever ends or
// stays silent before has opened nothing: missing libraries, no sandbox, a display that is gone.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { exitCodes } from '../../terminal/exit-codes.ts'
import { isWindowOpen } from '../../terminal/launcher-channel.ts'

export type ElectronRun = {
  readonly program: string
  readonly words: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly patienceMilliseconds: number
  /** The reason where no window was shown in time. */
  readonly noWindow: string
  /** The last line after Ctrl-C. */
  readonly ended: string
  /** Its lines on standard error, without Chromium's own. */
  readonly complain: (line: string) => void
}

/** How Chromium begins its lines: [process:date:LEVEL:file(line)]. */
const chromiumLine = /^\[[\d/:.]*(?:VERBOSE\d|INFO|WARNING|ERROR|FATAL):[^\]]*\]\s*/
const goodByeMilliseconds = 2000
/** What it said last may still be on its way when it has ended. */
const drainMilliseconds = 1000
/** A failure of the product's own that the shell has told itself; 1 is what anything else ends with. */
const ownCodes: ReadonlySet<number> = new Set(Object.values(exitCodes).filter((code) => code !== exitCodes.internal))

/** The exit code of a shell that had its window, or told its own failure. */
export async function runElectron(run: ElectronRun): Promise<Result<number>> {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = run.environment
  const child = spawn(run.program, run.words, { env, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
  const signals = forwardSignals(child)
  const said = listen(child, run.complain)
  const ended = endOf(child)
  const opened = new Promise<'open'>((resolve) => {
    child.on('message', (news) => {
      if (isWindowOpen(news)) resolve('open')
    })
  })
  let patience: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    patience = setTimeout(() => resolve('late'), run.patienceMilliseconds)
  })
  try {
    const first = await Promise.race([opened, ended, late])
    clearTimeout(patience)
    if (first === 'late') return await giveUp(child, ended, run.noWindow)
    if (first !== 'open') return didNotStart(first, said)
    said.tell()
    const end = await ended
    if (signals.isInterrupted()) run.complain(run.ended)
    return ok(typeof end === 'number' ? end : 1)
  } finally {
    clearTimeout(patience)
    signals.leave()
  }
}

/** Its exit code, its signal, or why it could not be started. What it started may keep its output open: that is not waited for. */
function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => {
      const done = () => {
        clearTimeout(enough)
        letGo(child)
        resolve(code ?? String(signal))
      }
      const enough = setTimeout(done, drainMilliseconds)
      child.once('close', done)
    })
  })
}

type Said = { readonly last: () => string /** From now on, and what was held back. */; tell(): void }

function listen(child: ChildProcess, complain: (line: string) => void): Said {
  const own: string[] = []
  let last = ''
  let telling = false
  if (child.stderr === null) throw new Error('a child without its output')
  createInterface({ input: child.stderr }).on('line', (line) => {
    const text = line.replace(chromiumLine, '').trim()
    // Frames of a native stack say nothing to anybody here.
    if (text !== '' && !/^#\d+ 0x|^\d+ +0x/.test(text)) last = text
    if (text === '' || chromiumLine.test(line)) return
    if (telling) complain(line)
    else if (own.length < 100) own.push(line)
  })
  return {
    last: () => last,
    tell() {
      telling = true
      for (const line of own) complain(line)
    },
  }
}

function didNotStart(end: number | string, said: Said): Result<number> {
  if (typeof end === 'number' && ownCodes.has(end)) {
    said.tell()
    return ok(end)
  }
  return unavailable(said.last() || String(end))
}

async function giveUp(child: ChildProcess, ended: Promise<unknown>, why: string): Promise<Result<never>> {
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), goodByeMilliseconds)
  let hopeless: NodeJS.Timeout | undefined
  // A process that hangs in the system does not even end when it is killed.
  const enough = new Promise<void>((resolve) => {
    hopeless = setTimeout(resolve, 2 * goodByeMilliseconds + drainMilliseconds)
  })
  await Promise.race([ended, enough])
  clearTimeout(force)
  clearTimeout(hopeless)
  letGo(child)
  return unavailable(why)
}

/** Nothing of it keeps this process. */
function letGo(child: ChildProcess): void {
  child.stderr?.destroy()
  if (child.connected) child.disconnect()
  child.unref()
}

function unavailable(detail: string): Result<never> {
  return fail({ kind: 'desktop-unavailable', reason: 'did-not-start', detail: evidence(detail, 300) })
}

/** A terminal sends Ctrl-C to both; whoever ends this process means the shell. */
function forwardSignals(child: ChildProcess): { isInterrupted(): boolean; leave(): void } {
  let interrupted = false
  const forward = (signal: NodeJS.Signals) => void child.kill(signal)
  const stay = () => {
    interrupted = true
  }
  process.on('SIGTERM', forward).on('SIGHUP', forward).on('SIGINT', stay)
  return {
    isInterrupted: () => interrupted,
    leave: () => void process.off('SIGTERM', forward).off('SIGHUP', forward).off('SIGINT', stay),
  }
}
