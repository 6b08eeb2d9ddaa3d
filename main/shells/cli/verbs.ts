// The five verbs. Each is calls of the contract and what is shown of their answers; no verb knows how
// anything is done.
// Paths are made whole here: the process that opens them may have another working folder.
import { resolve } from 'node:path'
import type { Target } from '../../../shared/contract/contract.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type Plan, planCounts } from '../../../shared/domain/plan.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import type { ApplianceVerdict, InferenceProof } from '../../../shared/domain/verdict.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { stepText } from '../../../shared/words/language.ts'
import type { Words } from '../../../shared/words/words.ts'
import { weakBattery } from '../../console-host.ts'
import type { ConsoleClient } from '../../core/link/console-client.ts'
import { received } from '../../core/refusal.ts'
import type { Invocation } from './arguments.ts'
import { verdictExitCodes } from './exit-codes.ts'
import { factLines, planLines, proofText, verdictLines } from './show.ts'
import { readSecretLine, type Terminal } from './terminal.ts'

/** Uploads above this take minutes on a hospital's network. */
const longUploadBytes = 1024 * 1024 * 1024

type Work = {
  readonly client: ConsoleClient
  readonly invocation: Invocation
  readonly terminal: Terminal
  readonly words: Words
}

/** Exit code, or the failure that ended the verb. */
export async function runVerb(
  client: ConsoleClient,
  invocation: Invocation,
  terminal: Terminal,
  words: Words,
): Promise<Result<number>> {
  const work: Work = { client, invocation, terminal, words }
  const target = await targetOf(work)
  if (!target.ok) return target
  switch (invocation.verb) {
    case 'detect':
      return detect(work, target.value)
    case 'plan':
      return plan(work, target.value)
    case 'setup':
      return setup(work, target.value)
    case 'status':
      return status(work, target.value)
    case 'probe':
      return probe(work, target.value)
  }
}

/** Exchanges key file or password for an id, pins the key the caller vouched for, saves the name. */
async function targetOf({ client, invocation, terminal, words }: Work): Promise<Result<Target>> {
  if (invocation.target.by !== 'address') return ok(invocation.target)
  const { address } = invocation.target
  const credential = await credentialOf(client, invocation)
  if (!credential.ok) return credential
  const { credentialId } = credential.value
  const target: Target = { by: 'address', address, credentialId }
  if (invocation.fingerprint !== undefined) {
    const trusted = await flat(
      'appliances.trust',
      client.product.appliances.trust({ address, credentialId, fingerprint: invocation.fingerprint }),
    )
    if (!trusted.ok) return trusted
  }
  if (invocation.save !== undefined) {
    const saved = await flat('appliances.save', client.product.appliances.save({ name: invocation.save, target }))
    if (!saved.ok) return saved
    terminal.say(words.cli.savedAs(saved.value.name))
  }
  return ok(target)
}

async function credentialOf(client: ConsoleClient, invocation: Invocation): Promise<Result<{ credentialId: string }>> {
  if (invocation.identity !== undefined) {
    return flat('desk.openKeyFile', client.desk.openKeyFile({ file: resolve(invocation.identity) }))
  }
  if (invocation.passwordDescriptor !== undefined) {
    const password = readSecretLine(invocation.passwordDescriptor)
    if (password === undefined) {
      return fail({ kind: 'usage', problem: 'not-a-descriptor', word: String(invocation.passwordDescriptor) })
    }
    return flat('desk.offerPassword', client.desk.offerPassword({ password }))
  }
  const where = invocation.target.by === 'address' ? invocation.target.address.host : ''
  return fail({ kind: 'usage', problem: 'login-needed', word: where })
}

/** A call's own Result, with refusals and invalid input folded in. */
async function flat<T>(call: string, answer: Promise<Result<T>>): Promise<Result<T>> {
  const got = await received(call, answer)
  return got.ok ? got.value : got
}

async function detect({ client, terminal, words }: Work, target: Target): Promise<Result<number>> {
  const facts = await flat('appliances.detect', client.product.appliances.detect({ target }))
  if (!facts.ok) return facts
  for (const line of factLines(facts.value, words)) terminal.say(line)
  terminal.result(facts.value)
  return ok(0)
}

async function makePlan({ client, invocation, terminal, words }: Work, target: Target): Promise<Result<Plan>> {
  const bundle = await flat('desk.openBundle', client.desk.openBundle({ folder: resolve(invocation.from ?? '') }))
  if (!bundle.ok) return bundle
  const made = await flat(
    'setup.plan',
    client.product.setup.plan({ target, bundleId: bundle.value.bundleId, solution: invocation.solution ?? '' }),
  )
  if (!made.ok) return made
  for (const line of planLines(made.value, words)) terminal.say(line)
  return made
}

async function plan(work: Work, target: Target): Promise<Result<number>> {
  const made = await makePlan(work, target)
  if (!made.ok) return made
  const [blocker] = made.value.blockers
  if (blocker !== undefined) return fail(blocker)
  const { id, steps, choices, fits } = made.value
  work.terminal.result({ planId: id, ...planCounts(steps), choices, fits, steps })
  return ok(0)
}

