// The verbs. Each is calls of the contract and what is shown of their answers; no verb knows how
// anything is done.
import type { Target } from '../../../shared/contract/contract.ts'
import { estimateOfAll } from '../../../shared/domain/estimate.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type Plan, planCounts } from '../../../shared/domain/plan.ts'
import type { Words } from '../../../shared/words/words.ts'
import type { ConsoleClient } from '../../core/link/console-client.ts'
import { writeRecording } from '../../core/recording-folder.ts'
import { verdictExitCodes } from '../../terminal/exit-codes.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { acceptance } from './acceptance-verbs.ts'
import { answeringFor } from './answering.ts'
import { bench } from './bench-verb.ts'
import { canary } from './canary-verb.ts'
import { carryOut, showPlan } from './carry-out.ts'
import { modelsOn } from './catalog-models.ts'
import { certificate } from './certificate-verb.ts'
import { connectTest } from './connect-test.ts'
import { markDemo } from './demo-mark.ts'
import { proveDevices } from './devices-verb.ts'
import { doctor } from './doctor-verb.ts'
import { evaluate } from './evaluation-verbs.ts'
import { figures } from './figures.ts'
import { history } from './history-verb.ts'
import { logs } from './logs-verb.ts'
import { bundleNamed } from './named-bundle.ts'
import { published } from './published-verb.ts'
import { recorder } from './recorder-verb.ts'
import { factLines, proofText, verdictLines } from './show.ts'
import { signIns } from './sign-ins-verb.ts'
import { targetOf, wholePath } from './target.ts'
import { drift, rollback, runs, uninstall } from './upkeep-verbs.ts'
import { unlockGiven } from './vault-passphrase.ts'
import type { Invocation } from './verb-arguments.ts'
import { watch } from './watch-verb.ts'
import { watchHelper } from './watch-verbs.ts'
import { markWeak } from './weak-mark.ts'
import { flat, type VerbWork } from './work.ts'

/** Exit code, or the failure that ended the verb. */
export async function runVerb(
  client: ConsoleClient,
  invocation: Invocation,
  terminal: Terminal,
  words: Words,
): Promise<Result<number>> {
  const byName = invocation.target.by === 'name'
  const saved = byName ? await flat('appliances.list', client.product.appliances.list({})) : ok([])
  if (!saved.ok) return saved
  const known = markDemo({ client, invocation, terminal, words, saved: saved.value })
  const unlocked = await unlockGiven(known, invocation.vaultPassphrase)
  if (!unlocked.ok) return unlocked
  const target = await targetOf(known)
  if (!target.ok) return target
  const work = markWeak(known, target.value)
  const verb = {
    detect,
    record,
    doctor,
    plan,
    setup,
    status,
    probe,
    bench,
    acceptance,
    canary,
    evaluate,
    rollback,
    uninstall,
    drift,
    published,
    certificate,
    'sign-ins': signIns,
    runs,
    history,
    logs,
    watch,
    connect: connectTest,
    models: modelsOn,
    'watch-helper': watchHelper,
    recorder,
  }[invocation.verb]
  return answeringFor(work, target.value, () => verb(work, target.value))
}

async function detect({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const facts = await flat('appliances.detect', client.product.appliances.detect({ target }))
  if (!facts.ok) return facts
  for (const line of factLines(facts.value, words)) terminal.say(line)
  terminal.result(facts.value)
  return ok(0)
}

async function record({ client, invocation, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const folder = wholePath('--out', invocation.out ?? '')
  if (!folder.ok) return folder
  const recorded = await flat('recordings.record', client.product.recordings.record({ target }))
  if (!recorded.ok) return recorded
  const written = writeRecording(folder.value, recorded.value)
  if (!written.ok) return written
  const answered = recorded.value.probes.filter(({ state }) => state !== 'missing').length
  terminal.say(words.cli.recorded(answered, folder.value))
  terminal.result({ folder: folder.value, answers: answered })
  return ok(0)
}

async function makePlan({ client, invocation }: VerbWork, target: Target): Promise<Result<Plan>> {
  const bundleId = await bundleNamed({ client }, invocation.from ?? '')
  if (!bundleId.ok) return bundleId
  return flat(
    'setup.plan',
    client.product.setup.plan({
      target,
      bundleId: bundleId.value,
      solution: invocation.solution ?? '',
      soakSeconds: invocation.soakSeconds,
      ...(invocation.stopFirst && { stopFirst: true as const }),
      ...(invocation.publish !== undefined && { publish: invocation.publish }),
      ...(invocation.ignoreFit.length > 0 && { ignoreFit: [...invocation.ignoreFit] }),
      ...(invocation.takeFrom.length > 0 && { takeFrom: [...invocation.takeFrom] }),
      ...(invocation.settings !== undefined && { settings: invocation.settings }),
      ...(invocation.ports !== undefined && { ports: invocation.ports }),
      ...(invocation.uses !== undefined && { uses: invocation.uses }),
      ...(invocation.rotatesKeys && { rotatesKeys: true as const }),
      ...(invocation.record && { record: true as const }),
      ...(invocation.recordAlert !== undefined && { recordAlert: invocation.recordAlert }),
    }),
  )
}

async function plan(work: VerbWork, target: Target): Promise<Result<number>> {
  const made = await makePlan(work, target)
  if (!made.ok) return made
  const shown = showPlan(work, made.value)
  if (!shown.ok) return shown
  const { id, steps, choices, fits, settings = [], ports = [], uses = [] } = made.value
  const { replacements = [], takeovers = [], takenBack = [] } = made.value
  const { seconds, downtimeSeconds } = estimateOfAll(steps)
  const whose = { replacements, takeovers, takenBack }
  const estimated = { estimatedSeconds: seconds, downtimeSeconds }
  work.terminal.result({
    planId: id,
    ...planCounts(steps),
    ...estimated,
    choices,
    fits,
    settings,
    ports,
    uses,
    steps,
    ...whose,
  })
  return ok(0)
}

async function setup(work: VerbWork, target: Target): Promise<Result<number>> {
  const made = await makePlan(work, target)
  return made.ok ? carryOut(work, target, made.value) : made
}

async function status({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const verdict = await flat('appliances.status', client.product.appliances.status({ target }))
  if (!verdict.ok) return verdict
  for (const line of verdictLines(verdict.value, words)) terminal.say(line)
  const { state, reason, deployments } = verdict.value
  terminal.result({ verdict: state, reason, deployments })
  return ok(verdictExitCodes[state])
}

async function probe(work: VerbWork, target: Target): Promise<Result<number>> {
  if (work.invocation.devices) return proveDevices(work, target)
  const { client, terminal, words } = work
  const verdict = await flat('appliances.status', client.product.appliances.status({ target }))
  if (!verdict.ok) return verdict
  const proofs = verdict.value.deployments.flatMap((d) =>
    d.proof === undefined ? [] : [{ deployment: d.deployment, proof: d.proof }],
  )
  for (const { deployment, proof } of proofs) terminal.say(words.cli.pair(deployment, proofText(proof, words)))
  const { state } = verdict.value
  if (proofs.length === 0 || state !== 'healthy')
    for (const line of verdictLines(verdict.value, words)) terminal.say(line)
  terminal.result({ verdict: state, ...figures(proofs[0]?.proof), proofs })
  return ok(verdictExitCodes[state])
}
