// Reads what comes after "vendor". A project that is not named is the folder that the command runs in.
import { entryId } from '../../../shared/domain/artifact.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { publisherFingerprint } from '../../../shared/domain/publisher.ts'
import { usage } from '../../terminal/option-words.ts'
import { otherEnding, partBytes } from './bundle-arguments.ts'
import type { OptionValues } from './commands.ts'
import { type SecretSource, secretSource } from './vault-arguments.ts'

type Publisher = { readonly keys: string } | { readonly id: string; readonly name: string }

export type VendorInvocation = { readonly verb: 'vendor' } & (
  | {
      readonly act: 'init'
      readonly folder: string
      readonly app: string | undefined
      readonly publisher: Publisher
      readonly passphrase: SecretSource
    }
  | { readonly act: 'lint' | 'pack' | 'show'; readonly folder: string }
  | { readonly act: 'try'; readonly folder: string; readonly facts: string | undefined }
  | {
      readonly act: 'sign'
      readonly folder: string
      /** The folder of a bundle that was built, in the place of what the project packed. */
      readonly built: string | undefined
      readonly out: string
      readonly against: string | undefined
      readonly mostPartBytes: number
      /** Of the version; missing: the one after the last. */
      readonly atLeast: number | undefined
      /** Missing: as long as is usual. */
      readonly validDays: number | undefined
      readonly passphrase: SecretSource
    }
  | { readonly act: 'verify'; readonly files: readonly string[]; readonly fingerprint: string | undefined }
  | {
      readonly act: 'rotate'
      readonly folder: string
      readonly rootToo: boolean
      readonly passphrase: SecretSource
    }
)

export function readVendorLine(
  act: string | undefined,
  words: readonly string[],
  values: OptionValues,
): Result<VendorInvocation> {
  const verb = 'vendor'
  const [folder = '.'] = words
  const passphrase = secretSource(values['passphrase-fd'], values['passphrase-file'])
  if (!passphrase.ok) return passphrase
  if (act === 'init') return readInit(words, values, passphrase.value)
  if (act === 'sign') return readSign(folder, values, passphrase.value)
  if (act === 'rotate') {
    return ok({ verb, act, folder, rootToo: values['root-too'] === true, passphrase: passphrase.value })
  }
  if (act === 'try') return ok({ verb, act, folder, facts: values.for })
  if (act === 'verify') {
    const { fingerprint } = values
    if (words.length === 0) return usage('bundle-needed', 'vendor verify')
    if (fingerprint !== undefined && !publisherFingerprint.safeParse(fingerprint).success) {
      return usage('not-a-publisher-fingerprint', fingerprint)
    }
    return ok({ verb, act, files: words, fingerprint })
  }
  return act === 'lint' || act === 'pack' || act === 'show'
    ? ok({ verb, act, folder })
    : usage('unknown-command', act === undefined ? 'vendor' : `vendor ${act}`)
}

function readInit(
  [folder]: readonly string[],
  values: OptionValues,
  passphrase: SecretSource,
): Result<VendorInvocation> {
  const publisher = publisherIn(values)
  if (folder === undefined || publisher === undefined) return usage('init-needs')
  const ids = [values.app, 'id' in publisher ? publisher.id : undefined]
  const wrong = ids.find((id) => id !== undefined && !entryId.safeParse(id).success)
  if (wrong !== undefined) return usage('not-an-id', wrong)
  return ok({ verb: 'vendor', act: 'init', folder, app: values.app, publisher, passphrase })
}

function publisherIn(values: OptionValues): Publisher | undefined {
  const { keys, 'publisher-id': id, 'publisher-name': name } = values
  if (keys !== undefined) return id === undefined && name === undefined ? { keys } : undefined
  return id === undefined || name === undefined || name === '' || name.length > 200 ? undefined : { id, name }
}

function readSign(folder: string, values: OptionValues, passphrase: SecretSource): Result<VendorInvocation> {
  const { out, against, from: built, 'valid-days': days } = values
  if (out === undefined) return usage('out-needed', 'vendor sign')
  const refused = otherEnding(out)
  if (refused !== undefined) return refused
  const mostPartBytes = partBytes(values['part-size'])
  if (mostPartBytes === undefined) return usage('part-size', values['part-size'] ?? '')
  const validDays = days === undefined ? undefined : Number(days)
  const isDays = validDays === undefined || (/^\d{1,4}$/.test(days ?? '') && validDays >= 1 && validDays <= 3650)
  if (!isDays) return usage('valid-days', days ?? '')
  const least = values['at-least']
  if (least !== undefined && !/^[1-9]\d{0,8}$/.test(least)) return usage('at-least', least)
  const atLeast = least === undefined ? undefined : Number(least)
  return ok({ verb: 'vendor', act: 'sign', folder, built, out, against, mostPartBytes, validDays, atLeast, passphrase })
}
