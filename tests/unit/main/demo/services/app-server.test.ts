// The demo's clinic note app, asked over real HTTP: it is ready only while the model it uses is.
import { describe, expect, it } from 'vitest'
import type { SimulatedContainer } from '../../../../../main/demo/machine-state.ts'
import { serviceAt } from '../../../../../main/demo/services/service-at.ts'
import {
  addressOf,
  appContainer,
  appPort,
  machineWith,
  modelContainer,
  modelPort,
  readyMachine,
} from './served-machine.ts'

async function readiness(containers: SimulatedContainer[]) {
  const machine = readyMachine(containers)
  const response = await fetch(`${await addressOf(machine, appPort)}/readyz`)
  return { status: response.status, body: await response.json() }
}

const notReady = (reason: string) => ({ status: 503, body: { status: 'not-ready', reason } })

describe('who listens on the machine', () => {
  it('is a model runtime at once, and an app once it is up', () => {
    const machine = machineWith([modelContainer(), appContainer()], 0)
    const listens = () => [modelPort, appPort].map((port) => serviceAt(machine, port) !== undefined)
    expect(listens()).toEqual([true, false])
    machine.advance(1000)
    expect(listens()).toEqual([true, true])
  })

  it.each([
    ['where no container publishes the port', appContainer(), 8500],
    ['where the container has stopped', appContainer({ state: 'exited' }), appPort],
    ['where it was never started', modelContainer({ state: 'created' }), modelPort],
    ['where nobody knows what it serves', modelContainer({ labels: {} }), modelPort],
  ])('is nobody %s', (_where, container, port) => {
    expect(serviceAt(readyMachine([container]), port)).toBeUndefined()
  })
})

describe('the clinic note app', () => {
  it('is ready when its model takes requests', async () => {
    expect(await readiness([modelContainer(), appContainer()])).toEqual({ status: 200, body: { status: 'ready' } })
  })

  it('is healthy, and not ready, while its model is loading', async () => {
    const machine = machineWith([modelContainer(), appContainer()], 0)
    machine.advance(1000)
    const address = await addressOf(machine, appPort)
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ status: 'not-ready', reason: 'model_busy' })
  })

  it.each([
    ['has stopped', modelContainer({ state: 'exited' })],
    ['has another name', modelContainer({ alias: 'other' })],
    ['listens on another port', modelContainer({ containerPort: 8081 })],
    ['is on another network', modelContainer({ network: 'other' })],
  ])('does not reach a model that %s', async (_what, model) => {
    expect(await readiness([model, appContainer()])).toEqual(notReady('model_unreachable'))
  })

  it('is not ready with an endpoint that is none, or a model that is not listed', async () => {
    const { environment } = appContainer()
    const without = appContainer({ environment: {} })
    const other = appContainer({ environment: { ...environment, MODEL_NAME: 'other' } })
    expect(await readiness([modelContainer(), without])).toEqual(notReady('model_unreachable'))
    expect(await readiness([modelContainer(), other])).toEqual(notReady('model_not_listed'))
  })

  it('has a page that says in both languages that it is a demo', async () => {
    const response = await fetch(await addressOf(readyMachine([appContainer()]), appPort))
    expect(response.headers.get('content-type')).toMatch('text/html')
    const page = await response.text()
    expect(page).toMatch(/<html/)
    expect(page).toMatch(/演示.*预先写好/s)
    expect(page).toMatch(/Demo.*written beforehand/s)
    // Complete in itself: nothing is loaded from anywhere.
    expect(page).not.toMatch(/\b(?:src|href)=/)
  })

  it('knows no other address', async () => {
    expect((await fetch(`${await addressOf(readyMachine([appContainer()]), appPort)}/etc`)).status).toBe(404)
  })
})

describe('a draft of the clinic note app', () => {
  const draft = async (containers: SimulatedContainer[], body: unknown) => {
    const machine = readyMachine(containers)
    const address = `${await addressOf(machine, appPort)}/api/draft`
    return { machine, response: await fetch(address, { method: 'POST', body: JSON.stringify(body) }) }
  }

  it('is the prepared note in the language that was asked for, counted as work of the model', async () => {
    const { machine, response } = await draft([modelContainer(), appContainer()], { visit: 'x', language: 'zh-CN' })
    const events = (await response.text())
      .trim()
      .split('\n\n')
      .map((one) => JSON.parse(one.slice(6)))
    expect(events.at(-1)).toEqual({ done: true, finishReason: 'stop' })
    expect(events.map((one) => one.text ?? '').join('')).toMatch(/演示.*主诉/s)
    expect(machine.traffic).toMatchObject({
      running: 0,
      finished: 1,
      promptTokens: 1,
      writtenTokens: events.length - 1,
    })
  })

  it('says why there is none without a model', async () => {
    const { response } = await draft([appContainer()], { visit: 'x', language: 'en' })
    expect(await response.text()).toBe('data: {"error":"model_unreachable"}\n\n')
  })

  it('is refused for what is no visit', async () => {
    const { response } = await draft([modelContainer(), appContainer()], { visit: '', language: 'fr' })
    expect(response.status).toBe(400)
  })
})
