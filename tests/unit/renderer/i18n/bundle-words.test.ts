// What a bundle is, where a person has none yet: a folder or a file. Whoever was handed a file looks for no folder.
import { expect, it } from 'vitest'
import { catalog as catalogEn } from '../../../../renderer/i18n/en/catalog.ts'
import { setup as setupEn } from '../../../../renderer/i18n/en/setup.ts'
import { catalog as catalogZh } from '../../../../renderer/i18n/zh-cn/catalog.ts'
import { setup as setupZh } from '../../../../renderer/i18n/zh-cn/setup.ts'
import { failureText } from '../../../../shared/words/language.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'

it('says that a bundle may be a file', () => {
  const lost = { kind: 'bundle-unknown', bundleId: 'bundle-0' } as const
  const said = [catalogEn.lead, catalogZh.lead, setupEn.proposal.emptyText, setupZh.proposal.emptyText]
  for (const one of said) expect(one).toContain('.rsb')
  expect(failureText(lost, wordsOf('en')).next).toContain('file')
  expect(failureText(lost, wordsOf('zh-CN')).next).toContain('文件')
})
