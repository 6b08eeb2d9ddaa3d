// The gates of the browser tests themselves, each with a page that it must catch: console errors, violated content
// policies, requests that leave the machine, findings of axe.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { browserNeeds, canOpenBrowser, installedBrowsers, openBrowser } from '../../../scripts/gallery/browser.ts'
import { accessibilityFindings } from '../../support/browser-accessibility.ts'
import { watchPage } from '../../support/browser-watch.ts'
import { needs } from '../../support/needs.ts'

const pages: Readonly<Record<string, string>> = {
  '/quiet': '<!doctype html><html lang="en"><title>a</title><main><h1>Ward</h1><button>Set up</button></main>',
  '/complains': '<!doctype html><script src="/complains.js"></script>',
  '/throws': '<!doctype html><script src="/throws.js"></script>',
  '/inline': '<!doctype html><script>document.title = "ran"</script>',
  '/outside': '<!doctype html><img src="http://elsewhere.example/x.png">',
  '/unreadable':
    '<!doctype html><html lang="en"><title>a</title><main><p style="color:#ccc;background:#fff">grey</p><button></button></main>',
}
const scripts: Readonly<Record<string, string>> = {
  '/complains.js': 'console.error("not like this")',
  '/throws.js': 'throw new Error("nobody caught this")',
}

describe('the browser of the tests', () => {
  let browser: Browser
  let server: Server
  let origin: string

  beforeAll(async () => {
    if (!canOpenBrowser) return
    browser = await openBrowser()
    server = createServer((request, answer) => {
      const path = request.url ?? ''
      answer.setHeader('content-security-policy', "default-src 'self'; style-src 'unsafe-inline'; img-src *")
      answer.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8')
      answer.end(pages[path] ?? scripts[path] ?? '')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach((context) => needs(context, canOpenBrowser, browserNeeds))
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  async function visit(path: string) {
    const page: Page = await browser.newPage()
    onTestFinished(() => page.close())
    const watch = watchPage(page, origin)
    await page.goto(`${origin}${path}`)
    return { page, watch }
  }

  it('has nothing to say about a page without a fault', async () => {
    const { page, watch } = await visit('/quiet')
    expect(watch.complaints()).toEqual([])
    expect(await accessibilityFindings(page)).toEqual([])
  })

  it.each([
    ['/complains', 'not like this'],
    ['/throws', 'nobody caught this'],
    ['/inline', 'Content Security Policy'],
    ['/outside', 'elsewhere.example'],
  ])('catches what %s does', async (path, complaint) => {
    const { watch } = await visit(path)
    expect(watch.complaints().join('\n')).toContain(complaint)
  })

  it('lets a test expect its own complaints, and only those', async () => {
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    const watch = watchPage(page, origin)
    watch.expectComplaint(/not like this/)
    await page.goto(`${origin}/complains`)
    expect(watch.complaints()).toEqual([])
    await page.goto(`${origin}/throws`)
    expect(watch.complaints()).toEqual(['exception: nobody caught this'])
  })

  it('reaches no other machine', async () => {
    const { page } = await visit('/quiet')
    await expect(page.goto('http://elsewhere.example/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED')
  })

  it('finds a colour that cannot be read and a button without a name', async () => {
    const { page } = await visit('/unreadable')
    const findings = await accessibilityFindings(page)
    expect(findings.join('\n')).toMatch(/serious color-contrast/)
    expect(findings.join('\n')).toMatch(/critical button-name/)
  })
})

describe('where no packaged browser runs', () => {
  const machine = { architecture: 'x64', glibc: true }

  it('looks for Chrome before Edge, at the places of each system', () => {
    const windows = installedBrowsers({
      ...machine,
      platform: 'win32',
      environment: { PROGRAMFILES: 'C:\\Program Files' },
    })
    expect(windows).toEqual([
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    ])
    const mac = installedBrowsers({ ...machine, platform: 'darwin', environment: {} })
    expect(mac[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    const linux = installedBrowsers({ ...machine, platform: 'linux', environment: { PATH: '/usr/bin:' } })
    expect(linux).toContain('/usr/bin/microsoft-edge')
    expect(linux).not.toContain('chromium')
  })
})
