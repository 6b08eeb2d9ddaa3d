// One open terminal: what the appliance shows goes into its record first and then to its reader, who holds everything back
// by being slow. Limits of time count whether or not anybody reads. It ends once, for one reason, with its record closed.
import type { PersonShell } from '../../../shared/domain/connection.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import {
  idleMinutes,
  longestHours,
  mostRecordedBytes,
  mostShownCharacters,
  type TerminalEnd,
  type TerminalEndReason,
  type TerminalSize,
} from '../../../shared/domain/terminal.ts'
import type { CastWriter } from '../../store/cast-file.ts'
import type { CoreTools } from '../core-tools.ts'

/** So much may wait for a reader; beyond it the appliance is held back. */
const fullCharacters = 256 * 1024
/** Of one turn: a flood of tiny pieces must not keep everybody else waiting. */
const piecesOfTurn = 64

export type Ended = { readonly end: TerminalEnd; readonly failure?: Failure }

export type TerminalSession = {
  /** What was shown since, at most a message's worth; undefined once all of it was taken and it has ended. */
  next(): Promise<string | undefined>
  type(keys: string): Promise<void>
  resize(size: TerminalSize): void
  close(reason: TerminalEndReason): void
  /** Once it has ended. */
  ended(): Ended | undefined
}

type Parts = {
  readonly shell: PersonShell
  readonly record: CastWriter
  readonly tools: Pick<CoreTools, 'clock' | 'pause'>
  /** Called once: the record is whole on the disk when it returns, or a failure says why not. */
  readonly onEnd: (end: TerminalEnd) => Failure | undefined
  readonly unrecorded: (error: unknown) => Failure
}

export function terminalSession({ shell, record, tools, onEnd, unrecorded }: Parts): TerminalSession {
  const beganMs = tools.clock()
  const seconds = (): number => (tools.clock() - beganMs) / 1000
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const over = new AbortController()
  const room = signalOf()
  const news = signalOf()
  let waiting = ''
  let lastMs = beganMs
  let ended: Ended | undefined

  function end(reason: TerminalEndReason, more: { exitCode?: number; failure?: Failure } = {}): void {
    if (ended !== undefined) return
    const { exitCode, failure } = more
    const told = { reason, seconds: Math.round(seconds()), ...(exitCode !== undefined && { exitCode }) }
    // First, so that what comes of closing the shell is no reason any more.
    ended = { end: told, ...(failure && { failure }) }
    shell.close()
    over.abort()
    try {
      const lost = onEnd(told)
      if (lost !== undefined) ended = { end: told, failure: failure ?? lost }
    } finally {
      for (const one of [room, news]) one.tell()
    }
  }

  function recorded(write: () => void): boolean {
    try {
      write()
    } catch (error) {
      end('record-failed', { failure: unrecorded(error) })
      return false
    }
    return true
  }

  /** What was recorded last is still shown. */
  function endWhenFull(): void {
    if (record.bytes() >= mostRecordedBytes) end('record-full')
  }

  function take(text: string): void {
    if (text === '') return
    lastMs = tools.clock()
    // What is not recorded is not shown.
    if (!recorded(() => record.shown(seconds(), text))) return
    waiting += text
    news.tell()
    endWhenFull()
  }

  async function pump(): Promise<void> {
    let pieces = 0
    for await (const bytes of shell.output) {
      if (ended !== undefined) break
      take(decoder.decode(bytes, { stream: true }))
      pieces += 1
      if (pieces % piecesOfTurn === 0) await new Promise((resolve) => setImmediate(resolve))
      while (waiting.length >= fullCharacters && ended === undefined) await room.told()
    }
    if (ended === undefined) take(decoder.decode())
    const exitCode = await shell.ended
    if (exitCode === undefined) end('link-lost')
    else end('exited', { exitCode })
  }

  async function keepTime(): Promise<void> {
    while (ended === undefined) {
      const now = tools.clock()
      const idleMs = lastMs + idleMinutes * 60_000 - now
      const wholeMs = beganMs + longestHours * 3_600_000 - now
      if (wholeMs <= 0) return end('too-long')
      if (idleMs <= 0) return end('idle')
      await tools.pause(Math.min(idleMs, wholeMs), over.signal)
    }
  }

  void pump()
  void keepTime()
  return {
    async next() {
      while (waiting === '' && ended === undefined) await news.told()
      if (waiting === '') return undefined
      const text = cutAt(waiting, mostShownCharacters)
      waiting = waiting.slice(text.length)
      room.tell()
      return text
    },
    async type(keys) {
      if (ended !== undefined) return
      lastMs = tools.clock()
      await shell.type(Buffer.from(keys))
    },
    resize(size) {
      if (ended !== undefined) return
      if (!recorded(() => record.resized(seconds(), size))) return
      shell.resize(size)
      endWhenFull()
    },
    close: end,
    ended: () => ended,
  }
}

/** Never within a pair of surrogates. */
function cutAt(text: string, most: number): string {
  if (text.length <= most) return text
  const last = text.charCodeAt(most - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most)
}

/** Wakes the one who waits. */
function signalOf(): { tell(): void; told(): Promise<void> } {
  let wake: (() => void) | undefined
  return {
    tell: () => wake?.(),
    told: () =>
      new Promise((resolve) => {
        wake = resolve
      }),
  }
}
