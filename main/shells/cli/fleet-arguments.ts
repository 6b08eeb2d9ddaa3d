// Reads what comes after "fleet" on the command line: saved appliances by their names, or all of them.
import { applianceName } from '../../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../../shared/domain/interruption.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { passphraseSource, type SecretSource } from './vault-arguments.ts'
import { readManner } from './verb-arguments.ts'

export type FleetInvocation = {
  readonly verb: 'fleet'
  readonly names: readonly string[] | 'all'
  readonly canary: string | undefined
  readonly solution: string
  readonly from: string
  readonly soakSeconds: number | undefined
  readonly limitMbit: number | undefined
  readonly rules: InterruptionRules
  readonly yes: boolean
  readonly allowRoot: readonly string[]
  readonly acceptLicence: readonly string[]
  readonly vaultPassphrase: SecretSource
}

export function readFleetLine(names: readonly string[], values: OptionValues): Result<FleetInvocation> {
  const verb = 'fleet'
  const { all, canary, solution, from } = values
  if (all === true && names.length > 0) return usage('one-word-too-many', names[0])
  if (all !== true && names.length === 0) return usage('no-appliance-named', verb)
  const notAName = [...names, canary ?? 'canary'].find((name) => !applianceName.safeParse(name).success)
  if (notAName !== undefined) return fail({ kind: 'appliance-unknown', name: notAName, known: [] })
  if (solution === undefined || from === undefined) return usage('solution-and-folder-needed', verb)
  const manner = readManner(values)
  if (!manner.ok) return manner
  const vaultPassphrase = passphraseSource(values)
  if (!vaultPassphrase.ok) return vaultPassphrase
  const who = { names: all === true ? 'all' : names, canary } as const
  const how = {
    yes: values.yes === true,
    allowRoot: values['allow-root'] ?? [],
    acceptLicence: values['accept-licence'] ?? [],
    vaultPassphrase: vaultPassphrase.value,
  }
  return ok({ verb, ...who, solution, from, ...manner.value, ...how })
}
