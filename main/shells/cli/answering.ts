// A call that fails for something the person can say now (the passphrase of a key, what the server asks): it is said,
// and the call is made again. Without a terminal or a descriptor the failure is the answer.
import { isatty } from 'node:tty'
import type { Target } from '../../../shared/contract/contract.ts'
import { addressText } from '../../../shared/domain/appliance.ts'
import { type Failure, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readSecretLine } from './secret-line.ts'
import { flat, type VerbWork } from './work.ts'

/** A server may ask in rounds, and every jump host for itself. */
const mostTries = 8

type Stop = { readonly address: { readonly host: string; readonly port: number }; readonly credentialId: string }
/** What was said so far, by place: a login that begins anew is asked everything again. */
type Said = Map<string, { questions: string[]; answers: string[] }>
/** `read`: a descriptor gives its line once. */
type Helped = { readonly said: Said; read: boolean }

export async function answeringFor<T>(
  work: VerbWork,
  target: Target,
  act: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const helped: Helped = { said: new Map(), read: false }
  for (let tries = 1; ; tries += 1) {
    const outcome = await act()
    if (outcome.ok || tries > mostTries) return outcome
    const done = await help(work, stopsOf(work, target), outcome.failure, helped)
    if (done === undefined) return outcome
    if (!done.ok) return done
  }
}

/** Undefined: there is nothing anybody could say. */
async function help(
  work: VerbWork,
  stops: readonly Stop[],
  failure: Failure,
  helped: Helped,
): Promise<Result<void> | undefined> {
  if (failure.kind === 'login-questions') return isatty(0) ? answer(work, stops, failure, helped.said) : undefined
  if (failure.kind !== 'identity-unusable' || failure.reason !== 'encrypted') return undefined
  const given = helped.read ? undefined : work.invocation.keyPassphraseDescriptor
  helped.read = true
  const descriptor = given ?? (isatty(0) ? 0 : undefined)
  return descriptor === undefined ? undefined : unlock(work, stops, failure, descriptor)
}

async function answer(
  work: VerbWork,
  stops: readonly Stop[],
  failure: FailureOf<'login-questions'>,
  said: Said,
): Promise<Result<void> | undefined> {
  const { host, port, questions } = failure
  const stop = stops.find(({ address }) => address.host === host && address.port === port)
  if (stop === undefined) return undefined
  const place = addressText(failure)
  const known = said.get(place) ?? { questions: [], answers: [] }
  for (const { text, hidden } of questions) {
    const { prompt: show, echo } = work.terminal
    const prompt = { text: `${place} ${text} `, show, ...(hidden ? {} : { echo }) }
    const typed = await readSecretLine(0, prompt)
    if (!typed.ok) return typed
    known.questions.push(text)
    known.answers.push(typed.value)
  }
  said.set(place, known)
  for (const [at, one] of said) {
    const there = stops.find(({ address }) => addressText(address) === at)
    if (there === undefined) continue
    const { credentialId, address } = there
    const offer = { ...one, credentialId, place: { host: address.host, port: address.port } }
    const offered = await flat('desk.offerAnswers', work.client.desk.offerAnswers(offer))
    if (!offered.ok) return offered
  }
  return ok(undefined)
}

/** Which login has the locked key is not said: the passphrase opens one of them, or none. */
async function unlock(
  { client, terminal, words }: VerbWork,
  stops: readonly Stop[],
  { file }: FailureOf<'identity-unusable'>,
  descriptor: number,
): Promise<Result<void> | undefined> {
  const prompt = { text: words.cli.typePassphrase(file), show: terminal.prompt }
  const passphrase = await readSecretLine(descriptor, prompt)
  if (!passphrase.ok) return passphrase
  let refused: Result<void> | undefined
  for (const credentialId of new Set(stops.map((stop) => stop.credentialId))) {
    const unlocking = client.desk.unlockKey({ credentialId, passphrase: passphrase.value })
    const unlocked = await flat('desk.unlockKey', unlocking)
    if (unlocked.ok) return ok(undefined)
    if (unlocked.failure.kind !== 'credential-unknown') refused = fail(unlocked.failure)
  }
  return refused
}

function stopsOf({ saved }: VerbWork, target: Target): Stop[] {
  if (target.by === 'local' || target.by === 'replay') return []
  const access = target.by === 'address' ? target : saved.find((one) => one.name === target.name)
  return access === undefined ? [] : [...(access.via ?? []), access]
}
