// From the words of a command line to the appliance they mean: who logs in there and how, the host key the
// caller vouches for, and the name it is saved under.
// Paths are made whole here: the process that opens them may have another working folder.
import { resolve } from 'node:path'
import type { Target } from '../../../shared/contract/contract.ts'
import { type Access, type Address, addressText } from '../../../shared/domain/appliance.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readRecording } from '../../core/recording-folder.ts'
import { received } from '../../core/refusal.ts'
import { answeringFor } from './answering.ts'
import { readSecretLine, readSecretLines } from './secret-line.ts'
import type { UseOnce } from './verb-arguments.ts'
import { flat, type VerbWork } from './work.ts'

/** What a failure can carry; no usable path comes near. */
const longestPath = 1500
const longestLabel = 190

type Login = Access & { readonly address: Address }

/** Exchanges what the caller logs in with for ids, pins the key the caller vouched for, saves the name. */
export async function targetOf(work: VerbWork): Promise<Result<Target>> {
  const { client, invocation, terminal, words } = work
  const { fingerprint, save } = invocation
  if (invocation.target.by === 'local') return ok(invocation.target)
  if (invocation.target.by === 'replay') return replayTarget(work, invocation.target.folder)
  const { watchOnly, weakAlgorithms } = invocation
  const { sudoPasswordDescriptor: forSudo } = invocation
  const saidNothing = !newLogin(work) && forSudo === undefined && !watchOnly && !weakAlgorithms
  const asSaved = saidNothing && fingerprint === undefined && save === undefined
  const { useOnce } = invocation
  if (invocation.target.by === 'name' && asSaved) {
    return useOnce === undefined ? ok(invocation.target) : ownKeyFor(work, useOnce, { target: invocation.target })
  }
  const known = await loginOf(work)
  if (!known.ok) return known
  const sudo = await sudoCredentialOf(work)
  if (!sudo.ok) return sudo
  const asked = {
    ...(sudo.value !== undefined && { sudoCredentialId: sudo.value }),
    ...(watchOnly && { watchOnly }),
    ...(weakAlgorithms && { weakAlgorithms }),
  } as Partial<Access>
  const login = { ...known.value, ...asked }
  const target: Target = { by: 'address', ...login }
  if (fingerprint !== undefined) {
    const trust = { ...login, fingerprint }
    const trusted = await answeringFor(work, target, () =>
      flat('appliances.trust', client.product.appliances.trust(trust)),
    )
    if (!trusted.ok) return trusted
  }
  if (save !== undefined && fingerprint === undefined && useOnce === undefined) {
    const reached = await answeringFor(work, target, () => reachedBeforeSaved(work, target))
    if (!reached.ok) return reached
  }
  const kept = useOnce === undefined && save === undefined ? ok(undefined) : await keepPasswords(work, login)
  if (!kept.ok) return kept
  if (useOnce !== undefined) return ownKeyFor(work, useOnce, { target, login })
  if (save !== undefined) {
    const saved = await flat('appliances.save', client.product.appliances.save({ name: save, target }))
    if (!saved.ok) return saved
    terminal.say(words.cli.savedAs(saved.value.name))
  }
  return ok(target)
}

/** What never let anybody in has no name on the board. What its login may do there is not asked. */
async function reachedBeforeSaved({ client }: VerbWork, target: Target): Promise<Result<void>> {
  let failure: Failure | undefined
  const read = async (): Promise<void> => {
    for await (const step of await client.product.connect.test({ target })) {
      const isOnTheWay = step.step !== 'privilege' && step.step !== 'shell'
      if (step.state === 'failed' && isOnTheWay) failure ??= step.failure
    }
  }
  const tried = await received('connect.test', read())
  if (!tried.ok) return tried
  return failure === undefined ? ok(undefined) : fail(failure)
}

async function replayTarget({ client }: VerbWork, folder: string): Promise<Result<Target>> {
  const whole = wholePath('--replay', folder)
  const recording = whole.ok ? readRecording(whole.value) : whole
  if (!recording.ok) return recording
  const held = await flat('recordings.replay', client.product.recordings.replay({ recording: recording.value }))
  return held.ok ? ok({ by: 'replay', replayId: held.value.replayId }) : held
}

type Entered = { readonly target: Target; readonly login?: Login }

/** From here on the appliance is the one that is saved, with its own key. */
async function ownKeyFor(work: VerbWork, useOnce: UseOnce, { target, login }: Entered): Promise<Result<Target>> {
  const { client, terminal, words } = work
  const { name } = useOnce
  const done = await answeringFor(work, target, () =>
    flat('ownKey.install', client.product.ownKey.install({ ...useOnce, ...(login && { login }) })),
  )
  if (!done.ok) return done
  const { login: loginSaid, sudo: sudoSaid } = words.ownKey
  const said = [words.ownKey.installed(name), loginSaid[done.value.login], sudoSaid[done.value.sudo]]
  for (const line of said) if (line !== undefined) terminal.say(line)
  return ok({ by: 'name', name })
}

/** A name that is saved works tomorrow too: so passwords that were given with it go into the vault, save one used once. */
async function keepPasswords({ client, invocation, terminal, words }: VerbWork, login: Login): Promise<Result<void>> {
  const { passwordDescriptor, sudoPasswordDescriptor, useOnce } = invocation
  const place = `${login.address.user}@${addressText(login.address)}`
  const given = [
    {
      descriptor: useOnce === undefined ? passwordDescriptor : undefined,
      id: login.credentialId,
      label: place,
      said: words.vault.kept,
    },
    {
      descriptor: sudoPasswordDescriptor,
      id: login.sudoCredentialId,
      label: `sudo ${place}`,
      // A login that is used once says itself what became of both.
      said: useOnce === undefined ? words.ownKey.sudo.kept : undefined,
    },
  ]
  for (const { descriptor, id: credentialId, label, said } of given) {
    if (descriptor === undefined || credentialId === undefined) continue
    const named = { credentialId, label: label.slice(0, longestLabel) }
    const kept = await flat('desk.keepCredential', client.desk.keepCredential(named))
    if (!kept.ok) return kept
    if (said !== undefined) terminal.say(said)
  }
  return ok(undefined)
}

