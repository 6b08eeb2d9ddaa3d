// A bundle in parts of 64 MB through all that happens to it on the way: a part lost, another one damaged, the console
// killed while it copies; and in the end every byte is right and nothing is there that nobody needs.
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBundle } from '../../../main/catalog/bundle.ts'
import { importBundle } from '../../../main/catalog/container/import-bundle.ts'
import { openContainer } from '../../../main/catalog/container/open-container.ts'
import { knownIncoming } from '../../../main/catalog/container/store.ts'
import { verifyFolder } from '../../../main/catalog/container/verify-bundle.ts'
import { startChild } from '../../support/child-program.ts'
import { flipByte, madeBundle, seededBytes, writtenParts } from '../../support/container-cases.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const MiB = 1024 ** 2
/** Two artifacts over several chunks, and one with less than a chunk. */
const ward = () =>
  madeBundle({
    model: seededBytes('model', 150 * MiB + 12_345),
    image: seededBytes('image', 70 * MiB),
    small: seededBytes('small', 5000),
  })

async function imported(files: readonly string[], store: string) {
  const container = await openContainer(files, (file) => knownIncoming(store, file))
  if (!container.ok) throw new Error(JSON.stringify(container.failure))
  const { signal } = new AbortController()
  return importBundle(container.value, { store, others: [], onProgress: () => undefined, signal })
}

async function expectWhole(store: string): Promise<void> {
  const [name = ''] = readdirSync(join(store, 'installed'))
  const bundle = openBundle(join(store, 'installed', name))
  if (!bundle.ok) throw new Error(JSON.stringify(bundle.failure))
  expect(await verifyFolder(bundle.value)).toEqual([])
  expect(readdirSync(join(store, 'incoming'))).toEqual([])
  expect(readdirSync(join(store, 'pool')).filter((one) => one.endsWith('.part'))).toEqual([])
}

/** Prints a line for each chunk that is in its place. */
const importing = `
import { importBundle } from './main/catalog/container/import-bundle.ts'
import { openContainer } from './main/catalog/container/open-container.ts'
const [store, ...files] = process.argv.slice(2)
const container = await openContainer(files)
if (!container.ok) throw new Error(JSON.stringify(container.failure))
const onProgress = (done) => console.log(done)
const ended = await importBundle(container.value, { store, others: [], onProgress, signal: new AbortController().signal })
console.log(ended.ok ? 'whole' : JSON.stringify(ended.failure))
`

describe('a bundle in parts of 64 MB', () => {
  it('is imported once a lost part and a damaged one are brought again', async () => {
    const files = await writtenParts(ward(), { mostPartBytes: 64_000_000 })
    expect(files.map((file) => basename(file))).toEqual([1, 2, 3, 4].map((part) => `ward.rsb.00${part}`))
    expect(Math.max(...files.map((file) => statSync(file).size))).toBe(64_000_000)
    const [, second = '', third = ''] = files
    const away = join(temporaryFolder(), basename(third))
    copyFileSync(third, away)
    flipByte(third, 1_000_000)
    const store = temporaryFolder()
    const cut = await imported(
      files.filter((file) => file !== second),
      store,
    )
    expect(cut).toMatchObject({
      failure: {
        kind: 'bundle-incomplete',
        pieces: [
          { file: 'ward.rsb.002', problem: 'missing' },
          { file: 'ward.rsb.003', problem: 'damaged' },
        ],
      },
    })
    expect(await imported([second, away], store)).toMatchObject({ ok: true })
    await expectWhole(store)
  })

  it('is imported whole however often the console is killed on the way', async () => {
    const files = await writtenParts(ward(), { mostPartBytes: 64_000_000 })
    const store = temporaryFolder()
    // After the first chunk, after the third, as the links are made.
    for (const chunks of [1, 3, 6]) {
      const child = await startChild(importing, [store, ...files])
      for (let line = 0; line < chunks; line += 1) if ((await child.line()) === 'whole') break
      child.kill('SIGKILL')
      await child.ended
    }
    const child = await startChild(importing, [store, ...files])
    for (let line = ''; line !== 'whole'; line = await child.line()) expect(line).not.toContain('kind')
    await expectWhole(store)
  })

  it('leaves what another bundle needs of the pool when its import was killed', async () => {
    const made = ward()
    const store = temporaryFolder()
    const other = madeBundle({ small: seededBytes('small', 5000) }, 'other')
    expect(await imported(await writtenParts(other, { name: 'other' }), store)).toMatchObject({ ok: true })
    const child = await startChild(importing, [store, ...(await writtenParts(made))])
    await child.line()
    child.kill('SIGKILL')
    await child.ended
    const [name = ''] = readdirSync(join(store, 'installed')).filter((one) => one.startsWith('other'))
    const bundle = openBundle(join(store, 'installed', name))
    expect(bundle.ok && (await verifyFolder(bundle.value))).toEqual([])
    for (const { file } of made.files) rmSync(file)
    expect(readFileSync(join(store, 'installed', name, 'bundle.json'), 'utf8')).toContain('other')
  })
})
