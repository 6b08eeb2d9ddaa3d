// What every channel gets and gives. A channel dials the host that it was set to and nothing else, within one deadline,
// and what goes wrong comes back as data without a secret in it. Texts come from appliances: each channel says how
// they can be nothing but text there.
import type { AlertSeverity, NoticeKind } from '../../../shared/domain/alert.ts'
import type { ChannelKind, DeliveryProblem, WayOf } from '../../../shared/domain/alert-channel.ts'
import type { Secret } from '../../../shared/domain/command.ts'

/** A message as it goes out, in the language of its channel. `data` is for programs. */
export type Outgoing = {
  /** The same however often it is tried: a receiver can tell a message that it has had. */
  readonly id: string
  readonly kind: NoticeKind
  readonly severity: AlertSeverity
  readonly isOver: boolean
  readonly atMs: number
  /** Without line ends. */
  readonly title: string
  readonly lines: readonly string[]
  readonly data: Readonly<Record<string, string | number>>
}

export type SecretName = 'password' | 'token' | 'hmac' | 'key' | 'sign' | 'community'
export type Secrets = { readonly [N in SecretName]?: Secret }

export type Notifier = (notification: {
  readonly title: string
  readonly body: string
  readonly isUrgent: boolean
}) => Promise<boolean>

export type SendTools = {
  readonly secrets: Secrets
  readonly deadlineMs: number
  readonly nowMs: number
  /** The name of this computer: who says it. */
  readonly computer: string
  /** Of the shell that has one. */
  readonly notify?: Notifier | undefined
  /** The console ends: nothing is waited for any more. */
  readonly closing?: AbortSignal
}

export type Sent =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: DeliveryProblem; readonly detail: string }

export type Send<K extends ChannelKind> = (way: WayOf<K>, out: Outgoing, tools: SendTools) => Promise<Sent>

export function plainText({ title, lines }: Pick<Outgoing, 'title' | 'lines'>): string {
  return [title, '', ...lines].join('\n')
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|wrong version|HOSTNAME_MISMATCH/i

/** What Node says of a socket. Its message names hosts and ports, never what was sent. */
export function brokenBy(error: unknown): Sent {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (/TIMEDOUT|TIMEOUT/.test(code)) return { ok: false, problem: 'too-slow', detail: code }
  const isUntrusted = untrusted.test(code) || /certificate/i.test(message)
  return { ok: false, problem: isUntrusted ? 'not-trusted' : 'unreachable', detail: code || 'closed' }
}

export function refusedWith(detail: string): Sent {
  return { ok: false, problem: 'refused', detail }
}

/** Ends with `too-slow` when it is not done in time, or the console ends, and lets go of what it holds. */
export async function withinDeadline(
  { deadlineMs, closing }: Pick<SendTools, 'deadlineMs' | 'closing'>,
  send: (signal: AbortSignal) => Promise<Sent>,
): Promise<Sent> {
  const late = new AbortController()
  const stop = () => late.abort()
  const stopped = new Promise<Sent>((resolve) => {
    const detail = `${Math.round(deadlineMs / 1000)} s`
    late.signal.addEventListener('abort', () => resolve({ ok: false, problem: 'too-slow', detail }))
  })
  const timer = setTimeout(stop, deadlineMs)
  closing?.addEventListener('abort', stop)
  if (closing?.aborted === true) stop()
  try {
    return await Promise.race([stopped, send(late.signal).catch(brokenBy)])
  } finally {
    clearTimeout(timer)
    closing?.removeEventListener('abort', stop)
    late.abort()
  }
}
