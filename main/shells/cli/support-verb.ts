// `rackside support`: makes a support bundle, says what is in it, and writes it where somebody says.
import { writeFileSync } from 'node:fs'
import { applianceName } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { mostSupported, type SupportSummary } from '../../../shared/domain/support.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { wholePath } from './target.ts'
import { passphraseSource, type SecretSource } from './vault-arguments.ts'
import { unlockGiven } from './vault-passphrase.ts'
import { flat, type Work } from './work.ts'

export type SupportInvocation = {
  readonly verb: 'support'
  /** Of saved appliances; none: of this console alone. */
  readonly names: readonly string[]
  readonly out: string
  readonly keepsNames: boolean
  readonly vaultPassphrase: SecretSource
}

export function readSupportLine(names: readonly string[], values: OptionValues): Result<SupportInvocation> {
  if (values.out === undefined) return usage('out-needed', 'support')
  const wrong = names.find((name) => !applianceName.safeParse(name).success) ?? names[mostSupported]
  if (wrong !== undefined) return usage('no-appliance-named', wrong)
  const vaultPassphrase = passphraseSource(values)
  if (!vaultPassphrase.ok) return vaultPassphrase
  const keepsNames = values['keep-names'] === true
  return ok({ verb: 'support', names, out: values.out, keepsNames, vaultPassphrase: vaultPassphrase.value })
}

/** Exit code, or the failure that ended the command. */
export async function runSupport(work: Work, line: SupportInvocation): Promise<Result<number>> {
  const { client, terminal, words } = work
  const file = wholePath('--out', line.out)
  if (!file.ok) return file
  const unlocked = await unlockGiven(work, line.vaultPassphrase)
  if (!unlocked.ok) return unlocked
  terminal.say(words.support.asking(line.names.length))
  const { language } = words
  const wish = { appliances: [...line.names], keepsNames: line.keepsNames, language }
  const made = await flat('support.gather', client.product.support.gather(wish))
  if (!made.ok) return made
  const { supportId } = made.value
  const archive = await flat('support.archive', client.product.support.archive({ supportId }))
  if (!archive.ok) return archive
  if (archive.value === null) throw new Error(`${supportId} is not held any more`)
  const bytes = Buffer.from(archive.value.base64, 'base64')
  try {
    writeFileSync(file.value, bytes, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    return usage('file-unwritable', file.value, { other: (error as NodeJS.ErrnoException).code ?? '' })
  }
  for (const one of summaryLines(made.value, work)) terminal.say(one)
  terminal.say(words.support.written(file.value, made.value.files.length, bytesText(bytes.length)))
  terminal.say(words.support.lookFirst)
  terminal.result({ file: file.value, ...made.value })
  return ok(0)
}

function summaryLines({ files, dropped, vaultSearched, unreached }: SupportSummary, { words }: Work): string[] {
  const { support, cli } = words
  return [
    ...files.map(({ name, bytes }) => support.file(name, bytesText(bytes))),
    support.dropped(dropped),
    ...(vaultSearched ? [] : [support.vaultLocked]),
    ...(unreached.length === 0 ? [] : [support.unreached(cli.list([...unreached]))]),
  ]
}
