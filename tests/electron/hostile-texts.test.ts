// The screens of the product in a real Electron window, under its own scheme, policy and walls, told markup in the place of
// words: none is carried out (P20). In a browser without a policy: tests/ui/hostile-texts.test.ts.
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { inSample } from '../../scripts/config/sample.ts'
import { buildGallery } from '../../scripts/gallery/gallery-page.ts'
import { sceneNames } from '../support/browser-gallery.ts'
import { countingScript, findingsIn } from '../support/hostile-gallery.ts'
import { pretendDesktops } from '../support/pretend-desktop.ts'
import { repositoryRoot } from '../support/repository-files.ts'
import { count } from '../support/sweep.ts'

const desktops = pretendDesktops()

beforeAll(async () => {
  const page = join(desktops.appFolder(), 'page')
  await buildGallery(repositoryRoot, page)
  renameSync(join(page, 'gallery.html'), join(page, 'index.html'))
}, 120_000)

it('shows markup as text on every screen, under the walls of a window', { timeout: 600_000 }, async () => {
  const { electron, page } = await desktops.openWindow()
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
