// A run asks right before it interrupts a service, and before nothing else; a no ends it there, with what came
// before done.
import { expect, it } from 'vitest'
import type { RunTools } from '../../../../main/apply/run-tools.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import { apply, short, start, stepsDone } from '../../../support/apply-run.ts'
import { planCase } from '../../../support/plan-cases.ts'

const busy: Failure = { kind: 'service-busy', deployment: 'ward-model', requests: 2, seconds: 300 }
/** Asked about each step, and what it answers. */
const asking = (asked: string[], answer?: Failure): NonNullable<RunTools['beforeInterruption']> =>
  async function* (step) {
    asked.push(step.id)
    yield { event: 'waiting-while-busy', deployment: 'ward-model', requests: 2 }
    return answer
  }

it('a service that is busy is left as it is: the run says what it waited for, and ends with the reason', async () => {
  const { plan, place } = start(planCase('installed-with-another-spec').facts)
  const interrupting = plan.steps.filter((one) => one.interrupts).map((one) => one.id)
  expect(interrupting[0]).toBe('container.ward-model')
  const asked: string[] = []
  const { events, end } = await apply(place, plan, { beforeInterruption: asking(asked, busy) })
  expect([asked, end.failure]).toEqual([['container.ward-model'], busy])
  expect(events.at(-2)).toMatchObject({ event: 'waiting-while-busy', requests: 2 })
  expect(stepsDone(events).filter((one) => one.startsWith('container.'))).toEqual([])
  expect(place.engineWords().filter((words) => /^(?:stop|run|rm|rename)/.test(words))).toEqual([])
  expect(place.journal().map(short).at(-1)).toBe('run-end failed')
})

it('with a yes it goes on with that step; steps that interrupt nothing are not asked about', async () => {
  const { plan, place } = start(planCase('installed-with-another-spec').facts)
  const asked: string[] = []
  const { events } = await apply(place, plan, { beforeInterruption: asking(asked) })
  const at = events.findIndex((one) => one.event === 'waiting-while-busy')
  expect(events.slice(at + 1, at + 2).map(short)).toEqual([`step-begin ${asked[0]}`])
  expect(asked).toEqual(plan.steps.filter((one) => one.interrupts && asked.includes(one.id)).map((one) => one.id))
  const { plan: bare, place: other } = start()
  const askedThere: string[] = []
  await apply(other, bare, { beforeInterruption: asking(askedThere) })
  expect(askedThere).toEqual([])
})
