// The browser of the tests comes from npm packages alone. Proven in a Debian without NSS, fonts and network.
// A minute of packages from the machine's Debian mirror, so it is no part of .ci/run:
//   npm run test:run -- --project browser-alone
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runsPackagedBrowser, thisMachine } from '../../scripts/gallery/browser.ts'
import { makeMinimalRoot, runInMinimalRoot } from '../support/minimal-root.ts'
import { needs } from '../support/needs.ts'

const canBuild = runsPackagedBrowser(thisMachine) && process.getuid?.() === 0

/** Serves a page on its own loopback, opens it, and starts the same program once more without our libraries. */
const program = `
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { openBrowser } from './scripts/gallery/browser.ts'
import { unpackedChromium } from './scripts/gallery/browser-package.ts'

const server = createServer((_, answer) => {
  answer.setHeader('content-type', 'text/html; charset=utf-8')
  answer.end('<title>before</title><h1>x</h1><script>document.title = "ward " + (6 * 7)</script>')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const browser = await openBrowser()
const page = await browser.newPage()
await page.goto('http://127.0.0.1:' + server.address().port + '/')
const title = await page.title()
const picture = (await page.screenshot()).length
const version = browser.version()
await browser.close()
server.close()
const { executable } = await unpackedChromium()
const bare = spawnSync(executable, ['--version'], { encoding: 'utf8' })
console.log(JSON.stringify({ title, picture, version, bareCode: bare.status, bareSays: bare.stderr }))
`

describe('the browser of the tests', () => {
  let root: string

  beforeAll(async () => {
    if (!canBuild) return
    root = mkdtempSync(join(tmpdir(), 'rackside-minimal-'))
    await makeMinimalRoot(root)
  })
  beforeEach((context) => needs(context, canBuild, 'it needs Linux x64, root and debootstrap'))
  afterAll(() => {
    if (root !== undefined) rmSync(root, { recursive: true })
  })

  it('starts where none of its libraries is installed, and only by those of its package', async () => {
    const libraries = execFileSync('find', [root, '-name', 'libnss3*', '-o', '-name', 'libnspr4*'], {
      encoding: 'utf8',
    })
    expect(libraries).toBe('')
    const [line = ''] = (await runInMinimalRoot(root, program)).slice(-1)
    const said = JSON.parse(line) as Record<string, unknown>
    expect(said).toMatchObject({ title: 'ward 42', version: expect.stringMatching(/^147\./) })
    expect(said['picture']).toBeGreaterThan(1000)
    expect(said['bareCode']).toBe(127)
    expect(said['bareSays']).toMatch(/lib(nss3|nspr4|expat)/)
  })
})
