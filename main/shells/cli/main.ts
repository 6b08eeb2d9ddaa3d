// The CLI shell: reads the command line, opens the console, does one verb, ends with a stable exit code.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Failure, fail, type Result } from '../../../shared/domain/failure.ts'
import type { SessionKey } from '../../../shared/domain/operator.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import type { Console } from '../../console-host/open-console.ts'
import { endWith, internal } from '../../terminal/end.ts'
import { spokenLanguage } from '../../terminal/spoken-language.ts'
import { openTerminal, typedAnswer } from '../../terminal/terminal.ts'
import { versionIn } from '../../terminal/version.ts'
import { type CommandLine, readCommandLine } from './arguments.ts'
import type { AuditVerifyLine } from './audit-arguments.ts'
import type { BackupReading } from './backup-arguments.ts'
import type { MakerInvocation } from './bundle-arguments.ts'
import type { WriterInvocation } from './catalog-arguments.ts'
import type { UpdateInvocation } from './update-arguments.ts'
import type { VendorInvocation } from './vendor-arguments.ts'

const words = process.argv.slice(2)
const environment = process.env
const language = wordsOf(spokenLanguage(words, environment))
const terminal = openTerminal(words.includes('--json'))
const end = (failure: Failure): number => endWith(failure, terminal, language)

async function main(): Promise<number> {
  const read = readCommandLine(words)
  if (!read.ok) return end(read.failure)
  const line = read.value
  if (line.verb === 'version') {
    const version = versionIn(new URL('../package.json', import.meta.url))
    terminal.say(version)
    terminal.result({ version })
    return 0
  }
  if (line.verb === 'help') {
    const { helpText } = await import('./help.ts')
    terminal.say(helpText(line.about, language))
    return 0
  }
  if (line.verb === 'catalog' && (line.act === 'lint' || line.act === 'schema' || line.act === 'evidence')) {
    const { runCatalog } = await import('./catalog-verbs.ts')
    const outcome = runCatalog({ terminal, words: language }, line)
    return outcome.ok ? outcome.value : end(outcome.failure)
  }
  if (line.verb === 'bundle' && (line.act === 'build' || line.act === 'pack')) {
    const { makeBundle } = await import('./bundle-maker.ts')
    const outcome = await makeBundle({ terminal, words: language }, line)
    return outcome.ok ? outcome.value : end(outcome.failure)
  }
  if (line.verb === 'backup' && line.act !== 'write') {
    const { readBackupFile } = await import('./backup-read-verbs.ts')
    const outcome = await readBackupFile({ terminal, words: language }, line)
    return outcome.ok ? outcome.value : end(outcome.failure)
  }
  if (line.verb === 'update') {
    const { runUpdate } = await import('../../console-host/run-update.ts')
    const outcome = await runUpdate({ terminal, words: language }, line)
    return outcome.ok ? outcome.value : end(outcome.failure)
  }
  if (line.verb === 'vendor') {
    const { runVendor } = await import('./vendor-verbs.ts')
    const outcome = await runVendor({ terminal, words: language }, line)
    return outcome.ok ? outcome.value : end(outcome.failure)
  }
  if (line.verb === 'audit' && line.act === 'verify') {
    const [{ verifyOffline }, { stateFolderNow }] = await Promise.all([
      import('./audit-verify.ts'),
      import('../../console-host/state-folder-now.ts'),
    ])
    const outcome = verifyOffline({ terminal, words: language }, line, stateFolderNow(environment))
    return outcome.ok ? outcome.value : end(outcome.failure)
  }
  // Loaded only now: what is above needs none of it.
  const [{ openConsole }, { keptSession }, run] = await Promise.all([
    import('../../console-host/open-console.ts'),
    import('../../console-host/own-session.ts'),
    commandOf(line),
  ])
  const opened = await openConsole(environment)
  if (!opened.ok) return end(opened.failure)
  const person = opened.value.clients({ sessionKey: keptSession(environment) })
  try {
    const outcome = await orOwnerGone(
      opened.value,
      sayDeveloperSwitch(opened.value).then(() => run({ ...opened.value, client: person })),
    )
    if (outcome.ok) return outcome.value
    const code = end(outcome.failure)
    if (outcome.failure.kind === 'host-key-changed') {
      const { sayHowToTrust } = await import('./changed-key.ts')
      await sayHowToTrust({ client: person, terminal, words: language }, line, outcome.failure)
    }
    if (outcome.failure.kind === 'step-up-needed') terminal.complain(language.operators.stepUpHere)
    if (outcome.failure.kind === 'second-person-needed' && outcome.failure.why !== 'waiting') {
      terminal.complain(language.operators.askHere(`rackside approvals ask ${outcome.failure.subject}`))
    }
    if (outcome.failure.kind === 'publisher-unknown') {
      const { pinLine } = await import('./publishers-verbs.ts')
      terminal.complain(language.publishers.ifCompared(pinLine(outcome.failure)))
    }
    return code
  } finally {
    await opened.value.close((guests) => terminal.complain(language.cli.guestsLeft(guests)))
  }
}

/** Of the console that does the work, which may be another process. A state that cannot be read is told by the command. */
async function sayDeveloperSwitch({ client }: Console): Promise<void> {
  const known = await client.product.publishers.list({})
  if (known.ok && known.value.allowsUnsigned) terminal.complain(language.publishers.allowsUnsigned)
}

