// From the words of a command line to the appliance they mean: who logs in there and how, the host key the
// caller vouches for, and the name it is saved under.
// Paths are made whole here: the process that opens them may have another working folder.
import { resolve } from 'node:path'
import type { Target } from '../../../shared/contract/contract.ts'
import { type Address, addressText } from '../../../shared/domain/appliance.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readSecretLine } from './secret-line.ts'
import { flat, type VerbWork } from './work.ts'

/** What a failure can carry; no usable path comes near. */
const longestPath = 1500
const longestLabel = 190

type Login = { readonly address: Address; readonly credentialId: string }

/** Exchanges key file or password for an id, pins the key the caller vouched for, saves the name. */
export async function targetOf(work: VerbWork): Promise<Result<Target>> {
  const { client, invocation, terminal, words } = work
  const { fingerprint, save } = invocation
  if (invocation.target.by === 'local') return ok(invocation.target)
  if (invocation.target.by === 'name' && !newLogin(work) && fingerprint === undefined && save === undefined) {
    return ok(invocation.target)
  }
  const login = await loginOf(work)
  if (!login.ok) return login
  const target: Target = { by: 'address', ...login.value }
  if (fingerprint !== undefined) {
    const trusted = await flat('appliances.trust', client.product.appliances.trust({ ...login.value, fingerprint }))
    if (!trusted.ok) return trusted
  }
  if (save !== undefined) {
    const kept = await keepPassword(work, login.value)
    if (!kept.ok) return kept
    const saved = await flat('appliances.save', client.product.appliances.save({ name: save, target }))
    if (!saved.ok) return saved
    terminal.say(words.cli.savedAs(saved.value.name))
  }
  return ok(target)
}

/** A name that is saved works tomorrow too: so a password that was given with it goes into the vault. */
async function keepPassword(
  { client, invocation, terminal, words }: VerbWork,
  { address, credentialId }: Login,
): Promise<Result<void>> {
  if (invocation.passwordDescriptor === undefined) return ok(undefined)
  const label = `${address.user}@${addressText(address)}`.slice(0, longestLabel)
  const kept = await flat('desk.keepCredential', client.desk.keepCredential({ credentialId, label }))
  if (!kept.ok) return kept
  terminal.say(words.vault.kept)
  return ok(undefined)
}

function newLogin({ invocation }: VerbWork): boolean {
  return invocation.identity !== undefined || invocation.passwordDescriptor !== undefined
}

/** What was given now counts more than what was saved. */
async function loginOf(work: VerbWork): Promise<Result<Login>> {
  const { target } = work.invocation
  if (target.by === 'local') throw new Error('nobody logs in to this machine')
  const saved = target.by === 'name' ? savedLogin(work, target.name) : ok({ address: target.address })
  if (!saved.ok) return saved
  if ('credentialId' in saved.value && !newLogin(work)) return ok(saved.value)
  const { address } = saved.value
  const credential = await credentialOf(work, address)
  return credential.ok ? ok({ address, credentialId: credential.value.credentialId }) : credential
}

function savedLogin({ saved }: VerbWork, name: string): Result<Login> {
  const found = saved.find((one) => one.name === name)
  if (found !== undefined) return ok({ address: found.address, credentialId: found.credentialId })
  return fail({ kind: 'appliance-unknown', name: evidence(name, 200), known: saved.map((one) => one.name) })
}

async function credentialOf(work: VerbWork, address: Address): Promise<Result<{ credentialId: string }>> {
  const { client, invocation, terminal, words } = work
  if (invocation.identity !== undefined) {
    const file = wholePath('--identity', invocation.identity)
    return file.ok ? flat('desk.openKeyFile', client.desk.openKeyFile({ file: file.value })) : file
  }
  if (invocation.passwordDescriptor !== undefined) {
    const prompt = { text: words.cli.typePassword, show: terminal.prompt }
    const password = await readSecretLine(invocation.passwordDescriptor, prompt)
    return password.ok ? flat('desk.offerPassword', client.desk.offerPassword({ password: password.value })) : password
  }
  return fail({ kind: 'usage', problem: 'login-needed', word: address.host })
}

export function wholePath(option: string, path: string): Result<string> {
  const whole = resolve(path)
  return whole.length > longestPath ? fail({ kind: 'usage', problem: 'path-too-long', word: option }) : ok(whole)
}
