// Where imported bundles lie, below the console's state folder: `pool/` has the bytes of artifacts, each once, however
// many bundles have it; `installed/` has a folder for each bundle, whose artifacts are hard links into the pool;
// `incoming/` has what is not whole yet. A file of the pool is called by the chunk hashes that it was checked against,
// not by the sha256 that a bundle says it has: a bundle that lies about that harms none but itself.
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile, link, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { type Artifact, artifactFileName, digestList } from '../../../shared/domain/artifact.ts'
import { readPlainText } from '../../files/plain-file.ts'
import { partHead, sha256Of } from './form.ts'
import type { Container, Known } from './open-container.ts'

/** What a bundle's file said of itself, kept beside its documents. */
const headFile = 'container.json'
const partsFile = 'parts-had.json'
/** Behind the name of what is half made, or half gone. */
const making = '.making'
const document = { follow: false, mostBytes: 64 * 1024 * 1024 }

export function installedFolder(store: string): string {
  return join(store, 'installed')
}

/** Throws when they cannot be made. */
export function makeStore(store: string): void {
  for (const name of ['pool', 'installed', 'incoming']) mkdirSync(join(store, name), { recursive: true, mode: 0o700 })
  // What a killed process was making, or taking away.
  const left = readdirSync(join(store, 'incoming')).filter((name) => name.endsWith(making))
  for (const name of left) rmSync(join(store, 'incoming', name), { recursive: true, force: true })
}

export function poolKey({ bytes, chunks }: Pick<Artifact, 'bytes' | 'chunks'>): string {
  return sha256Of([bytes, ...chunks].join('\n'))
}

export function poolFile(store: string, artifact: Pick<Artifact, 'bytes' | 'chunks'>): string {
  return join(store, 'pool', poolKey(artifact))
}

/** It takes its name only when every chunk was checked. */
export function isInPool(store: string, artifact: Artifact): boolean {
  const about = lstatSync(poolFile(store, artifact), { throwIfNoEntry: false })
  return about?.isFile() === true && about.size === artifact.bytes
}

/**
 * Where a bundle is when it is whole, by the name in its header: the one in its file's head nobody signs. Two of one name
 * and one half of a sha256 are one bundle.
 */
export function homeOf(store: string, { header, head }: Pick<Container, 'header' | 'head'>): string {
  return join(installedFolder(store), `${header.name}-${head.bundle.slice(0, 32)}`)
}

export function incomingOf(store: string, file: string): string {
  return join(store, 'incoming', file)
}

/** What was read of an import before; undefined where there was none, or it is of no use. */
export function knownIncoming(store: string, file: string): Known | undefined {
  const folder = incomingOf(store, file)
  const text = readPlainText(join(folder, headFile), document)
  if ('problem' in text) return undefined
  try {
    const head = partHead.parse(JSON.parse(text.read))
    const { contents } = head
    if (contents === undefined || head.file !== file) return undefined
    const documents = new Map(contents.documents.map(({ name }) => [name, readFileSync(join(folder, name))]))
    const isWhole = contents.documents.every(({ name, sha256 }) => sha256Of(documents.get(name) ?? '') === sha256)
    return isWhole ? { head: { ...head, contents }, documents } : undefined
  } catch {
    return undefined
  }
}

/** Names were held against the list of those that a document may have when the head was read. */
export function keepIncoming(store: string, { head, documents }: Known): void {
  const folder = incomingOf(store, head.file)
  if (knownIncoming(store, head.file) !== undefined) return
  const workshop = `${folder}${making}`
  for (const old of [workshop, folder]) rmSync(old, { recursive: true, force: true })
  // Also of a bundle without entries.
  mkdirSync(join(workshop, 'catalog'), { recursive: true, mode: 0o700 })
  for (const [name, bytes] of documents) {
    const file = join(workshop, name)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' })
  }
  writeFileSync(join(workshop, headFile), JSON.stringify(head), { mode: 0o600, flag: 'wx' })
  renameSync(workshop, folder)
}

/** The parts of an import whose bytes were right and are kept, also where a chunk needs another part to be whole. */
export function partsHad(store: string, file: string): ReadonlySet<number> {
  const text = readPlainText(join(incomingOf(store, file), partsFile), document)
  if ('problem' in text) return new Set()
  const read = z.array(z.int()).safeParse(jsonOf(text.read))
  return new Set(read.success ? read.data : [])
}

/** For naming what is still missing, and for nothing else: a loss of it makes an import ask for more than it needs. */
export function keepPartsHad(store: string, file: string, parts: ReadonlySet<number>): void {
  writeFileSync(join(incomingOf(store, file), partsFile), JSON.stringify([...parts]), { mode: 0o600 })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Every artifact is in the pool: the bundle gets its links, then its place. */
export async function install(store: string, container: Container): Promise<string> {
  const { head, artifacts } = container
  const folder = incomingOf(store, head.file)
  const home = homeOf(store, container)
  await rm(join(folder, partsFile), { force: true })
  await mkdir(join(folder, 'artifacts'), { recursive: true, mode: 0o700 })
  for (const artifact of artifacts) {
    const place = join(folder, 'artifacts', artifactFileName(artifact.sha256))
    await rm(place, { force: true })
    await linkOrCopy(poolFile(store, artifact), place)
  }
  if (existsSync(home)) await rm(home, { recursive: true })
  await rename(folder, home)
  await syncFolder(installedFolder(store))
  return home
}

/** Some file systems have no hard links (exFAT, some network shares). */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch {
    await copyFile(from, to)
  }
}

/** Makes the names in a folder outlast a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Takes a bundle away, and what of the pool no other one needs. The bytes that became free. */
export async function removeInstalled(store: string, folder: string): Promise<number> {
  const leaving = join(store, 'incoming', `${sha256Of(folder)}${making}`)
  await rm(leaving, { recursive: true, force: true })
  await rename(folder, leaving)
  await rm(leaving, { recursive: true })
  return sweepPool(store)
}

/** Where a list cannot be read nobody knows what it needs: then nothing goes. */
export function sweepPool(store: string): number {
  const needed = new Set<string>()
  for (const place of ['installed', 'incoming']) {
    for (const name of readdirSync(join(store, place))) {
      if (name.endsWith(making)) continue
      const text = readPlainText(join(store, place, name, 'digests.json'), document)
      if ('problem' in text) return 0
      const list = digestList.safeParse(jsonOf(text.read))
      if (!list.success) return 0
      for (const artifact of list.data.artifacts) needed.add(poolKey(artifact))
    }
  }
  let freed = 0
  for (const name of readdirSync(join(store, 'pool'))) {
    if (needed.has(name.replace(/\.part$/, ''))) continue
    freed += lstatSync(join(store, 'pool', name)).size
    rmSync(join(store, 'pool', name), { force: true })
  }
  return freed
}
