// @vitest-environment node
// Every text of every answer that an appliance, a catalog or a person can fill, exchanged for one of 36 markups, in every
// state of every screen, in a real browser and without the policy that would hide it: none is carried out (P20).
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { inSample } from '../../scripts/config/sample.ts'
import { sceneNames } from '../support/browser-gallery.ts'
import { watchPage } from '../support/browser-watch.ts'
import { countingScript, findingsIn, madeIn } from '../support/hostile-gallery.ts'
import { markups } from '../support/markup.ts'
import { inGallery } from '../support/open-gallery.ts'
import { count } from '../support/sweep.ts'

describe('markup in the place of words', { timeout: 300_000 }, () => {
  const { gallery, browser } = inGallery()

  async function open(): Promise<Page> {
    const page = await browser().newPage({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      locale: 'en-US',
    })
    onTestFinished(() => page.close())
    await page.addInitScript(countingScript)
    return page
  }

  it('is text on every screen: nothing is carried out, nothing is fetched, nothing leads away', async () => {
    const page = await open()
    const watch = watchPage(page, new URL(gallery().url).origin)
    const dialogs: string[] = []
    page.on('dialog', (dialog) => void dialogs.push(dialog.message()))
    await page.goto(`${gallery().url}?lang=en&theme=light`)
    const scenes = (await sceneNames(page)).filter((_, place) => inSample(place, 9))
    const { carriedOut, made, exchanged, shown } = await findingsIn(page, scenes)
    expect([carriedOut, made, dialogs]).toEqual([[], [], []])
    expect(watch.complaints().filter((one) => !one.startsWith('console:'))).toEqual([])
    count('texts exchanged for markup', exchanged)
    expect(exchanged).toBeGreaterThan(5 * scenes.length)
    expect(shown).toBeGreaterThan(scenes.length / 2)
  })

  it('would be carried out by a page that takes it for markup: most of it by itself', async () => {
    const page = await open()
    await page.goto(`${gallery().url}?lang=en&theme=light`)
    const plant = (text: string) =>
      page.evaluate(`new Promise((resolve) => {
        const place = document.createElement('div')
        document.body.append(place)
        place.append(document.createRange().createContextualFragment(${JSON.stringify(text)}))
        setTimeout(resolve, 20)
      })`)
    for (const text of markups) if (!/refresh|@import|<base|stylesheet/.test(text)) await plant(text)
    const carriedOut = new Set(await page.evaluate<number[]>('carriedOut'))
    expect(carriedOut.size).toBeGreaterThan(10)
    // What waits for a press or a frame is found by how it looks.
    expect((await madeIn(page)).length).toBeGreaterThan(15)
  })
})
