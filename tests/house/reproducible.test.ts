// Two builds of the same sources are the same bytes, wherever they were built: so anybody can say whether a package was
// made of what it says.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeAppFolder } from '../../scripts/package/app-folder.ts'
import { filesUnder } from '../support/files-under.ts'
import { repositoryRoot } from '../support/repository-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const source = { commit: 'c'.repeat(40), committedAt: '2026-11-28T00:00:00.000Z', changed: false }

it('builds the same bytes twice, and no name of a folder of this computer', () => {
  const [one, other] = [join(temporaryFolder(), 'one'), join(temporaryFolder(), 'a longer name')]
  for (const folder of [one, other]) makeAppFolder(repositoryRoot, folder, source)
  const digests = (folder: string) =>
    filesUnder(folder)
      .sort()
      .map(
        (path) =>
          `${createHash('sha256')
            .update(readFileSync(join(folder, path)))
            .digest('hex')}  ${path}`,
      )
  expect(digests(one).length).toBeGreaterThan(200)
  expect(digests(other)).toEqual(digests(one))
  const telling = filesUnder(one).filter((path) => readFileSync(join(one, path)).includes(repositoryRoot))
  expect(telling).toEqual([])
})
