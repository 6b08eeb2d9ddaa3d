// A server of streamed completions on this machine that behaves as a test says, well or badly: for whoever reads it
// through a connection to this machine. Closed with the test.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

export type Said = { readonly body: Record<string, unknown>; readonly write: (text: string) => void }
/** Writes the body of an answer with status 200; what it leaves open is ended, `cut` breaks it off. */
export type Behaviour = (said: Said & { readonly response: ServerResponse; cut(): void }) => Promise<void> | void

export type FakeCompletions = {
  readonly port: number
  /** Bodies of requests, in order. */
  readonly asked: Record<string, unknown>[]
  /** Answers that nobody reads any more. */
  left(): number
}

export function textEvent(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`
}

export const finishEvent = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'length' }] })}\n\n`
export const doneEvent = 'data: [DONE]\n\n'

export function usageEvent(promptTokens: number, outputTokens: number): string {
  const usage = { prompt_tokens: promptTokens, completion_tokens: outputTokens }
  return `data: ${JSON.stringify({ choices: [], usage })}\n\n`
}

export async function fakeCompletions(behave: Behaviour): Promise<FakeCompletions> {
  const asked: Record<string, unknown>[] = []
  let left = 0
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const text = Buffer.concat(pieces).toString('utf8')
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    if (request.method === 'GET') return void response.end('ok')
    asked.push(body)
    response.once('close', () => {
      if (!response.writableFinished) left += 1
    })
    const write = (piece: string) => void response.write(piece)
    const cut = () => void response.destroy()
    await behave({ body, write, cut, response })
    if (!response.destroyed && !response.writableEnded) response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, asked, left: () => left }
}

/** So many pieces of text, one after so many milliseconds each. */
export async function writeSlowly(write: (text: string) => void, pieces: number, gapMs: number): Promise<void> {
  for (let piece = 0; piece < pieces; piece++) {
    await sleep(gapMs)
    write(textEvent('a '))
  }
}
