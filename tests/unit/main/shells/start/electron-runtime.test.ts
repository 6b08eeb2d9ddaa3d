// What counts as an installed runtime: whole, and of the version that the package has.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installedProgram, programIn, programPath } from '../../../../../main/shells/start/electron-runtime.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

function installed(changes: Record<string, string | undefined> = {}) {
  const packageFolder = temporaryFolder()
  mkdirSync(join(packageFolder, 'dist'))
  const whole = {
    'package.json': '{"version":"45.4.1"}',
    'path.txt': 'electron',
    'dist/version': '45.4.1',
    'dist/electron': '',
  }
  for (const [name, text] of Object.entries({ ...whole, ...changes })) {
    if (text !== undefined) writeFileSync(join(packageFolder, name), text)
  }
  return { packageFolder, platform: 'linux' } as const
}

describe('the Electron runtime', () => {
  it('is there when all of it is', () => {
    const place = installed()
    expect(installedProgram(place)).toBe(join(place.packageFolder, 'dist', 'electron'))
    const tagged = installed({ 'dist/version': 'v45.4.1\n' })
    expect(installedProgram(tagged)).toBe(join(tagged.packageFolder, 'dist', 'electron'))
  })

  it.each<[string, Record<string, string | undefined>]>([
    ['of another version', { 'dist/version': '33.2.1' }],
    ['without the name of its program, which is written last', { 'path.txt': undefined }],
    ['of another system', { 'path.txt': 'electron.exe' }],
    ['without its program', { 'dist/electron': undefined }],
    ['without its version', { 'dist/version': undefined }],
    ['of a package that is gone', { 'package.json': undefined }],
  ])('is not there %s', (_what, changes) => {
    expect(installedProgram(installed(changes))).toBeUndefined()
  })

  it('is looked for where the person said it is, under the name of the system', () => {
    const { packageFolder } = installed()
    expect(programIn(join(packageFolder, 'dist'), 'linux')).toBe(join(packageFolder, 'dist', 'electron'))
    expect(programIn(packageFolder, 'linux')).toBeUndefined()
    expect([programPath('win32'), programPath('darwin')]).toEqual([
      'electron.exe',
      'Electron.app/Contents/MacOS/Electron',
    ])
  })
})
