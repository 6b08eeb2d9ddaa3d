// What somebody may have laid where a file is expected: read when it is a plain one, told what it is otherwise, and
// never waited for.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readKeyFile } from '../../../../main/core/access/key-file.ts'
import { plainSize, readPlainText, withPlainFile } from '../../../../main/files/plain-file.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const text = (descriptor: number) => readFileSync(descriptor, 'utf8')

describe.skipIf(process.platform === 'win32')('a plain file', () => {
  it('is read, also behind a link where links will do', () => {
    const folder = temporaryFolder()
    const [file, link] = [join(folder, 'file'), join(folder, 'link')]
    writeFileSync(file, 'text')
    symlinkSync(file, link)
    expect(withPlainFile(file, { follow: false }, text)).toEqual({ read: 'text' })
    expect(withPlainFile(link, { follow: true }, text)).toEqual({ read: 'text' })
    expect(withPlainFile(link, { follow: false }, text)).toMatchObject({ problem: 'not-a-file' })
  })

  it('is not read beyond what it may have', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, 'text')
    expect(readPlainText(file, { follow: false, mostBytes: 4 })).toEqual({ read: 'text' })
    expect(readPlainText(file, { follow: false, mostBytes: 3 })).toMatchObject({ problem: 'too-large' })
    expect([plainSize(file), plainSize(`${file}s`)]).toMatchObject([{ read: 4 }, { problem: 'missing' }])
  })

  it('is none of what else may stand there, and nothing holds it up', () => {
    const folder = temporaryFolder()
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', ['-m', '600', pipe])
    mkdirSync(join(folder, 'folder'))
    for (const name of ['pipe', 'folder'])
      expect(withPlainFile(join(folder, name), { follow: true }, text)).toMatchObject({ problem: 'not-a-file' })
    expect(withPlainFile(join(folder, 'nothing'), { follow: true }, text)).toMatchObject({ problem: 'missing' })
    expect(readKeyFile(pipe)).toMatchObject({ failure: { kind: 'secret-file-unusable', problem: 'not-a-file' } })
  })
})