/** Loads what this command needs and no more. */
async function commandOf(
  line: Exclude<
    CommandLine,
    | { verb: 'help' | 'version' }
    | (WriterInvocation | MakerInvocation | VendorInvocation)
    | (AuditVerifyLine | BackupReading | UpdateInvocation)
  >,
): Promise<(console: Console) => Promise<Result<number>>> {
  if (line.verb === 'demo') {
    const [{ runDemo }, { demoBundleFolder }] = await Promise.all([
      import('./demo-verbs.ts'),
      import('../../console-host/demo-bundle-folder.ts'),
    ])
    const bundleFolder = demoBundleFolder(environment)
    return ({ client }) => runDemo({ client, terminal, words: language, bundleFolder }, line)
  }
  if (line.verb === 'vault') {
    const { runVault } = await import('./vault-verbs.ts')
    return ({ client, owner }) => runVault({ client, owner, terminal, words: language, line })
  }
  if (line.verb === 'support') {
    const { runSupport } = await import('./support-verb.ts')
    return ({ client }) => runSupport({ client, terminal, words: language }, line)
  }
  if (line.verb === 'backup') {
    const { writeBackupTo } = await import('./backup-write-verb.ts')
    return ({ client }) => writeBackupTo({ client, terminal, words: language }, line)
  }
  if (line.verb === 'operators') {
    const [{ runOperators }, { keepSession }] = await Promise.all([
      import('./operators-verbs.ts'),
      import('../../console-host/own-session.ts'),
    ])
    const keep = (key: SessionKey | undefined) => keepSession(environment, key)
    return ({ client, clients }) =>
      runOperators({ client, own: clients('console'), keep, terminal, words: language }, line)
  }
  if (line.verb === 'approvals') {
    const { runApprovals } = await import('./approvals-verbs.ts')
    return ({ client }) => runApprovals({ client, terminal, words: language }, line)
  }
  if (line.verb === 'trust') {
    const { runTrust } = await import('./trust-verbs.ts')
    return ({ client }) => runTrust({ client, terminal, words: language, ask: typedAnswer }, line)
  }
  if (line.verb === 'fleet') {
    const { runFleet } = await import('./fleet-verb.ts')
    return ({ client }) => runFleet({ client, terminal, words: language }, line)
  }
  if (line.verb === 'bundle') {
    const { runBundle } = await import('./bundle-verbs.ts')
    return ({ client }) => runBundle({ client, terminal, words: language }, line)
  }
  if (line.verb === 'catalog') {
    const { showCatalog } = await import('./catalog-models.ts')
    return ({ client }) => showCatalog({ client, terminal, words: language }, line)
  }
  if (line.verb === 'appliances') {
    const { runAppliances } = await import('./appliances-verbs.ts')
    return ({ client }) => runAppliances({ client, terminal, words: language }, line)
  }
  if (line.verb === 'alerts') {
    const { runAlerts } = await import('./alerts-verbs.ts')
    return ({ client }) => runAlerts({ client, terminal, words: language }, line)
  }
  if (line.verb === 'audit') {
    const { runAudit } = await import('./audit-verbs.ts')
    return ({ client }) => runAudit({ client, terminal, words: language }, line)
  }
  if (line.verb === 'acceptance' && 'act' in line) {
    const { runAcceptance } = await import('./acceptance-verbs.ts')
    return ({ client }) => runAcceptance({ client, terminal, words: language }, line)
  }
  if (line.verb === 'evaluate' && 'act' in line) {
    const { runEvaluations } = await import('./evaluation-verbs.ts')
    return ({ client }) => runEvaluations({ client, terminal, words: language }, line)
  }
  if (line.verb === 'terminal') {
    const { runTerminal } = await import('./terminal-verbs.ts')
    return ({ client }) => runTerminal({ client, terminal, words: language }, line)
  }
  if (line.verb === 'publishers') {
    const { runPublishers } = await import('./publishers-verbs.ts')
    return ({ client }) => runPublishers({ client, terminal, words: language, ask: typedAnswer }, line)
  }
  if (line.verb === 'import-ssh-config') {
    const { listSshConfig } = await import('./ssh-config-verb.ts')
    return ({ client }) => listSshConfig({ client, terminal, words: language })
  }
  if (line.verb === 'watching') {
    const { showWatching } = await import('./watch-verb.ts')
    return ({ client }) => showWatching({ client, terminal, words: language })
  }
  const { runVerb } = await import('./verbs.ts')
  return ({ client }) => runVerb(client, line, terminal, language)
}

/** A guest whose owner ends gets no answer any more; that is an expected failure, not a hang and not a bug. */
function orOwnerGone(console: Console, work: Promise<Result<number>>): Promise<Result<number>> {
  const gone = console.ownerGone.then(() => fail({ kind: 'owner-gone', detail: 'while this command was using it' }))
  // The calls break before the news of the owner is here.
  const late = work.catch(async (error) => {
    await nextTurn()
    throw error
  })
  return Promise.race([late, gone])
}

// The one catch at the edge. What is thrown where nobody waits for it ends the process at once: its state is unknown.
process.once('uncaughtException', (error) => terminal.leave(end(internal(error))))
process.exitCode = await main().catch((error: unknown) => end(internal(error)))
