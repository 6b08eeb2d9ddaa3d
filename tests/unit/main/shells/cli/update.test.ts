// `update check` and `take` as a command line, and what a program without a release key answers to any of them.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runUpdate } from '../../../../../main/console-host/run-update.ts'
import { writeUpdate } from '../../../../../main/core/update/write-update.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { newSigningKey } from '../../../../../main/trust/sign.ts'
import { installWords } from '../../../../../shared/domain/update-file.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

it('is read with its file, and not without', () => {
  expect(readCommandLine(['update', 'take', 'a.json'])).toMatchObject({
    ok: true,
    value: { verb: 'update', act: 'take', file: 'a.json' },
  })
  expect(readCommandLine(['update', 'check'])).toMatchObject({ ok: false, failure: { problem: 'no-file-named' } })
  expect(readCommandLine(['update', 'check', 'a.json', 'b.json']).ok).toBe(false)
})

it('says nothing good about a file that was signed by somebody else', async () => {
  const name = join(temporaryFolder(), 'rackside-99.0.0-linux-amd64.deb')
  writeFileSync(name, 'a package')
  const key = newSigningKey().export({ format: 'pem', type: 'pkcs8' }).toString()
  const dates = { publishedAt: '2026-11-01T00:00:00Z', expires: '2999-11-01T00:00:00Z' }
  const { file } = writeUpdate({ version: '99.0.0', packages: [name], key, ...dates })
  const said: unknown[] = []
  const terminal = { say: (line: string) => void said.push(line), result: (value: unknown) => void said.push(value) }
  for (const act of ['check', 'take'] as const) {
    const answer = await runUpdate({ terminal, words: wordsOf('en') }, { act, file })
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'update-unusable' } })
  }
  expect(said).toEqual([])
})

it.each([
  ['deb', ['sudo', 'apt', 'install', '/a/b.deb']],
  ['rpm', ['sudo', 'dnf', 'install', '/a/b.deb']],
  ['dmg', ['open', '/a/b.deb']],
  ['AppImage', ['/a/b.deb']],
  ['nsis', ['/a/b.deb']],
] as const)('is installed as %s by what the system has for it', (kind, words) => {
  expect(installWords(kind, '/a/b.deb')).toEqual(words)
})
