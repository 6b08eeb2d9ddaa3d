// What is heard on a channel where sudo asks, and the one answer. Whatever is printed there is of somebody who is not
// trusted with more than this: it is bounded, and a flood of single bytes costs no more than its bytes.
import type { Secret } from '../../shared/domain/command.ts'
import type { Call } from './call.ts'
import { type GrowingBytes, growingBytes } from './growing-bytes.ts'
import { watchEnd } from './leased-process.ts'
import type { ProcessChannel } from './link.ts'

/** Text that looks like a question and stands for so long is one. */
const questionMilliseconds = 2000
const heardLimitBytes = 64 * 1024
/** Longer than every form of our own words together with what is printed around them. */
const recentLimit = 1024

export function promptOf(nonce: string): string {
  return `rackside-password-${nonce}:`
}

export function announcementOf(nonce: string): string {
  return `rackside-shell-${nonce}`
}

export type Heard =
  | { readonly kind: 'shell' }
  | { readonly kind: 'prompt'; readonly said: string }
  | { readonly kind: 'question'; readonly said: string }
  | { readonly kind: 'silence'; readonly said: string; readonly seconds: number }
  | { readonly kind: 'end'; readonly said: string; readonly exitCode: number | undefined; readonly lost: boolean }

export type Talk = {
  /** What comes next on the channel. Everything but a prompt and the shell ends the talk and closes the channel. */
  next(): Promise<Heard>
  /** The same after the password, which only leaves while somebody is there to take it. */
  answer(password: Secret): Promise<Heard>
  /** How the talk has ended, where it has. */
  over(): Exclude<Heard, { readonly kind: 'prompt' }> | undefined
  stop(): void
}

export function talkOn(call: Call, channel: ProcessChannel, nonce: string): Talk {
  const said = growingBytes()
  const noise = growingBytes()
  /** The end of what was said since the last prompt of ours, a character for each byte. */
  let recent = ''
  let hasAnnounced = false
  let over: Exclude<Heard, { readonly kind: 'prompt' }> | undefined
  let tell: ((heard: Heard) => void) | undefined
  let question: NodeJS.Timeout | undefined
  let patience: NodeJS.Timeout | undefined
  const finish = (heard: Heard): void => {
    clearTimeout(question)
    // Who has asked waits for us: nobody is silent then.
    clearTimeout(patience)
    if (heard.kind !== 'prompt') {
      over ??= heard
      channel.stderr.removeListener('data', onStderr)
      channel.stdout.removeListener('data', onStdout)
      if (heard.kind === 'shell') {
        // Whoever reads next lets them flow again.
        channel.stderr.pause()
        channel.stdout.pause()
      } else channel.close()
    }
    const listener = tell
    tell = undefined
    listener?.(heard)
  }
  const all = () => `${textOf(said)}\n${textOf(noise)}`.trim()
  const look = (): void => {
    if (over !== undefined || tell === undefined) return
    clearTimeout(question)
    if (hasAnnounced) finish({ kind: 'shell' })
    else if (asksWithOurs(recent, nonce)) {
      recent = ''
      finish({ kind: 'prompt', said: all() })
    } else if (looksLikeQuestion(recent))
      question = setTimeout(() => finish({ kind: 'question', said: all() }), questionMilliseconds)
  }
  const onStderr = (bytes: Buffer): void => {
    said.add(bytes)
    said.keepEnd(heardLimitBytes)
    const text = `${recent}${bytes.toString('latin1')}`
    hasAnnounced ||= text.includes(`${announcementOf(nonce)}\n`)
    recent = text.slice(-recentLimit)
    look()
  }
  const onStdout = (bytes: Buffer): void => {
    noise.add(bytes)
    noise.keepEnd(heardLimitBytes)
  }
  const beginPatience = (): void => {
    const seconds = call.remainingSeconds() * 0.95
    patience = setTimeout(
      () => finish({ kind: 'silence', said: all(), seconds: Math.round(seconds) }),
      Math.floor(seconds * 1000),
    )
  }
  beginPatience()
  // A channel that closes under a write is heard of by its close.
  channel.input.on('error', () => undefined)
  channel.stderr.on('data', onStderr)
  channel.stdout.on('data', onStdout)
  watchEnd(channel, (exitCode) => {
    if (over === undefined) finish({ kind: 'end', said: all(), exitCode, lost: exitCode === undefined })
  })
  call.defer(() => over === undefined && finish({ kind: 'end', said: all(), exitCode: undefined, lost: true }))
  const next = (): Promise<Heard> =>
    new Promise((resolve) => {
      if (over !== undefined) return resolve(over)
      tell = resolve
      look()
    })
  return {
    next,
    answer: (password) => {
      if (over === undefined) {
        channel.input.write(`${password.reveal()}\n`)
        beginPatience()
      }
      return next()
    },
    over: () => over,
    stop: () => finish({ kind: 'end', said: '', exitCode: undefined, lost: true }),
  }
}

function textOf(heard: GrowingBytes): string {
  return heard.now().subarray(-heardLimitBytes).toString('utf8')
}

/**
 * Our prompt is the last thing that was said. The echo of our own line (a shell with `set -x`) is not it; and
 * sudo-rs puts the word in front of every question of PAM, of which only the one for the password counts.
 */
function asksWithOurs(text: string, nonce: string): boolean {
  const line = text.slice(text.lastIndexOf('\n') + 1)
  const at = line.lastIndexOf(promptOf(nonce))
  if (at < 0 || line.slice(0, at).includes(' -p ')) return false
  const rest = line.slice(at + promptOf(nonce).length)
  return line.slice(0, at).endsWith('[sudo: ') ? /^\] Password: ?$/.test(rest) : rest.trim() === ''
}

/** An unfinished line that ends as questions do. */
function looksLikeQuestion(text: string): boolean {
  const line = text.slice(text.lastIndexOf('\n') + 1).trim()
  return line.length > 1 && ':?>]'.includes(line.at(-1) ?? ' ')
}
