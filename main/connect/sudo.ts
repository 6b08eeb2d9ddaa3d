// sudo that asks for a password. The password leaves once, and only to a prompt that carries a random word of ours;
// whatever else asks (a code, a new password, a forged prompt) gets no answer and ends the channel. The shell behind
// sudo announces itself before anything is sent to it: so sudo never takes our script for a second password, and
// a shell that came without asking never takes a password for a script.
import { randomUUID } from 'node:crypto'
import { cleanText } from '../../shared/domain/clean-text.ts'
import type { Secret } from '../../shared/domain/command.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Call } from './call.ts'
import { readOpening } from './lease.ts'
import type { Link, ProcessChannel } from './link.ts'
import { notStarted } from './not-started.ts'
import type { SudoRefusals } from './sudo-refusals.ts'
import { announcementOf, type Heard, promptOf, talkOn } from './sudo-talk.ts'

export type SudoPassword = { readonly password: Secret; readonly refusals: SudoRefusals }

/** What a slow PAM (a directory server that does not answer) takes for a right password. */
const slowPamSeconds = 16

/** A word that nobody can have printed by accident. */
export function sudoNonce(): string {
  return randomUUID().replaceAll('-', '')
}

/** Nothing in it needs another quote than the one pair that every login shell knows, csh and fish included. */
export function askingLine(nonce: string): string {
  const shell = `/bin/sh -c 'echo ${announcementOf(nonce)} >&2; ${readOpening}; case $l in "eval "*) eval "$l";; esac'`
  return `exec env LC_ALL=C sudo -S -p ${promptOf(nonce)} -- ${shell}`
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
  const talk = talkOn(call, channel, nonce)
  const plain = (said: string) => withoutOurs(said, nonce, password)
  const refused = (reason: 'password-wrong' | 'other', said: string) =>
    fail({ kind: 'sudo-refused', user: address.user, reason, detail: evidence(plain(said)) })
  const failureOf = (heard: Exclude<Heard, { kind: 'shell' | 'prompt' }>): Result<never> => {
    if (heard.kind === 'question') return refused('other', `sudo asks something else: ${heard.said}`)
    if (heard.kind === 'silence') return refused('other', `no answer of sudo in ${heard.seconds} s. ${heard.said}`)
    const end = { exitCode: heard.exitCode, started: false, noise: plain(heard.said) }
    return fail(notStarted(end, 'root', address.user))
  }
  const first = await talk.next()
  if (first.kind === 'shell') return ok(undefined)
  if (first.kind !== 'prompt') return failureOf(first)
  const enoughSeconds = Math.min(slowPamSeconds, call.remainingSeconds() / 2)
  const endTurn = await refusals.turn(address)
  call.defer(endTurn)
  const whyNotSent = (): Result<never> | undefined => {
    const known = refusals.refusalOf(address, password)
    if (known !== undefined) return fail(known)
    const ended = talk.over()
    if (ended !== undefined && ended.kind !== 'shell') return failureOf(ended)
    // Sent too late it would stay without an answer, and count as wrong. Who took half of the time before us leaves
    // at least as long for us.
    if (call.remainingSeconds() >= enoughSeconds) return undefined
    return fail({ kind: 'deadline-passed', what: call.what, seconds: call.deadlineSeconds })
  }
  const notSent = whyNotSent()
  if (notSent !== undefined) {
    talk.stop()
    endTurn()
    return notSent
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

/** What was said without our own words, and without the password whoever repeats it. */
function withoutOurs(said: string, nonce: string, password: Secret): string {
  const plain = said.replaceAll(promptOf(nonce), '').replaceAll(announcementOf(nonce), '')
  const secret = password.reveal()
  return cleanText(secret === '' ? plain : plain.replaceAll(secret, String(password)))
}
