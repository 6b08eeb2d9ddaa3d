// Reads what comes after "fleet" on the command line: saved appliances by their names, or all of them.
import { applianceName } from '../../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../../shared/domain/interruption.ts'
import { readLimit } from './limit-word.ts'
import { type OptionValues, pointlessOption, usage } from './options.ts'
import { readSoak } from './soak-word.ts'
import { passphraseSource, type SecretSource } from './vault-arguments.ts'
import { readRules, ruleOptions } from './window-word.ts'

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
  readonly vaultPassphrase: SecretSource
}

const ofUse: readonly string[] = [
  ...['json', 'lang', 'yes', 'all', 'canary', 'solution', 'from', 'soak', 'limit-mbit'],
  ...['vault-passphrase-fd', 'vault-passphrase-file'],
  ...ruleOptions,
]

export function readFleetLine(names: readonly string[], values: OptionValues): Result<FleetInvocation> {
  const verb = 'fleet'
  const meant = pointlessOption(values, verb, (name) => ofUse.includes(name))
  if (!meant.ok) return meant
  const { all, canary, solution, from } = values
  if (all === true && names.length > 0) return usage('one-word-too-many', names[0])
  if (all !== true && names.length === 0) return usage('no-appliance-named', verb)
  const notAName = [...names, canary ?? 'canary'].find((name) => !applianceName.safeParse(name).success)
  if (notAName !== undefined) return fail({ kind: 'appliance-unknown', name: notAName, known: [] })
  if (solution === undefined || from === undefined) return usage('solution-and-folder-needed', verb)
  const soak = readSoak(values.soak)
  if (!soak.ok) return soak
  const limit = readLimit(values['limit-mbit'])
  if (!limit.ok) return limit
  const rules = readRules(values)
  if (!rules.ok) return rules
  const vaultPassphrase = passphraseSource(values)
  if (!vaultPassphrase.ok) return vaultPassphrase
  return ok({
    ...{
      verb,
      names: all === true ? 'all' : names,
      canary,
      solution,
      from,
      soakSeconds: soak.value,
      limitMbit: limit.value,
    },
    ...{ rules: rules.value, yes: values.yes === true, vaultPassphrase: vaultPassphrase.value },
  })
}
