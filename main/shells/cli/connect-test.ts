// `rackside connect --test`: the steps of the way to an appliance as they are tried, each with what it found.
import type { Target } from '../../../shared/contract/contract.ts'
import type { ConnectStep } from '../../../shared/domain/connect-step.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { connectFactText } from '../../../shared/words/connect-text.ts'
import { failureText } from '../../../shared/words/language.ts'
import type { Words } from '../../../shared/words/words.ts'
import { received } from '../../core/refusal.ts'
import type { VerbWork } from './work.ts'

/** Ends with the failure of the step that failed; the steps are the JSON result of a way that was free. */
export async function connectTest({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const steps: ConnectStep[] = []
  const read = async (): Promise<void> => {
    for await (const step of await client.product.connect.test({ target })) {
      steps.push(step)
      terminal.say(stepLine(step, words))
    }
  }
  const watched = await received('connect.test', read())
  if (!watched.ok) return watched
  const failed = steps.find((step) => step.state === 'failed')
  if (failed !== undefined) return fail(failed.failure)
  terminal.result({ connected: true, steps })
  return ok(0)
}

function stepLine(step: ConnectStep, words: Words): string {
  const { connect, cli } = words
  const name = step.step === 'jump' ? `${connect.steps.jump} ${step.at}` : connect.steps[step.step]
  if (step.state === 'skipped') return `  ${cli.marks.skipped} ${cli.pair(name, connect.notTried)}`
  const took = `(${cli.took(step.milliseconds)})`
  const said = step.state === 'ok' ? connectFactText(step.fact, words) : whatText(step.failure, words)
  return `  ${cli.marks[step.state === 'ok' ? 'passed' : 'failed']} ${cli.pair(`${name} ${took}`, said)}`
}

function whatText(failure: Failure, words: Words): string {
  return failureText(failure, words).what
}
