import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { longest, placeOf } from '../../../../scripts/config/longest-first.ts'
import { repositoryRoot } from '../../../support/repository-files.ts'

it('begins with the files that take minutes, and leaves the others behind them as they are', () => {
  const files = ['lab/trust', 'lab/acceptance', 'e2e/mid-run', 'e2e/journey-web'].map(
    (one) => `/x/tests/${one}.test.ts`,
  )
  const sorted = files.toSorted((a, b) => placeOf(a) - placeOf(b))
  expect(sorted).toEqual([files[3], files[1], files[0], files[2]])
})

it('names files that exist', () => {
  expect(longest.filter((one) => !existsSync(join(repositoryRoot, 'tests', `${one}.test.ts`)))).toEqual([])
})
