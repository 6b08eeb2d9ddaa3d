// axe-core inside the page under test. It is evaluated by the debugger, so the page's content policy stays as it is.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { repositoryRoot } from './repository-files.ts'

const source = readFileSync(join(repositoryRoot, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')

/** The part of axe's report that is read here. */
interface Report {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string | null
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
  }[]
}

/** One line for each serious or critical finding on what the page shows now. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  // A page that brings it along keeps it compiled from one scene to the next.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(source)
  // A colour on its way to another one is judged where it arrives. What turns for ever has no end to be at.
  await page.evaluate(`for (const one of document.getAnimations()) {
    if (one.effect?.getComputedTiming().endTime < Infinity) one.finish()
  }`)
  const report = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'], preload: false })`,
  )) as Report
  return report.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    )
}
