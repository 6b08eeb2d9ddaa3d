// Publishers from a terminal: who is trusted, trusting one by its fingerprint, trusting one no more. --yes has no meaning
// here: it approves a plan, never a publisher.
import type { ShownPublisher } from '../../../shared/contract/publishers.ts'
import { type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { publisherFingerprint } from '../../../shared/domain/publisher.ts'
import { blockedText } from '../../../shared/words/blocked-text.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { bundleNamed, namesOf } from './named-bundle.ts'
import { flat, type Work } from './work.ts'

export type PublishersInvocation = { readonly verb: 'publishers' } & (
  | { readonly act: 'list' }
  | { readonly act: 'pin'; readonly bundle: string; readonly fingerprint?: string; readonly acceptsClock: boolean }
  | { readonly act: 'remove'; readonly publisher: string; readonly typed?: string }
)

export function readPublishersLine(
  act: string | undefined,
  [word]: readonly string[],
  values: OptionValues,
): Result<PublishersInvocation> {
  const verb = 'publishers'
  if (act === 'pin') {
    const { fingerprint } = values
    if (word === undefined) return usage('no-file-named', 'publishers pin')
    if (fingerprint !== undefined && !publisherFingerprint.safeParse(fingerprint).success) {
      return usage('not-a-publisher-fingerprint', fingerprint)
    }
    const given = fingerprint === undefined ? {} : { fingerprint }
    return ok({ verb, act, bundle: word, ...given, acceptsClock: values['accept-clock'] === true })
  }
  if (act === 'remove') {
    if (word === undefined) return usage('no-publisher-named', 'publishers remove')
    return ok({ verb, act, publisher: word, ...(values['type-name'] !== undefined && { typed: values['type-name'] }) })
  }
  return ok({ verb, act: 'list' })
}

/** `ask`: what the person types; undefined where nobody can be asked. */
type PublishersWork = Work & { readonly ask: (question: string) => Promise<string | undefined> }

/** Exit code, or the failure that ended the command. */
export function runPublishers(work: PublishersWork, line: PublishersInvocation): Promise<Result<number>> {
  if (line.act === 'pin') return pin(work, line)
  return line.act === 'remove' ? remove(work, line) : list(work)
}

async function list({ client, terminal, words }: Work): Promise<Result<number>> {
  const known = await flat('publishers.list', client.product.publishers.list({}))
  if (!known.ok) return known
  const { publishers, clockBehind } = known.value
  for (const one of publishers) for (const line of linesOf(one, words)) terminal.say(line)
  if (publishers.length === 0) terminal.say(words.cli.none)
  if (clockBehind !== undefined) terminal.say(words.publishers.clockBehind(clockBehind))
  terminal.result(known.value)
  return ok(0)
}

function linesOf(publisher: ShownPublisher, words: Work['words']): string[] {
  const { id, name, fingerprint, pinnedAt, pinnedBy, lines, blocked } = publisher
  const { publishers, cli } = words
  return [
    cli.pair(id, name),
    `  ${fingerprint}`,
    `  ${publishers.since(pinnedAt, pinnedBy)}`,
    ...(lines.length === 0 ? [] : [`  ${publishers.lines(cli.list(lines))}`]),
    ...blocked.map((one) => `  ${blockedText(one, words)}`),
  ]
}

/** What to type once somebody has compared the fingerprint. */
export function pinLine({
  bundleId,
  fingerprint,
}: Pick<FailureOf<'publisher-unknown'>, 'bundleId' | 'fingerprint'>): string {
  return `rackside publishers pin ${bundleId} --fingerprint ${fingerprint}`
}

type Pin = Extract<PublishersInvocation, { act: 'pin' }>

/** Without a fingerprint it says which one the bundle has, and that is all. */
async function pin(
  { client, terminal, words }: Work,
  { bundle: word, fingerprint, acceptsClock }: Pin,
): Promise<Result<number>> {
  const bundle = await opened({ client }, word)
  const isStranger = !bundle.ok && bundle.failure.kind === 'publisher-unknown'
  const bundleId = bundle.ok ? bundle.value : isStranger ? bundle.failure.bundleId : undefined
  if (bundleId === undefined || (fingerprint === undefined && !bundle.ok)) return bundle as Result<never>
  if (fingerprint === undefined) {
    terminal.say(words.publishers.alreadyTrusted)
    terminal.result({ bundleId })
    return ok(0)
  }
  const clock = acceptsClock ? { acceptsClock: true as const } : {}
  const pinned = await flat('publishers.pin', client.product.publishers.pin({ bundleId, fingerprint, ...clock }))
  if (!pinned.ok) return pinned
  terminal.say(words.publishers.trusted(pinned.value.name, pinned.value.id))
  terminal.result(pinned.value)
  return ok(0)
}

/** The id of one that can be used, or why not: of an imported bundle, or of the one in a folder. */
async function opened({ client }: Pick<Work, 'client'>, word: string): Promise<Result<string>> {
  const named = await bundleNamed({ client }, word)
  if (!named.ok) return named
  const listed = await flat('bundles.list', client.product.bundles.list({}))
  if (!listed.ok) return listed
  const found = listed.value.find(({ bundleId }) => bundleId === named.value)
  // A folder that was opened just now, beside more than are listed.
  if (found === undefined && named.value !== word) return named
  if (found === undefined) return usage('no-such-bundle', word, { other: namesOf(listed.value) })
  return found.content.ok ? named : found.content
}

type Remove = Extract<PublishersInvocation, { act: 'remove' }>

async function remove(work: PublishersWork, { publisher, typed }: Remove): Promise<Result<number>> {
  const { client, terminal, words, ask } = work
  const typedPublisher = typed ?? (await ask(words.publishers.typeId(publisher)))
  if (typedPublisher === undefined) return fail({ kind: 'name-not-confirmed', asked: publisher, typed: '' })
  const removed = await flat('publishers.remove', client.product.publishers.remove({ publisher, typedPublisher }))
  if (!removed.ok) return removed
  terminal.say(words.publishers.removed(publisher))
  terminal.result(removed.value)
  return ok(0)
}
