// `rackside acceptance`: proves a server and shows what it is at; lists what is kept, writes it as files to hand over,
// compares two, and checks a certificate that somebody brought. The first Ctrl-C stops the proof, and nothing is kept.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Target } from '../../../shared/contract/contract.ts'
import type { AcceptanceEvent, AcceptanceFiles, KeptAcceptance } from '../../../shared/domain/acceptance.ts'
import { type Failure, ok, type Result } from '../../../shared/domain/failure.ts'
import { acceptancePointText } from '../../../shared/words/acceptance-text.ts'
import { exitCodes, verdictExitCodes } from '../../terminal/exit-codes.ts'
import { usage } from '../../terminal/option-words.ts'
import { acceptanceComparisonLines } from './acceptance-lines.ts'
import type { AcceptanceInvocation } from './acceptance-words.ts'
import { followStoppable } from './follow-stoppable.ts'
import { readSignedFiles } from './signed-files.ts'
import { wholePath } from './target.ts'
import { flat, type VerbWork, type Work } from './work.ts'

const cutShort: Failure = { kind: 'cancelled', at: 'the end of the acceptance' }

export async function acceptance(work: VerbWork, target: Target): Promise<Result<number>> {
  const { wish = {}, out } = work.invocation.acceptance ?? {}
  const made = await follow(work, { target, wish })
  if (!made.ok) return made
  const { terminal, words } = work
  const { document } = made.value
  sayResult(made.value, work)
  if (out !== undefined) {
    const written = await writeFiles(work, document.acceptanceId, out)
    if (!written.ok) return written
  } else terminal.say(words.acceptance.kept(document.acceptanceId))
  terminal.result(made.value)
  return ok(document.verdict === 'refused' ? verdictExitCodes.degraded : 0)
}

function sayResult({ document, signature }: KeptAcceptance, { terminal, words }: Work): void {
  const { verdict, points, appliance } = document
  const { acceptance: said } = words
  if (appliance.demo === true) terminal.say(said.demo)
  terminal.say(said.verdicts[verdict])
  const weight = verdict === 'refused' ? 'refuses' : 'open'
  terminal.say(said.verdictMeans[verdict](points.filter((one) => one.weight === weight).length))
  for (const one of points)
    terminal.say(`  ${words.cli.pair(said.weights[one.weight], acceptancePointText(one, words))}`)
  if (signature === undefined && verdict !== 'refused') terminal.say(said.unsigned)
}

type Input = { readonly target: Target; readonly wish: NonNullable<VerbWork['invocation']['acceptance']>['wish'] }

function follow(work: Work, input: Input): Promise<Result<KeptAcceptance>> {
  const { client, words } = work
  return followStoppable<AcceptanceEvent, KeptAcceptance>(work, {
    group: 'acceptance',
    run: () => client.product.acceptance.run(input),
    idIn: (event) => (event.event === 'begin' ? event.acceptanceId : undefined),
    stop: (acceptanceId) => client.product.acceptance.stop({ acceptanceId }),
    show: (event) => sayEvent(event, work),
    ...{ stopping: words.acceptance.stopping, cutShort },
  })
}

function sayEvent(event: AcceptanceEvent, { terminal, words }: Work): void {
  const { acceptance: said } = words
  if (event.event === 'begin') terminal.say(said.begins(event.acceptanceId, event.settings))
  if (event.event === 'stage') terminal.say(said.stages[event.stage])
  if (event.event === 'progress') {
    terminal.tick(said.progress(said.stages[event.stage], event.about, Math.floor((event.share ?? 0) * 100)))
  }
}

/** Exit code, or the failure that ended the command. */
export function runAcceptance(work: Work, line: AcceptanceInvocation): Promise<Result<number>> {
  if (line.act === 'list') return list(work)
  if (line.act === 'show') return show(work, line)
  return line.act === 'compare' ? compare(work, line) : verify(work, line)
}

async function list({ client, terminal, words }: Work): Promise<Result<number>> {
  const kept = await flat('acceptance.list', client.product.acceptance.list({}))
  if (!kept.ok) return kept
  for (const one of kept.value.toReversed()) terminal.say(words.acceptance.head(one))
  if (kept.value.length === 0) terminal.say(words.acceptance.noneKept)
  terminal.result({ acceptances: kept.value })
  return ok(0)
}

