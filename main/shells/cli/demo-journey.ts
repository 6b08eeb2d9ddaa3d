// The whole journey on a demo appliance, from a bare server to a mended one, with the product's own calls and in the
// order in which a person would make them. The demo appliance goes with it, however it ends.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { VerdictState } from '../../../shared/domain/verdict.ts'
import { threeDigits } from '../../../shared/words/amounts.ts'
import { failureText } from '../../../shared/words/language.ts'
import type { DemoStage } from '../../../shared/words/words.ts'
import { pause } from '../../console-host/this-computer.ts'
import { verdictExitCodes } from '../../terminal/exit-codes.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { DemoWish } from './demo-arguments.ts'
import { type DemoWork, setupCommand } from './demo-next.ts'
import {
  approve,
  breakDown,
  create,
  detect,
  type Journey,
  type Pace,
  type Place,
  planAgain,
  propose,
  recover,
  type Staged,
  setUp,
  verify,
  watch,
} from './demo-stages.ts'
import { type DemoTold, nothingTold } from './demo-told.ts'
import { stoppingIn } from './stopping.ts'
import { flat, type Work } from './work.ts'

const unhurried: Pace = {
  ...{ watchMilliseconds: 5000, patienceMilliseconds: 15_000, askAgainMilliseconds: 300 },
  pause,
}

/** Exit code 0 where everything was as it should be, else that of the verdict; or the failure that ended it. */
export async function playDemo(work: DemoWork, wish: DemoWish, pace = unhurried): Promise<Result<number>> {
  const began = performance.now()
  const told = nothingTold(wish, work.bundleFolder)
  const terminal = leavingTold(work, told)
  const journey = { ...work, terminal, wish, told, pace, stopping: stoppingIn({ ...work, terminal }) }
  const played = await playAndPutAway(journey)
  if (!played.ok) return played
  const { demo } = work.words
  if (played.value === 'healthy') terminal.say(demo.line(demo.over(secondsText(performance.now() - began))))
  terminal.result(told)
  return ok(verdictExitCodes[played.value])
}

async function playAndPutAway(journey: Journey): Promise<Result<VerdictState>> {
  const played = await play(journey).catch(async (bug) => {
    await putAway(journey)
    throw bug
  })
  const away = await putAway(journey)
  if (away.ok) return played
  if (played.ok) return away
  // Only one failure can end the command: the first.
  journey.terminal.complain(failureText(away.failure, journey.words).what)
  return played
}

/** The verdict that ended it, healthy where all of it was played. */
async function play(journey: Journey): Promise<Result<VerdictState>> {
  const place = await stage(journey, 'create', () => create(journey))
  if (!place.ok) return place
  const detected = await stage(journey, 'detect', () => detect(journey, place.value))
  if (!detected.ok) return detected
  const plan = await stage(journey, 'plan', () => propose(journey, place.value))
  if (!plan.ok) return plan
  const approval = await stage(journey, 'approve', () => approve(journey, plan.value))
  if (!approval.ok) return approval
  const done = await stage(journey, 'setup', () => setUp(journey, place.value, plan.value))
  if (!done.ok || done.value !== 'healthy') return done
  const verified = await stage(journey, 'verify', () => verify(journey, place.value))
  if (!verified.ok || verified.value !== 'healthy') return verified
  const watched = await stage(journey, 'watch', () => watch(journey, place.value))
  return watched.ok ? playDrill(journey, place.value, plan.value.purpose.solution) : watched
}

async function playDrill(journey: Journey, place: Place, solution: string): Promise<Result<VerdictState>> {
  const broken = await stage(journey, 'drill', () => breakDown(journey, place))
  if (!broken.ok) return broken
  const mended = await stage(journey, 'recover', () => recover(journey, place, solution))
  if (!mended.ok || mended.value !== 'healthy') return mended
  const again = await stage(journey, 'plan-again', () => planAgain(journey, place, solution))
  return again.ok ? mended : again
}

/** Where it is kept it says what for. */
async function putAway(journey: Journey): Promise<Result<unknown>> {
  const { client, terminal, told, words } = journey
  const { name } = told
  if (name === null) return ok(undefined)
  if (told.kept) {
    const { solution, bundle } = told
    const next = solution === null ? [] : [words.demo.setUpWith(setupCommand(name, solution, bundle))]
    for (const one of [words.demo.stays(name), words.demo.bundle(bundle), ...next]) terminal.say(words.demo.line(one))
    return ok(undefined)
  }
  return timed(journey, 'remove', async () => {
    const removed = await flat('demo.remove', client.product.demo.remove({ name }))
    return removed.ok ? ok({ value: undefined, line: words.demo.removed(name) }) : removed
  })
}

/** One that begins after Ctrl-C does not begin. */
async function stage<T>(journey: Journey, name: DemoStage, act: () => Promise<Staged<T>>): Promise<Result<T>> {
  const { stopping, words } = journey
  if (stopping.signal.aborted) return fail({ kind: 'cancelled', at: words.demo.stages[name] })
  return timed(journey, name, act)
}

async function timed<T>(journey: Journey, name: DemoStage, act: () => Promise<Staged<T>>): Promise<Result<T>> {
  const { terminal, told, stopping, words } = journey
  const { cli, demo } = words
  terminal.tick(demo.line(demo.stages[name]))
  const began = performance.now()
  const staged = await stopping.during(act)
  if (!staged.ok) return staged
  const milliseconds = Math.round(performance.now() - began)
  told.steps.push({ step: name, milliseconds })
  const { line, value } = staged.value
  terminal.say(demo.line(demo.took(cli.pair(demo.stages[name], line), secondsText(milliseconds))))
  return ok(value)
}

/** Whoever leaves at once leaves the demo appliance behind, and is told its name. */
function leavingTold({ terminal, words }: Work, told: DemoTold): Terminal {
  return {
    ...terminal,
    leave(exitCode) {
      if (told.name !== null) terminal.complain(words.demo.line(words.demo.stays(told.name)))
      terminal.leave(exitCode)
    },
  }
}

function secondsText(milliseconds: number): string {
  return threeDigits(Math.round(milliseconds / 100) / 10)
}
