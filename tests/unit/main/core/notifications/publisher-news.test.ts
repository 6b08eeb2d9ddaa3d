// What a bundle tells of its publisher: a later version and what was taken back, each once, and nothing of whoever was
// trusted this moment.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../../../../main/core/context.ts'
import { openTrusted } from '../../../../../main/core/desk/trusted-bundle.ts'
import { pinnedBy } from '../../../../support/bundle-attacks.ts'
import { must } from '../../../../support/demo-core.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { newPublisher, signAs, signedBundle } from '../../../../support/signed-bundle.ts'

const taken = {
  ...{ entry: 'note-helper', versions: ['1.0.0'], since: '2026-11-20' },
  reason: { en: 'It loses notes.', 'zh-CN': '会丢失记录。' },
}

/** Its artifacts are not there: what its documents teach is known before that is said. */
function look(core: Core, folder: string): void {
  const opened = openTrusted(core, folder)
  if (!opened.ok && opened.failure.kind !== 'bundle-unusable') throw new Error(JSON.stringify(opened.failure))
}

describe('news of publishers', () => {
  it('are a later version of a known line and what it takes back, each once', () => {
    const { core } = pretendCore()
    const by = newPublisher()
    const first = signedBundle(by)
    must(core.state.trust.write(pinnedBy(first)))
    const later = signedBundle(by, { version: 3 })
    writeFileSync(join(later, 'blocked.json'), JSON.stringify({ format: 1, blocked: [taken] }))
    signAs(by, later, { version: 3 })
    look(core, first)
    expect(core.state.news.all()).toEqual([])
    look(core, later)
    look(core, later)
    const atMs = Date.parse(core.tools.now())
    const publisher = { id: 'lab', name: expect.any(String) }
    expect(core.state.news.all()).toEqual([
      { news: 'new-version', atMs, publisher, line: 'ward', version: 3 },
      { news: 'taken-back', atMs, publisher, blocked: taken },
    ])
  })

  it('are not the first version of another line', () => {
    const { core } = pretendCore()
    const by = newPublisher()
    must(core.state.trust.write(pinnedBy(signedBundle(by))))
    look(core, signedBundle(by, { name: 'imaging', version: 7 }))
    expect(core.state.news.all()).toEqual([])
  })
})
