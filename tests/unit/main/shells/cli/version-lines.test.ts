// What `rackside rollback APPLIANCE` prints where no version is named: a list that explains itself.
import { expect, it } from 'vitest'
import { versionLines } from '../../../../../main/shells/cli/upkeep-verbs.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'

const now = { deployment: 'ward-model', entry: 'vllm', version: '2.0', specDigest: 'a'.repeat(64), inService: true }
const kept = { ...now, keptAt: '2026-11-22T08:00:00Z' }
const earlier = { ...kept, version: '1.9', inService: false }

it.each(['en', 'zh-CN'] as const)(
  'says in %s what the star means, and where there is nothing to go back to',
  (language) => {
    const words = wordsOf(language)
    const [alone, ...lines] = versionLines([kept], { words })
    expect(alone).toBe(words.upkeep.noEarlier)
    expect(alone).toMatch(/[(（]\*[)）]/)
    expect(lines).toEqual([expect.stringMatching(/^ {2}\* ward-model 2\.0 a{12}/)])
    const [head, ...both] = versionLines([kept, earlier], { words })
    expect(head).toBe(words.upkeep.keptVersions)
    expect(both[1]).toMatch(/^ {4}ward-model 1\.9/)
    expect(versionLines([], { words })).toEqual([words.upkeep.noVersions])
  },
)

it('marks a kept version that its publisher has taken back', () => {
  const words = wordsOf('en')
  const lines = versionLines([kept, { ...earlier, takenBack: true }], { words })
  expect(lines.filter((line) => line.includes('taken back'))).toEqual([lines[2]])
})
