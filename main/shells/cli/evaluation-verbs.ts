// `rackside evaluate`: asks a model the questions of a set and shows the score as it comes; goes on with one that ended early;
// lists and shows what is kept, and holds two beside each other. The first Ctrl-C stops it, and what was answered is kept.
import { existsSync } from 'node:fs'
import type { Target } from '../../../shared/contract/contract.ts'
import { recordsAtOnce } from '../../../shared/contract/evaluation.ts'
import type { EvaluationEvent, EvaluationRecord, EvaluationResult } from '../../../shared/domain/evaluation.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { exitCodes, verdictExitCodes } from '../../terminal/exit-codes.ts'
import { usage } from '../../terminal/option-words.ts'
import { broughtLines, evaluationComparisonLines, evaluationLines } from './evaluation-lines.ts'
import type { EvaluationInvocation, EvaluationLine } from './evaluation-words.ts'
import { followStoppable } from './follow-stoppable.ts'
import { wholePath } from './target.ts'
import { flat, type VerbWork, type Work } from './work.ts'

const cutShort: Failure = { kind: 'cancelled', at: 'the end of the evaluation' }

export async function evaluate(work: VerbWork, target: Target): Promise<Result<number>> {
  const line = work.invocation.evaluation
  if (line === undefined) throw new Error('an evaluation without its line')
  const made = line.act === 'resume' ? await resume(work, target, line.evaluationId) : await run(work, target, line)
  if (!made.ok) return made
  const { terminal, words } = work
  const result = made.value
  for (const one of [...evaluationLines(result, words), words.evaluation.kept(result.evaluationId)]) terminal.say(one)
  if (result.failure !== undefined) return fail(result.failure)
  const records = await recordsOf(work, result.evaluationId)
  if (!records.ok) return records
  terminal.result({ evaluation: result, records: records.value })
  if (result.end === 'stopped') return ok(exitCodes.cancelled)
  return ok(result.score.failed > 0 ? verdictExitCodes.degraded : 0)
}

type RunLine = Extract<EvaluationLine, { act: 'run' }>

async function run(work: VerbWork, target: Target, line: RunLine): Promise<Result<EvaluationResult>> {
  const set = await setOf(work, line.set)
  if (!set.ok) return set
  const deployment = await deploymentOf(work, target, line)
  if (!deployment.ok) return deployment
  const keepsText = line.keepsText ? { keepsText: true as const } : {}
  const input = { target, deployment: deployment.value, setDigest: set.value, wish: line.wish, ...keepsText }
  return follow(work, () => work.client.product.evaluation.run(input))
}

function resume(work: Work, target: Target, evaluationId: string): Promise<Result<EvaluationResult>> {
  return follow(work, () => work.client.product.evaluation.resume({ target, evaluationId }))
}

/** A file is read and kept; else it is one that this console has, by its name or the first digits of its digest. */
async function setOf(work: Work, named: string): Promise<Result<string>> {
  const { client, terminal, words } = work
  const known = await flat('evaluation.sets', client.product.evaluation.sets({}))
  if (!known.ok) return known
  const builtIn = known.value.sets.find((one) => one.builtIn === true && one.name === named)
  if (builtIn !== undefined) return ok(builtIn.digest)
  if (!existsSync(named)) {
    const isDigest = /^[0-9a-f]{8,64}$/.test(named)
    const found = known.value.sets.filter(
      ({ name, digest }) => name === named || (isDigest && digest.startsWith(named)),
    )
    const newest = found.at(-1)
    if (newest !== undefined) return ok(newest.digest)
    if (!/[./\\]/.test(named)) return usage('no-such-set', named)
  }
  const file = wholePath('--set', named)
  if (!file.ok) return file
  const brought = await flat('desk.openEvaluationSet', client.desk.openEvaluationSet({ file: file.value }))
  if (!brought.ok) return brought
  for (const one of broughtLines(brought.value, words)) terminal.say(one)
  return ok(brought.value.set.digest)
}

