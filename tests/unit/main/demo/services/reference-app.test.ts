// The real reference app in front of the demo's model server: what is simulated is only the model.
import { afterEach, expect, it } from 'vitest'
import { closeAll, postDraft, readEvents, startApp } from '../../../resources/reference-app/app-under-test.ts'
import { addressOf, machineWith, modelContainer, modelPort } from './served-machine.ts'

afterEach(closeAll)

async function realApp() {
  const machine = machineWith([modelContainer()], 0)
  const environment = { MODEL_NAME: 'demo-clinic-8b' }
  return { machine, app: await startApp(`${await addressOf(machine, modelPort)}/v1`, { environment }) }
}

it('is ready when the model has loaded, and not before', async () => {
  const { machine, app } = await realApp()
  const readiness = async () => (await fetch(`${app.address}/readyz`)).json()
  expect(await readiness()).toEqual({ status: 'not-ready', reason: 'model_busy' })
  machine.advance(10_000)
  expect(await readiness()).toEqual({ status: 'ready' })
})

it.each([
  ['en', /^DEMO: .*Chief complaint/s],
  ['zh-CN', /^演示：.*主诉/s],
])('drafts the prepared note in %s', async (language, says) => {
  const { machine, app } = await realApp()
  machine.advance(10_000)
  const events = await readEvents(await postDraft(app, { visit: 'Cough since Monday.', language }))
  expect(events.map((one) => one.text ?? '').join('')).toMatch(says)
  expect(events.at(-1)).toEqual({ done: true, finishReason: 'stop' })
})
