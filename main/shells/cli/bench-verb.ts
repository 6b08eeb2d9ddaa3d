// `rackside bench`: measures a model service under load and shows the figures as they come; lists what was measured, and
// holds two results beside each other. The first Ctrl-C ends the measurement and keeps what there is of it.
import type { Target } from '../../../shared/contract/contract.ts'
import type { BenchComparison, BenchEvent, BenchHead, BenchResult } from '../../../shared/domain/bench.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Words } from '../../../shared/words/words.ts'
import { exitCodes } from '../../terminal/exit-codes.ts'
import { usage } from '../../terminal/option-words.ts'
import { benchLevelLines, benchResultLines } from './bench-lines.ts'
import type { BenchLine } from './bench-words.ts'
import { followStoppable } from './follow-stoppable.ts'
import { placeOf } from './target.ts'
import { flat, type VerbWork, type Work } from './work.ts'

const cutShort: Failure = { kind: 'cancelled', at: 'the end of the benchmark' }

export function bench(work: VerbWork, target: Target): Promise<Result<number>> {
  const line: BenchLine = work.invocation.bench ?? { act: 'list' }
  if (line.act === 'list') return list(work, target)
  return line.act === 'compare' ? compare(work, line) : run(work, target, line)
}

type RunLine = Extract<BenchLine, { act: 'run' }>

async function run(work: VerbWork, target: Target, line: RunLine): Promise<Result<number>> {
  const deployment = await deploymentOf(work, target, line)
  if (!deployment.ok) return deployment
  const measured = await follow(work, { target, deployment: deployment.value, wish: line.wish })
  if (!measured.ok) return measured
  const { end, failure } = measured.value
  const { terminal, words } = work
  for (const one of benchResultLines(measured.value, words)) terminal.say(one)
  if (failure !== undefined) return fail(failure)
  terminal.result({ bench: measured.value })
  return ok(end === 'stopped' ? exitCodes.cancelled : 0)
}

/** The one that is named, or the only model there is; a gateway to it is another way to the same. */
async function deploymentOf({ client }: Work, target: Target, { deployment }: RunLine): Promise<Result<string>> {
  if (deployment !== undefined) return ok(deployment)
  const found = await flat('bench.candidates', client.product.bench.candidates({ target }))
  if (!found.ok) return found
  const models = found.value.filter(({ throughGateway }) => throughGateway !== true)
  const [only, ...others] = models.length > 0 ? models : found.value
  if (only !== undefined && others.length === 0) return ok(only.deployment)
  return usage('bench-which', '', { other: found.value.map((one) => one.deployment).join(', ') })
}

type Input = { readonly target: Target; readonly deployment: string; readonly wish: RunLine['wish'] }

function follow(work: Work, input: Input): Promise<Result<BenchResult>> {
  const { client, words } = work
  return followStoppable<BenchEvent, BenchResult>(work, {
    group: 'bench',
    run: () => client.product.bench.run(input),
    idIn: (event) => (event.event === 'begin' ? event.benchId : undefined),
    stop: (benchId) => client.product.bench.stop({ benchId }),
    show: (event) => sayEvent(event, work),
    ...{ stopping: words.bench.stopping, cutShort },
  })
}

function sayEvent(event: BenchEvent, { terminal, words }: Work): void {
  const { bench: said } = words
  if (event.event === 'begin') {
    terminal.say(said.subject(event))
    terminal.say(said.settings(event.settings))
    if (event.settings.repeatsPrompts === true) terminal.say(said.repeated)
  }
  if (event.event === 'warm') {
    terminal.say(said.warm(event.promptTokens, event.wayMs))
    if (event.outputIs === 'up-to') terminal.say(said.upTo)
  }
  if (event.event === 'progress') terminal.tick(said.progress(event))
  if (event.event === 'level-end') for (const one of benchLevelLines(event.level, words)) terminal.say(one)
}

async function list(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, terminal, words } = work
  const kept = await flat('bench.list', client.product.bench.list({}))
  if (!kept.ok) return kept
  const place = placeOf(work, target)
  const heads = kept.value.filter(({ subject }) => subject.host === place?.host && subject.port === place.port)
  for (const one of heads.toReversed()) terminal.say(words.bench.head(one))
  if (heads.length === 0) terminal.say(words.bench.nothing)
  terminal.result({ benches: heads })
  return ok(0)
}

async function compare(
  { client, terminal, words }: VerbWork,
  { before, after }: Extract<BenchLine, { act: 'compare' }>,
): Promise<Result<number>> {
  const compared = await flat('bench.compare', client.product.bench.compare({ before, after }))
  if (!compared.ok) return compared
  if (compared.value === null) {
    const first = await flat('bench.read', client.product.bench.read({ benchId: before }))
    return usage('not-a-bench', first.ok && first.value === null ? before : after)
  }
  for (const one of comparisonLines(compared.value, words)) terminal.say(one)
  terminal.result(compared.value)
  return ok(0)
}

function comparisonLines(comparison: BenchComparison, { bench: said, cli }: Words): string[] {
  const { before, after, otherSettings, rows } = comparison
  const isOther = serviceOf(before) !== serviceOf(after)
  const lines = rows.map((one) => {
    const text = said.row(one, said.figures[one.figure])
    const marked = one.change === 'same' ? text : cli.list([text, said.changes[one.change]])
    return one.users === undefined ? marked : `  ${cli.pair(said.users(one.users), marked)}`
  })
  return [
    ...[said.head(before), said.head(after)],
    ...(isOther ? [said.otherService] : []),
    ...(otherSettings.length > 0 ? [said.otherSettings(otherSettings)] : []),
    ...lines,
  ]
}

function serviceOf({ subject: { host, port, deployment, model } }: BenchHead): string {
  return `${host} ${port} ${deployment} ${model}`
}