/** The one that is named, or the only one there is. */
async function deploymentOf({ client }: Work, target: Target, { deployment }: RunLine): Promise<Result<string>> {
  if (deployment !== undefined) return ok(deployment)
  const found = await flat('evaluation.candidates', client.product.evaluation.candidates({ target }))
  if (!found.ok) return found
  const [only, ...others] = found.value
  if (only !== undefined && others.length === 0) return ok(only.deployment)
  return usage('evaluation-which', '', { other: found.value.map((one) => one.deployment).join(', ') })
}

function follow(work: Work, open: () => Promise<AsyncIterable<EvaluationEvent>>): Promise<Result<EvaluationResult>> {
  const { client, words } = work
  return followStoppable<EvaluationEvent, EvaluationResult>(work, {
    group: 'evaluation',
    run: open,
    idIn: (event) => (event.event === 'begin' ? event.evaluationId : undefined),
    stop: (evaluationId) => client.product.evaluation.stop({ evaluationId }),
    show: (event) => sayEvent(event, work),
    ...{ stopping: words.evaluation.stopping, cutShort },
  })
}

function sayEvent(event: EvaluationEvent, { terminal, words: { evaluation: said } }: Work): void {
  if (event.event === 'begin') {
    terminal.say(said.subject(event))
    terminal.say(said.set(event.set))
    if (event.asked > 0) terminal.say(said.goesOn(event.asked, event.planned))
  }
  if (event.event === 'progress') terminal.tick(said.progress(event))
}

/** All of them, in the order of the set. */
async function recordsOf({ client }: Work, evaluationId: string): Promise<Result<EvaluationRecord[]>> {
  const all: EvaluationRecord[] = []
  for (;;) {
    const from = (all.at(-1)?.item ?? -1) + 1
    const some = await flat('evaluation.records', client.product.evaluation.records({ evaluationId, from }))
    if (!some.ok) return some
    all.push(...some.value)
    if (some.value.length < recordsAtOnce) return ok(all)
  }
}

/** Exit code, or the failure that ended the command. */
export function runEvaluations(work: Work, line: EvaluationInvocation): Promise<Result<number>> {
  if (line.act === 'list') return list(work)
  if (line.act === 'sets') return sets(work)
  return line.act === 'show' ? show(work, line.evaluationId) : compare(work, line)
}

async function list({ client, terminal, words }: Work): Promise<Result<number>> {
  const kept = await flat('evaluation.list', client.product.evaluation.list({}))
  if (!kept.ok) return kept
  for (const one of kept.value.toReversed()) terminal.say(words.evaluation.head(one))
  if (kept.value.length === 0) terminal.say(words.evaluation.nothing)
  terminal.result({ evaluations: kept.value })
  return ok(0)
}

async function sets({ client, terminal, words }: Work): Promise<Result<number>> {
  const known = await flat('evaluation.sets', client.product.evaluation.sets({}))
  if (!known.ok) return known
  for (const one of known.value.sets) terminal.say(words.evaluation.set(one))
  for (const one of known.value.found) terminal.say(words.evaluation.found(one))
  terminal.say(words.evaluation.caveat)
  terminal.result(known.value)
  return ok(0)
}

async function show(work: Work, evaluationId: string): Promise<Result<number>> {
  const { client, terminal, words } = work
  const read = await flat('evaluation.read', client.product.evaluation.read({ evaluationId }))
  if (!read.ok) return read
  if (read.value === null) return usage('not-an-evaluation', evaluationId)
  const { evaluation: said } = words
  const lines = [said.subject(read.value), said.set(read.value.set), ...evaluationLines(read.value, words)]
  for (const one of lines) terminal.say(one)
  const records = await recordsOf(work, evaluationId)
  if (!records.ok) return records
  terminal.result({ evaluation: read.value, records: records.value })
  return ok(0)
}

async function compare(
  { client, terminal, words }: Work,
  { before, after }: Extract<EvaluationInvocation, { act: 'compare' }>,
): Promise<Result<number>> {
  const compared = await flat('evaluation.compare', client.product.evaluation.compare({ before, after }))
  if (!compared.ok) return compared
  if (compared.value === null) {
    const first = await flat('evaluation.read', client.product.evaluation.read({ evaluationId: before }))
    return usage('not-an-evaluation', first.ok && first.value === null ? before : after)
  }
  for (const one of evaluationComparisonLines(compared.value, words)) terminal.say(one)
  terminal.result(compared.value)
  return ok(0)
}
