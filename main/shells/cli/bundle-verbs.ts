// "rackside bundle": what there is to install from, and bundles on a medium: imported, checked, looked into, removed.
import type {
  BroughtBundle,
  BundleDifference,
  BundleInspection,
  BundleSignature,
  BundleSummary,
  ImportProgress,
} from '../../../shared/contract/bundles.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { blockedText } from '../../../shared/words/blocked-text.ts'
import { failureText } from '../../../shared/words/language.ts'
import { privilegeText } from '../../../shared/words/privilege-words.ts'
import { received } from '../../core/refusal.ts'
import { endWith } from '../../terminal/end.ts'
import { exitCodes, interruptedExitCode } from '../../terminal/exit-codes.ts'
import type { BundleInvocation } from './bundle-arguments.ts'
import { pinLine } from './publishers-verbs.ts'
import { wholePath } from './target.ts'
import { flat, type Work } from './work.ts'

const cutShort: Failure = { kind: 'cancelled', at: 'the end of the import' }

/** Exit code, or the failure that ended the command. */
export function runBundle(work: Work, line: BundleInvocation): Promise<Result<number>> {
  if (line.act === 'list') return list(work)
  if (line.act === 'inspect') return inspect(work, line)
  if (line.act === 'remove') return remove(work, line.place)
  return line.act === 'import' ? importFiles(work, line.files) : verify(work, line.files)
}

async function list({ client, terminal, words }: Work): Promise<Result<number>> {
  const bundles = await flat('bundles.list', client.product.bundles.list({}))
  if (!bundles.ok) return bundles
  const brought = await flat('bundles.brought', client.product.bundles.brought({}))
  if (!brought.ok) return brought
  const said = [
    ...bundles.value.map((one) => summaryText(one, words)),
    ...brought.value.map((one) => broughtText(one, words)),
  ]
  for (const one of said) terminal.say(one)
  if (said.length === 0) terminal.say(words.cli.none)
  terminal.result({ bundles: bundles.value, brought: brought.value })
  return ok(0)
}

function summaryText({ bundleId, name, content }: BundleSummary, words: Work['words']): string {
  const { bundle, cli } = words
  if (!content.ok) return cli.pair(bundleId, cli.list([name, failureText(content.failure, words).what]))
  const { totalBytes, vouching } = content.value
  const { signed } = vouching
  const by = signed ? bundle.signed(vouching.publisher.name, vouching.fingerprint, dayOf(vouching)) : bundle.unsigned
  return cli.pair(bundleId, cli.list([name, bytesText(totalBytes), by]))
}

function dayOf({ expires }: { readonly expires: string }): string {
  return expires.slice(0, 10)
}

/** Who vouches for it, or what is wrong with who says so. */
function signatureText(signature: BundleSignature, words: Work['words']): string {
  if (signature.state === 'unsigned') return words.bundle.unsigned
  if (signature.state === 'broken') return failureText(signature.failure, words).what
  const { publisher, name, fingerprint } = signature
  if (signature.state === 'stranger') return words.bundle.stranger(name, publisher, fingerprint)
  return words.bundle.signed(name, fingerprint, dayOf(signature))
}

function broughtText({ importId, files, content }: BroughtBundle, words: Work['words']): string {
  if (!content.ok)
    return words.cli.pair(importId, words.cli.list([files.join(' '), failureText(content.failure, words).what]))
  const { name, totalBytes, missing, state, signature } = content.value
  const gaps = missing.length === 0 ? [] : [words.bundle.partsMissing(missing.join(' '))]
  return words.cli.pair(
    importId,
    words.cli.list([name, bytesText(totalBytes), words.bundle.states[state], ...gaps, signatureText(signature, words)]),
  )
}

/** Files and folders become whole paths here; what is neither is an id. */
async function placeOf({ client }: Work, named: readonly string[]): Promise<Result<string>> {
  const [first = ''] = named
  if (named.length === 1 && /^(bundle|import)-[0-9a-f]+$/.test(first)) return ok(first)
  const files: string[] = []
  for (const one of named) {
    const path = wholePath('FILE', one)
    if (!path.ok) return path
    files.push(path.value)
  }
  const opened = await flat('desk.openBundleFiles', client.desk.openBundleFiles({ files }))
  return opened.ok ? ok(opened.value.place) : opened
}

async function importFiles(work: Work, files: readonly string[]): Promise<Result<number>> {
  const { client, terminal, words } = work
  const place = await placeOf(work, files)
  if (!place.ok) return place
  const importId = place.value
  const onSignal = interruptOf(work, importId)
  process.on('SIGINT', onSignal)
  try {
    const progress = await received('bundles.import', client.product.bundles.import({ importId }))
    if (!progress.ok) return progress
    const followed = await received('bundles.import', last(work, progress.value))
    if (!followed.ok) return followed
    const end = followed.value
    if (end === undefined || end.stage === 'working') return fail(cutShort)
    if (end.stage === 'failed') return fail(end.failure)
    for (const text of importedLines(end, words)) terminal.say(text)
    const { stage: _, ...result } = end
    terminal.result(result)
    return ok(0)
  } finally {
    process.removeListener('SIGINT', onSignal)
  }
}

