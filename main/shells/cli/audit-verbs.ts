// `rackside audit`: who did what where and when, and how it came out; as a file; how long it is kept; and where its
// checkpoints go.
import { localTime } from '../../../shared/domain/audit-csv.ts'
import type { AuditEntry, AuditFilter } from '../../../shared/domain/audit-search.ts'
import type { AuditSettings } from '../../../shared/domain/audit-settings.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { AuditInvocation, AuditWish, CheckpointPlace } from './audit-arguments.ts'
import { readTime } from './history-words.ts'
import { wholePath } from './target.ts'
import { flat, type Work } from './work.ts'

/** Exit code, or the failure that ended the command. */
export function runAudit(work: Work, line: AuditInvocation): Promise<Result<number>> {
  switch (line.act) {
    case 'list':
      return list(work, line.wish)
    case 'show':
      return show(work, line.number)
    case 'export':
      return exportTo(work, line)
    case 'checkpoint':
      return checkpoint(work)
    case 'keep':
      return keep(work, line.days)
    case 'send-to':
      return sendTo(work, line.to)
  }
}

function filterOf({ filter, since, until }: AuditWish): AuditFilter {
  const time = (text: string | undefined) => {
    const atMs = text === undefined ? undefined : readTime(text, Date.now())
    return atMs === undefined ? undefined : new Date(atMs).toISOString()
  }
  const [from, to] = [time(since), time(until)]
  return { ...filter, ...(from !== undefined && { since: from }), ...(to !== undefined && { until: to }) }
}

async function list({ client, terminal, words }: Work, wish: AuditWish): Promise<Result<number>> {
  const { most, before } = wish
  const question = { filter: filterOf(wish), most, ...(before !== undefined && { before }) }
  const page = await flat('audit.search', client.product.audit.search(question))
  if (!page.ok) return page
  const { entries, next } = page.value
  for (const entry of entries) terminal.say(words.audit.line(entry, timeOf(entry)))
  if (entries.length === 0) terminal.say(words.audit.nothing)
  if (next !== null) terminal.say(words.audit.older(next))
  terminal.result({ entries, next })
  return ok(0)
}

function timeOf({ record }: AuditEntry): string {
  return localTime(record.at, record.zone)
}

async function show({ client, terminal, words }: Work, number: number): Promise<Result<number>> {
  const question = { filter: {}, before: number + 1, most: 1 }
  const page = await flat('audit.search', client.product.audit.search(question))
  if (!page.ok) return page
  const entry = page.value.entries.find(({ record }) => record.number === number)
  if (entry === undefined) return usage('not-a-record-number', String(number))
  terminal.say(words.audit.line(entry, timeOf(entry)))
  terminal.say(JSON.stringify(entry, null, 2))
  terminal.result(entry)
  return ok(0)
}

type ExportLine = Extract<AuditInvocation, { readonly act: 'export' }>

async function exportTo({ client, terminal, words }: Work, { wish, format, out }: ExportLine): Promise<Result<number>> {
  const file = wholePath('--out', out)
  if (!file.ok) return file
  const { before } = wish
  const wanted = { filter: filterOf(wish), format, file: file.value, ...(before !== undefined && { before }) }
  const made = await flat('desk.exportAuditTo', client.desk.exportAuditTo(wanted))
  if (!made.ok) return made
  const { entries, next } = made.value
  terminal.say(words.audit.exported(entries, file.value))
  if (next !== null) terminal.say(words.audit.older(next))
  terminal.result({ file: file.value, entries, next })
  return ok(0)
}

async function checkpoint({ client, terminal, words }: Work): Promise<Result<number>> {
  const made = await flat('audit.checkpoint', client.product.audit.checkpoint({}))
  if (!made.ok) return made
  terminal.say(words.audit.checkpoint(made.value.number, made.value.hash))
  const asked = await flat('audit.state', client.product.audit.state({}))
  if (!asked.ok) return asked
  const { exportFolder, syslog } = asked.value.settings
  if (exportFolder === undefined && syslog === undefined) terminal.say(words.audit.keptHereOnly)
  terminal.result(made.value)
  return ok(0)
}

async function keep(work: Work, days: number | undefined): Promise<Result<number>> {
  const { client, terminal, words } = work
  const asked =
    days === undefined
      ? await flat('audit.state', client.product.audit.state({}))
      : await flat('audit.setRetention', client.product.audit.setRetention({ days }))
  if (!asked.ok) return asked
  const { retentionDays } = asked.value.settings
  terminal.say(words.audit.kept(retentionDays))
  terminal.result({ retentionDays })
  return ok(0)
}

async function sendTo(work: Work, to: CheckpointPlace | undefined): Promise<Result<number>> {
  const asked = await settingsAfter(work, to)
  if (!asked.ok) return asked
  const { exportFolder, syslog } = asked.value
  const receiver = syslog === undefined ? [] : [`syslog ${syslog.transport}:${syslog.host}:${syslog.port}`]
  const places = [...(exportFolder === undefined ? [] : [exportFolder]), ...receiver]
  const { audit } = work.words
  work.terminal.say(places.length === 0 ? audit.sentNowhere : audit.sentTo(places.join(', ')))
  work.terminal.result({ exportFolder: exportFolder ?? null, syslog: syslog ?? null })
  return ok(0)
}

async function settingsAfter({ client }: Work, to: CheckpointPlace | undefined): Promise<Result<AuditSettings>> {
  const { audit } = client.product
  const { exportCheckpointsTo } = client.desk
  const told = (answer: Result<{ settings: AuditSettings }>) => (answer.ok ? ok(answer.value.settings) : answer)
  if (to === undefined) return told(await flat('audit.state', audit.state({})))
  if (to.kind === 'syslog') return told(await flat('audit.setSyslog', audit.setSyslog({ syslog: to.syslog })))
  if (to.kind === 'folder') {
    const folder = wholePath('FOLDER', to.folder)
    if (!folder.ok) return folder
    return told(await flat('desk.exportCheckpointsTo', exportCheckpointsTo({ folder: folder.value })))
  }
  const ended = await flat('audit.setSyslog', audit.setSyslog({ syslog: null }))
  return ended.ok ? told(await flat('desk.exportCheckpointsTo', exportCheckpointsTo({ folder: null }))) : ended
}