/** The password of sudo as it was given now, where that is another one than the login's. */
async function sudoCredentialOf({
  client,
  invocation,
  terminal,
  words,
}: VerbWork): Promise<Result<string | undefined>> {
  if (invocation.sudoPasswordDescriptor === undefined) return ok(undefined)
  const prompt = { text: words.cli.typeSudoPassword, show: terminal.prompt }
  const password = await readSecretLine(invocation.sudoPasswordDescriptor, prompt)
  if (!password.ok) return password
  const offered = await flat('desk.offerPassword', client.desk.offerPassword({ password: password.value }))
  return offered.ok ? ok(offered.value.credentialId) : offered
}

function newLogin({ invocation }: VerbWork): boolean {
  const { identity, passwordDescriptor, agent, answersDescriptor, jumps } = invocation
  const given = [identity, passwordDescriptor, agent, answersDescriptor].some((way) => way !== undefined)
  return given || jumps.length > 0
}

/** What was given now counts more than what was saved. */
async function loginOf(work: VerbWork): Promise<Result<Login>> {
  const { target } = work.invocation
  if (target.by === 'local' || target.by === 'replay') throw new Error('nobody logs in there')
  const saved = target.by === 'name' ? savedLogin(work, target.name) : ok({ address: target.address })
  if (!saved.ok) return saved
  if ('credentialId' in saved.value && !newLogin(work)) return ok(saved.value)
  const credential = await credentialOf(work, saved.value)
  if (!credential.ok) return credential
  const login = { ...saved.value, credentialId: credential.value.credentialId }
  const via = await jumpsOf(work, login.credentialId)
  if (!via.ok) return via
  const [first, ...more] = via.value
  return ok(first === undefined ? login : { ...login, via: [first, ...more] })
}

function savedLogin({ saved }: VerbWork, name: string): Result<Login> {
  const found = saved.find((one) => one.name === name)
  if (found === undefined) {
    return fail({ kind: 'appliance-unknown', name: evidence(name, 200), known: saved.map((one) => one.name) })
  }
  const { name: _name, demo: _demo, ...login } = found
  return ok(login)
}

type Known = { readonly address: Address; readonly credentialId?: string }

/** Answers go along with what else is given or saved, or are the login themselves. */
async function credentialOf(work: VerbWork, known: Known): Promise<Result<{ credentialId: string }>> {
  const { client, invocation } = work
  const own = await ownCredential(work, known)
  if (!own.ok || invocation.answersDescriptor === undefined) {
    return own.ok && own.value === undefined
      ? fail({ kind: 'usage', problem: 'login-needed', word: known.address.host })
      : (own as Result<{ credentialId: string }>)
  }
  const answers = await readSecretLines(invocation.answersDescriptor)
  if (!answers.ok) return answers
  const { host, port } = known.address
  const offer = { answers: answers.value, ...own.value, ...(own.value && { place: { host, port } }) }
  return flat('desk.offerAnswers', client.desk.offerAnswers(offer))
}

async function ownCredential(work: VerbWork, known: Known): Promise<Result<{ credentialId: string } | undefined>> {
  const { client, invocation, terminal, words } = work
  const { agent } = invocation
  if (invocation.identity !== undefined) return keyFile(work, '--identity', invocation.identity)
  if (agent !== undefined) {
    const { fingerprint } = agent
    return flat('desk.takeAgentKey', client.desk.takeAgentKey(fingerprint === undefined ? {} : { fingerprint }))
  }
  if (invocation.passwordDescriptor !== undefined) {
    const prompt = { text: words.cli.typePassword, show: terminal.prompt }
    const password = await readSecretLine(invocation.passwordDescriptor, prompt)
    return password.ok ? flat('desk.offerPassword', client.desk.offerPassword({ password: password.value })) : password
  }
  const { credentialId } = known
  return ok(credentialId === undefined ? undefined : { credentialId })
}

async function jumpsOf(work: VerbWork, credentialId: string): Promise<Result<NonNullable<Access['via']>>> {
  const via: NonNullable<Access['via']> = []
  for (const { address, identity } of work.invocation.jumps) {
    const own = identity === undefined ? ok({ credentialId }) : await keyFile(work, '--jump-identity', identity)
    if (!own.ok) return own
    via.push({ address, credentialId: own.value.credentialId })
  }
  return ok(via)
}

function keyFile({ client }: VerbWork, option: string, path: string): Promise<Result<{ credentialId: string }>> {
  const file = wholePath(option, path)
  return file.ok ? flat('desk.openKeyFile', client.desk.openKeyFile({ file: file.value })) : Promise.resolve(file)
}

export function wholePath(option: string, path: string): Result<string> {
  const whole = resolve(path)
  return whole.length > longestPath ? fail({ kind: 'usage', problem: 'path-too-long', word: option }) : ok(whole)
}

/** Where it is, as results that are kept name it; undefined of a recording. */
export function placeOf({ saved }: VerbWork, target: Target): { host: string; port: number } | undefined {
  if (target.by === 'address') return target.address
  if (target.by === 'name') return saved.find(({ name }) => name === target.name)?.address
  return target.by === 'local' ? { host: 'localhost', port: 22 } : undefined
}
