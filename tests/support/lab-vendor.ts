// What a vendor of the lab delivers: entries of our own catalog, and the lab's artifacts from where they lie.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from './repository-files.ts'

type Sources = Readonly<Record<string, { readonly from: 'file'; readonly path: string }>>

/** Of every artifact of the lab's offline folder, by its id. */
export function labSources(folder: string): Sources {
  const { artifacts } = JSON.parse(readFileSync(join(folder, 'digests.json'), 'utf8')) as {
    artifacts: { id: string; sha256: string }[]
  }
  return Object.fromEntries(
    artifacts.map(({ id, sha256 }) => [id, { from: 'file', path: join(folder, 'artifacts', `sha256-${sha256}`) }]),
  )
}

/** "apps/clinic-note-helper". */
export function ownEntry(name: string): string {
  return readFileSync(join(repositoryRoot, 'resources', 'catalog', `${name}.yaml`), 'utf8')
}

/** With the folders that it is in. */
export function putText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
