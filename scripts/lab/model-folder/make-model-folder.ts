// Makes an offline folder whose model is a folder of safetensors, and the image of a program that reads such a folder. On
// its own, so that the other artifacts of the lab stay what they are.
import { existsSync } from 'node:fs'
import { link, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeWeights } from '../../../main/core/desk/describe-weights.ts'
import { type Artifact, artifactFileName, bundleHeader, digestList } from '../../../shared/domain/artifact.ts'
import { type ImageDescription, writeImageArchive } from '../artifacts/image-archive.ts'
import { imageSkeleton, withParentFolders } from '../artifacts/image-skeleton.ts'
import { inputHash } from '../artifacts/input-hash.ts'
import { removeOldFolders } from '../artifacts/old-folders.ts'
import { keptPiece } from '../artifacts/pieces.ts'
import { fileOfBase, filesBelow, programClosure } from '../artifacts/program-closure.ts'
import { type BaseImage, ensureBaseImage } from '../base/base-image.ts'
import { labHome, labSourceFolder, repositoryFolder } from '../folders.ts'
import { withLock } from '../host/lock.ts'
import { LabFailure } from '../lab-failure.ts'
import { progress } from '../progress.ts'
import { folderWeightsId, readerEntries, readerImageId } from './reader-entries.ts'
import { writeTinySafetensors } from './tiny-safetensors.ts'

const ownFolder = join(labSourceFolder, 'model-folder')
const begins = 'model-folder-'
/** One for each version that a test upgrades through, and those of a checkout beside this one. */
const keptFolders = 4

export async function makeModelFolder(version: number): Promise<{ folder: string }> {
  const base = await ensureBaseImage()
  return withLock(join(labHome(), 'artifacts.lock'), async () => {
    const code = [ownFolder, join(labSourceFolder, 'artifacts'), join(repositoryFolder, 'main/core/desk')]
    const hash = await inputHash([base.record.buildId, version], code)
    const folder = join(labHome(), `${begins}${hash}`)
    if (!existsSync(folder)) await assemble(folder, base, { version, hash: await inputHash(base.record.buildId, code) })
    await removeOldFolders(begins, keptFolders)
    return { folder }
  })
}

async function assemble(folder: string, base: BaseImage, made: { version: number; hash: string }): Promise<void> {
  const building = `${folder}.building-${process.pid}`
  const model = join(building, 'model')
  const artifacts = join(building, 'artifacts')
  const catalog = join(building, 'catalog')
  for (const one of [model, artifacts, catalog]) await mkdir(one, { recursive: true, mode: 0o755 })
  const image = await keptPiece(readerImageId, made.hash, async (file) => {
    return { kind: 'image', id: readerImageId, ...(await writeImageArchive(file, await readerImage(base))) }
  })
  await writeTinySafetensors(model, made.version)
  const weights = await describeWeights(folderWeightsId, model)
  if (!weights.ok) throw new LabFailure('host-command-failed', JSON.stringify(weights.failure))
  const { files, list } = weights.value
  const place = ({ sha256 }: Artifact) => join(artifacts, artifactFileName(sha256))
  await link(image.file, place(image.record))
  for (const { artifact, file } of files) await link(file, place(artifact))
  await writeFile(place(list.artifact), list.text)
  const records = [image.record, ...files.map(({ artifact }) => artifact), list.artifact]
  const document = (name: string, value: unknown) =>
    writeFile(join(building, name), `${JSON.stringify(value, null, 2)}\n`)
  for (const entry of readerEntries(made.version)) await document(`catalog/${entry.kind}-${entry.id}.yaml`, entry)
  await document('digests.json', digestList.parse({ format: 1, artifacts: records }))
  const publisher = { id: 'rackside-lab', name: 'Rackside lab' }
  const header = { format: 1, name: 'folder-lab', publisher, createdAt: new Date().toISOString() }
  await document('bundle.json', bundleHeader.parse(header))
  await rm(model, { recursive: true })
  await rename(building, folder)
  progress(`offline folder ready: ${folder}`)
}

async function readerImage(base: BaseImage): Promise<ImageDescription> {
  // Debian's Node.js reads these parts of itself from files.
  const parts = ['undici', 'acorn/dist', 'acorn-walk/dist']
  const builtins = await Promise.all(parts.map((part) => filesBelow(base, `/usr/share/nodejs/${part}`)))
  const source = join(ownFolder, 'reader.mjs')
  const program = { kind: 'file', source, byteCount: (await stat(source)).size } as const
  return {
    reference: 'rackside.lab/folder-reader:1',
    files: withParentFolders([
      ...(await imageSkeleton(base)),
      ...(await programClosure(base, ['/usr/bin/node'])),
      ...(await Promise.all(builtins.flat().map((path) => fileOfBase(base, path)))),
      { path: 'app/reader.mjs', mode: 0o644, content: program },
    ]),
    config: {
      Env: ['PATH=/usr/bin:/bin', 'LANG=C.UTF-8'],
      Entrypoint: ['/usr/bin/node', '/app/reader.mjs'],
      ExposedPorts: { '8000/tcp': {} },
      WorkingDir: '/app',
      User: '65534:65534',
    },
  }
}
