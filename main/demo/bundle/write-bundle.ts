// Makes the demo's bundle: a real offline folder as every other, which the catalog opens and checks. It is written
// beside its place and renamed, so that a console that is killed meanwhile leaves no half of one.
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Artifact, artifactFileName, type BundleHeader, digestList } from '../../../shared/domain/artifact.ts'
import { demoPublisher } from '../../../shared/domain/demo.ts'
import { artifactPlans, describeArtifact, openingOf, writeArtifact } from './artifact-files.ts'
import { demoEntries } from './entries.ts'

const header: BundleHeader = {
  format: 1,
  name: 'rackside-demo',
  publisher: { id: demoPublisher, name: 'Rackside demo' },
  createdAt: '2026-11-20T00:00:00Z',
}

/** Beside the documents: of what the folder was made, so that the same one is not made again. */
const recipeFile = 'recipe.sha256'

/** Leaves a whole one of the same making as it is. Rejects when the folder cannot be written. */
export async function writeDemoBundle(folder: string): Promise<void> {
  if (await isWhole(folder)) return
  await mkdir(dirname(folder), { recursive: true })
  const workshop = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`))
  try {
    const made = join(workshop, 'made')
    await writeInto(made)
    await rename(folder, join(workshop, 'old')).catch(passOverMissing)
    try {
      await rename(made, folder)
    } catch (error) {
      // Somebody else may have made one at the same time.
      if (!(await isWhole(folder))) throw error
    }
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

async function writeInto(folder: string): Promise<void> {
  const catalog = join(folder, 'catalog')
  const artifacts = join(folder, 'artifacts')
  await mkdir(catalog, { recursive: true })
  await mkdir(artifacts)
  const described: Artifact[] = []
  for (const plan of artifactPlans) {
    const artifact = await describeArtifact(plan)
    described.push(artifact)
    await writeArtifact(join(artifacts, artifactFileName(artifact.sha256)), plan)
  }
  for (const entry of demoEntries) await writeFile(join(catalog, `${entry.kind}-${entry.id}.yaml`), textOf(entry))
  await writeFile(join(folder, 'digests.json'), textOf({ format: 1, artifacts: described }))
  await writeFile(join(folder, 'bundle.json'), textOf(header))
  await writeFile(join(folder, recipeFile), recipe())
}

/** JSON is YAML too. */
function textOf(document: unknown): string {
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function recipe(): string {
  const parts = [header, demoEntries, artifactPlans, artifactPlans.map(openingOf)]
  return `${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}\n`
}

/** A cheap look: made of the same, and every artifact there in full length. */
async function isWhole(folder: string): Promise<boolean> {
  try {
    if ((await readFile(join(folder, recipeFile), 'utf8')) !== recipe()) return false
    const text = await readFile(join(folder, 'digests.json'), 'utf8')
    const { artifacts } = digestList.parse(JSON.parse(text))
    const sizes = artifacts.map((a) => stat(join(folder, 'artifacts', artifactFileName(a.sha256))))
    return (await Promise.all(sizes)).every((found, at) => found.size === artifacts[at]?.bytes)
  } catch {
    return false
  }
}

function passOverMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
