// Alerts from a terminal: what is wrong and who is told of it. Secrets of a channel are read from a descriptor, one a
// line, and never from its file.
import { resolve } from 'node:path'
import type { ShownAlert, ShownQuiet } from '../../../shared/contract/alerts.ts'
import { type AlertChannel, alertChannel, type ChannelState } from '../../../shared/domain/alert-channel.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { alertTitle } from '../../../shared/words/alert-text.ts'
import { readPlainText } from '../../files/plain-file.ts'
import { usage } from '../../terminal/option-words.ts'
import { showAlert } from './alert-report.ts'
import { type AlertsInvocation, type QuietWish, timeAhead } from './alerts-arguments.ts'
import { readSecretLines } from './secret-line.ts'
import { unlockGiven } from './vault-passphrase.ts'
import { flat, type Work } from './work.ts'

/** Exit code, or the failure that ended the command. */
export async function runAlerts(work: Work, line: AlertsInvocation): Promise<Result<number>> {
  switch (line.act) {
    case 'list':
      return list(work)
    case 'history':
      return history(work)
    case 'show':
      return showAlert(work, line.id)
    case 'ack':
      return acknowledge(work, line.id)
    case 'silence':
    case 'maintenance':
      return quiet(work, line)
    case 'end':
      return end(work, line.id)
    case 'channels':
      return channels(work)
    case 'set-channel':
      return setChannel(work, line)
    case 'remove-channel':
      return removeChannel(work, line.id)
    case 'test':
      return test(work, line)
  }
}

const timeOf = (ms: number) => new Date(ms).toISOString()

async function list({ client, terminal, words }: Work): Promise<Result<number>> {
  const now = await flat('alerts.list', client.product.alerts.list({}))
  if (!now.ok) return now
  const { active, quiets, channels: states, notStored } = now.value
  const { alerts } = words
  for (const one of active) terminal.say(alertLine(one, words))
  if (active.length === 0) terminal.say(alerts.cli.none)
  for (const one of quiets) terminal.say(quietLine(one, words))
  if (states.length === 0) terminal.say(alerts.cli.noChannels)
  for (const { channel, trouble } of states) {
    if (trouble !== undefined) terminal.complain(words.cli.pair(channel, troubleText(trouble, words)))
  }
  if (notStored !== undefined) terminal.complain(notStored)
  terminal.result(now.value)
  return ok(0)
}

async function history({ client, terminal, words }: Work): Promise<Result<number>> {
  const past = await flat('alerts.history', client.product.alerts.history({}))
  if (!past.ok) return past
  for (const one of past.value) terminal.say(alertLine(one, words))
  if (past.value.length === 0) terminal.say(words.alerts.cli.none)
  terminal.result({ alerts: past.value })
  return ok(0)
}

function alertLine(one: ShownAlert, words: Work['words']): string {
  const { alerts, cli } = words
  const about = [
    cli.pair(alerts.labels.since, timeOf(one.sinceMs)),
    ...(one.over === undefined ? [] : [`${alerts.over[one.over.how]} ${timeOf(one.over.atMs)}`]),
    ...(one.acknowledged === undefined ? [] : [alerts.cli.acknowledgedBy(one.acknowledged.by)]),
    ...(one.isQuiet ? [alerts.quiets.silence] : []),
  ]
  const head = `${one.id}  [${alerts.severities[one.severity]}] ${evidence(one.name, 100)} ${alertTitle(one, words)}`
  return cli.list([head, ...about])
}

function quietLine({ id, kind, rule, name, untilMs }: ShownQuiet, words: Work['words']): string {
  const { alerts, cli } = words
  const what = cli.list([alerts.quiets[kind], rule ?? alerts.cli.everything, name ?? alerts.cli.everywhere])
  return `${id}  ${alerts.cli.quietUntil(what, timeOf(untilMs))}`
}

async function acknowledge({ client, terminal, words }: Work, alertId: string): Promise<Result<number>> {
  const done = await flat('alerts.acknowledge', client.product.alerts.acknowledge({ alertId }))
  if (!done.ok) return done
  terminal.say(words.alerts.cli.acknowledged(alertId))
  terminal.result(done.value)
  return ok(0)
}

async function quiet({ client, terminal, words }: Work, line: QuietWish): Promise<Result<number>> {
  const { act: kind, rule, appliance, until } = line
  const nowMs = Date.now()
  const untilMs = Math.round(timeAhead(until, nowMs) ?? 0)
  if (untilMs <= nowMs) return usage('not-a-time-ahead', until)
  const about = { ...(rule !== undefined && { rule }), ...(appliance !== undefined && { appliance }) }
  const set = await flat('alerts.silence', client.product.alerts.silence({ kind, untilMs, note: '', ...about }))
  if (!set.ok) return set
  terminal.say(quietLine(set.value, words))
  terminal.result(set.value)
  return ok(0)
}

async function end({ client, terminal, words }: Work, quietId: string): Promise<Result<number>> {
  const ended = await flat('alerts.endSilence', client.product.alerts.endSilence({ quietId }))
  if (!ended.ok) return ended
  terminal.say(words.alerts.cli.quietEnded(quietId))
  terminal.result(ended.value)
  return ok(0)
}

