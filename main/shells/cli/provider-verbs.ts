// The site's identity provider from a terminal: what is set, what it answers, and which operator is whom there. Commands
// themselves are signed in by name and passphrase.
import { resolve } from 'node:path'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { IdentityProvider } from '../../../shared/domain/identity-provider.ts'
import { providerReturnPlace } from '../../../shared/domain/provider-address.ts'
import { readSecretFile } from '../../console-host/secret-file.ts'
import { readPlainText } from '../../files/plain-file.ts'
import type { ProviderAct } from './provider-arguments.ts'
import { readSecretLine } from './secret-line.ts'
import type { SecretSource } from './vault-arguments.ts'
import { unlockGiven } from './vault-passphrase.ts'
import { flat, told, type Work } from './work.ts'

const mostAuthorityBytes = 20_000
/** Of the web shell, where nobody chose another port. */
const usualReturn = `http://127.0.0.1:7465${providerReturnPlace}`

/** Exit code, or the failure that ended the command. */
export function runProvider(work: Work, line: ProviderAct): Promise<Result<number>> {
  const { client, words } = work
  const { operators } = client.product
  const say = words.operators.provider
  switch (line.act) {
    case 'provider':
      return show(work)
    case 'set-provider':
      return set(work, line)
    case 'test-provider':
      return test(work)
    case 'remove-provider':
      return told(work, flat('operators.removeProvider', operators.removeProvider({})), say.removed)
    case 'bind': {
      const { name, providerSubject } = line
      return told(
        work,
        flat('operators.bindSubject', operators.bindSubject({ name, providerSubject })),
        say.bound(name, providerSubject),
      )
    }
    case 'unbind':
      return told(
        work,
        flat('operators.unbindSubject', operators.unbindSubject({ name: line.name })),
        say.unbound(line.name),
      )
  }
}

async function show(work: Work): Promise<Result<number>> {
  const provider = await flat('operators.provider', work.client.product.operators.provider({}))
  if (!provider.ok) return provider
  const { terminal, words } = work
  for (const text of provider.value === null ? [words.operators.provider.none] : lines(provider.value, work)) {
    terminal.say(text)
  }
  terminal.result({ provider: provider.value })
  return ok(0)
}

function lines({ issuer, clientId, confidential, ca }: IdentityProvider, { words }: Work): string[] {
  const { provider } = words.operators
  return [
    provider.is(issuer, clientId),
    confidential ? provider.secretKept : provider.noSecret,
    ...(ca === undefined ? [] : [provider.ownAuthority]),
    provider.comesBack(usualReturn),
  ]
}

async function test(work: Work): Promise<Result<number>> {
  const answer = await flat('operators.testProvider', work.client.product.operators.testProvider({}))
  if (!answer.ok) return answer
  work.terminal.say(work.words.operators.provider.answers(answer.value.issuer))
  work.terminal.result(answer.value)
  return ok(0)
}

async function set(
  work: Work,
  { issuer, clientId, clientSecret, authority, vault }: Extract<ProviderAct, { act: 'set-provider' }>,
): Promise<Result<number>> {
  const ca = authorityIn(authority)
  if (!ca.ok) return ca
  const secret = await secretFrom(work, clientSecret)
  if (!secret.ok) return secret
  const unlocked = await unlockGiven(work, vault)
  if (!unlocked.ok) return unlocked
  const wanted = {
    ...{ issuer, clientId },
    ...(ca.value !== undefined && { ca: ca.value }),
    ...(secret.value !== undefined && { clientSecret: secret.value }),
  }
  const done = await flat('desk.setProvider', work.client.desk.setProvider(wanted))
  if (!done.ok) return done
  for (const text of lines(done.value, work)) work.terminal.say(text)
  work.terminal.result(done.value)
  return ok(0)
}

function authorityIn(file: string | undefined): Result<string | undefined> {
  if (file === undefined) return ok(undefined)
  const read = readPlainText(resolve(file), { follow: true, mostBytes: mostAuthorityBytes })
  if ('read' in read && read.read.startsWith('-----BEGIN CERTIFICATE-----')) return ok(read.read)
  const why = 'problem' in read ? read.why : 'PEM'
  const detail = evidence(`${resolve(file)}: ${why}`, 300)
  return fail({ kind: 'certificate-unusable', problem: 'no-certificate', detail })
}

async function secretFrom({ terminal, words }: Work, source: SecretSource): Promise<Result<string | undefined>> {
  if (source === undefined) return ok(undefined)
  if ('file' in source) return readSecretFile(source.file)
  return readSecretLine(source.descriptor, { text: words.operators.provider.typeSecret, show: terminal.prompt })
}
