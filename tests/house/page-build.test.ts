// The page as it is built for every window: it must keep what the content security policy demands of it, and be
// found under both of its origins.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repositoryRoot } from '../support/repository-files.ts'

let place = ''
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'rackside-page-'))
  const script = new URL('../../scripts/build-page.mjs', import.meta.url).href
  const build = `const { buildPage } = await import(${JSON.stringify(script)}); await buildPage(...process.argv.slice(1))`
  const words = ['--input-type=module', '--eval', build, repositoryRoot, place]
  // As in the shell of a developer.
  const env = { ...process.env, NODE_ENV: 'development' }
  const ran = spawnSync(process.execPath, words, { encoding: 'utf8', env })
  if (ran.status !== 0) throw new Error(`the page does not build: ${ran.stderr}`)
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

const built = (path: string) => readFileSync(join(place, 'dist', 'renderer', path), 'utf8')

describe('the built page', () => {
  it('has no script of its own inside, only files beside it', () => {
    const page = built('index.html')
    const scripts = [...page.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
    expect(scripts.length).toBeGreaterThan(0)
    for (const [, attributes = '', inside] of scripts) {
      expect([/\ssrc="\/assets\/[\w.-]+\.js"/.test(attributes), inside]).toEqual([true, ''])
    }
    expect(page).not.toMatch(/<style|\son\w+=|javascript:|<base|http-equiv/i)
  })

  it('names nothing outside of its own origin, and everything it names is there', () => {
    const named = [...built('index.html').matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address = '']) => address)
    // The icon lies in the page itself.
    const [icons, files] = [named.filter(isPicture), named.filter((address) => !isPicture(address))]
    expect(icons).toHaveLength(1)
    expect(files.filter((address) => !address.startsWith('/assets/'))).toEqual([])
    expect(files.filter((address) => !existsSync(join(place, 'dist', 'renderer', address)))).toEqual([])
  })

  it('has the React of users in it, whatever NODE_ENV says', () => {
    const assets = readdirSync(join(place, 'dist', 'renderer', 'assets')).filter((name) => name.endsWith('.js'))
    const texts = assets.map((name) => built(join('assets', name)))
    expect(texts.some((text) => text.includes('https://react.dev/errors/'))).toBe(true)
    expect(texts.filter((text) => text.includes('React DevTools'))).toEqual([])
  })

  it('speaks the languages of people only: the one that is 40 % longer belongs to the gallery', () => {
    const assets = readdirSync(join(place, 'dist', 'renderer', 'assets')).filter((name) => name.endsWith('.js'))
    expect(assets.filter((name) => /[⟦⟧]|\\u27e6/i.test(built(join('assets', name))))).toEqual([])
  })

  it('makes no code from text: that is refused in a window', () => {
    const assets = readdirSync(join(place, 'dist', 'renderer', 'assets')).filter((name) => name.endsWith('.js'))
    // zod asks whether it may, and does without where it may not.
    const makers = assets.filter((name) =>
      /\beval\(|(?<!return )new Function\((?!""\))/.test(built(join('assets', name))),
    )
    expect(makers).toEqual([])
  })
})

function isPicture(address: string): boolean {
  return address.startsWith('data:image/svg+xml,')
}
