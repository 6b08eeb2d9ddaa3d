// Reads the command line: which command, about which appliance, and what it needs.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { CommandName } from '../../../shared/words/help-words.ts'
import { splitWords, usage, wrongOption } from '../../terminal/option-words.ts'
import { type AcceptanceInvocation, readAcceptanceLine } from './acceptance-words.ts'
import { type AlertsInvocation, readAlertsLine } from './alerts-arguments.ts'
import { type AppliancesInvocation, readAppliancesLine } from './appliances-verbs.ts'
import { type AuditInvocation, type AuditVerifyLine, readAuditLine } from './audit-arguments.ts'
import { type BackupReading, type BackupWriting, readBackupLine } from './backup-arguments.ts'
import { type BundleInvocation, type MakerInvocation, readBundleLine } from './bundle-arguments.ts'
import { type CatalogInvocation, readCatalogLine } from './catalog-arguments.ts'
import { belongsTo, commandIn, type Found, familyOf, type OptionValues, options, optionsOf } from './commands.ts'
import { type DemoInvocation, readDemoLine } from './demo-arguments.ts'
import { type EvaluationInvocation, readEvaluationLine } from './evaluation-words.ts'
import { type FleetInvocation, readFleetLine } from './fleet-arguments.ts'
import { readsOneTwice } from './login-arguments.ts'
import {
  type ApprovalsInvocation,
  type OperatorsInvocation,
  readApprovalsLine,
  readOperatorsLine,
} from './operators-arguments.ts'
import { type PublishersInvocation, readPublishersLine } from './publishers-verbs.ts'
import { readSupportLine, type SupportInvocation } from './support-verb.ts'
import { readTerminalLine, type TerminalInvocation } from './terminal-verbs.ts'
import { readTrustLine, type TrustInvocation } from './trust-arguments.ts'
import { readUpdateLine, type UpdateInvocation } from './update-arguments.ts'
import { readVaultLine, type VaultInvocation } from './vault-arguments.ts'
import { readVendorLine, type VendorInvocation } from './vendor-arguments.ts'
import {
  type Invocation,
  isVerb,
  readCanaryLine,
  readRecorderLine,
  readVerbLine,
  readWatchHelperLine,
} from './verb-arguments.ts'

export type CommandLine =
  | Invocation
  | DemoInvocation
  | VaultInvocation
  | SupportInvocation
  | BackupWriting
  | BackupReading
  | UpdateInvocation
  | TrustInvocation
  | FleetInvocation
  | AppliancesInvocation
  | AcceptanceInvocation
  | EvaluationInvocation
  | TerminalInvocation
  | AlertsInvocation
  | AuditInvocation
  | AuditVerifyLine
  | CatalogInvocation
  | BundleInvocation
  | MakerInvocation
  | VendorInvocation
  | PublishersInvocation
  | OperatorsInvocation
  | ApprovalsInvocation
  | { readonly verb: 'import-ssh-config' }
  /** Who watches while no page is open. */
  | { readonly verb: 'watching' }
  /** `about`: these commands, all of them, or those of every day where there are none. */
  | { readonly verb: 'help'; readonly about: readonly CommandName[] | 'all' }
  | { readonly verb: 'version' }

export function readCommandLine(words: readonly string[]): Result<CommandLine> {
  const { values, positionals, wrong } = splitWords(words, options)
  if (values.version === true) return ok({ verb: 'version' })
  const [first, ...rest] = positionals
  const asked = values.help === true || first === 'help' || (first === undefined && wrong === undefined)
  if (asked && wrong?.problem !== 'unknown-language')
    return readHelpLine(first === 'help' ? rest : positionals, values.all === true)
  const found = first === undefined ? undefined : commandIn(positionals)
  if (found?.ok === false) return found
  const command = found?.value.command
  if (wrong !== undefined) return wrongOption(wrong, command, command === undefined ? [] : optionsOf(command))
  if (found === undefined) return readHelpLine([], false)
  return aboutCommand(found.value, values)
}

/** Of "vendor" the help of each of its commands, of "vendor sign" its own alone. */
function readHelpLine([verb, act]: readonly string[], isWhole: boolean): Result<CommandLine> {
  if (verb === undefined) return ok({ verb: 'help', about: isWhole ? 'all' : [] })
  const family = familyOf(verb)
  const own = family.filter((name) => name === `${verb} ${act}`)
  const about = own.length > 0 ? own : family
  if (about.length > 0) return ok({ verb: 'help', about })
  const none = commandIn([verb])
  return none.ok ? ok({ verb: 'help', about: [none.value.command] }) : none
}

/** What is wrong with it says which command it is about. */
function aboutCommand(found: Found, values: OptionValues): Result<CommandLine> {
  const { command, rest } = found
  const fits = belongsTo(command, rest, values)
  const read = fits.ok ? lineOf(found, values) : fits
  return read.ok || read.failure.kind !== 'usage' ? read : fail({ command, ...read.failure })
}

function lineOf({ command, rest }: Found, values: OptionValues): Result<CommandLine> {
  if (readsOneTwice(values)) return usage('passphrase-source')
  const [verb = '', act] = command.split(' ')
  if (isAboutAcceptance(verb, act)) return readAcceptanceLine(act, rest, values)
  if (verb === 'evaluate' && act !== undefined) return readEvaluationLine(act, rest)
  if (verb === 'terminal') return readTerminalLine(act, rest)
  if (verb === 'demo') return readDemoLine(act, rest, values)
  if (verb === 'vault') return readVaultLine(act, rest, values)
  if (verb === 'support') return readSupportLine(rest, values)
  if (verb === 'update') return readUpdateLine(act, rest)
  if (verb === 'backup') return readBackupLine(act, rest, values)
  if (verb === 'sign-in' || verb === 'sign-out') return readOperatorsLine(verb, rest, values)
  if (verb === 'operators') return readOperatorsLine(act ?? 'list', rest, values)
  if (verb === 'approvals') return readApprovalsLine(act, rest, values)
  if (verb === 'trust') return readTrustLine(act, rest, values)
  if (verb === 'fleet') return readFleetLine(rest, values)
  if (verb === 'appliances') return readAppliancesLine(act, rest)
  if (verb === 'audit') return readAuditLine(act, rest, values)
  if (verb === 'alerts') return readAlertsLine(act, rest, values)
  if (verb === 'bundle') return readBundleLine(act, rest, values)
  if (verb === 'vendor') return readVendorLine(act, rest, values)
  if (verb === 'publishers') return readPublishersLine(act, rest, values)
  if (verb === 'catalog') return readCatalogLine(act, rest, values)
  if (verb === 'import-ssh-config') return ok({ verb })
  if (verb === 'watch' && rest.length === 0) return ok({ verb: 'watching' })
  if (verb === 'watch-helper') return readWatchHelperLine(act, rest, values)
  if (verb === 'canary') return readCanaryLine(act, rest, values)
  if (verb === 'recorder') return readRecorderLine(act, rest, values)
  // The launcher opens the shells that have a window.
  return isVerb(verb) ? readVerbLine(verb, rest, values) : usage('unknown-command', command)
}

/** Of `certificate` only what is checked: the rest is about those that computers need to reach what is published. */
function isAboutAcceptance(verb: string, act: string | undefined): boolean {
  return (verb === 'acceptance' && act !== undefined) || (verb === 'certificate' && act === 'verify')
}
