// Which browser is opened, and that nobody waits for it.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { browserCommand, openBrowser } from '../../../../../main/shells/web/browser.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

function program(name: string, script: string): { folder: string; file: string } {
  const folder = temporaryFolder()
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  return { folder, file }
}

const address = 'http://127.0.0.1:8080/#code=a'

describe('the browser', () => {
  it('is xdg-open on a Linux with a display, where there is one', () => {
    const { folder, file } = program('xdg-open', '')
    const on = (environment: NodeJS.ProcessEnv) => browserCommand({ platform: 'linux', environment })
    expect(on({ DISPLAY: ':0', PATH: `/nowhere:${folder}` })).toEqual([file])
    expect(on({ WAYLAND_DISPLAY: 'wayland-0', PATH: folder })).toEqual([file])
    // Without a display it would be a text browser in the terminal.
    expect(on({ PATH: folder })).toBeUndefined()
    expect(on({ DISPLAY: ':0', PATH: '/nowhere:.:relative' })).toBeUndefined()
  })

  it('is what the system has elsewhere', () => {
    expect(browserCommand({ platform: 'darwin', environment: {} })).toEqual(['open'])
    expect(browserCommand({ platform: 'win32', environment: {} })).toEqual(['rundll32', 'url.dll,FileProtocolHandler'])
  })

  it('gets the address as its last word', async () => {
    const { folder, file } = program('xdg-open', 'printf %s "$*" >"$0.words.new"; mv "$0.words.new" "$0.words"')
    openBrowser([file, '--new'], address, () => undefined)
    const words = join(folder, 'xdg-open.words')
    await vi.waitFor(() => expect(existsSync(words)).toBe(true), 5000)
    expect(readFileSync(words, 'utf8')).toBe(`--new ${address}`)
  })

  it('that says it failed is told, one that ends well is not', async () => {
    const good = program('xdg-open', ': >"$0.ran"')
    const bad = program('xdg-open', 'exit 3')
    const told: string[] = []
    openBrowser([good.file], address, () => void told.push('good'))
    await vi.waitFor(() => expect(existsSync(`${good.file}.ran`)).toBe(true), 5000)
    openBrowser([bad.file], address, () => void told.push('bad'))
    await vi.waitFor(() => expect(told).toEqual(['bad']), 5000)
  })

  it('that cannot be started is told', async () => {
    const failed = new Promise<string>((resolve) => openBrowser(['/nowhere/browser'], address, () => resolve('told')))
    expect(await failed).toBe('told')
  })
})
