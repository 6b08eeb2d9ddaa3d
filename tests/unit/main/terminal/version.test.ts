import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { builtVersionIn, versionIn } from '../../../../main/terminal/version.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const source = { commit: '0123456789abcdef0123456789abcdef01234567', committedAt: '2026-11-28T23:37:24.000Z' }

function manifest(content: unknown): string {
  const file = join(temporaryFolder(), 'package.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

it.each([
  ['a checkout', { version: '1.2.3' }, '1.2.3'],
  ['a package', { version: '1.2.3', source: { ...source, changed: false } }, '1.2.3 (0123456789ab of 2026-11-28)'],
  [
    'a package of changed sources',
    { version: '1.2.3', source: { ...source, changed: true } },
    '1.2.3 (0123456789ab with changes of 2026-11-28)',
  ],
])('tells of %s which sources it was built of', (_name, content, told) => {
  const file = manifest(content)
  expect(builtVersionIn(file)).toBe(told)
  // What is compared with other versions is the number alone.
  expect(versionIn(file)).toBe('1.2.3')
})
