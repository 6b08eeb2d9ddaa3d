// Reads what comes after "audit" on the command line.
import { isIPv6 } from 'node:net'
import type { AuditFilter } from '../../../shared/domain/audit-search.ts'
import { type AuditSyslog, auditDays, auditSyslog } from '../../../shared/domain/audit-settings.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { readTime } from './history-words.ts'

/** Times as they were said: what "24h" ago is depends on when it is asked. */
export type AuditWish = {
  readonly filter: Omit<AuditFilter, 'since' | 'until'>
  readonly since: string | undefined
  readonly until: string | undefined
  readonly before: number | undefined
  readonly most: number
}

export type AuditVerifyLine = {
  readonly verb: 'audit'
  readonly act: 'verify'
  /** The state folder of this console where none is named. */
  readonly place: string | undefined
  readonly checkpoints: readonly string[]
  readonly copies: readonly string[]
}

export type AuditInvocation = { readonly verb: 'audit' } & (
  | { readonly act: 'list'; readonly wish: AuditWish }
  | { readonly act: 'show'; readonly number: number }
  | { readonly act: 'export'; readonly wish: AuditWish; readonly format: 'csv' | 'json'; readonly out: string }
  | { readonly act: 'checkpoint' }
  | { readonly act: 'keep'; readonly days: number | undefined }
  | { readonly act: 'send-to'; readonly to: CheckpointPlace | undefined }
)

export type CheckpointPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'syslog'; readonly syslog: AuditSyslog }
  | { readonly kind: 'nowhere' }

const usualMost = 50
const mostListed = 200

export function readAuditLine(
  act: string | undefined,
  words: readonly string[],
  values: OptionValues,
): Result<AuditInvocation | AuditVerifyLine> {
  const [word] = words
  const verb = 'audit'
  if (act === 'verify') {
    const { checkpoint: checkpoints = [], copy: copies = [] } = values
    return ok({ verb, act, place: word, checkpoints, copies })
  }
  if (act === 'checkpoint') return ok({ verb, act })
  if (act === 'show') {
    return isNumber(word) ? ok({ verb, act, number: Number(word) }) : usage('not-a-record-number', word ?? '')
  }
  if (act === 'keep') return readDays(word)
  if (act === 'send-to') return readPlace(word)
  const wish = readWish(values)
  if (!wish.ok) return wish
  return act === 'export' ? readExport(wish.value, values) : ok({ verb, act: 'list', wish: wish.value })
}

function readExport(wish: AuditWish, { out, format, json }: OptionValues): Result<AuditInvocation> {
  if (out === undefined) return usage('no-file-named', '--out')
  const known = format ?? (json === true ? 'json' : 'csv')
  if (known !== 'csv' && known !== 'json') return usage('not-a-format', known, { other: 'csv, json' })
  return ok({ verb: 'audit', act: 'export', wish, format: known, out })
}

function readWish({ who, appliance, act, since, until, before, limit }: OptionValues): Result<AuditWish> {
  const noTime = [since, until].find((text) => text !== undefined && readTime(text, 0) === undefined)
  if (noTime !== undefined) return usage('not-a-time', noTime)
  const noNumber = [before, limit].find((text) => text !== undefined && !isNumber(text))
  if (noNumber !== undefined) return usage('not-a-record-number', noNumber)
  const filter = {
    ...{ ...(who !== undefined && { who }), ...(appliance !== undefined && { appliance }) },
    ...(act !== undefined && { act }),
  }
  const most = Math.min(limit === undefined ? usualMost : Number(limit), mostListed)
  return ok({ filter, since, until, before: before === undefined ? undefined : Number(before), most })
}

function readDays(word: string | undefined): Result<AuditInvocation> {
  if (word === undefined) return ok({ verb: 'audit', act: 'keep', days: undefined })
  const days = auditDays.safeParse(Number(word))
  return days.success ? ok({ verb: 'audit', act: 'keep', days: days.data }) : usage('not-audit-days', word)
}

/** "udp:HOST:PORT", "tcp:HOST:PORT", "off", or a folder. */
function readPlace(word: string | undefined): Result<AuditInvocation> {
  const line = (to: CheckpointPlace | undefined): Result<AuditInvocation> => ok({ verb: 'audit', act: 'send-to', to })
  if (word === undefined) return line(undefined)
  if (word === 'off') return line({ kind: 'nowhere' })
  const [, transport, named = '', port] = /^(udp|tcp):(.*):([0-9]{1,5})$/.exec(word) ?? []
  if (transport === undefined) {
    return /^(udp|tcp):/.test(word) ? usage('not-a-checkpoint-place', word) : line({ kind: 'folder', folder: word })
  }
  const inBrackets = /^\[(.*)\]$/.exec(named)?.[1]
  const host = inBrackets !== undefined && isIPv6(inBrackets) ? inBrackets : named
  const syslog = auditSyslog.safeParse({ host, port: Number(port), transport })
  return syslog.success ? line({ kind: 'syslog', syslog: syslog.data }) : usage('not-a-checkpoint-place', word)
}

function isNumber(word: string | undefined): word is string {
  return word !== undefined && /^[1-9][0-9]{0,14}$/.test(word)
}
