// What a page may reach, where it may go, and who gets a link.
import { describe, expect, it } from 'vitest'
import { mayConnect, mayOpen, mayRequest, mayUse } from '../../../../../main/shells/electron/page-rules.ts'

const foreign = [
  'http://127.0.0.1:8080/',
  'https://app/',
  'ws://127.0.0.1/',
  'file:///etc/passwd',
  'data:text/html,a',
  'about:blank',
  'blob:rackside://app/1',
  'rackside://apple/',
  'rackside://app.evil/',
  'rackside://user@app/',
  'rackside://:secret@app/',
  'rackside://app:80/',
  'rackside:app/',
  'racksides://app/',
  'javascript:alert(1)',
  'devtools://devtools/bundled/a.html',
  '',
  'not an address',
]

describe('the rules of a page', () => {
  it.each(['rackside://app/', 'rackside://app/assets/a.js', 'rackside://app/?a=b#c'])('lets it load %s', (url) => {
    expect(mayRequest(url)).toBe(true)
  })

  it.each(foreign)('refuses %j as something to load, a place to go and a page to link', (url) => {
    expect([mayRequest(url), mayOpen(url), mayConnect({ mainFrame: true, url })]).toEqual([false, false, false])
  })

  it.each(['rackside://app/', 'rackside://app/#/appliances', 'rackside://app/?a'])('lets it be loaded as %s', (url) => {
    expect(mayOpen(url)).toBe(true)
  })

  it('keeps the window from showing a file of its own that is not the page', () => {
    expect(mayOpen('rackside://app/assets/a.js')).toBe(false)
  })

  it('links the main frame with the page, and no frame inside it', () => {
    expect(mayConnect({ mainFrame: true, url: 'rackside://app/#/runs' })).toBe(true)
    expect(mayConnect({ mainFrame: false, url: 'rackside://app/' })).toBe(false)
  })

  it('grants writing plain text to the clipboard and nothing else', () => {
    expect(mayUse('clipboard-sanitized-write')).toBe(true)
    const others = ['clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal', 'fullscreen', 'hid', '']
    expect(others.filter(mayUse)).toEqual([])
  })
})