function importedLines(end: Extract<ImportProgress, { stage: 'done' }>, words: Work['words']): string[] {
  const { bundleId, name, copiedBytes, presentBytes, blocked, why } = end
  const { bundle, publishers } = words
  const stranger = why?.kind === 'publisher-unknown' ? why : undefined
  return [
    ...(stranger === undefined
      ? [bundle.imported(name, bundleId)]
      : [bundle.copiedAs(name, bundleId, stranger.fingerprint), publishers.ifCompared(pinLine(stranger))]),
    bundle.copied(bytesText(copiedBytes), bytesText(presentBytes)),
    ...blocked.map((one) => blockedText(one, words)),
  ]
}

/** Shows where it is until it ends. */
async function last<T extends { stage: string } | { stage: 'working'; doneBytes: number; totalBytes: number }>(
  { terminal, words }: Work,
  progress: AsyncIterable<T>,
): Promise<T | undefined> {
  let newest: T | undefined
  for await (const one of progress) {
    newest = one
    if ('doneBytes' in one) terminal.tick(words.bundle.progress(bytesText(one.doneBytes), bytesText(one.totalBytes)))
  }
  return newest
}

/** The first Ctrl-C stops after the chunks under way; a second one ends this process. */
function interruptOf({ client, terminal, words }: Work, importId: string): () => void {
  let asked = false
  const stop = async () => {
    try {
      await client.product.bundles.stopImport({ importId })
    } catch {
      // The call did not get through: the import goes on, and the second Ctrl-C is there.
    }
  }
  return () => {
    if (asked) return terminal.leave(endWith(cutShort, terminal, words, interruptedExitCode))
    asked = true
    terminal.say(words.bundle.stopping)
    void stop()
  }
}

async function verify(work: Work, files: readonly string[]): Promise<Result<number>> {
  const { client, terminal, words } = work
  const place = await placeOf(work, files)
  if (!place.ok) return place
  const progress = await received('bundles.verify', client.product.bundles.verify({ place: place.value }))
  if (!progress.ok) return progress
  const followed = await received('bundles.verify', last(work, progress.value))
  if (!followed.ok) return followed
  const end = followed.value
  if (end === undefined || end.stage === 'working') return fail({ kind: 'cancelled', at: 'the check' })
  if (end.stage === 'failed') return fail(end.failure)
  const { name, totalBytes, pieces, signature } = end
  for (const { file, problem, why } of pieces) {
    terminal.say(words.cli.pair(`${file} ${words.bundle.problems[problem]}`, why))
  }
  if (pieces.length === 0) terminal.say(words.bundle.whole(name, bytesText(totalBytes)))
  terminal.say(signatureText(signature, words))
  terminal.result({ name, totalBytes, pieces, signature })
  if (signature.state === 'broken') return ok(exitCodes[signature.failure.kind])
  return ok(pieces.length === 0 ? 0 : exitCodes['bundle-incomplete'])
}

type Inspect = Extract<BundleInvocation, { act: 'inspect' }>

async function inspect(work: Work, { place: named, against: other }: Inspect): Promise<Result<number>> {
  const place = await placeOf(work, [named])
  if (!place.ok) return place
  const against = other === undefined ? undefined : await placeOf(work, [other])
  if (against?.ok === false) return against
  const asked = { place: place.value, ...(against !== undefined && { against: against.value }) }
  const looked = await flat('bundles.inspect', work.client.product.bundles.inspect(asked))
  if (!looked.ok) return looked
  for (const line of inspectionLines(looked.value, work.words)) work.terminal.say(line)
  work.terminal.result(looked.value)
  return ok(0)
}

function inspectionLines(looked: BundleInspection, words: Work['words']): string[] {
  const { bundle, cli } = words
  const { labels } = bundle
  const below = (title: string, lines: readonly string[]) => [title, ...lines.map((line) => `  ${line}`)]
  const entries = looked.entries.map(({ kind, id, version, licence }) =>
    cli.pair(`${kind} ${id}`, cli.list([version, licence].filter((text) => text !== ''))),
  )
  const artifacts = looked.artifacts.map(({ id, kind, bytes, carried }) =>
    cli.pair(id, cli.list([kind, bytesText(bytes), ...(carried ? [] : [bundle.leftOut])])),
  )
  const differences = looked.differences?.flatMap((one) => differenceLines(one, words))
  return [
    looked.name,
    cli.pair(
      labels.publisher,
      looked.signature.state === 'signed' ? looked.publisher : bundle.claimed(looked.publisher),
    ),
    signatureText(looked.signature, words),
    cli.pair(labels.created, looked.createdAt),
    cli.pair(labels.identity, looked.identity),
    ...below(labels.entries, entries),
    ...below(labels.artifacts, artifacts),
    ...(differences === undefined ? [] : below(labels.differences, differences.length > 0 ? differences : [cli.none])),
  ]
}

function differenceLines(one: BundleDifference, { bundle, cli, privileges, language }: Work['words']): string[] {
  const { what, name, change, wantsMore = [], wantsNoMore = [] } = one
  return [
    cli.pair(bundle.changes[change], `${bundle.kinds[what]} ${name}`),
    ...wantsMore.flatMap((each) => [
      `  ${bundle.wantsMore(privilegeText(each, privileges))}`,
      `    ${privileges.why(each.why[language])}`,
    ]),
    ...wantsNoMore.map((each) => `  ${bundle.wantsNoMore(privilegeText(each, privileges))}`),
  ]
}

async function remove(work: Work, place: string): Promise<Result<number>> {
  const { client, terminal, words } = work
  const removed = await flat('bundles.remove', client.product.bundles.remove({ place }))
  if (!removed.ok) return removed
  terminal.say(words.bundle.removed(removed.value.name, bytesText(removed.value.freedBytes)))
  terminal.result(removed.value)
  return ok(0)
}
