// What a bundle is made from over HTTP is what lies there now: no copy of before stands in for it, whoever changed it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Source } from '../../../main/catalog/build/sources.ts'
import { obtain } from '../../../main/core/bundles/obtain.ts'
import { writeTinySafetensors } from '../../../scripts/lab/model-folder/tiny-safetensors.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const sum = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

/** Serves these files, which a test may change; `asked` has every path that was asked for. */
async function hub(files: Map<string, Buffer>) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    asked.push(path)
    const bytes = files.get(path)
    if (bytes === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked }
}

function obtaining(kind: 'file' | 'weights') {
  const [cache, folder] = [temporaryFolder(), temporaryFolder()]
  return {
    cache,
    async from(source: Source) {
      const got = await obtain({ id: 'tool', kind, source, folder, cache })
      if (!got.ok) throw new Error(JSON.stringify(got.failure))
      return got.value
    },
  }
}

it('a file that nobody named by its sha256 is asked for each time', async () => {
  const files = new Map([['tool', Buffer.from('release 1')]])
  const { base } = await hub(files)
  const { from } = obtaining('file')
  const source: Source = { from: 'http', url: `${base}tool` }
  expect((await from(source))[0]?.artifact.sha256).toBe(sum('release 1'))
  files.set('tool', Buffer.from('release 2, longer'))
  expect((await from(source))[0]?.artifact.sha256).toBe(sum('release 2, longer'))
})

it('a file that is named by its sha256 is fetched once, and again where the copy was changed', async () => {
  const { base, asked } = await hub(new Map([['tool', Buffer.from('release 1')]]))
  const { cache, from } = obtaining('file')
  const source: Source = { from: 'http', url: `${base}tool`, sha256: sum('release 1') }
  await from(source)
  await from(source)
  expect(asked).toEqual(['tool'])
  for (const name of readdirSync(cache)) writeFileSync(join(cache, name), 'poisoned!')
  expect((await from(source))[0]?.artifact.sha256).toBe(sum('release 1'))
  expect(asked).toEqual(['tool', 'tool'])
})

it('a folder of weights has the files of its list, and none of an older one', async () => {
  const model = temporaryFolder()
  await writeTinySafetensors(model, 1, 1)
  const names = readdirSync(model, { recursive: true, encoding: 'utf8' }).filter((name) => {
    return statSync(join(model, name)).isFile() && !/(^|\/)\./.test(name)
  })
  const bytes = new Map(names.map((name) => [name, readFileSync(join(model, name))]))
  const { base } = await hub(new Map([...bytes, ['extra.txt', Buffer.from('of an older list')]]))
  const { from } = obtaining('weights')
  const listed = (more: string[]) => Object.fromEntries([...names, ...more].map((name) => [name, null]))
  const older = await from({ from: 'http-folder', base, files: listed(['extra.txt']) })
  const now = await from({ from: 'http-folder', base, files: listed([]) })
  const all = (made: typeof now) => made.map(({ artifact }) => artifact.sha256)
  expect(all(older)).toContain(sum('of an older list'))
  expect(all(now)).not.toContain(sum('of an older list'))
  for (const content of bytes.values()) expect(all(now)).toContain(sum(content))
  const wrong = Object.fromEntries(names.map((name) => [name, '0'.repeat(64)]))
  await expect(from({ from: 'http-folder', base, files: wrong })).rejects.toThrow(/sha256 is not the one/)
})
