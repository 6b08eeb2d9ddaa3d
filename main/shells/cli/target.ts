// From the words of a command line to the appliance they mean: who logs in there and how, the host key the
// caller vouches for, and the name it is saved under.
// Paths are made whole here: the process that opens them may have another working folder.
import { resolve } from 'node:path'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Access, Address } from '../../../shared/domain/appliance.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readSecretLine } from './secret-line.ts'
import { flat, type VerbWork } from './work.ts'

/** What a failure can carry; no usable path comes near. */
const longestPath = 1500

type Login = Pick<Access, 'weakAlgorithms'> & { readonly address: Address; readonly credentialId: string }

/** Exchanges key file or password for an id, pins the key the caller vouched for, saves the name. */
export async function targetOf(work: VerbWork): Promise<Result<Target>> {
  const { client, invocation, terminal, words } = work
  const { fingerprint, save, weakAlgorithms } = invocation
  if (invocation.target.by === 'local') return ok(invocation.target)
  const asSaved = !newLogin(work) && fingerprint === undefined && save === undefined && !weakAlgorithms
  if (invocation.target.by === 'name' && asSaved) return ok(invocation.target)
  const known = await loginOf(work)
  if (!known.ok) return known
  const login = weakAlgorithms ? { ...known.value, weakAlgorithms: true as const } : known.value
  const target: Target = { by: 'address', ...login }
  if (fingerprint !== undefined) {
    const trusted = await flat('appliances.trust', client.product.appliances.trust({ ...login, fingerprint }))
    if (!trusted.ok) return trusted
  }
  if (save !== undefined) {
    const saved = await flat('appliances.save', client.product.appliances.save({ name: save, target }))
    if (!saved.ok) return saved
    terminal.say(words.cli.savedAs(saved.value.name))
  }
  return ok(target)
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
  const { address, ...access } = saved.value
  const weak = 'weakAlgorithms' in access && access.weakAlgorithms ? { weakAlgorithms: access.weakAlgorithms } : {}
  const credential = await credentialOf(work, address)
  return credential.ok ? ok({ address, ...weak, credentialId: credential.value.credentialId }) : credential
}

function savedLogin({ saved }: VerbWork, name: string): Result<Login> {
  const found = saved.find((one) => one.name === name)
  if (found !== undefined) {
    const { address, credentialId, weakAlgorithms } = found
    return ok({ address, credentialId, ...(weakAlgorithms && { weakAlgorithms }) })
  }
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
