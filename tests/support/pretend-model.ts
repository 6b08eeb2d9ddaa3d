// A model in pretend time behind a connection: its first token comes after a time that grows with those who ask at once,
// and so does every further one. What a benchmark says of it can be calculated.

import type { Connection, HttpRequest, HttpResponse } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { doneEvent, finishEvent, textEvent, usageEvent } from './fake-completions.ts'
import type { PretendClock } from './pretend-clock.ts'
import { bodyIn } from './pushed-body.ts'

export type PretendModel = {
  readonly connection: Connection
  /** What was asked, in order. */
  readonly prompts: string[]
  /** Most at once. */
  mostAtOnce(): number
}

type Ways = {
  readonly ttftMs: (atOnce: number) => number
  readonly gapMs: (atOnce: number) => number
  /** Of a word of a prompt, and of every prompt besides. */
  readonly tokensPerWord?: number
  readonly besides?: number
  /** Nothing is counted. */
  readonly isUncounted?: true
  /** Status of the nth answer; 200 where it says nothing. */
  readonly statusOf?: (at: number) => number | undefined
}

export function pretendModel(clock: PretendClock, ways: Ways): PretendModel {
  const { ttftMs, gapMs, tokensPerWord = 1.5, besides = 10, isUncounted, statusOf = () => undefined } = ways
  const prompts: string[] = []
  let [atOnce, most] = [0, 0]

  async function* answer(body: Asked, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const bytes = (text: string) => new TextEncoder().encode(text)
    const wait = async (milliseconds: number) => {
      await clock.pause(milliseconds, signal)
      if (signal.aborted) throw new Error('stopped')
    }
    atOnce += 1
    most = Math.max(most, atOnce)
    try {
      await wait(ttftMs(atOnce))
      for (let token = 0; token < body.max_tokens; token++) {
        if (token > 0) await wait(gapMs(atOnce))
        yield bytes(textEvent('a '))
      }
      const words = (body.messages[0]?.content ?? '').split(' ').length
      const counted = usageEvent(Math.round(besides + words * tokensPerWord), body.max_tokens)
      yield bytes(finishEvent + (isUncounted ? '' : counted) + doneEvent)
    } finally {
      atOnce -= 1
    }
  }

  const http = async (request: HttpRequest): Promise<Result<HttpResponse>> => {
    const response = (status: number, body: HttpResponse['body']) => ok({ status, headers: {}, ...bodyIn(body) })
    if (request.method === 'GET') {
      await clock.pause(2)
      return response(200, nothing())
    }
    const body = JSON.parse(request.body ?? '{}') as Asked
    const status = statusOf(prompts.length)
    prompts.push(body.messages[0]?.content ?? '')
    if (status === 0) return fail({ kind: 'http-failed', port: request.port, detail: 'refused' })
    if (status !== undefined) return response(status, nothing())
    const stop = new AbortController()
    void request.stopped?.then(() => stop.abort())
    return response(200, answer(body, stop.signal))
  }
  return { connection: { http } as unknown as Connection, prompts, mostAtOnce: () => most }
}

type Asked = { readonly max_tokens: number; readonly messages: readonly { readonly content: string }[] }

async function* nothing(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('full')
}
