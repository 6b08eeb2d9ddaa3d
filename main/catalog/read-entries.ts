// The entries of a catalog folder, whole or not at all: one that cannot be read hides what the others need.
import { join } from 'node:path'
import { type Entry, entry } from '../../shared/domain/entry.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { vendorReaders } from '../../shared/facts/accelerators/all.ts'
import { unknownVendors } from '../../shared/plan/catalog-faults.ts'
import { listCatalogFiles, readCatalogFile } from './catalog-files.ts'
import { readYaml } from './read-yaml.ts'

const vendors = vendorReaders.map(({ vendor }) => vendor)

/** Of a folder that comes with the console. */
export function openCatalog(folder: string): Result<Entry[]> {
  const listed = listCatalogFiles(folder)
  if ('problem' in listed) return notInCatalog(folder, listed.problem)
  const [odd] = listed.odd
  if (odd !== undefined) return notInCatalog(odd.name, odd.why)
  const files: CatalogText[] = []
  for (const name of listed.names) {
    const text = readCatalogFile(join(folder, name))
    if ('problem' in text) return notInCatalog(name, text.why)
    files.push({ name, text: text.read })
  }
  return readEntries(files)
}

export type CatalogText = { readonly name: string; readonly text: string }

export function readEntries(files: readonly CatalogText[]): Result<Entry[]> {
  const entries: Entry[] = []
  for (const { name, text } of files) {
    const read = readYaml(name, text, entry)
    if (!read.ok) return read
    const [stranger] = unknownVendors(read.value, vendors)
    if (stranger !== undefined)
      return notInCatalog(name, `"${stranger.text}" is no vendor of accelerators that is known here`)
    const twin = entries.find((e) => e.kind === read.value.kind && e.id === read.value.id)
    if (twin !== undefined) return notInCatalog(name, `${twin.kind} "${twin.id}" exists twice`)
    entries.push(read.value)
  }
  return ok(entries)
}

export function notInCatalog(file: string, problem: string) {
  return fail({ kind: 'catalog-invalid', file: evidence(file, 300), line: 0, problem: evidence(problem, 490) })
}
