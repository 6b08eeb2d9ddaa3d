// A recording of this very machine by the command line, and what is read from it when the machine is gone.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCli } from '../../support/run-cli.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const cli = (...words: string[]) => runCli(words, { home: temporaryFolder() })

it('a recording is files that nobody else may read, without the name of the machine, and reads like the machine', async () => {
  const folder = join(temporaryFolder(), 'made', 'for-support')
  const [recorded, live] = await Promise.all([
    cli('record', 'local', '--out', folder),
    cli('detect', 'local', '--json'),
  ])
  expect(recorded.code).toBe(0)
  expect(recorded.stdout + recorded.stderr).toContain(folder)
  const files = readdirSync(folder)
  expect(files.filter((file) => file.endsWith('.stdout')).length).toBeGreaterThan(5)
  for (const file of files) expect(statSync(join(folder, file)).mode & 0o077).toBe(0)
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  expect(text).not.toMatch(new RegExp(`(?<!\\w)${hostname()}(?!\\w)`))

  const replayed = await cli('detect', '--replay', folder, '--json')
  expect(replayed.code).toBe(0)
  const [there, then] = [live.json(), replayed.json()]
  for (const part of ['os', 'kernel', 'architecture', 'cpu', 'accelerators', 'engine'])
    expect([part, then[part]]).toEqual([part, there[part]])
  expect(then['hostname']).toEqual({ state: 'known', value: 'redacted' })
})
