// The demo's model server, asked over real HTTP: it behaves as the recorded llama-server does.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { presets } from '../../../../../main/demo/hardware/presets.ts'
import { readPrometheus } from '../../../../../shared/observe/prometheus.ts'
import { readRuntimeMetrics } from '../../../../../shared/observe/runtimes/all.ts'
import { readCompletion } from '../../../../../shared/verify/completion.ts'
import { pretendClock } from '../../../../support/pretend-clock.ts'
import { addressOf, machineWith, modelContainer, modelPort, readyMachine } from './served-machine.ts'

const recorded = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../fixtures/completions/${path}`, import.meta.url)), 'utf8')

/** What the readiness ladder asks. */
const probe = {
  model: 'demo-clinic-8b',
  messages: [{ role: 'user', content: 'Say that you are ready.' }],
  max_tokens: 32,
  temperature: 0,
  stream: true,
  stream_options: { include_usage: true },
}

const chat = (address: string, body: unknown, signal?: AbortSignal) =>
  fetch(`${address}/v1/chat/completions`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  })

async function ready() {
  const machine = readyMachine([modelContainer()])
  return { machine, address: await addressOf(machine, modelPort) }
}

type Event = { choices: { delta?: object; finish_reason: unknown }[]; usage?: object; timings?: Record<string, number> }

function eventsOf(stream: string): Event[] {
  const data = stream.split('\n\n').filter((one) => one !== '' && one !== 'data: [DONE]')
  return data.map((one) => JSON.parse(one.slice('data: '.length)) as Event)
}

/** The names of all fields, in order, without what they hold. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.entries(value).map(([name, inside]) => [name, shapeOf(inside)])
}

describe('a model server that is loading', () => {
  it.each(['/health', '/v1/models', '/metrics', '/nothing'])(
    'answers 503 to %s until its model is there',
    async (path) => {
      const machine = machineWith([modelContainer()], 0)
      const address = await addressOf(machine, modelPort)
      machine.advance(1000)
      const early = await fetch(address + path)
      expect(early.status).toBe(503)
      expect(await early.json()).toEqual({ error: { code: 503, message: 'Loading model', type: 'unavailable_error' } })
      machine.advance(10_000)
      expect((await fetch(address + path)).status).toBe(path === '/nothing' ? 404 : 200)
    },
  )

  it('takes no completion', async () => {
    const machine = machineWith([modelContainer()], 0)
    expect((await chat(await addressOf(machine, modelPort), probe)).status).toBe(503)
    expect(machine.traffic.running).toBe(0)
  })
})

describe('a model server', () => {
  it('is healthy and lists its model', async () => {
    const { address } = await ready()
    expect(await (await fetch(`${address}/health`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${address}/v1/models`)).json()).toMatchObject({
      object: 'list',
      data: [{ id: 'demo-clinic-8b', object: 'model' }],
    })
  })

  it('gives the proof a completion that ends by itself, and says that it is a demo', async () => {
    const { address } = await ready()
    const reader = readCompletion()
    reader.take(await (await chat(address, probe)).text(), 500)
    expect(reader.finish()).toMatchObject({
      ok: true,
      proof: { finishReason: 'stop', tokensPerSecond: { state: 'known' } },
    })
    const finished = reader.finish()
    expect(finished.ok && finished.text).toMatch(/ready.*demo/)
  })

  it('streams events of the very form that a real llama-server sends', async () => {
    const { address } = await ready()
    const ours = await (await chat(address, probe)).text()
    const [mine, theirs] = [eventsOf(ours), eventsOf(recorded('streams/llama-cpp.sse'))]
    expect(ours.endsWith('data: [DONE]\n\n')).toBe(true)
    for (const at of [0, 1, -2, -1]) expect(shapeOf(mine.at(at))).toEqual(shapeOf(theirs.at(at)))
  })

  it('sends the timings with the last event when no usage was asked for', async () => {
    const { address } = await ready()
    const events = eventsOf(await (await chat(address, { ...probe, stream_options: undefined })).text())
    expect(events.at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop' }], timings: { cache_n: 0 } })
    expect(events.some((one) => one.usage !== undefined)).toBe(false)
  })

  it.each(['ascend-8', 'nvidia-8', 'workstation-2'] as const)('writes at the speed of %s', async (preset) => {
    const machine = readyMachine([modelContainer()], preset)
    const events = eventsOf(await (await chat(await addressOf(machine, modelPort), probe)).text())
    const timings = events.at(-1)?.timings
    expect(timings?.['prompt_ms']).toBeCloseTo(presets[preset].ttftMs, 0)
    expect(timings?.['predicted_per_second']).toBeCloseTo(presets[preset].tokensPerSecond, 0)
  })

  it('answers whole when nobody asks for a stream', async () => {
    const { machine, address } = await ready()
    const answer = await (await chat(address, { ...probe, stream: false })).json()
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: 'demo-clinic-8b',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant' } }],
      usage: { completion_tokens: machine.traffic.writtenTokens, prompt_tokens: machine.traffic.promptTokens },
    })
  })

  it.each(['max_tokens', 'max_completion_tokens'])('stops at %s and says so', async (limit) => {
    const { machine, address } = await ready()
    const body = { messages: probe.messages, [limit]: 5, stream: false }
    expect(await (await chat(address, body)).json()).toMatchObject({
      choices: [{ finish_reason: 'length' }],
      usage: { completion_tokens: 5 },
    })
    expect(machine.traffic).toMatchObject({ running: 0, finished: 1, writtenTokens: 5 })
  })

  it.each([
    ['what is not JSON', '{"messages":', 400, 'invalid_request_error'],
    ['a body without messages', '{}', 400, 'invalid_request_error'],
    ['messages that are none', '{"messages":[3]}', 400, 'invalid_request_error'],
    ['a body that is too large', ' '.repeat(1024 * 1024 + 1), 413, 'invalid_request_error'],
  ])('refuses %s', async (_what, body, status, type) => {
    const { address } = await ready()
    const response = await chat(address, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code: status, type, message: expect.any(String) } })
  })

  it('knows nothing else', async () => {
    const { address } = await ready()
    const response = await fetch(`${address}/v1/completions`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { type: 'not_found_error', code: 404 } })
  })
})

