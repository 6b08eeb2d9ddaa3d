// Operators from a terminal: signing in and out, who there is, and what they may. A sign-in here is for the commands of
// this computer's user; a window signs in by itself.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { Operator, OperatorsPolicy, SessionKey, SignedIn } from '../../../shared/domain/operator.ts'
import type { ConsoleClient } from '../../core/link/console-client.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OperatorsInvocation } from './operators-arguments.ts'
import { runProvider } from './provider-verbs.ts'
import type { SecretSource } from './vault-arguments.ts'
import { givenPassphrase, newPassphrase } from './vault-passphrase.ts'
import { flat, told, type Work } from './work.ts'

export type OperatorsWork = Work & {
  /** What this computer's user may do as that, for when nobody can sign in any more. */
  readonly own: ConsoleClient
  /** Keeps the session for the commands to come; undefined forgets it. */
  readonly keep: (key: SessionKey | undefined) => Result<void>
}

type Line<A extends OperatorsInvocation['act']> = Extract<OperatorsInvocation, { act: A }>

/** Exit code, or the failure that ended the command. */
export function runOperators(work: OperatorsWork, line: OperatorsInvocation): Promise<Result<number>> {
  const { client, words } = work
  const { operators } = client.product
  switch (line.act) {
    case 'list':
      return list(work)
    case 'sign-in':
      return signIn(work, line)
    case 'sign-out':
      return signOut(work)
    case 'begin':
      return withNew(work, line.passphrase, async (passphrase) => {
        const { name } = line
        const begun = await flat('desk.beginOperators', client.desk.beginOperators({ name, passphrase }))
        return begun.ok ? signedIn(work, { name, passphrase }, words.operators.begun(name)) : begun
      })
    case 'add':
      return withNew(work, line.passphrase, (passphrase) => {
        const { name, roles, grant } = line
        const wanted = { name, roles, passphrase, ...(grant && { grant }) }
        return told(work, flat('desk.addOperator', client.desk.addOperator(wanted)), words.operators.added(name))
      })
    case 'change': {
      const { name, roles, grant } = line
      const changed = flat('operators.change', operators.change({ name, roles, ...(grant && { grant }) }))
      return told(work, changed, words.operators.changed(name))
    }
    case 'remove':
      return told(
        work,
        flat('operators.remove', operators.remove({ name: line.name })),
        words.operators.removed(line.name),
      )
    case 'unlock':
      return told(
        work,
        flat('operators.unlock', operators.unlock({ name: line.name })),
        words.operators.unlocked(line.name),
      )
    case 'reset':
      return reset(work, line, client)
    case 'recover':
      return reset(work, line, work.own)
    case 'passphrase':
      return changeOwn(work, line)
    case 'policy':
      return policy(work, line)
    case 'end':
      return told(work, flat('operators.end', operators.end({})), words.operators.ended)
    default:
      return runProvider(work, line)
  }
}

async function withNew(
  work: Work,
  source: SecretSource,
  act: (passphrase: string) => Promise<Result<number>>,
): Promise<Result<number>> {
  const passphrase = await newPassphrase(work, source)
  return passphrase.ok ? act(passphrase.value) : passphrase
}

async function signIn(
  work: OperatorsWork,
  { name, passphrase: source }: Line<'sign-in' | 'begin' | 'reset' | 'recover'>,
) {
  const passphrase = await givenPassphrase(work, source, work.words.operators.typePassphrase)
  if (!passphrase.ok) return passphrase
  if (passphrase.value === undefined) return usage('passphrase-needed')
  return signedIn(work, { name, passphrase: passphrase.value })
}

async function signedIn(
  work: OperatorsWork,
  who: { readonly name: string; readonly passphrase: string },
  before?: string,
): Promise<Result<number>> {
  const answer = await flat('desk.signIn', work.client.desk.signIn({ ...who, kind: 'command' }))
  if (!answer.ok) return answer
  const { sessionKey, ...session } = answer.value
  const kept = work.keep(sessionKey)
  if (!kept.ok) return kept
  if (before !== undefined) work.terminal.say(before)
  for (const line of sessionLines(session, work)) work.terminal.say(line)
  work.terminal.result(session)
  return ok(0)
}

