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
  if ('problem' in listed) return invalid(folder, listed.problem)
  const [odd] = listed.odd
  return odd === undefined ? readEntries(folder, listed.names) : invalid(odd.name, odd.why)
}

export function readEntries(catalog: string, names: readonly string[]): Result<Entry[]> {
  const texts: EntryText[] = []
  for (const name of names) {
    const text = readCatalogFile(join(catalog, name))
    if ('problem' in text) return invalid(name, text.why)
    texts.push({ name, text: text.read })
  }
  return readEntryTexts(texts)
}

type EntryText = { readonly name: string; readonly text: string }

export function readEntryTexts(texts: readonly EntryText[]): Result<Entry[]> {
  const entries: Entry[] = []
  for (const { name, text } of texts) {
    const read = readYaml(name, text, entry)
    if (!read.ok) return read
    const [stranger] = unknownVendors(read.value, vendors)
    if (stranger !== undefined)
      return invalid(name, `"${stranger.text}" is no vendor of accelerators that is known here`)
    const twin = entries.find((e) => e.kind === read.value.kind && e.id === read.value.id)
    if (twin !== undefined) return invalid(name, `${twin.kind} "${twin.id}" exists twice`)
    entries.push(read.value)
  }
  return ok(entries)
}

function invalid(file: string, problem: string) {
  return fail({ kind: 'catalog-invalid', file: evidence(file, 300), line: 0, problem: evidence(problem, 490) })
}