describe('the metrics of a model server', () => {
  const page = async (address: string) => (await fetch(`${address}/metrics`)).text()
  const names = (text: string) => text.split('\n').filter((line) => line.startsWith('#'))

  it('have the names, types and words of a real llama-server, in its order', async () => {
    const { address } = await ready()
    expect(names(await page(address))).toEqual(names(recorded('scrapes/llama-cpp.txt')))
  })

  it('tell the traffic to the reader that every console has', async () => {
    const { machine, address } = await ready()
    Object.assign(machine.traffic, { running: 6, promptTokens: 1_234_567, writtenTokens: 89 })
    const metrics = readRuntimeMetrics('llama-cpp', await page(address))
    expect(metrics.running.state).toBe('known')
    const known = (value: number) => ({ state: 'known', value })
    expect(metrics).toMatchObject({
      running: known(4),
      waiting: known(2),
      generatedTokens: known(89),
    })
  })

  it('never count time backwards when fewer people make it faster', async () => {
    const { machine, address } = await ready()
    const seconds = async () =>
      readPrometheus(await page(address)).find((one) => one.name === 'llamacpp:tokens_predicted_seconds_total')?.value
    Object.assign(machine.traffic, { running: 4, writtenTokens: 1000 })
    const before = await seconds()
    machine.traffic.running = 0
    expect(await seconds()).toBe(before)
  })
})

describe('a completion that is cut off', () => {
  const rig = async () => {
    const pretend = pretendClock()
    const startedAtMs = pretend.nowMs() - 10_000
    const { nowMs, pause } = pretend
    const machine = { ...readyMachine([modelContainer({ startedAtMs })]), nowMs, pause }
    return { pretend, machine, address: await addressOf(machine, modelPort) }
  }

  it('ends when its reader goes away, and no longer counts', async () => {
    const { pretend, machine, address } = await rig()
    const reader = new AbortController()
    const response = await chat(address, probe, reader.signal)
    await pretend.advance(presets['nvidia-8'].ttftMs + 100)
    expect(machine.traffic.running).toBe(1)
    reader.abort()
    await expect(response.text()).rejects.toThrow()
    await vi.waitFor(() => expect(machine.traffic.running).toBe(0))
    expect(machine.traffic.finished).toBe(0)
    expect(machine.traffic.writtenTokens).toBeGreaterThan(0)
    expect(pretend.waiting()).toBe(0)
  })

  it('breaks off when its container stops', async () => {
    const { pretend, machine, address } = await rig()
    const response = await chat(address, probe)
    await pretend.advance(presets['nvidia-8'].ttftMs + 100)
    machine.change((state) => {
      for (const one of state.containers) one.state = 'exited'
    })
    const brokenOff = expect(response.text()).rejects.toThrow()
    await pretend.advance(1000)
    await brokenOff
    expect(machine.traffic).toMatchObject({ running: 0, finished: 0 })
  })
})
