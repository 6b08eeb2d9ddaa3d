// Which files of a build a page is made of.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPageFiles } from '../../../../../main/core/page/page-files.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

function page(): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets', 'a-1.js'), 'go()')
  writeFileSync(join(folder, 'assets', 'a-1.js.77.new'), 'half')
  return folder
}

const builtPage = () => readPageFiles(page()) ?? new Map()

describe('the files of the page', () => {
  it('are those of known kinds, with the type of each', () => {
    const files = builtPage()
    expect([...files].map(([path, { type, lasting }]) => [path, type.split(';')[0], lasting]).sort()).toEqual([
      ['/assets/a-1.js', 'text/javascript', true],
      ['/index.html', 'text/html', false],
    ])
  })

  it('are no links: nothing outside of the build is read', () => {
    const folder = page()
    symlinkSync('/etc/passwd', join(folder, 'passwd.json'))
    expect(readPageFiles(folder)?.has('/passwd.json')).toBe(false)
  })

  it('are none where nothing was built', () => {
    expect(readPageFiles(temporaryFolder())).toBeUndefined()
    expect(readPageFiles('/not-there')).toBeUndefined()
  })
})
