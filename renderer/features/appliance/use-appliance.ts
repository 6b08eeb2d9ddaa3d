// Everything the page asks about its appliance, each answer under the same key as on the other screens.
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Appliance } from '../../../shared/domain/appliance.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { type Answer, useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { useRetry } from '../../console/use-retry.ts'

/** A look is a real completion on the appliance: not more often than this. */
const lookEveryMs = 60_000

export type ApplianceAnswers = {
  readonly name: string
  readonly target: Target
  /** Undefined: not in the list, or the list is not there yet. */
  readonly saved: ListedAppliance | undefined
  /** The list was answered, and this name is not in it. */
  readonly gone: boolean
  readonly facts: Answer<Facts>
  readonly status: Answer<ApplianceVerdict>
  /** Of this console, on this appliance, newest first. */
  readonly runs: readonly ConsoleRun[]
  readonly askAgain: () => void
  /** Asked again by a person, whatever was refused before. */
  readonly retry: () => void
}

export function useAppliance(name: string): ApplianceAnswers {
  const { product } = useConsole()
  const retry = useRetry(name)
  const target: Target = { by: 'name', name }
  const list = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  const facts = useAnswer({ key: ['appliances.detect', name], ask: () => product.appliances.detect({ target }) })
  const status = useAnswer({
    key: ['appliances.status', name],
    ask: () => product.appliances.status({ target }),
    everyMs: lookEveryMs,
  })
  const runs = useAnswer({ key: ['setup.runs'], ask: () => product.setup.runs({}), everyMs: 5000 })
  const askAgain = () => {
    facts.askAgain()
    status.askAgain()
  }
  const saved = list.answer.state === 'answered' ? list.answer.value.find((one) => one.name === name) : undefined
  return {
    name,
    target,
    saved,
    gone: list.answer.state === 'answered' && saved === undefined,
    facts: facts.answer,
    status: status.answer,
    runs: runs.answer.state === 'answered' && saved !== undefined ? runsOn(saved, runs.answer.value) : [],
    askAgain,
    retry: () => retry(askAgain),
  }
}

function runsOn({ address }: Appliance, runs: readonly ConsoleRun[]): readonly ConsoleRun[] {
  return runs.filter((run) => run.address.host === address.host && run.address.port === address.port)
}
