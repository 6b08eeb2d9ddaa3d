// Copies of the lab's bundle whose runtime is started with other words: what an upgrade brings, or a broken one.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const bundles: string[] = []

/** A copy whose runtime gets these words in the place of "--metrics". */
export function otherBundle(folder: string, words: string): string {
  const made = mkdtempSync(join(tmpdir(), 'rackside-other-bundle-'))
  bundles.push(made)
  cpSync(folder, made, { recursive: true })
  const entry = join(made, 'catalog/runtimes/llama-cpp.yaml')
  writeFileSync(entry, readFileSync(entry, 'utf8').replaceAll('"--metrics"', words))
  return made
}

export function removeOtherBundles(): void {
  for (const made of bundles.splice(0)) rmSync(made, { recursive: true })
}
