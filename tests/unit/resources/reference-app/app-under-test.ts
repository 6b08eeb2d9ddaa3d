// Runs the reference app in this process in front of a fake model endpoint on loopback, and reads its
// event streams. The app is plain JavaScript that ships as is, so it is imported by address, untyped.
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

export const appFolder = new URL('../../../../resources/reference-app/', import.meta.url)
export const serverFile = fileURLToPath(new URL('server.mjs', appFolder))

export type LogEntry = { event: string; details: Record<string, string | number> | undefined }
export type App = { address: string; log: LogEntry[]; shutDown: () => Promise<void> }
export type DraftEvent = { text?: string; done?: boolean; finishReason?: string; error?: string }

// biome-ignore lint/suspicious/noExplicitAny: the app's modules are untyped JavaScript
export const importApp = async (file: string): Promise<any> => await import(new URL(file, appFolder).href)

const closers: (() => Promise<void>)[] = []

/** For afterEach: ends everything the test started. */
export async function closeAll(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()))
}

async function listen(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A fake endpoint: `answer` gets every request; the address returned ends in /v1. */
export async function startModel(answer: RequestListener): Promise<string> {
  const server = http.createServer(answer)
  const address = await listen(server)
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `${address}/v1`
}

/** An address on which nothing listens. */
export async function findClosedAddress(): Promise<string> {
  const server = http.createServer()
  const address = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return `${address}/v1`
}

export async function startApp(
  modelBaseUrl: string,
  settings: { environment?: Record<string, string>; timeouts?: Record<string, number> } = {},
): Promise<App> {
  const { readConfiguration } = await importApp('configuration.mjs')
  const { createServer } = await importApp('create-server.mjs')
  const configuration = readConfiguration({
    MODEL_BASE_URL: modelBaseUrl,
    MODEL_NAME: 'clinic-model',
    ...settings.environment,
  })
  Object.assign(configuration.timeouts, settings.timeouts)
  const log: LogEntry[] = []
  const { server, shutDown } = createServer(configuration, {
    log: (event: string, details?: Record<string, string | number>) => log.push({ event, details }),
  })
  const address = await listen(server)
  closers.push(async () => {
    server.closeAllConnections()
    if (server.listening) await shutDown()
  })
  return { address, log, shutDown }
}

export function postDraft(app: App, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(`${app.address}/api/draft`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  })
}

export async function readEvents(response: Response): Promise<DraftEvent[]> {
  const content = await response.text()
  return content
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)) as DraftEvent)
}

export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let content = ''
  for await (const piece of request.setEncoding('utf8')) content += piece
  return JSON.parse(content) as Record<string, unknown>
}

export const chunk = (text: string, finishReason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text }, finish_reason: finishReason }] })}\n\n`

export function streamHead(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
}

/** Polls, for what another connection brings about. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 3_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('the condition did not come true')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