async function show(work: Work, { acceptanceId, out }: Extract<AcceptanceInvocation, { act: 'show' }>) {
  const kept = await flat('acceptance.read', work.client.product.acceptance.read({ acceptanceId }))
  if (!kept.ok) return kept
  if (kept.value === null) return usage('not-an-acceptance', acceptanceId)
  sayResult(kept.value, work)
  if (out !== undefined) {
    const written = await writeFiles(work, acceptanceId, out)
    if (!written.ok) return written
  }
  work.terminal.result(kept.value)
  return ok(0)
}

async function writeFiles(work: Work, acceptanceId: string, out: string): Promise<Result<void>> {
  const { client, terminal, words } = work
  const folder = wholePath('--out', out)
  if (!folder.ok) return folder
  const { language } = words
  const files = await flat('acceptance.files', client.product.acceptance.files({ acceptanceId, language }))
  if (!files.ok) return files
  if (files.value === null) return usage('not-an-acceptance', acceptanceId)
  const texts = namesOf(files.value)
  try {
    mkdirSync(folder.value, { recursive: true })
    for (const [name, text] of texts) writeFileSync(join(folder.value, name), text)
  } catch (error) {
    return usage('file-unwritable', folder.value, { other: (error as Error).message })
  }
  terminal.say(words.acceptance.written(folder.value, words.cli.list(texts.map(([name]) => name))))
  return ok(undefined)
}

function namesOf({ name, document, signature, page }: AcceptanceFiles): [string, string][] {
  const signed: [string, string][] = signature === undefined ? [] : [[`${name}.sig.json`, signature]]
  return [[`${name}.json`, document], ...signed, [`${name}.html`, page]]
}

async function compare(
  { client, terminal, words }: Work,
  { before, after }: Extract<AcceptanceInvocation, { act: 'compare' }>,
): Promise<Result<number>> {
  const compared = await flat('acceptance.compare', client.product.acceptance.compare({ before, after }))
  if (!compared.ok) return compared
  if (compared.value === null) {
    const first = await flat('acceptance.read', client.product.acceptance.read({ acceptanceId: before }))
    return usage('not-an-acceptance', first.ok && first.value === null ? before : after)
  }
  for (const one of acceptanceComparisonLines(compared.value, words)) terminal.say(one)
  terminal.result(compared.value)
  return ok(0)
}

type Verify = Extract<AcceptanceInvocation, { act: 'verify' }>

async function verify(work: Work, line: Verify): Promise<Result<number>> {
  const { client, terminal, words } = work
  const texts = readSignedFiles(line)
  if (!texts.ok) return texts
  const expected = line.fingerprint === undefined ? {} : { fingerprint: line.fingerprint }
  const checked = await flat('acceptance.check', client.product.acceptance.check({ ...texts.value, ...expected }))
  if (!checked.ok) return checked
  const check = checked.value
  if (!check.valid) {
    terminal.complain(
      words.cli.list([words.acceptance.faults[check.fault], ...(check.detail === '' ? [] : [check.detail])]),
    )
    terminal.result(check)
    return ok(exitCodes['bundle-not-trusted'])
  }
  const { acceptance: said } = words
  const { acceptanceId, startedAt, verdict } = check.document
  const { fingerprint: wanted = check.fingerprint } = line
  if (wanted !== check.fingerprint) {
    terminal.complain(said.notThatKey(wanted, check.fingerprint))
    terminal.result(check)
    return ok(exitCodes['publisher-key-mismatch'])
  }
  terminal.say(said.valid(acceptanceId, startedAt, said.verdicts[verdict]))
  if (check.document.appliance.demo === true) terminal.complain(said.demo)
  terminal.say(said.fingerprint(check.fingerprint))
  terminal.say(said.keys[check.key])
  if (check.otherKey !== undefined) terminal.complain(said.otherKey(check.otherKey))
  terminal.result(check)
  return ok(check.key === 'other' ? exitCodes['publisher-key-changed'] : 0)
}
