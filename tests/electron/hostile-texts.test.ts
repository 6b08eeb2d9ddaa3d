// The screens of the product in a real Electron window, under its own scheme, policy and walls, told markup in the place of
// words: none is carried out (P20). In a browser without a policy: tests/ui/hostile-texts.test.ts.
import { once } from 'node:events'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { inSample } from '../../scripts/config/sample.ts'
import { buildGallery } from '../../scripts/gallery/gallery-page.ts'
import { sceneNames } from '../support/browser-gallery.ts'
import type { Display } from '../support/display.ts'
import {
  buildPretendDesktop,
  displayForTests,
  endElectron,
  needsElectron,
  profileHome,
  startElectron,
} from '../support/electron.ts'
import { countingScript, findingsIn } from '../support/hostile-gallery.ts'
import { repositoryRoot } from '../support/repository-files.ts'
import { count } from '../support/sweep.ts'

let appFolder: string
let display: Display | undefined

beforeAll(async () => {
  appFolder = mkdtempSync(join(tmpdir(), 'rackside-electron-'))
  display = await displayForTests()
  await buildPretendDesktop(appFolder)
  const page = join(appFolder, 'page')
  await buildGallery(repositoryRoot, page)
  renameSync(join(page, 'gallery.html'), join(page, 'index.html'))
}, 120_000)
afterAll(async () => {
  await display?.close()
  rmSync(appFolder, { recursive: true, force: true })
})
beforeEach((context) => needsElectron(context, display))

it('shows markup as text on every screen, under the walls of a window', { timeout: 600_000 }, async () => {
  if (display === undefined) throw new Error('no display')
  const home = profileHome()
  const environment = { HOME: home, PRETEND_PROFILE: join(home, 'profile') }
  const electron = await startElectron({ appFolder, display, environment })
  const child = electron.process()
  const ended = once(child, 'exit')
  onTestFinished(() => endElectron(child, ended))
  const page = await electron.firstWindow()
  const violations: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text())
  })
  await page.evaluate(countingScript)
  await page.locator('[data-scenes]').waitFor()
  const scenes = (await sceneNames(page)).filter((_, place) => inSample(place, 13))
  const { carriedOut, made, exchanged, shown } = await findingsIn(page, scenes)
  expect([carriedOut, made, violations]).toEqual([[], [], []])
  count('texts exchanged for markup in a window', exchanged)
  expect(exchanged).toBeGreaterThan(5 * scenes.length)
  expect(shown).toBeGreaterThan(scenes.length / 2)
  expect(electron.windows()).toHaveLength(1)
})
