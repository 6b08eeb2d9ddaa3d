// One artifact of a bundle that is made: fetched from its source, or kept from before, and described: its sha256 and its
// chunks in one pass, and what it says of itself.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { copyFile, link, open, rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Artifact, artifact } from '../../../shared/domain/artifact.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { saveImage, usualSocket } from '../../catalog/build/docker-save.ts'
import { fetchFile } from '../../catalog/build/fetch-file.ts'
import { claimsToBeOurs, describeImageArchive, withImageArchive } from '../../catalog/build/image-archive.ts'
import { namesIn, writePlain } from '../../catalog/build/plain-archive.ts'
import { loginIn, pullImage } from '../../catalog/build/registry.ts'
import type { Source } from '../../catalog/build/sources.ts'
import { tarOf } from '../../catalog/build/tar.ts'
import { readModel } from '../../catalog/read-model.ts'
import { describeWeights, digestsOfFile } from '../desk/describe-weights.ts'

export type ArtifactKind = Artifact['kind']
export type Obtained = { readonly artifact: Artifact; readonly file: string }

type Asked = {
  readonly id: string
  readonly kind: ArtifactKind
  readonly source: Source
  /** What paths of sources are relative to. */
  readonly folder: string
  readonly cache: string
}

/** Several where it is a folder of weights. Throws with what went wrong. */
export async function obtain(asked: Asked): Promise<Result<Obtained[]>> {
  const file = await fileFrom(asked)
  const { id, kind } = asked
  if (kind === 'weights' && statSync(file).isDirectory()) return obtainFolder(id, file, asked.cache)
  if (kind === 'image') return obtainImage(id, file, asked.cache)
  const digests = await digestsOfFile(file)
  if (kind === 'file') return ok([{ artifact: artifact.parse({ kind, id, ...digests }), file }])
  const model = readModel(file)
  if (!model.ok) return model
  const weights = { format: 'gguf', shape: model.value.shape }
  return ok([{ artifact: artifact.parse({ kind, id, ...digests, weights }), file }])
}

/** Without the names that whoever saved it gave it: no site takes an archive that names images. */
async function obtainImage(id: string, saved: string, cache: string): Promise<Result<Obtained[]>> {
  const plain = join(cache, `plain-${id}.tar`)
  const isPlain = await withImageArchive(saved, async (archive) => {
    if ((await namesIn(archive)) === undefined) return true
    mkdirSync(cache, { recursive: true, mode: 0o700 })
    await writePlain(archive, plain)
    return false
  })
  const file = isPlain ? saved : plain
  const image = await withImageArchive(file, async (archive) => {
    const name = await namesIn(archive)
    if (name !== undefined) throw new Error(name)
    if (await claimsToBeOurs(archive)) throw new Error('it has a label of Rackside')
    return describeImageArchive(archive)
  })
  return ok([{ artifact: artifact.parse({ kind: 'image', id, ...(await digestsOfFile(file)), image }), file }])
}

async function obtainFolder(id: string, folder: string, cache: string): Promise<Result<Obtained[]>> {
  const described = await describeWeights(id, folder)
  if (!described.ok) return described
  const { files, list } = described.value
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  const file = join(cache, `list-${list.artifact.sha256}`)
  writeFileSync(file, list.text)
  return ok([...files, { artifact: list.artifact, file }])
}

async function fileFrom({ id, kind, source, folder, cache }: Asked): Promise<string> {
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  if (source.from === 'file') return resolve(folder, source.path)
  if (source.from === 'http') {
    const ending = kind === 'weights' ? '.gguf' : ''
    return fetchFile(cache, { url: source.url, sha256: source.sha256, ending })
  }
  if (source.from === 'http-folder') return fetchFolder(join(cache, `folder-${id}`), cache, source)
  const archive = join(cache, `image-${id}.tar`)
  if (source.from === 'docker') {
    await saveImage(source.socket ?? usualSocket, source.image, `${archive}.part`)
  } else {
    const login = source.login === undefined ? undefined : loginIn(resolve(folder, source.login))
    const files = await pullImage({ image: source.image, architecture: source.architecture, login, cache })
    await writeAll(`${archive}.part`, tarOf(files))
  }
  await rename(`${archive}.part`, archive)
  return archive
}

type HttpFolder = Extract<Source, { from: 'http-folder' }>

async function fetchFolder(folder: string, cache: string, { base, files }: HttpFolder): Promise<string> {
  // What an older list named is no part of it.
  rmSync(folder, { recursive: true, force: true })
  for (const [path, sha256] of Object.entries(files)) {
    const url = new URL(path, base.endsWith('/') ? base : `${base}/`).href
    const fetched = await fetchFile(cache, { url, sha256: sha256 ?? undefined })
    const place = join(folder, path)
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
    await link(fetched, place).catch(() => copyFile(fetched, place))
  }
  return folder
}

async function writeAll(file: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    for await (const piece of pieces) await handle.writeFile(piece)
  } finally {
    await handle.close()
  }
}
