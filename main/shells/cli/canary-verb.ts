// `rackside canary`: asks the models of an appliance a few fixed questions and shows what came of each; lists what was asked,
// shows one result, accepts one as the measure for later ones. The first Ctrl-C ends it, and what was asked is kept.
import type { Target } from '../../../shared/contract/contract.ts'
import type { CanaryEvent, CanaryResult } from '../../../shared/domain/canary.ts'
import { canaryHeadOf } from '../../../shared/domain/canary.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Words } from '../../../shared/words/words.ts'
import { exitCodes, verdictExitCodes } from '../../terminal/exit-codes.ts'
import { usage } from '../../terminal/option-words.ts'
import type { CanaryLine } from './canary-words.ts'
import { followStoppable } from './follow-stoppable.ts'
import { placeOf } from './target.ts'
import { flat, type VerbWork, type Work } from './work.ts'

const cutShort: Failure = { kind: 'cancelled', at: 'the end of the questions' }

export function canary(work: VerbWork, target: Target): Promise<Result<number>> {
  const line: CanaryLine = work.invocation.canary ?? { act: 'list' }
  if (line.act === 'list') return list(work, target)
  if (line.act === 'run') return runAll(work, target, line)
  return line.act === 'show' ? show(work, line.canaryId) : accept(work, line.canaryId)
}

type RunLine = Extract<CanaryLine, { act: 'run' }>

/** The one that is named, or all of them, one after the other. */
async function runAll(work: VerbWork, target: Target, line: RunLine): Promise<Result<number>> {
  const deployments = await deploymentsOf(work, target, line)
  if (!deployments.ok) return deployments
  const { terminal, words } = work
  if (deployments.value.length === 0) terminal.say(words.canary.noService)
  const results: CanaryResult[] = []
  for (const deployment of deployments.value) {
    const asked = await follow(work, { target, deployment, ...(line.keepsText && { keepsText: true as const }) })
    if (!asked.ok) return asked
    for (const one of endLines(asked.value, words)) terminal.say(one)
    results.push(asked.value)
    if (asked.value.failure !== undefined) return fail(asked.value.failure)
    if (asked.value.end === 'stopped') break
  }
  terminal.result({ canaries: results })
  if (results.some(({ end }) => end === 'stopped')) return ok(exitCodes.cancelled)
  return ok(results.every(({ verdict }) => verdict === 'passed') ? 0 : verdictExitCodes.degraded)
}

async function deploymentsOf(
  { client }: Work,
  target: Target,
  { deployment }: RunLine,
): Promise<Result<readonly string[]>> {
  if (deployment !== undefined) return ok([deployment])
  const found = await flat('canary.candidates', client.product.canary.candidates({ target }))
  return found.ok ? ok(found.value.map((one) => one.deployment)) : found
}

type Input = { readonly target: Target; readonly deployment: string; readonly keepsText?: true }

function follow(work: Work, input: Input): Promise<Result<CanaryResult>> {
  const { client, words } = work
  return followStoppable<CanaryEvent, CanaryResult>(work, {
    group: 'canary',
    run: () => client.product.canary.run(input),
    idIn: (event) => (event.event === 'begin' ? event.canaryId : undefined),
    stop: (canaryId) => client.product.canary.stop({ canaryId }),
    show: (event) => sayEvent(event, work),
    ...{ stopping: words.canary.stopping, cutShort },
  })
}

function sayEvent(event: CanaryEvent, { terminal, words }: Work): void {
  const { canary: said } = words
  if (event.event === 'begin') {
    terminal.say(said.subject(event))
    terminal.say(said.sets[event.set])
  }
  if (event.event === 'question-begin') terminal.tick(said.asking(said.questions[event.question]))
  if (event.event === 'question-end') for (const one of questionLines(event.question, words)) terminal.say(one)
}

function questionLines(question: CanaryResult['questions'][number], { canary: said }: Words): string[] {
  const { verdict, detail, says } = question
  return [
    said.question(question),
    ...(verdict === 'failed' && detail !== undefined ? [`  ${said.detail(detail)}`] : []),
    ...(says === undefined ? [] : [`  ${said.says(says)}`]),
  ]
}

/** What was compared comes last: a question that drifted is named there once more. */
function endLines(result: CanaryResult, words: Words): string[] {
  const { canary: said } = words
  const ended = said.ends[result.end]
  const drifted = result.questions.filter(({ problems }) => problems.includes('drifted'))
  return [
    ...(ended === undefined ? [] : [ended]),
    result.baseline === undefined ? said.noBaseline : said.baseline(result.baseline),
    ...drifted.map((one) => said.question(one)),
    said.verdict(canaryHeadOf(result)),
    said.kept(result.canaryId),
  ]
}

async function list(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, terminal, words } = work
  const kept = await flat('canary.list', client.product.canary.list({}))
  if (!kept.ok) return kept
  const place = placeOf(work, target)
  const heads = kept.value.filter(({ subject }) => subject.host === place?.host && subject.port === place.port)
  for (const one of heads.toReversed()) terminal.say(words.canary.head(one))
  if (heads.length === 0) terminal.say(words.canary.nothing)
  terminal.result({ canaries: heads })
  return ok(0)
}

async function show({ client, terminal, words }: VerbWork, canaryId: string): Promise<Result<number>> {
  const read = await flat('canary.read', client.product.canary.read({ canaryId }))
  if (!read.ok) return read
  if (read.value === null) return usage('not-a-canary', canaryId)
  const { canary: said } = words
  const { questions, set } = read.value
  const lines = questions.flatMap((one) => questionLines(one, words))
  for (const one of [said.subject(read.value), said.sets[set], ...lines]) terminal.say(one)
  for (const one of endLines({ ...read.value, questions: [] }, words)) terminal.say(one)
  terminal.result({ canary: read.value })
  return ok(0)
}

async function accept({ client, terminal, words }: VerbWork, canaryId: string): Promise<Result<number>> {
  const accepted = await flat('canary.accept', client.product.canary.accept({ canaryId }))
  if (!accepted.ok) return accepted
  if (accepted.value === null) return usage('not-a-canary', canaryId)
  terminal.say(words.canary.accepted(canaryId))
  terminal.result({ canary: accepted.value })
  return ok(0)
}