async function setup(work: Work, target: Target): Promise<Result<number>> {
  const { invocation, terminal, words } = work
  const made = await makePlan(work, target)
  if (!made.ok) return made
  const [blocker] = made.value.blockers
  if (blocker !== undefined) return fail(blocker)
  const changes = planCounts(made.value.steps).changed > 0
  if (changes && !invocation.yes && (await terminal.confirm(words.cli.approve)) !== true) {
    return fail({ kind: 'approval-needed' })
  }
  const { uploadBytes } = planCounts(made.value.steps)
  const percent = uploadBytes > longUploadBytes ? await weakBattery() : undefined
  if (percent !== undefined) terminal.say(words.cli.weakBattery(percent))
  const followed = await followRun(work, made.value, target)
  if (!followed.ok) return followed
  const { ended, verified } = followed.value
  for (const line of verdictLines(verified.verdict, words)) terminal.say(line)
  if (verified.stillToDo.length > 0) terminal.say(words.cli.stillToDo(verified.stillToDo.join(', ')))
  const { changed, unchanged, sentBytes, run } = ended
  const verdict = verified.stillToDo.length > 0 ? 'degraded' : verified.verdict.state
  terminal.result({ verdict, ...figures(proofIn(verified.verdict)), changed, unchanged, sentBytes, runId: run })
  return ok(verdictExitCodes[verdict])
}

type Ended = Extract<RunEvent, { event: 'run-end' }>
type Verified = Extract<RunEvent, { event: 'verified' }>

async function followRun(
  work: Work,
  plan: Plan,
  target: Target,
): Promise<Result<{ ended: Ended; verified: Verified }>> {
  const { client } = work
  // The first Ctrl-C asks the run to stop after its step; a second one ends this process.
  const onInterrupt = () => void client.product.setup.cancel({ planId: plan.id })
  process.once('SIGINT', onInterrupt)
  const showing = new AbortController()
  let ended: Ended | undefined
  let verified: Verified | undefined
  const events = await received('setup.apply', client.product.setup.apply({ planId: plan.id, target }))
  if (!events.ok) return events
  const consumed = await received(
    'setup.apply',
    (async () => {
      for await (const event of events.value) {
        if (event.event === 'run-begin') void showProgress(work, plan.id, showing.signal)
        if (event.event === 'run-end') ended = event
        if (event.event === 'verified') verified = event
        sayEvent(event, plan, work)
      }
    })(),
  )
  showing.abort()
  process.removeListener('SIGINT', onInterrupt)
  if (!consumed.ok) return consumed
  if (ended?.failure !== undefined) return fail(ended.failure)
  if (ended === undefined || verified === undefined) return fail({ kind: 'cancelled', at: 'the end of the run' })
  return ok({ ended, verified })
}

function sayEvent(event: RunEvent, plan: Plan, { terminal, words }: Work): void {
  if (event.event === 'waiting-for-lock') terminal.say(words.cli.waitingForLock(event.holder))
  if (event.event !== 'step-end') return
  const step = plan.steps.find((s) => s.id === event.step)
  const name = step === undefined ? event.step : stepText(step, words)
  terminal.say(words.cli.pair(name, words.cli[event.outcome]))
}

async function showProgress({ client, terminal, words }: Work, planId: string, signal: AbortSignal): Promise<void> {
  try {
    let before = { at: performance.now(), doneBytes: 0 }
    for await (const now of await client.product.setup.progress({ planId }, { signal })) {
      const at = performance.now()
      const rate = (now.sentBytes - before.doneBytes) / Math.max(0.001, (at - before.at) / 1000)
      before = { at, doneBytes: now.sentBytes }
      terminal.tick(words.cli.sent(bytesText(now.doneBytes), bytesText(now.totalBytes), bytesText(Math.max(0, rate))))
    }
  } catch {
    // Progress is decoration: the run's own events say how it ended.
  }
}

async function status({ client, terminal, words }: Work, target: Target): Promise<Result<number>> {
  const verdict = await flat('appliances.status', client.product.appliances.status({ target }))
  if (!verdict.ok) return verdict
  for (const line of verdictLines(verdict.value, words)) terminal.say(line)
  const { state, reason, deployments } = verdict.value
  terminal.result({ verdict: state, reason, deployments })
  return ok(verdictExitCodes[state])
}

async function probe({ client, terminal, words }: Work, target: Target): Promise<Result<number>> {
  const verdict = await flat('appliances.status', client.product.appliances.status({ target }))
  if (!verdict.ok) return verdict
  const proofs = verdict.value.deployments.flatMap((d) =>
    d.proof === undefined ? [] : [{ deployment: d.deployment, proof: d.proof }],
  )
  for (const { deployment, proof } of proofs) terminal.say(words.cli.pair(deployment, proofText(proof, words)))
  if (proofs.length === 0) for (const line of verdictLines(verdict.value, words)) terminal.say(line)
  terminal.result({ verdict: verdict.value.state, ...figures(proofs[0]?.proof), proofs })
  return ok(proofs.length > 0 ? 0 : verdictExitCodes[verdict.value.state])
}

function proofIn(verdict: ApplianceVerdict): InferenceProof | undefined {
  return verdict.deployments.find((d) => d.proof !== undefined)?.proof
}

/** Milliseconds and tokens per second, null where they could not be measured. */
function figures(proof: InferenceProof | undefined): { ttftMs: number | null; tokensPerSecond: number | null } {
  const rate = proof?.tokensPerSecond
  return {
    ttftMs: proof === undefined ? null : Math.round(proof.ttftMs * 10) / 10,
    tokensPerSecond: rate?.state === 'known' ? Math.round(rate.value * 10) / 10 : null,
  }
}
