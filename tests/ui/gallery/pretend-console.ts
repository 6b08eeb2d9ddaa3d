// A console without a server: it answers the contract with what a scene or a test scripts, and says so by name
// when something is asked that nobody scripted.
import { AsyncIteratorClass } from '@orpc/client'
import type { ConsoleCalls, ConsoleLink, LinkState } from '../../../renderer/console/console-link.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { hear } from './heard.ts'
import { hostileAnswer } from './hostile.ts'
import { nobodyNamed } from './scripted-operators.ts'

type Calls = ConsoleCalls['product'] & { readonly window: ConsoleCalls['window'] }

/** The calls that matter in a scene, by group: `{ appliances: { list: answers([...]) } }`. */
export type Script = { readonly [G in keyof Calls]?: Partial<Calls[G]> }

/** A call that answers with this. */
export function answers<T>(value: T): () => Promise<Result<T>> {
  return () => Promise.resolve(ok(value))
}

/** A call that fails so. */
export function fails(failure: Failure): () => Promise<Result<never>> {
  return () => Promise.resolve(fail(failure))
}

/** A call that is asked and never answers: what a screen looks like while it waits. */
export function waits(): () => Promise<never> {
  return () => new Promise(() => {})
}

/** A stream of these items. `then: 'stays'` leaves it open after the last one; a failure breaks it there. */
export function streams<T>(items: readonly T[], after: 'ends' | 'stays' = 'stays') {
  return async (_input?: unknown, options?: { readonly signal?: AbortSignal | undefined }) => {
    const left = [...items]
    const next = async (): Promise<IteratorResult<T, void>> => {
      const [item] = left.splice(0, 1)
      if (item !== undefined) return { done: false, value: item }
      if (after === 'stays') await untilAborted(options?.signal)
      return { done: true, value: undefined }
    }
    return new AsyncIteratorClass<T, void, void>(next, async () => undefined)
  }
}

/** A stream that goes on for as long as it is watched. */
export function flows<T>(source: (signal: AbortSignal | undefined) => AsyncGenerator<T, void>) {
  return async (_input?: unknown, options?: { readonly signal?: AbortSignal | undefined }) => {
    const items = source(options?.signal)
    return new AsyncIteratorClass<T, void, void>(
      () => items.next(),
      async () => void (await items.return()),
    )
  }
}

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
}

export type PretendConsole = ConsoleLink & {
  /** Every call so far, "setup.propose" with its input: what a test asks whether it was made. */
  readonly asked: readonly { readonly call: string; readonly input: unknown }[]
  /** Changes the state of the link, as a broken network would. */
  setState(state: LinkState): void
}

export function pretendConsole(script: Script, start: LinkState = { state: 'open' }): PretendConsole {
  const asked: { call: string; input: unknown }[] = []
  const listeners = new Set<() => void>()
  let state = start
  // What every frame asks.
  const publishers = { list: answers({ publishers: [], allowsUnsigned: false }) }
  const notifications = { list: answers([]), ...script.notifications }
  const alerts = { list: answers({ active: [], quiets: [], channels: [] }), ...script.alerts }
  const watching = { sinceMs: Date.parse('2026-11-22T08:12:00'), computer: 'pc-12', how: 'while-open' as const }
  const observe = { watching: answers({ watching, appliances: [] }), ...script.observe }
  const operators = { state: answers(nobodyNamed), ...script.operators }
  const { window, ...product } = { publishers, ...script, alerts, notifications, observe, operators }
  return {
    calls: {
      product: groupsOf(product, asked),
      window: groupOf('window', window ?? {}, asked),
    } as unknown as ConsoleCalls,
    asked,
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setState: (next) => {
      state = next
      for (const listener of listeners) listener()
    },
    close: () => listeners.clear(),
  }
}

type Scripted = { readonly [call: string]: unknown }
type Asked = { call: string; input: unknown }[]

function groupsOf(script: { readonly [group: string]: Scripted | undefined }, asked: Asked): unknown {
  return new Proxy({}, { get: (_, group) => groupOf(String(group), script[String(group)] ?? {}, asked) })
}

function groupOf(group: string, calls: Scripted, asked: Asked): unknown {
  return new Proxy({}, { get: (_, name) => callOf(`${group}.${String(name)}`, calls[String(name)], asked) })
}

function callOf(call: string, scripted: unknown, asked: Asked): unknown {
  return (input: unknown, options: unknown) => {
    asked.push({ call, input })
    if (typeof scripted === 'function') return heard(call, scripted(input, options))
    return Promise.resolve(fail({ kind: 'internal', detail: `this scene has no script for ${call}` }))
  }
}

/** What the page is told, as it is told: a stream's items as they come. */
async function heard(call: string, answer: unknown): Promise<unknown> {
  const told = await answer
  if (!(told instanceof AsyncIteratorClass)) return hear(hostileAnswer(call, told))
  const items = told as AsyncIteratorClass<unknown, void, void>
  return new AsyncIteratorClass<unknown, void, void>(
    async () => {
      const { done, value } = await items.next()
      return hear(done === true ? { done, value } : { done: false, value: hostileAnswer(call, value) })
    },
    async () => void (await items.return?.()),
  )
}
