// The gallery and a browser for a file of tests, opened before its first and closed behind its last one.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { browserNeeds, canOpenBrowser, openBrowser } from '../../scripts/gallery/browser.ts'
import { type GalleryPage, openGalleryPage } from '../../scripts/gallery/gallery-page.ts'
import { needs } from './needs.ts'
import { repositoryRoot } from './repository-files.ts'

export type OpenGallery = { readonly gallery: () => GalleryPage; readonly browser: () => Browser }

/** Call it at the top of a file, or of a `describe`. */
export function inGallery(): OpenGallery {
  let gallery: GalleryPage
  let browser: Browser
  beforeAll(async () => {
    if (!canOpenBrowser) return
    ;[gallery, browser] = await Promise.all([openGalleryPage(repositoryRoot), openBrowser()])
  })
  beforeEach((context) => needs(context, canOpenBrowser, browserNeeds))
  afterAll(async () => {
    await browser?.close()
    gallery?.close()
  })
  return { gallery: () => gallery, browser: () => browser }
}
