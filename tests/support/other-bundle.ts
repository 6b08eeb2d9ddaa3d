// Copies of the lab's bundle with an entry that says something else: what an upgrade brings, or a broken one.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const bundles: string[] = []

/** A copy whose runtime gets these words in the place of "--metrics". */
export function otherBundle(folder: string, words: string): string {
  return bundleWith(folder, 'runtimes/llama-cpp.yaml', (entry) => entry.replaceAll('"--metrics"', words))
}

/** A copy with these files of its catalog besides, or in the place of what is there. */
export function bundleAdding(folder: string, files: Readonly<Record<string, string>>): string {
  const made = copyOf(folder)
  for (const [file, text] of Object.entries(files)) {
    const path = join(made, 'catalog', file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return made
}

function copyOf(folder: string): string {
  const made = mkdtempSync(join(tmpdir(), 'rackside-other-bundle-'))
  bundles.push(made)
  cpSync(folder, made, { recursive: true })
  return made
}

/** A copy with another text of one file of its catalog. */
export function bundleWith(folder: string, file: string, change: (entry: string) => string): string {
  const made = copyOf(folder)
  const path = join(made, 'catalog', file)
  const text = readFileSync(path, 'utf8')
  const changed = change(text)
  if (changed === text) throw new Error(`${file} has nothing to change`)
  writeFileSync(path, changed)
  return made
}

export function removeOtherBundles(): void {
  for (const made of bundles.splice(0)) rmSync(made, { recursive: true })
}
