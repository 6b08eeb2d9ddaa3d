// Imports that are broken off at moments and in ways drawn from a seed: killed, a byte of the medium wrong, a part cut or
// not there. Whatever came before, the import that gets good files ends whole. In full by `npm run soak -- import`.
import { copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openBundle } from '../../../main/catalog/bundle.ts'
import { importBundle } from '../../../main/catalog/container/import-bundle.ts'
import { openContainer } from '../../../main/catalog/container/open-container.ts'
import { knownIncoming } from '../../../main/catalog/container/store.ts'
import { verifyFolder } from '../../../main/catalog/container/verify-bundle.ts'
import { startChild } from '../../support/child-program.ts'
import { madeBundle, seededBytes, writtenParts } from '../../support/container-cases.ts'
import { type Chance, chanceOf, count, isFullSweep, ofSeed } from '../../support/sweep.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const MiB = 1024 ** 2
const cases = isFullSweep ? 200 : 3
const importing = `
import { importBundle } from './main/catalog/container/import-bundle.ts'
import { openContainer } from './main/catalog/container/open-container.ts'
import { knownIncoming } from './main/catalog/container/store.ts'
const [store, ...files] = process.argv.slice(2)
const container = await openContainer(files, (file) => knownIncoming(store, file))
if (!container.ok) throw new Error(JSON.stringify(container.failure))
console.log('begun')
const ended = await importBundle(container.value, { store, others: [], onProgress: () => undefined, signal: new AbortController().signal })
console.log(ended.ok ? 'whole' : ended.failure.kind)
`

const contents = {
  ...{ model: seededBytes('model', 21 * MiB + 77), image: seededBytes('image', 9 * MiB), small: seededBytes('s', 500) },
}
/** Carried well. */
const goodFiles = () => writtenParts(madeBundle(contents), { mostPartBytes: 8_000_000 })

type Case = { readonly store: string; readonly good: readonly string[]; readonly chance: Chance }

async function killed({ store, good, chance }: Case): Promise<void> {
  const child = await startChild(importing, [store, ...good])
  if ((await child.line()) === 'begun') await sleep(chance.logarithmic(1, 250))
  child.kill('SIGKILL')
  await child.ended
  count('kills of an import')
}

/** With copies of the files that somebody carried badly: never whole, and never more than named. */
async function spoiled({ store, good, chance }: Case): Promise<void> {
  const folder = temporaryFolder()
  const copies = good.map((file) => join(folder, basename(file)))
  for (const [at, file] of good.entries()) copyFileSync(file, copies[at] ?? '')
  const victim = copies[chance.below(copies.length)] ?? ''
  const way = chance.below(3)
  if (way === 0) flip(victim, chance.below(statSync(victim).size))
  if (way === 1) truncateSync(victim, chance.below(statSync(victim).size))
  if (way === 2) rmSync(victim)
  const container = await openContainer(
    copies.filter((file) => file !== victim || way !== 2),
    (file) => knownIncoming(store, file),
  )
  count(['bytes changed', 'parts cut', 'parts left out'][way] ?? '')
  if (!container.ok) return
  const { signal } = new AbortController()
  const ended = await importBundle(container.value, { store, others: [], onProgress: () => undefined, signal })
  // What was taken from good parts before may be all that this one spoils.
  if (ended.ok) return
  expect(ended.failure).toMatchObject({ kind: 'bundle-incomplete' })
  if (ended.failure.kind === 'bundle-incomplete') {
    expect(ended.failure.pieces.map(({ file }) => file)).toEqual([basename(victim)])
  }
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 0x10
  writeFileSync(file, bytes)
}

async function endsWhole({ store, good }: Case): Promise<void> {
  const container = await openContainer([...good], (file) => knownIncoming(store, file))
  if (!container.ok) throw new Error(JSON.stringify(container.failure))
  const { signal } = new AbortController()
  const ended = await importBundle(container.value, { store, others: [], onProgress: () => undefined, signal })
  if (!ended.ok) throw new Error(JSON.stringify(ended.failure))
  const bundle = openBundle(ended.value.folder)
  if (!bundle.ok) throw new Error(JSON.stringify(bundle.failure))
  expect(await verifyFolder(bundle.value)).toEqual([])
}

describe(`an import ${ofSeed}`, () => {
  it.each(Array.from({ length: cases }, (_, at) => at))('ends whole after what befell it: %i', async (number) => {
    const chance = chanceOf(`import ${number}`)
    const one = { chance, store: temporaryFolder(), good: await goodFiles() }
    for (let blow = 0; blow < 1 + chance.below(3); blow += 1) {
      await (chance.below(2) === 0 ? killed(one) : spoiled(one))
    }
    await endsWhole(one)
  })
})
