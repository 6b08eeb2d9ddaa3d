// What of the page can be held to account without a browser: no inline code, both languages whole, the
// mark word for word, hostile text cleaned, and the stream reader against the app itself.
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import {
  appFolder,
  chunk,
  closeAll,
  type DraftEvent,
  importApp,
  startApp,
  startModel,
  streamHead,
} from './app-under-test.ts'

afterEach(closeAll)

const read = (file: string): string => readFileSync(new URL(file, appFolder), 'utf8')
const html = read('page.html')
const script = read('page.js')

describe('the page', () => {
  it('has no inline script or style and loads nothing from elsewhere', () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|https?:|javascript:/i)
    expect(html.match(/<script[^>]*>[^<]*<\/script>/g)).toEqual(['<script type="module" src="page.js"></script>'])
    expect(read('page.css')).not.toMatch(/url\(|@import/)
  })

  it('has every element the script reaches for, and puts nothing in as markup', () => {
    const reached = [...script.matchAll(/element\('([^']+)'\)/g)].map((match) => match[1])
    expect(reached.length).toBeGreaterThan(8)
    for (const id of reached) expect(html).toContain(`id="${id}"`)
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|localStorage|sessionStorage|\.style\b/)
  })

  it('says the same in both languages, the mark word for word', async () => {
    const { pageTexts } = await importApp('page-text.js')
    expect(pageTexts.en.mark).toBe('Draft: for a clinician to check. Not for diagnosis.')
    expect(pageTexts['zh-CN'].mark).toBe('草稿：须由临床医生核对，不可用于诊断')
    for (const part of ['.', 'status', 'errors']) {
      const keys = (texts: Record<string, object>) => Object.keys(part === '.' ? texts : (texts[part] ?? {}))
      expect(keys(pageTexts['zh-CN'])).toEqual(keys(pageTexts.en))
    }
    for (const match of html.matchAll(/data-(?:text|label)="([^"]+)"/g)) {
      expect(pageTexts.en[match[1] ?? ''], match[1]).toBeTypeOf('string')
    }
    // Before the script runs, or without it, the mark stands there in both languages.
    expect(html).toContain(pageTexts.en.mark)
    expect(html).toContain(pageTexts['zh-CN'].mark)
  })

  it('words every code and picks the language of the browser', async () => {
    const { chooseLanguage, errorMessage } = await importApp('page-text.js')
    expect(errorMessage('en', 'shutting_down')).toBe(errorMessage('en', 'connection_lost'))
    expect(errorMessage('en', 'model_error')).toContain('model_error')
    expect(errorMessage('zh-CN', 'other')).toContain('other')
    expect(errorMessage('en', 'constructor')).toContain('constructor')
    expect([['zh-TW', 'en'], ['fr', 'zh'], []].map(chooseLanguage)).toEqual(['zh-CN', 'en', 'en'])
  })

  it('strips control characters and direction marks, and nothing else', async () => {
    const { cleanText } = await importApp('clean-text.js')
    expect(cleanText('a\u0000\u001b[31mb\r\n\tc\u007f\u0085d')).toBe('a[31mb\n\tcd')
    expect(cleanText('5 mg\u202e gm 05\u2066\u2069\u200e\u200f\u061c\u206a')).toBe('5 mg gm 05')
    const kept = '体温38.4 ℃ — ≥95 % 😀 <b>é</b>\u200d'
    expect(cleanText(kept)).toBe(kept)
  })
})

describe('the stream reader', () => {
  const collect = async (address: string, body: { visit: string; language: string }): Promise<DraftEvent[]> => {
    const { requestDraft } = await importApp('draft-stream.js')
    const signal = new AbortController().signal
    const events: DraftEvent[] = []
    for await (const event of requestDraft({ ...body, signal, address })) events.push(event)
    return events
  }
  const visit = { visit: 'Cough', language: 'en' }

  it('reads a draft, a refusal and a lost connection', async () => {
    const model = await startModel((_request, response) => {
      streamHead(response)
      response.end(`${chunk('line 1\nline 2')}${chunk('', 'stop')}data: [DONE]\n\n`)
    })
    const app = await startApp(model)
    const address = `${app.address}/api/draft`
    expect(await collect(address, visit)).toEqual([{ text: 'line 1\nline 2' }, { done: true, finishReason: 'stop' }])
    expect(await collect(address, { ...visit, visit: '' })).toEqual([{ error: 'visit_empty' }])
    await app.shutDown()
    expect(await collect(address, visit)).toEqual([{ error: 'connection_lost' }])
  })

  it('throws when the reader stops it', async () => {
    const { requestDraft } = await importApp('draft-stream.js')
    const model = await startModel((_request, response) => {
      streamHead(response)
      response.write(chunk('part'))
    })
    const app = await startApp(model)
    const controller = new AbortController()
    const events = requestDraft({ ...visit, signal: controller.signal, address: `${app.address}/api/draft` })
    expect((await events.next()).value).toEqual({ text: 'part' })
    controller.abort()
    await expect(events.next()).rejects.toThrow()
  })
})
