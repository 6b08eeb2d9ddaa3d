// `npm run bench -- bundle`: packing, checking and importing a bundle, beside openssl, sha256sum and cp of the same bytes
// in the same run. The bytes are in the page cache for all of them: what is measured is the work, not the medium.
import { randomFillSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packBundle } from '../../main/core/bundles/pack.ts'
import { digestsOfFile } from '../../main/core/desk/describe-weights.ts'
import { clientInProcess } from '../../main/core/link/console-client.ts'
import { openCore } from '../../main/core/open-core.ts'
import { mustRun } from '../lab/host/run-command.ts'
import { benchTools, must } from './bench-tools.ts'
import { type Bench, type Figures, median } from './frame.ts'

const MiB = 1024 ** 2
/** Weights and two images, as a small solution has them. */
const sizesMiB = [640, 256, 128]
const rounds = 5
const bytes = sizesMiB.reduce((sum, one) => sum + one * MiB, 0)

export const bundleBench: Bench = {
  name: 'bundle',
  about: `packing, checking and importing ${bytes / MiB} MiB; beside openssl, sha256sum and cp with sync`,
  targets: [
    { figure: 'verifyTimesOpenssl', atLeast: 0.9 },
    { figure: 'importTimesCpAndSha256sum', atLeast: 0.8 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-bundle-'))
  try {
    const files = await makeBundle(join(folder, 'ward'))
    const taken: Record<string, number[]> = {}
    const time = async (what: string, act: () => Promise<unknown>) => {
      const begun = performance.now()
      await act()
      taken[what] = [...(taken[what] ?? []), (performance.now() - begun) / 1000]
    }
    for (let round = 0; round < rounds; round += 1) await oneRound(folder, files, time)
    return figuresOf(taken)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Timed = (what: string, act: () => Promise<unknown>) => Promise<void>

async function oneRound(folder: string, files: readonly string[], time: Timed): Promise<void> {
  const out = join(folder, 'ward.rsb')
  const home = join(folder, 'home')
  const copy = join(folder, 'copy')
  for (const old of [home, copy]) rmSync(old, { recursive: true, force: true })
  for (const made of [home, copy]) mkdirSync(made, { mode: 0o700 })
  rmSync(out, { force: true })
  await time('pack', async () => must(await packBundle({ folder: join(folder, 'ward'), out, mostPartBytes: 2 ** 40 })))
  const core = openCore(home, benchTools(home))
  const client = clientInProcess({ core, caller: { by: 'console', operator: 'bench' } })
  const { place } = must(await client.desk.openBundleFiles({ files: [out] }))
  await time('openssl', () => mustRun(['openssl', 'dgst', '-sha256', out]))
  await time('verify', async () => {
    const pieces = await last(await client.product.bundles.verify({ place }))
    if (pieces?.stage !== 'done' || pieces.pieces.length > 0) throw new Error(JSON.stringify(pieces))
  })
  await time('sha256sum', () => mustRun(['sha256sum', out]))
  await time('cp', async () => {
    await mustRun(['cp', ...files, copy])
    await mustRun(['sh', '-c', 'sync "$1"/*', 'sh', copy])
  })
  await time('import', async () => {
    const ended = await last(await client.product.bundles.import({ importId: place }))
    if (ended?.stage !== 'done') throw new Error(JSON.stringify(ended))
  })
}

async function last<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  let newest: T | undefined
  for await (const one of items) newest = one
  return newest
}

function figuresOf(taken: Readonly<Record<string, readonly number[]>>): Figures {
  const seconds = (what: string) => median(taken[what] ?? [])
  const rates = Object.keys(taken).map((what) => [`${what}MegabytesPerSecond`, bytes / 1e6 / seconds(what)])
  return {
    ...Object.fromEntries(rates),
    verifyTimesOpenssl: seconds('openssl') / seconds('verify'),
    importTimesCpAndSha256sum: (seconds('cp') + seconds('sha256sum')) / seconds('import'),
  }
}

/** The files of its artifacts. */
async function makeBundle(folder: string): Promise<string[]> {
  for (const name of ['catalog', 'artifacts']) mkdirSync(join(folder, name), { recursive: true })
  const artifacts: object[] = []
  const files: string[] = []
  for (const [at, size] of sizesMiB.entries()) {
    const making = join(folder, 'making')
    writeFileSync(making, randomFillSync(Buffer.alloc(size * MiB)))
    const digests = await digestsOfFile(making)
    const file = join(folder, 'artifacts', `sha256-${digests.sha256}`)
    await mustRun(['mv', making, file])
    artifacts.push({ kind: 'file', id: `file-${at}`, ...digests })
    files.push(file)
  }
  const publisher = { id: 'bench', name: 'Bench' }
  const header = { format: 1, name: 'ward', publisher, createdAt: '2026-11-20T00:00:00Z' }
  writeFileSync(join(folder, 'bundle.json'), JSON.stringify(header))
  writeFileSync(join(folder, 'digests.json'), JSON.stringify({ format: 1, artifacts }))
  return files
}