async function channels({ client, terminal, words }: Work): Promise<Result<number>> {
  const settings = await flat('alerts.settings', client.product.alerts.settings({}))
  if (!settings.ok) return settings
  const now = await flat('alerts.list', client.product.alerts.list({}))
  if (!now.ok) return now
  const { alerts, cli } = words
  for (const { id, way, atLeast, list: toldList } of settings.value.channels) {
    const state = now.value.channels.find(({ channel }) => channel === id)
    const parts = [
      ...[alerts.channels[way.kind], alerts.severities[atLeast], alerts.lists[toldList]],
      ...(state?.lastSentMs === undefined ? [] : [alerts.cli.lastSent(timeOf(state.lastSentMs))]),
      ...((state?.waiting ?? 0) === 0 ? [] : [alerts.cli.waiting(state?.waiting ?? 0)]),
      ...((state?.lost ?? 0) === 0 ? [] : [alerts.cli.lost(state?.lost ?? 0)]),
      ...(state?.trouble === undefined ? [] : [troubleText(state.trouble, words)]),
    ]
    terminal.say(cli.pair(id, cli.list(parts)))
  }
  if (settings.value.channels.length === 0) terminal.say(alerts.cli.noChannels)
  terminal.result({ channels: settings.value.channels, states: now.value.channels, policy: settings.value.policy })
  return ok(0)
}

function troubleText(
  { problem, detail, sinceMs }: NonNullable<ChannelState['trouble']>,
  { alerts }: Work['words'],
): string {
  return alerts.cli.trouble(alerts.problems[problem], detail, timeOf(sinceMs))
}

type SetChannel = Extract<AlertsInvocation, { act: 'set-channel' }>

async function setChannel(work: Work, line: SetChannel): Promise<Result<number>> {
  const { client, terminal, words } = work
  const written = readChannelFile(line.file)
  if (!written.ok) return written
  const unlocked = await unlockGiven(work, line.passphrase)
  if (!unlocked.ok) return unlocked
  const channel = await withSecrets(work, written.value, line.secretsDescriptor)
  if (!channel.ok) return channel
  const set = await flat('alerts.setChannel', client.product.alerts.setChannel({ channel: channel.value }))
  if (!set.ok) return set
  terminal.say(words.alerts.cli.saved(set.value.id))
  terminal.result(set.value)
  return ok(0)
}

const mostFileBytes = 100_000

/** As the contract has a channel; where ids of secrets are missing, they are made of what is read from a descriptor. */
function readChannelFile(file: string): Result<Record<string, unknown>> {
  const path = resolve(file)
  const unusable = (problem: string) =>
    fail({ kind: 'input-invalid', call: 'alerts.setChannel', problem: evidence(`${path}: ${problem}`, 1000) })
  const read = readPlainText(path, { follow: true, mostBytes: mostFileBytes })
  if ('problem' in read) return unusable(read.why)
  try {
    const value: unknown = JSON.parse(read.read)
    return value !== null && typeof value === 'object'
      ? ok(value as Record<string, unknown>)
      : unusable('not an object')
  } catch {
    return unusable('not JSON')
  }
}

/** In this order, one a line. */
const secretFields: { readonly [K in AlertChannel['way']['kind']]: readonly string[] } = {
  ...{ smtp: ['credentialId'], webhook: ['keyId', 'hmacId'], wecom: ['keyId'], dingtalk: ['keyId', 'signId'] },
  ...{ feishu: ['keyId', 'signId'], snmp: ['communityId'], syslog: [], desktop: [] },
}

async function withSecrets(
  { client }: Work,
  written: Record<string, unknown>,
  descriptor: number | undefined,
): Promise<Result<AlertChannel>> {
  const way = { ...(written['way'] as Record<string, unknown> | undefined) }
  const secrets = descriptor === undefined ? ok([]) : await readSecretLines(descriptor)
  if (!secrets.ok) return secrets
  const fields = secretFields[way['kind'] as AlertChannel['way']['kind']] ?? []
  for (const [at, password] of secrets.value.entries()) {
    const field = fields[at]
    if (field === undefined || password === '') continue
    const offered = await flat('desk.offerPassword', client.desk.offerPassword({ password }))
    if (!offered.ok) return offered
    way[field] = offered.value.credentialId
  }
  const channel = alertChannel.safeParse({ ...written, way })
  if (channel.success) return ok(channel.data)
  const problem = channel.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; ')
  return fail({ kind: 'input-invalid', call: 'alerts.setChannel', problem: evidence(problem, 1000) })
}

async function removeChannel({ client, terminal, words }: Work, channel: string): Promise<Result<number>> {
  const removed = await flat('alerts.removeChannel', client.product.alerts.removeChannel({ channel }))
  if (!removed.ok) return removed
  terminal.say(words.alerts.cli.removed(channel))
  terminal.result(removed.value)
  return ok(0)
}

async function test(
  work: Work,
  { id, passphrase }: Extract<AlertsInvocation, { act: 'test' }>,
): Promise<Result<number>> {
  const unlocked = await unlockGiven(work, passphrase)
  if (!unlocked.ok) return unlocked
  const { client, terminal, words } = work
  const sent = await flat('alerts.testChannel', client.product.alerts.testChannel({ channel: id }))
  if (!sent.ok) return sent
  terminal.say(words.alerts.cli.sent(id))
  terminal.result(sent.value)
  return ok(0)
}
