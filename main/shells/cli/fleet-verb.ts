// One solution for several appliances: the plan of all of them is shown as one, approved once, and followed to the
// end of each.
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type LicenceTerms, termsName } from '../../../shared/domain/licence-terms.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import type { Rollout, RolloutMember } from '../../../shared/domain/rollout.ts'
import { trustOf } from '../../../shared/domain/rollout-trust.ts'
import { type RootAct, rootActsOf } from '../../../shared/domain/root-act.ts'
import { failureText } from '../../../shared/words/language.ts'
import { received } from '../../core/refusal.ts'
import { endWith } from '../../terminal/end.ts'
import { exitCodes, interruptedExitCode, verdictExitCodes } from '../../terminal/exit-codes.ts'
import { approved, licenceLines } from './approval.ts'
import type { FleetInvocation } from './fleet-arguments.ts'
import { eventLine, isHealthy, rolloutLines } from './fleet-show.ts'
import { bundleNamed } from './named-bundle.ts'
import { rootActLines } from './root-acts.ts'
import { unlockGiven } from './vault-passphrase.ts'
import { trustLines } from './whose-lines.ts'
import { flat, type Work } from './work.ts'

const cutShort: Failure = { kind: 'cancelled', at: 'the end of the rollout' }

/** Exit code, or the failure that ended the command. */
export async function runFleet(work: Work, line: FleetInvocation): Promise<Result<number>> {
  const { terminal, words } = work
  const unlocked = await unlockGiven(work, line.vaultPassphrase)
  if (!unlocked.ok) return unlocked
  const planned = await plan(work, line)
  if (!planned.ok) return planned
  for (const one of rolloutLines(planned.value, words)) terminal.say(one)
  const approval = await approvedByAll(work, line, planned.value)
  if (!approval.ok) return approval
  const ended = await follow(work, planned.value, approval.value)
  if (!ended.ok) return ended
  const { id: rolloutId, state, members } = ended.value
  terminal.result({ rolloutId, state, members })
  return ok(exitCodeOf(ended.value))
}

/**
 * What runs as root, and the licence terms, are in the plan of each appliance; the rollout has only their figures. The
 * names of the terms that are accepted by it.
 */
async function approvedByAll(work: Work, line: FleetInvocation, { members }: Rollout): Promise<Result<string[]>> {
  const { client, terminal, words } = work
  const rootActs: RootAct[] = []
  const licences = new Map<string, LicenceTerms>()
  const plans: [name: string, plan: Plan][] = []
  for (const { name, ring, plan } of members) {
    if (ring === undefined || plan === undefined) continue
    const read = await flat('setup.readPlan', client.product.setup.readPlan({ planId: plan.id }))
    if (!read.ok) return read
    plans.push([name, read.value])
    for (const act of rootActsOf(read.value)) {
      rootActs.push(act)
      terminal.say(words.cli.pair(name, act.step))
      for (const said of rootActLines(act, words)) terminal.say(`  ${said}`)
    }
    for (const one of read.value.licences ?? []) licences.set(termsName(one), one)
  }
  for (const said of trustLines(trustOf(plans), words)) terminal.say(said)
  const all = [...licences.values()]
  for (const said of licenceLines(all, words)) terminal.say(said)
  const changes = members.some(({ ring }) => ring !== undefined)
  const approval = await approved(work, { changes, rootActs, licences: all }, line)
  return approval.ok ? ok([...licences.keys()]) : approval
}

async function plan(work: Work, line: FleetInvocation): Promise<Result<Rollout>> {
  const { client } = work
  const { canary, solution, soakSeconds, limitMbit, rules } = line
  const names = await namesMeant(work, line)
  if (!names.ok) return names
  const bundleId = await bundleNamed(work, line.from)
  if (!bundleId.ok) return bundleId
  const wish = { bundleId: bundleId.value, solution, soakSeconds, appliances: names.value, canary, limitMbit, ...rules }
  return flat('rollouts.plan', client.product.rollouts.plan(wish))
}

/** "All" leaves out what is only watched: nobody means to set it up. */
async function namesMeant({ client }: Work, { names }: FleetInvocation): Promise<Result<string[]>> {
  if (names !== 'all') return ok([...names])
  const saved = await flat('appliances.list', client.product.appliances.list({}))
  if (!saved.ok) return saved
  const meant = saved.value.filter((one) => one.watchOnly !== true).map((one) => one.name)
  return meant.length > 0 ? ok(meant) : fail({ kind: 'usage', problem: 'no-appliance-named', word: 'fleet --all' })
}

async function follow(work: Work, { id: rolloutId }: Rollout, accepts: string[]): Promise<Result<Rollout>> {
  const { client, terminal, words } = work
  const onSignal = interruptOf(work, rolloutId)
  process.on('SIGINT', onSignal)
  try {
    const events = await received('rollouts.apply', client.product.rollouts.apply({ rolloutId, accepts }))
    if (!events.ok) return events
    let members: readonly RolloutMember[] = []
    let ended: Rollout | undefined
    const show = async () => {
      for await (const event of events.value) {
        if (event.event === 'rollout-begin') members = event.rollout.members
        if (event.event === 'rollout-end') ended = event.rollout
        const text = eventLine(event, members, words)
        if (text !== undefined) terminal.say(text)
        if (event.event === 'run' && event.heard.event === 'step-begin') {
          const { number, of } = event.heard
          terminal.tick(words.cli.pair(event.name, words.rollout.stepOf(number, of)))
        }
      }
    }
    const shown = await received('rollouts.apply', show())
    if (!shown.ok) return shown
    return ended === undefined ? fail(cutShort) : ok(ended)
  } finally {
    process.removeListener('SIGINT', onSignal)
  }
}

/** The first Ctrl-C begins nobody else; a second one ends this process. */
function interruptOf({ client, terminal, words }: Work, rolloutId: string): () => void {
  let asked = false
  const cancel = async () => {
    try {
      const heard = await flat('rollouts.cancel', client.product.rollouts.cancel({ rolloutId }))
      if (!heard.ok) terminal.complain(failureText(heard.failure, words).what)
    } catch {
      // The call did not get through: the rollout goes on, and the second Ctrl-C is there.
    }
  }
  return () => {
    if (asked) return terminal.leave(endWith(cutShort, terminal, words, interruptedExitCode))
    asked = true
    terminal.say(words.rollout.stopping)
    void cancel()
  }
}

/** That of the first appliance that is not well; 0 only where every one is. */
function exitCodeOf({ members, state }: Rollout): number {
  if (state === 'cancelled') return exitCodes.cancelled
  const tried = members.filter(({ ring }) => ring !== undefined)
  const first = [...tried, ...members].find((one) => !isHealthy(one) && one.stand.state !== 'not-begun')
  return first === undefined ? 0 : codeOf(first)
}

function codeOf({ stand }: RolloutMember): number {
  if (stand.state === 'failed' || stand.state === 'left-out') return exitCodes[stand.failure.kind]
  const verdict = stand.state === 'done' || stand.state === 'nothing-to-do' ? stand.verdict : undefined
  return verdictExitCodes[verdict ?? 'unknown']
}
