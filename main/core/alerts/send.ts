// Puts the channel, its secrets and a message together. Never throws: what goes wrong is how the channel is.
import type { AlertChannel } from '../../../shared/domain/alert-channel.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Notifier, Outgoing, Sent } from '../../alerts/channels/channel.ts'
import { deliver } from '../../alerts/deliver.ts'
import type { CoreTools } from '../core-tools.ts'
import type { ChannelSecrets } from './channel-secrets.ts'

const deadlineMs = 20_000

type Sending = Pick<CoreTools, 'now' | 'computer'> & {
  readonly secrets: ChannelSecrets
  readonly notify: Notifier | undefined
  readonly closing: AbortSignal
}

export async function sendOn(channel: AlertChannel, out: Outgoing, sending: Sending): Promise<Sent> {
  const found = await sending.secrets.of(channel.way)
  if (!found.ok) return withoutSecret(found.failure)
  const { now, computer = '', notify, closing } = sending
  return deliver(channel.way, out, {
    secrets: found.value,
    deadlineMs,
    nowMs: Date.parse(now()),
    computer,
    notify,
    closing,
  })
}

function withoutSecret({ kind }: Failure): Sent {
  const isMissing = kind === 'credential-unknown' || kind === 'vault-missing'
  return { ok: false, problem: isMissing ? 'no-secret' : 'not-now', detail: kind }
}
