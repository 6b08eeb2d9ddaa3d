// What is answered over HTTP: the files of the page, and the exchange of a one-time code for the key.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod'
import { type PageFile, type PageFiles, pagePath } from '../../core/page/page-files.ts'
import type { Metrics } from './metrics-page.ts'
import type { WindowKeys } from './window-keys.ts'

const largestBodyBytes = 1024
const session = z.strictObject({ code: z.string().min(1).max(200) })

export function pageApp(files: PageFiles, keys: WindowKeys, metrics?: Metrics): Hono {
  const app = new Hono()
  const limit = bodyLimit({ maxSize: largestBodyBytes, onError: (context) => context.text('Too large.\n', 413) })
  app.post('/session', limit, async (context) => {
    context.header('cache-control', 'no-store')
    // JSON only: a form of a foreign page cannot say that it is JSON without being asked about it first.
    if (context.req.header('content-type') !== 'application/json') return context.json({ reason: 'not-json' }, 415)
    const asked = session.safeParse(await context.req.json().catch(() => undefined))
    const token = asked.success ? keys.redeem(asked.data.code) : undefined
    return token === undefined ? context.json({ reason: 'code-used' }, 403) : context.json({ token })
  })
  app.post('*', (context) => context.text('Not here.\n', 404))
  app.get('/session', (context) => context.text('Not here.\n', 405, { allow: 'POST' }))
  // A browser asks for it whatever the page says; an error in its console would be one that means nothing.
  app.get('/favicon.ico', (context) => context.body(null, 204))
  app.get('/metrics', async (context) => {
    const refused = unlessShown(context, metrics)
    if (refused !== undefined) return refused
    const text = await metrics?.text()
    if (text?.ok !== true) return context.text('The list of appliances cannot be read.\n', 503)
    return context.body(text.value, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
  })
  app.get('/health', async (context) => {
    const refused = unlessShown(context, metrics)
    if (refused !== undefined) return refused
    const health = await metrics?.health()
    return context.json(health ?? null, health?.ok === true ? 200 : 503)
  })
  app.get('*', (context) => {
    const file = fileAt(files, context.req.path)
    return file === undefined
      ? context.text('There is no such file.\n', 404)
      : context.body(file.bytes, 200, about(file))
  })
  app.onError((_error, context) => context.text('This failed.\n', 500))
  return app
}

/** What this console measured is for whoever shows the token of the site's own monitoring. */
function unlessShown(context: Context, metrics: Metrics | undefined): Response | undefined {
  context.header('cache-control', 'no-store')
  if (metrics === undefined) return context.text('Not here.\n', 404)
  const [, shown] = /^Bearer ([!-~]{1,500})$/.exec(context.req.header('authorization') ?? '') ?? []
  if (shown !== undefined && metrics.isToken(shown)) return undefined
  return context.text('Not without the token.\n', 401, { 'www-authenticate': 'Bearer' })
}

function about(file: PageFile): Record<string, string> {
  const cache = file.lasting ? 'private, max-age=86400, immutable' : 'no-store'
  return { 'content-type': file.type, 'cache-control': cache }
}

/** The file at a path; a path that names no file is a place in the page, which finds its own way. */
export function fileAt(files: PageFiles, path: string): PageFile | undefined {
  const last = path.slice(path.lastIndexOf('/') + 1)
  return files.get(path) ?? (last.includes('.') ? undefined : files.get(pagePath))
}