function sessionLines({ name, roles, endsAt, mustChange }: SignedIn, { words }: Work): string[] {
  const { operators, cli } = words
  const line = operators.signedIn(name, cli.list(roles.map((one) => operators.roles[one])), endsAt)
  return mustChange ? [line, operators.mustChange] : [line]
}

async function signOut(work: OperatorsWork): Promise<Result<number>> {
  const out = await flat('operators.signOut', work.client.product.operators.signOut({}))
  // One that has ended by itself is over as well.
  if (!out.ok && out.failure.kind !== 'sign-in-needed') return out
  const kept = work.keep(undefined)
  return kept.ok ? told(work, Promise.resolve(ok({})), work.words.operators.signedOut) : kept
}

async function list(work: Work): Promise<Result<number>> {
  const { client, terminal, words } = work
  const state = await flat('operators.state', client.product.operators.state({}))
  if (!state.ok) return state
  const { named, signedIn: session, policy: rules } = state.value
  if (!named) {
    terminal.say(words.operators.notNamed)
    terminal.result(state.value)
    return ok(0)
  }
  for (const line of session === null ? [words.operators.nobody] : sessionLines(session, work)) terminal.say(line)
  const known = await flat('operators.list', client.product.operators.list({}))
  // Who somebody is themselves they may always ask.
  if (!known.ok && known.failure.kind === 'not-permitted') {
    terminal.result(state.value)
    return ok(0)
  }
  if (!known.ok) return known
  for (const one of known.value) terminal.say(operatorLine(one, work))
  for (const line of policyLines(rules, work)) terminal.say(line)
  terminal.result({ ...state.value, operators: known.value })
  return ok(0)
}

function operatorLine({ name, roles, grant, lastSignInAt, lockedUntil, binding }: Operator, { words }: Work): string {
  const { operators, cli } = words
  return cli.pair(
    name,
    cli.list([
      ...roles.map((one) => operators.roles[one]),
      ...(grant === undefined ? [] : [operators.grants(cli.list(grant.publishers), cli.list(grant.appliances))]),
      cli.pair(operators.lastSignIn, lastSignInAt ?? operators.never),
      ...(binding === undefined ? [] : [operators.boundTo(binding.issuer, binding.subject)]),
      ...(lockedUntil === undefined ? [] : [operators.lockedUntil(lockedUntil)]),
    ]),
  )
}

async function reset(
  work: OperatorsWork,
  { name, passphrase: source }: Line<'sign-in' | 'begin' | 'reset' | 'recover'>,
  client: ConsoleClient,
): Promise<Result<number>> {
  return withNew(work, source, (passphrase) =>
    told(
      work,
      flat('desk.resetOperator', client.desk.resetOperator({ name, passphrase })),
      work.words.operators.reset(name),
    ),
  )
}

async function changeOwn(work: OperatorsWork, line: Line<'passphrase'>): Promise<Result<number>> {
  const old = await givenPassphrase(work, line.passphrase, work.words.operators.typeOld)
  if (!old.ok) return old
  const { value: oldPassphrase } = old
  if (oldPassphrase === undefined) return usage('passphrase-needed')
  return withNew(work, line.newPassphrase, (next) => {
    const given = { oldPassphrase, newPassphrase: next }
    const changed = flat('desk.changeOwnPassphrase', work.client.desk.changeOwnPassphrase(given))
    return told(work, changed, work.words.operators.passphraseChanged)
  })
}

async function policy(work: Work, { verb: _verb, act: _act, ...wanted }: Line<'policy'>): Promise<Result<number>> {
  const state = await flat('operators.state', work.client.product.operators.state({}))
  if (!state.ok) return state
  const next = { ...state.value.policy, ...wanted }
  const set =
    Object.keys(wanted).length === 0
      ? ok(next)
      : await flat('operators.setPolicy', work.client.product.operators.setPolicy({ policy: next }))
  if (!set.ok) return set
  for (const line of policyLines(set.value, work)) work.terminal.say(line)
  work.terminal.result(set.value)
  return ok(0)
}

function policyLines({ idleMinutes, longestHours, twoPersons }: OperatorsPolicy, { words }: Work): string[] {
  return [words.operators.policy(idleMinutes, longestHours), words.operators.twoPersons(twoPersons)]
}
