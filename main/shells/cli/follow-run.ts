// One run from its first event to its verdict: shown while it goes on, and stopped by Ctrl-C.
import type { Target } from '../../../shared/contract/contract.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../../shared/domain/interruption.ts'
import { termsName } from '../../../shared/domain/licence-terms.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { afterProgress, bytesPerSecond, sendingLeftMs, type Track } from '../../../shared/domain/sending-rate.ts'
import { localAddressText, type Publishing } from '../../../shared/domain/service-address.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { failureText, stepText } from '../../../shared/words/language.ts'
import { received } from '../../core/refusal.ts'
import { endWith } from '../../terminal/end.ts'
import { interruptedExitCode } from '../../terminal/exit-codes.ts'
import { halfDoneLines } from './half-done.ts'
import { waitText } from './run-waits.ts'
import { heldPartLines } from './show.ts'
import { flat, type Work } from './work.ts'

type Ended = Extract<RunEvent, { event: 'run-end' }>
export type Verified = Extract<RunEvent, { event: 'verified' }>
type Followed = { readonly ended: Ended; readonly verified: Verified }

const cutShort: Failure = { kind: 'cancelled', at: 'the end of the run' }

/**
 * `typedHost`: what a plan that takes everything away needs; `takesOver`: the live run that gives way to this one;
 * `limitMbit`: what its uploads may take of the network.
 */
type RunWishes = {
  readonly rules?: InterruptionRules
  readonly typedHost?: string
  readonly takesOver?: string | undefined
  readonly limitMbit?: number | undefined
  /** The address that this command said to open. */
  readonly publish?: Publishing | undefined
  /** What this command says that containers may get beyond their limits. */
  readonly allowPrivilege?: readonly string[]
  /** It says that the bundle is wanted although nobody vouches for it any more. */
  readonly acceptsExpired?: boolean
}

export async function followRun(
  work: Work,
  plan: Plan,
  target: Target,
  wishes: RunWishes = {},
): Promise<Result<Followed>> {
  const { rules = {}, typedHost = '', takesOver, limitMbit, publish, allowPrivilege, acceptsExpired } = wishes
  const typed = process.argv.slice(2)
  const stepsEnded = new Set<string>()
  const stop = { asked: false, left: () => halfDoneLines(plan, { ended: stepsEnded, typed }, work.words) }
  const onSignal = interruptOf(work, plan, stop)
  const showing = new AbortController()
  process.on('SIGINT', onSignal)
  try {
    const { setup, upkeep } = work.client.product
    const input = { planId: plan.id, target }
    // Whoever approved the plan has accepted the terms that it shows.
    const accepts = plan.licences?.map(termsName)
    // Only what stands in the words of this command is agreed to.
    const opens = publish === undefined || publish === 'none' ? [] : [localAddressText(publish)]
    const run =
      plan.purpose.act === 'uninstall'
        ? upkeep.uninstall({ ...input, typedHost, takesOver })
        : setup.apply({
            ...{ ...input, ...rules, takesOver, limitMbit, accepts, opens, privileges: allowPrivilege?.slice() },
            ...(acceptsExpired === true && { acceptsExpired }),
          })
    const events = await received('setup.apply', run)
    if (!events.ok) return events
    let ended: Ended | undefined
    let verified: Verified | undefined
    const show = async () => {
      for await (const event of events.value) {
        if (event.event === 'run-begin') void showProgress(work, plan.id, showing.signal)
        if (event.event === 'run-end') ended = event
        if (event.event === 'verified') verified = event
        if (event.event === 'step-end' && event.outcome !== 'failed') stepsEnded.add(event.step)
        sayEvent(event, plan, work)
      }
    }
    const consumed = await received('setup.apply', show())
    if (!consumed.ok) return consumed
    if (stop.asked && ended?.failure !== undefined) for (const line of stop.left()) work.terminal.complain(line)
    return outcomeOf(ended, verified)
  } finally {
    showing.abort()
    process.removeListener('SIGINT', onSignal)
  }
}

function outcomeOf(ended: Ended | undefined, verified: Verified | undefined): Result<Followed> {
  if (ended?.failure !== undefined) return fail(ended.failure)
  return ended === undefined || verified === undefined ? fail(cutShort) : ok({ ended, verified })
}

/** `left`: what is said of what it leaves. */
type Stop = { asked: boolean; readonly left: () => readonly string[] }

/** The first Ctrl-C asks the run to stop after its step; a second one ends this process. */
function interruptOf({ client, terminal, words }: Work, plan: Plan, stop: Stop) {
  const cancel = async () => {
    try {
      const heard = await flat('setup.cancel', client.product.setup.cancel({ planId: plan.id }))
      if (!heard.ok) terminal.complain(failureText(heard.failure, words).what)
    } catch {
      // The call did not get through: the run goes on, and the second Ctrl-C is there.
    }
  }
  return () => {
    if (stop.asked) {
      for (const line of stop.left()) terminal.complain(line)
      return terminal.leave(endWith(cutShort, terminal, words, interruptedExitCode))
    }
    stop.asked = true
    terminal.say(words.cli.stopping)
    void cancel()
  }
}

function sayEvent(event: RunEvent, plan: Plan, { terminal, words }: Work): void {
  const waits = waitText(event, words)
  if (waits !== undefined) terminal.say(waits)
  if (event.event === 'run-end') for (const line of heldPartLines(event.held ?? [], words)) terminal.say(line)
  if (event.event !== 'step-end') return
  const step = plan.steps.find((s) => s.id === event.step)
  const name = step === undefined ? event.step : stepText(step, words)
  terminal.say(words.cli.pair(name, words.cli[event.outcome]))
}

async function showProgress({ client, terminal, words }: Work, planId: string, signal: AbortSignal): Promise<void> {
  try {
    let track: Track | undefined
    for await (const now of await client.product.setup.progress({ planId }, { signal })) {
      track = afterProgress(track, now, performance.now())
      const rate = bytesPerSecond(track, performance.now())
      const [done, total] = [bytesText(now.doneBytes), bytesText(now.totalBytes)]
      const leftMs = sendingLeftMs(now.totalBytes - now.doneBytes, rate)
      terminal.tick(words.cli.sent(done, total, { rate: rate === undefined ? undefined : bytesText(rate), leftMs }))
    }
  } catch {
    // Progress is decoration: the run's own events say how it ended.
  }
}
