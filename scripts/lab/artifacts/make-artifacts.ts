// Makes the offline folder (bundle.json, digests.json, catalog/, artifacts/) that a hospital would get
// on a disk, without a registry and without a container engine. Reused while nothing that goes into
// it changed.
import { link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Artifact, artifactFileName, bundleHeader, digestList } from '../../../shared/domain/artifact.ts'
import type { HostPackageEntry } from '../../../shared/domain/entry/host-package-entry.ts'
import { type BaseImage, ensureBaseImage } from '../base/base-image.ts'
import { labHome, labSourceFolder, repositoryFolder } from '../folders.ts'
import { withLock } from '../host/lock.ts'
import { progress } from '../progress.ts'
import { writeWithDigests } from './digests.ts'
import { engineEntry, enginePieces } from './engine-packages.ts'
import { type ImageDescription, writeImageArchive } from './image-archive.ts'
import { inputHash } from './input-hash.ts'
import {
  llamaServerImage,
  modelGatewayImage,
  nodeExporterImage,
  noteHelperImage,
  noteRegisterImage,
  redisImage,
  referenceAppFolder,
  registerFolder,
  webIngressImage,
} from './lab-images.ts'
import { removeOldFolders } from './old-folders.ts'
import { keptPiece, type Piece, removeUnusedPieces } from './pieces.ts'
import { tinyModel, tinyModelShape } from './tiny-model.ts'
import { tinyReranker, tinyRerankerShape } from './tiny-reranker.ts'

export interface ArtifactOptions {
  extraWeightsMib: number
  extraImageMib: number
  /** With a gateway, two models more, and the solution that puts them behind it. */
  families: boolean
  /** With a model for embeddings, a reranker, and the solution that has both beside a chat model. */
  search: boolean
  /** With an app that has a database and a worker of its own. */
  parts: boolean
}

export interface MadeArtifacts {
  folder: string
  artifacts: { id: string; kind: string; bytes: number; sha256: string }[]
}

/** How many offline folders stay cached; the least recently used ones go. */
const head = { format: 1, name: 'clinic-lab', publisher: { id: 'rackside-lab', name: 'Rackside lab' } }
const keptFolders = 6

const catalogFolder = join(repositoryFolder, 'resources', 'catalog')
/** Those of our catalog whose bytes the lab makes: a solution without them would only be proposed to be refused. */
const bundledEntries = [
  'runtimes/llama-cpp.yaml',
  'models/rackside-tiny.yaml',
  'apps/clinic-note-helper.yaml',
  'probes/clinic-note-smoke-test.yaml',
  'solutions/clinic-starter.yaml',
] as const
/** Besides, for three models behind one gateway: entries of the lab's own beside that of the catalog. */
const familyEntries = [
  'gateways/model-gateway.yaml',
  'ingresses/web-ingress.yaml',
  'apps/node-exporter.yaml',
  'solutions/site-monitoring.yaml',
] as const
const labCatalogFolder = join(labSourceFolder, 'catalog')
const searchCatalogFolder = join(labSourceFolder, 'search-catalog')
const partsCatalogFolder = join(labSourceFolder, 'parts', 'catalog')
const familyModels = ['rackside-tiny-b', 'rackside-tiny-c'] as const
const generatorFolder = join(labSourceFolder, 'artifacts')

export async function makeArtifacts(options: ArtifactOptions): Promise<MadeArtifacts> {
  const base = await ensureBaseImage()
  return withLock(join(labHome(), 'artifacts.lock'), async () => {
    const pieces = await makePieces(base, options)
    const records = pieces.map((piece) => piece.record)
    const engine = engineEntry(base)
    const entries = await readEntries(options)
    const hash = await inputHash([records, engine, entries, head])
    const folder = join(labHome(), `artifacts-${hash}`)
    const isKept = await stat(folder).then(
      () => true,
      () => false,
    )
    if (isKept) progress(`nothing changed: reusing ${folder}`)
    else await assembleFolder(folder, pieces, { engine, entries })
    await utimes(folder, new Date(), new Date())
    await removeOldFolders('artifacts-', keptFolders)
    await removeUnusedPieces()
    const listed = records.map(({ id, kind, bytes, sha256 }) => ({ id, kind, bytes, sha256 }))
    return { folder, artifacts: listed }
  })
}

const image = (id: string, describe: () => Promise<ImageDescription>) => async (file: string) => {
  const archive = await writeImageArchive(file, await describe())
  return { kind: 'image', id, ...archive } as const
}

