// Canaries of a demo appliance over its real link: after its setup, on demand, accepted, garbled, and what the verdict says.
import { describe, expect, it } from 'vitest'
import { status } from '../../../main/core/appliances.ts'
import { askAppliance } from '../../../main/core/canary/run.ts'
import { drillDemo } from '../../../main/core/demo/demo.ts'
import { type CanaryEvent, type CanaryResult, canaryEvent } from '../../../shared/domain/canary.ts'
import { demoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

const deployment = 'demo-clinic-model'

describe('a canary of a demo appliance', () => {
  it('is asked after its setup and on demand, is accepted, and notices a model that is garbled', async () => {
    const one = demoCore()
    const made = await makeDemo(one.core)
    const { target, demo } = made
    const { canary } = one.client.product
    await expect(read(askAppliance(one.context, { target, deployment }))).rejects.toMatchObject({
      data: { kind: 'usage', problem: 'canary-deployment' },
    })
    expect(await setUpDemo(one, made)).toBe('healthy')
    const first = must(await canary.list({}))
    expect(first).toMatchObject([
      { cause: 'setup', set: 'basic', verdict: 'passed', asked: 3, subject: { demo: true } },
    ])
    const noted = must(await status(one.core, target)).deployments.find((each) => each.deployment === deployment)
    expect(noted).toMatchObject({ state: 'healthy', canary: { verdict: 'passed', set: 'basic' } })

    expect(must(await canary.candidates({ target }))).toMatchObject([{ deployment, set: 'basic' }])
    const events: CanaryEvent[] = []
    let refused: unknown
    for await (const event of askAppliance(one.context, { target, deployment })) {
      events.push(canaryEvent.parse(event))
      if (event.event !== 'question-begin' || refused !== undefined) continue
      expect(one.core.benches.isLoaded(demo.address, deployment)).toBe(true)
      refused = await read(askAppliance(one.context, { target, deployment })).catch((error) => error.data)
    }
    expect(refused).toMatchObject({ kind: 'run-in-progress', holder: 'li' })
    expect(one.core.benches.isLoaded(demo.address, deployment)).toBe(false)
    const result = resultIn(events)
    expect(result).toMatchObject({ verdict: 'passed', end: 'done', cause: 'asked' })
    expect(must(await canary.accept({ canaryId: result.canaryId }))).toMatchObject({ accepted: true })

    must(await drillDemo(one.core, { name: demo.name, drill: 'garble-model', on: true }))
    const garbled = resultIn(await read(askAppliance(one.context, { target, deployment })))
    expect(garbled).toMatchObject({ verdict: 'failed', baseline: { canaryId: result.canaryId } })
    expect(garbled.questions[0]?.problems).toContain('garbled')
    expect(must(await status(one.core, target)).deployments).toContainEqual(
      expect.objectContaining({ deployment, state: 'degraded', reason: 'canary-failed' }),
    )
    await expect(canary.accept({ canaryId: garbled.canaryId })).resolves.toMatchObject({
      failure: { kind: 'usage', problem: 'canary-not-passed' },
    })
    must(await drillDemo(one.core, { name: demo.name, drill: 'garble-model', on: false }))
    expect(resultIn(await read(askAppliance(one.context, { target, deployment })))).toMatchObject({
      ...{ verdict: 'passed', baseline: { drift: 0, lost: [] } },
    })
    expect(must(await status(one.core, target)).state).toBe('healthy')
  })
})

async function read(events: AsyncIterable<CanaryEvent>): Promise<CanaryEvent[]> {
  const all: CanaryEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

function resultIn(events: readonly CanaryEvent[]): CanaryResult {
  const last = events.at(-1)
  if (last?.event !== 'result') throw new Error(`it ended with ${last?.event}`)
  return last.result
}
