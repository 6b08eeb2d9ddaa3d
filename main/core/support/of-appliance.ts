// What a support bundle says of one appliance: everything that a person who helps would ask for, each part for itself, so
// that one that cannot be had keeps none of the others away.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { type Failure, ok, type Result } from '../../../shared/domain/failure.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { supportLogLines } from '../../../shared/domain/support.ts'
import { keptLogLines, type PrintedLine } from '../../../shared/facts/support-log.ts'
import { lastSeen, status } from '../appliances.ts'
import type { Core } from '../context.ts'
import { examineAppliance } from '../doctor.ts'
import { followLog } from '../logs/follow.ts'
import { logSources } from '../logs/sources.ts'
import { recordingFiles } from '../recording-folder.ts'
import { recordAppliance } from '../recordings.ts'
import { received } from '../refusal.ts'
import { lastRun } from '../runs/setup.ts'

/** `isTool`: redacted as a recording already; only secrets and serial numbers are looked for again. `lines`: a document each. */
export type RawFile = { readonly name: string } & (
  | { readonly text: string; readonly isTool?: true }
  | { readonly lines: readonly unknown[] }
  | { readonly value: unknown }
)

export type ApplianceParts = {
  readonly files: readonly RawFile[]
  readonly droppedLines: number
  /** Why nothing at all could be had. */
  readonly failure?: Failure
  /** Names of the machine itself. */
  readonly hosts: readonly string[]
}

/** Names in an archive have 100 bytes. */
const longestName = 44
/** Of one container each, and no more of them. */
const mostLogs = 16

export async function partsOfAppliance(core: Core, name: string): Promise<ApplianceParts> {
  const target: Target = { by: 'name', name }
  const recorded = await recordAppliance(core, target)
  if (!recorded.ok) {
    const { failure } = recorded
    return { files: [{ name: 'not-reached.json', value: failure }], droppedLines: 0, failure, hosts: [] }
  }
  const facts = recordingFiles(recorded.value).map(
    ([file, text]): RawFile => ({ name: `facts/${file}`, text, isTool: true }),
  )
  const doctor = await examineAppliance(core, target)
  const seen = await lastSeen(core, target)
  const logs = await logsOf(core, target, seen)
  return {
    files: [
      ...facts,
      valueFile('doctor.json', doctor),
      valueFile('verdict.json', await status(core, target)),
      valueFile('last-run.json', await lastRun(core, target)),
      ...logs.files,
    ],
    droppedLines: logs.dropped,
    hosts: seen.ok && seen.value.hostname.state === 'known' ? [seen.value.hostname.value] : [],
  }
}

/** What cannot be had is said in its place. */
function valueFile(name: string, answer: Result<unknown>): RawFile {
  return { name, value: answer.ok ? answer.value : { failure: answer.failure } }
}

type Logs = { readonly files: readonly RawFile[]; readonly dropped: number }

/** Of engines, gateways and what publishes: apps may write what people wrote, so theirs stay where they are. */
async function logsOf(core: Core, target: Target, seen: Result<Facts>): Promise<Logs> {
  const engines = enginesIn(seen)
  const sources = await logSources(core, target)
  if (!sources.ok) return { files: [valueFile('logs/not-read.json', sources)], dropped: 0 }
  const [wanted, others] = [true, false].map((is) => sources.value.filter((one) => engines.has(one.deployment) === is))
  const files: RawFile[] = []
  let dropped = 0
  for (const [at, { container }] of (wanted ?? []).slice(0, mostLogs).entries()) {
    const name = `logs/${container.length > longestName ? `${container.slice(0, longestName)}-${at}` : container}`
    const lines = await linesOf(core, target, container)
    if (!lines.ok) files.push(valueFile(`${name}.json`, lines))
    else {
      const kept = keptLogLines(lines.value)
      dropped += kept.dropped
      const head = `# the last ${lines.value.length} lines, ${kept.dropped} left out: they may hold what somebody asked\n`
      files.push({ name: `${name}.log`, text: `${head}${kept.lines.join('\n')}\n` })
    }
  }
  const left = (others ?? []).map(({ container }) => container)
  if (left.length > 0)
    files.push({ name: 'logs/left-out.json', value: { reason: 'logs of apps may hold what people wrote', left } })
  return { files, dropped }
}

function enginesIn(seen: Result<Facts>): ReadonlySet<string> {
  if (!seen.ok) return new Set()
  const kinds = ['openai-chat', 'openai-embeddings', 'rerank', 'openai-gateway', 'ingress']
  const records = valueOr(seen.value.deployments, [])
  return new Set(records.filter(({ proof }) => kinds.includes(proof.serves)).map(({ deployment }) => deployment))
}

async function linesOf(core: Core, target: Target, container: string): Promise<Result<PrintedLine[]>> {
  const wish = { target, container, follow: false, tailLines: supportLogLines }
  const read = async () => {
    const lines: PrintedLine[] = []
    for await (const event of followLog(core, wish)) {
      if (event.event === 'lines') lines.push(...event.lines.map(({ atMs, text }) => ({ at: timeText(atMs), text })))
    }
    return lines
  }
  const got = await received('logs.follow', read())
  return got.ok ? ok(got.value.slice(-supportLogLines)) : got
}

function timeText(atMs: number | null): string {
  return atMs === null ? '' : new Date(atMs).toISOString()
}
