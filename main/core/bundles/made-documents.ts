// The documents of a bundle that is made: its header, its digest list, its entries, and what was taken back.
import { join } from 'node:path'
import type { Artifact, BundleHeader } from '../../../shared/domain/artifact.ts'
import type { BlockedVersion } from '../../../shared/domain/blocked-version.ts'
import type { Entry } from '../../../shared/domain/entry.ts'
import { listCatalogFiles, readCatalogFile } from '../../catalog/catalog-files.ts'
import { readEntries } from '../../catalog/read-entries.ts'

type ToMake = {
  readonly header: BundleHeader
  readonly artifacts: readonly Artifact[]
  /** A folder of entries; all of them, or those that are wanted. */
  readonly catalog: string
  readonly wanted?: readonly Entry[]
  readonly blocked?: readonly BlockedVersion[] | undefined
}

/** By their path in the bundle. */
export function madeDocuments({ header, artifacts, ...words }: ToMake): Map<string, Uint8Array> {
  return new Map<string, Uint8Array>([
    ['bundle.json', textOf(header)],
    ['digests.json', textOf({ format: 1, artifacts })],
    ...wordDocuments(words),
  ])
}

/** Those that somebody wrote. */
export function wordDocuments({
  catalog,
  wanted,
  blocked,
}: Omit<ToMake, 'header' | 'artifacts'>): Map<string, Uint8Array> {
  return new Map<string, Uint8Array>([
    ...(blocked === undefined ? [] : [['blocked.json', textOf({ format: 1, blocked })] as const]),
    ...entryFiles(catalog, wanted),
  ])
}

function textOf(document: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(document, undefined, 1)}\n`)
}

/** As they are, comments and all. */
function entryFiles(catalog: string, wanted: readonly Entry[] | undefined): [string, Uint8Array][] {
  const listed = listCatalogFiles(catalog)
  if ('problem' in listed) return []
  return listed.names.flatMap((name): [string, Uint8Array][] => {
    const text = readCatalogFile(join(catalog, name))
    if ('problem' in text) return []
    return isWanted({ name, text: text.read }, wanted) ? [[`catalog/${name}`, Buffer.from(text.read)]] : []
  })
}

function isWanted(file: { readonly name: string; readonly text: string }, wanted: readonly Entry[] | undefined) {
  if (wanted === undefined) return true
  const read = readEntries([file])
  const is = read.ok ? read.value[0] : undefined
  return wanted.some((one) => one.kind === is?.kind && one.id === is.id)
}
