// Use cases of channels: which there are, with their secrets in the vault, and one message to try one.
import type { AlertChannel } from '../../../shared/domain/alert-channel.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { secretIdsOf } from '../../alerts/deliver.ts'
import { keepCredential } from '../access/vault.ts'
import type { Core } from '../context.ts'
import { sendOn } from './send.ts'
import { wordTest } from './wording.ts'

/** No more than anybody has. */
const mostChannels = 50

export async function setChannel(core: Core, channel: AlertChannel): Promise<Result<AlertChannel>> {
  const before = core.alerts.keeper.settings()
  if (!before.ok) return before
  for (const [name, credentialId] of secretIdsOf(channel.way)) {
    const kept = await keepCredential(core, { credentialId, label: `alerts: ${channel.id} (${name})` })
    if (!kept.ok) return kept
  }
  // Held from now on: the vault may be locked when they are needed.
  const held = await core.alerts.secrets.of(channel.way)
  if (!held.ok) return held
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) return settings
  const others = settings.value.channels.filter(({ id }) => id !== channel.id)
  if (others.length >= mostChannels) return unknown('alerts.setChannel', `there are ${mostChannels} channels already`)
  const changed = core.alerts.keeper.change({ ...settings.value, channels: [...others, channel] })
  return changed.ok ? ok(channel) : changed
}

export function removeChannel(core: Core, id: string): Result<{ channel: string }> {
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) return settings
  const others = settings.value.channels.filter((one) => one.id !== id)
  if (others.length === settings.value.channels.length) return noChannel('alerts.removeChannel', id)
  const changed = core.alerts.keeper.change({ ...settings.value, channels: others })
  if (!changed.ok) return changed
  core.alerts.keeper.forgetChannel(id)
  return ok({ channel: id })
}

export async function testChannel(core: Core, id: string): Promise<Result<{ channel: string; milliseconds: number }>> {
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) return settings
  const channel = settings.value.channels.find((one) => one.id === id)
  if (channel === undefined) return noChannel('alerts.testChannel', id)
  const { tools, alerts } = core
  const out = wordTest(channel, { id: `test-${tools.randomId()}`, nowMs: Date.parse(tools.now()) })
  const begun = tools.clock()
  const { secrets, closing, keeper } = alerts
  const sent = await sendOn(channel, out, { ...tools, secrets, closing, notify: keeper.notifier })
  if (sent.ok) return ok({ channel: id, milliseconds: tools.clock() - begun })
  return fail({ kind: 'alert-channel-failed', channel: id, problem: sent.problem, detail: sent.detail })
}

function noChannel(call: string, id: string): Result<never> {
  return unknown(call, `there is no channel ${id}`)
}

function unknown(call: string, problem: string): Result<never> {
  return fail({ kind: 'input-invalid', call, problem })
}