async function makePieces(base: BaseImage, options: ArtifactOptions): Promise<Piece[]> {
  const { extraWeightsMib, extraImageMib, families, search, parts } = options
  const code = [generatorFolder]
  const runtimeId = 'llama-server-cpu-amd64'
  const appId = 'clinic-note-helper-amd64'
  const modelId = 'rackside-tiny-gguf'
  return [
    await keptPiece(
      runtimeId,
      await inputHash([base.record.buildId, extraImageMib], code),
      image(runtimeId, () => llamaServerImage(base, extraImageMib)),
    ),
    await keptPiece(
      appId,
      await inputHash([base.record.buildId], [...code, referenceAppFolder]),
      image(appId, () => noteHelperImage(base)),
    ),
    await keptPiece(modelId, await inputHash([extraWeightsMib], code), async (file) => {
      const digests = await writeWithDigests(file, tinyModel(extraWeightsMib))
      return { kind: 'weights', id: modelId, ...digests, weights: { format: 'gguf', shape: tinyModelShape } }
    }),
    ...(families ? await familyPieces(base, code) : []),
    ...(search ? [await rerankerPiece(code)] : []),
    ...(parts ? await partsPieces(base, code) : []),
    ...(await enginePieces(base, code)),
  ]
}

async function familyPieces(base: BaseImage, code: string[]): Promise<Piece[]> {
  const [gatewayId, ingressId, exporterId] = [
    'model-gateway-amd64',
    'web-ingress-amd64',
    'node-exporter-amd64',
  ] as const
  const models = familyModels.map(async (name) => {
    const id = `${name}-gguf`
    return keptPiece(id, await inputHash([name], code), async (file) => {
      const digests = await writeWithDigests(file, tinyModel(0, name))
      return { kind: 'weights', id, ...digests, weights: { format: 'gguf', shape: tinyModelShape } }
    })
  })
  const hash = await inputHash([base.record.buildId], code)
  return [
    await keptPiece(
      gatewayId,
      hash,
      image(gatewayId, () => modelGatewayImage(base)),
    ),
    await keptPiece(
      ingressId,
      hash,
      image(ingressId, () => webIngressImage(base)),
    ),
    await keptPiece(
      exporterId,
      hash,
      image(exporterId, () => nodeExporterImage(base)),
    ),
    ...(await Promise.all(models)),
  ]
}

async function partsPieces(base: BaseImage, code: string[]): Promise<Piece[]> {
  const [appId, databaseId] = ['note-register-amd64', 'redis-amd64'] as const
  return [
    await keptPiece(
      appId,
      await inputHash([base.record.buildId], [...code, registerFolder]),
      image(appId, () => noteRegisterImage(base)),
    ),
    await keptPiece(
      databaseId,
      await inputHash([base.record.buildId], code),
      image(databaseId, () => redisImage(base)),
    ),
  ]
}

async function rerankerPiece(code: string[]): Promise<Piece> {
  const id = 'rackside-tiny-reranker-gguf'
  return keptPiece(id, await inputHash([id], code), async (file) => {
    const digests = await writeWithDigests(file, tinyReranker())
    return { kind: 'weights', id, ...digests, weights: { format: 'gguf', shape: tinyRerankerShape } }
  })
}

type EntryFile = { readonly file: string; readonly text: string }
type LabCatalog = { readonly engine: HostPackageEntry; readonly entries: readonly EntryFile[] }

async function readEntries({ families, search, parts }: ArtifactOptions): Promise<EntryFile[]> {
  const read = (folder: string) => async (file: string) => ({ file, text: await readFile(join(folder, file), 'utf8') })
  const all = async (folder: string) =>
    (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.yaml')).map(read(folder))
  return Promise.all([
    ...[...bundledEntries, ...(families ? familyEntries : [])].map(read(catalogFolder)),
    ...(families ? await all(labCatalogFolder) : []),
    ...(search ? await all(searchCatalogFolder) : []),
    ...(parts ? await all(partsCatalogFolder) : []),
  ])
}

async function assembleFolder(folder: string, pieces: readonly Piece[], catalog: LabCatalog): Promise<void> {
  const building = `${folder}.building-${process.pid}`
  await rm(building, { recursive: true, force: true })
  await mkdir(join(building, 'artifacts'), { recursive: true, mode: 0o755 })
  const { engine, entries } = catalog
  const engineFile = { file: `packages/${engine.id}.yaml`, text: JSON.stringify(engine, null, 2) }
  for (const { file, text } of [...entries, engineFile]) {
    await mkdir(join(building, 'catalog', dirname(file)), { recursive: true })
    await writeFile(join(building, 'catalog', file), text)
  }
  const artifacts: Artifact[] = []
  for (const { record, file } of pieces) {
    await link(file, join(building, 'artifacts', artifactFileName(record.sha256)))
    artifacts.push(record)
  }
  const header = bundleHeader.parse({ ...head, createdAt: new Date().toISOString() })
  const digests = digestList.parse({ format: 1, artifacts })
  await writeFile(join(building, 'bundle.json'), `${JSON.stringify(header, null, 2)}\n`)
  await writeFile(join(building, 'digests.json'), `${JSON.stringify(digests, null, 2)}\n`)
  await rename(building, folder)
  progress(`offline folder ready: ${folder}`)
}
