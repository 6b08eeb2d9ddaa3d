// Reads what comes after "alerts" on the command line.
import { type AlertRuleId, alertRuleId } from '../../../shared/domain/alert.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { readTime } from './history-words.ts'
import { passphraseSource, type SecretSource } from './vault-arguments.ts'

export type QuietWish = {
  readonly act: 'silence' | 'maintenance'
  readonly rule: AlertRuleId | undefined
  readonly appliance: string | undefined
  readonly until: string
}

type Act =
  | { readonly act: 'list' | 'history' | 'channels' }
  | { readonly act: 'show' | 'ack' | 'end' | 'remove-channel'; readonly id: string }
  | { readonly act: 'test'; readonly id: string; readonly passphrase: SecretSource }
  | QuietWish
  | {
      readonly act: 'set-channel'
      readonly file: string
      readonly secretsDescriptor: number | undefined
      readonly passphrase: SecretSource
    }

export type AlertsInvocation = { readonly verb: 'alerts' } & Act

export function readAlertsLine(
  act: string | undefined,
  words: readonly string[],
  values: OptionValues,
): Result<AlertsInvocation> {
  const [word] = words
  if (act === 'silence' || act === 'maintenance') return readQuiet(act, words, values)
  if (act === undefined || act === 'list' || act === 'history' || act === 'channels') {
    return ok({ verb: 'alerts', act: act ?? 'list' })
  }
  if (word === undefined) {
    const other = { 'set-channel': 'FILE', 'remove-channel': 'CHANNEL', test: 'CHANNEL' }[act] ?? 'ID'
    return usage('alert-word-needed', `alerts ${act}`, { other })
  }
  const passphrase = passphraseSource(values)
  if (!passphrase.ok) return passphrase
  if (act === 'set-channel') return readChannel(word, values, passphrase.value)
  if (act === 'test') return ok({ verb: 'alerts', act, id: word, passphrase: passphrase.value })
  return ok({ verb: 'alerts', act: act as 'show' | 'ack' | 'end' | 'remove-channel', id: word })
}

function readQuiet(
  act: QuietWish['act'],
  [rule, appliance]: readonly string[],
  { until }: OptionValues,
): Result<AlertsInvocation> {
  if (rule === undefined) return usage('alert-word-needed', `alerts ${act}`, { other: 'RULE|all' })
  const known = alertRuleId.safeParse(rule)
  if (rule !== 'all' && !known.success) return usage('not-a-rule', rule, { other: alertRuleId.options.join(', ') })
  if (until === undefined || timeAhead(until, 0) === undefined) return usage('not-a-time-ahead', until ?? '--until')
  return ok({ verb: 'alerts', act, rule: known.data, appliance, until })
}

const units = { m: 60_000, h: 3_600_000, d: 24 * 3_600_000 }

/** "2h" from now, or a time of ISO 8601; undefined for anything else. */
export function timeAhead(text: string, nowMs: number): number | undefined {
  const [, count, unit] = /^([0-9]{1,6})([mhd])$/.exec(text) ?? []
  return count === undefined ? readTime(text, nowMs) : nowMs + Number(count) * units[unit as keyof typeof units]
}

function readChannel(file: string, values: OptionValues, passphrase: SecretSource): Result<AlertsInvocation> {
  const given = values['password-fd']
  if (given !== undefined && !/^[0-9]{1,4}$/.test(given)) return usage('not-a-descriptor', given)
  const secretsDescriptor = values['password-stdin'] === true ? 0 : given === undefined ? undefined : Number(given)
  return ok({ verb: 'alerts', act: 'set-channel', file, secretsDescriptor, passphrase })
}
