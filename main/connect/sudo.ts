// sudo that asks for a password. The password leaves once, and only to a prompt that carries a random word of ours;
// whatever else asks (a code, a new password, a forged prompt) gets no answer and ends the channel. The shell behind
// sudo announces itself before anything is sent to it: so sudo never takes our script for a second password, and
// a shell that came without asking never takes a password for a script.
import { randomUUID } from 'node:crypto'
import type { Secret } from '../../shared/domain/command.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Call } from './call.ts'
import { watchEnd } from './leased-process.ts'
import type { Link, ProcessChannel } from './link.ts'
import { notStarted } from './not-started.ts'
import type { SudoRefusals } from './sudo-refusals.ts'

export type SudoPassword = { readonly password: Secret; readonly refusals: SudoRefusals }

/** Text that looks like a question and stands for so long is one. */
const questionMilliseconds = 2000
const heardLimit = 64 * 1024

/** A word that nobody can have printed by accident. */
export function sudoNonce(): string {
  return randomUUID().replaceAll('-', '')
}

/** Nothing in it needs another quote than the one pair that every login shell knows, csh and fish included. */
export function askingLine(nonce: string): string {
  const shell = `/bin/sh -c 'echo ${announcementOf(nonce)} >&2; IFS= read -r l; case $l in "eval "*) eval "$l";; esac'`
  return `exec env LC_ALL=C sudo -S -p ${promptOf(nonce)} -- ${shell}`
}

function promptOf(nonce: string): string {
  return `rackside-password-${nonce}:`
}

function announcementOf(nonce: string): string {
  return `rackside-shell-${nonce}`
}

/**
 * Brings a channel on which askingLine was started to the shell behind sudo. Fails with sudo-refused, remembered
 * where a password was sent; with shell-unusable as notStarted says. The channel is closed then.
 */
export async function passSudo(
  call: Call,
  link: Link,
  channel: ProcessChannel,
  { nonce, password, refusals }: SudoPassword & { readonly nonce: string },
): Promise<Result<void>> {
  const { address } = link
  const talk = listen(call, channel, nonce)
  const refused = (reason: 'password-wrong' | 'other', said: string) =>
    fail({ kind: 'sudo-refused', user: address.user, reason, detail: shown(said, nonce, password) })
  const failureOf = (heard: Exclude<Heard, { kind: 'shell' | 'prompt' }>): Result<never> => {
    if (heard.kind === 'question') return refused('other', `sudo asks something else: ${heard.said}`)
    if (heard.kind === 'silence') return refused('other', `no answer of sudo in ${heard.seconds} s. ${heard.said}`)
    const end = { exitCode: heard.exitCode, started: false, noise: shown(heard.said, nonce, password) }
    return fail(notStarted(end, 'root', address.user))
  }
  const first = await talk.next()
  if (first.kind === 'shell') return ok(undefined)
  if (first.kind !== 'prompt') return failureOf(first)
  const endTurn = await refusals.turn(address)
  call.defer(endTurn)
  const known = refusals.refusalOf(address, password)
  if (known !== undefined) {
    talk.stop()
    endTurn()
    return fail(known)
  }
  const second = await talk.answer(password)
  const result =
    second.kind === 'shell'
      ? ok(undefined)
      : second.kind === 'prompt'
        ? refused('password-wrong', second.said)
        : failureOf(second)
  // Also after silence: nobody knows whether it was counted as wrong. A link that was lost says nothing.
  if (!result.ok && !(second.kind === 'end' && second.lost)) refusals.remember(address, password, result.failure)
  if (second.kind === 'prompt') talk.stop()
  endTurn()
  return result
}

/** Evidence without our own words, and without the password whoever repeats it. */
function shown(said: string, nonce: string, password: Secret): string {
  const plain = said.replaceAll(promptOf(nonce), '').replaceAll(announcementOf(nonce), '')
  const secret = password.reveal()
  return evidence(secret === '' ? plain : plain.replaceAll(secret, String(password)))
}

type Heard =
  | { readonly kind: 'shell' }
  | { readonly kind: 'prompt'; readonly said: string }
  | { readonly kind: 'question'; readonly said: string }
  | { readonly kind: 'silence'; readonly said: string; readonly seconds: number }
  | { readonly kind: 'end'; readonly said: string; readonly exitCode: number | undefined; readonly lost: boolean }

type Talk = {
  /** What comes next on the channel. Everything but a prompt and the shell ends the talk and closes the channel. */
  next(): Promise<Heard>
  /** The same after the password, which only leaves while somebody is there to take it. */
  answer(password: Secret): Promise<Heard>
  stop(): void
}

function listen(call: Call, channel: ProcessChannel, nonce: string): Talk {
  const patienceSeconds = call.remainingSeconds() * 0.95
  let said = ''
  let noise = ''
  /** Where what was answered ends. */
  let from = 0
  let over: Heard | undefined
  let tell: ((heard: Heard) => void) | undefined
  let question: NodeJS.Timeout | undefined
  const finish = (heard: Heard): void => {
    clearTimeout(question)
    if (heard.kind !== 'prompt') {
      over ??= heard
      clearTimeout(patience)
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
  const all = () => `${said}\n${noise}`.trim()
  const look = (): void => {
    if (over !== undefined || tell === undefined) return
    clearTimeout(question)
    const text = said.slice(from)
    if (text.includes(`${announcementOf(nonce)}\n`)) finish({ kind: 'shell' })
    else if (asksWithOurs(text, nonce)) {
      from = said.length
      finish({ kind: 'prompt', said: all() })
    } else if (looksLikeQuestion(text))
      question = setTimeout(() => finish({ kind: 'question', said: all() }), questionMilliseconds)
  }
  const onStderr = (bytes: Buffer): void => {
    // What was answered may be forgotten, what was not yet looked at may not.
    said = `${said}${bytes.toString('utf8')}`
    if (said.length > heardLimit) {
      const cut = said.length - heardLimit
      said = said.slice(cut)
      from = Math.max(0, from - cut)
    }
    look()
  }
  const onStdout = (bytes: Buffer): void => {
    noise = `${noise}${bytes.toString('utf8')}`.slice(-heardLimit)
  }
  const patience = setTimeout(
    () => finish({ kind: 'silence', said: all(), seconds: Math.round(patienceSeconds) }),
    patienceSeconds * 1000,
  )
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
      if (over === undefined) channel.input.write(`${password.reveal()}\n`)
      return next()
    },
    stop: () => finish({ kind: 'end', said: '', exitCode: undefined, lost: true }),
  }
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
  return /\S.*[:?>\]]\s*$/.test(text.slice(text.lastIndexOf('\n') + 1))
}
