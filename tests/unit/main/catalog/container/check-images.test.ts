// Images of a bundle before it is this console's: one image, the listed one, that takes no name from the site's images and
// is not passed off as Rackside's, by what either of Docker's stores would read of it (P39).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { describeImageArchive, withImageArchive } from '../../../../../main/catalog/build/image-archive.ts'
import { namesIn, writePlain } from '../../../../../main/catalog/build/plain-archive.ts'
import { checkImages } from '../../../../../main/catalog/container/check-images.ts'
import { importBundle } from '../../../../../main/catalog/container/import-bundle.ts'
import { openContainer } from '../../../../../main/catalog/container/open-container.ts'
import { writeImageArchive } from '../../../../../scripts/lab/artifacts/image-archive.ts'
import type { ImageIdentity } from '../../../../../shared/domain/artifact.ts'
import { madeBundle, writtenParts } from '../../../../support/container-cases.ts'
import {
  archiveOf,
  filesOf,
  type ImageParts,
  imageArtifact,
  imageParts,
  putIntoPool,
} from '../../../../support/image-cases.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const { signal } = new AbortController()

async function checked(bytes: Buffer, identity: ImageIdentity) {
  const store = temporaryFolder()
  const artifact = imageArtifact(bytes, identity)
  putIntoPool(store, artifact, bytes)
  const got = await checkImages(store, [artifact], signal)
  if (got.ok) return 'taken'
  if (got.failure.kind !== 'image-refused') throw new Error(JSON.stringify(got.failure))
  expect(got.failure.artifact).toBe('ward-image')
  return `${got.failure.problem}: ${got.failure.detail}`
}

type Change = (files: Map<string, string | Buffer>, parts: ImageParts) => void

const changed = async (change: Change, parts = imageParts()) => {
  const files = filesOf(parts)
  change(files, parts)
  return checked(await archiveOf(files), parts.identity)
}

const put =
  (name: string, edit: (text: string) => string): Change =>
  (files) =>
    void files.set(name, edit(String(files.get(name))))

const blobName = (digest: string) => digest.replace('sha256:', 'blobs/sha256/')

describe('an image', () => {
  it('that is the listed one is taken, with an index and without', async () => {
    const parts = imageParts()
    expect(await changed(() => undefined)).toBe('taken')
    const classic = { ...parts.identity, manifestDigest: parts.identity.configDigest }
    const files = filesOf(parts)
    files.delete('index.json')
    expect(await checked(await archiveOf(files), classic)).toBe('taken')
  })

  it.each<[string, Change]>([
    ['a tag', put('manifest.json', (text) => text.replace('null', '["postgres:15"]'))],
    [
      'a tag in another spelling',
      put('manifest.json', (text) => text.replace('"RepoTags":null', '"repotags":["postgres:15"]')),
    ],
    [
      'a tag that one reader keeps',
      put('manifest.json', (text) => text.replace('"RepoTags":null', '"RepoTags":["a:1"],"RepoTags":null')),
    ],
    ['a name in its index', put('index.json', (text) => named(text, { 'io.containerd.image.name': 'postgres:15' }))],
    [
      'a short name in its index',
      put('index.json', (text) => named(text, { 'org.opencontainers.image.ref.name': '15' })),
    ],
    [
      'names that one reader adds up',
      put('index.json', (text) =>
        text.replace('"size"', '"annotations":{"io.containerd.image.name":"a"},"annotations":{},"size"'),
      ),
    ],
    ['a list of names', (files) => void files.set('repositories', '{"postgres":{"15":"x"}}')],
    ['a name above its folder', (files) => void files.set('blobs/../manifest.json', '[]')],
  ])('with %s is refused, because it could take the name of one that is there', async (_, change) => {
    expect(await changed(change)).toMatch(/^named: /)
  })

  it.each<[string, (header: Buffer) => void]>([
    ['an extended header', (header) => header.write('x', 156)],
    ['a long name in GNU’s form', (header) => header.write('L', 156)],
    ['a link', (header) => header.write('2', 156)],
    ['a folder with bytes', (header) => header.write('5', 156)],
    ['a prefix in its header', (header) => header.write('blobs', 345)],
  ])('whose archive has %s is refused: another reader sees other files', async (_, change) => {
    const parts = imageParts()
    const files = filesOf(parts)
    files.set('extra', 'some bytes')
    const bytes = await archiveOf(files)
    const at = bytes.lastIndexOf('extra\0')
    change(bytes.subarray(at, at + 512))
    expect(await checked(bytes, parts.identity)).toMatch(/^named: it has a/)
  })

  it.each<[string, Change, RegExp]>([
    ['two images', put('manifest.json', (text) => `[${text.slice(1, -1)},${text.slice(1)}`), /^named: /],
    ['another image in its index', otherInIndex(false), /names another image/],
    ['two images in an index of its index', otherInIndex(true), /names 2 images/],
    ['a manifest with other bytes than its digest', spoiltManifest, /other bytes than its name/],
    ['a layer with other bytes', spoiltLayer, /is not that of its config/],
  ])('with %s is refused', async (_, change, said) => {
    expect(await changed(change)).toMatch(said)
  })

  it.each<[string, Partial<ImageIdentity>, RegExp]>([
    ['config', { configDigest: `sha256:${'0'.repeat(64)}` }, /^other-image: sha256:.* instead of sha256:0/],
    ['manifest', { manifestDigest: `sha256:${'0'.repeat(64)}` }, /^other-image: /],
    [
      'platform',
      { platform: { os: 'linux', architecture: 'arm64' } },
      /^other-image: linux\/amd64 instead of linux\/arm64$/,
    ],
    ['size, which is more', { unpackedBytes: 2047 }, /^other-image: it unpacks to more/],
    ['size, which is less', { unpackedBytes: 2049 }, /^other-image: 2048 bytes unpacked instead of 2049/],
  ])('with another %s than the list says is refused', async (_, other, said) => {
    const parts = imageParts()
    expect(await checked(await archiveOf(filesOf(parts)), { ...parts.identity, ...other })).toMatch(said)
  })

  it.each([
    ['a label', (json: string) => json.replace('"maintainer"', '"rackside.deployment"')],
    ['a label in escapes', (json: string) => json.replace('"maintainer"', '"\\u0072ackside.deployment"')],
    [
      'labels that one reader adds up',
      (json: string) => json.replace('"Labels"', '"Labels":{"rackside.run":"1"},"Labels"'),
    ],
  ])('with %s of Rackside is refused', async (_, config) => {
    expect(await changed(() => undefined, imageParts({ config }))).toBe('claims-rackside: ')
  })

  it('that grows beyond all reason, or is none, is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024))
    const parts = imageParts({ layer: bomb })
    expect(await checked(await archiveOf(filesOf(parts)), parts.identity)).toMatch(/grows beyond|unpacks to more/)
    expect(await checked(Buffer.alloc(5000, 'x'), parts.identity)).toMatch(/^unreadable: it is no tar archive/)
  })

  it('is not looked at any more where the import is stopped', async () => {
    const artifact = imageArtifact(Buffer.from('x'), imageParts().identity)
    expect(await checkImages(temporaryFolder(), [artifact], AbortSignal.abort())).toEqual({
      ok: true,
      value: undefined,
    })
  })
})

function named(index: string, annotations: object): string {
  const read = JSON.parse(index)
  read.manifests[0].annotations = annotations
  return JSON.stringify(read)
}

/** The classic store reads the one image, the containerd store another, or one of two. */
function otherInIndex(both: boolean): Change {
  return (files, parts) => {
    const other = imageParts({ layer: Buffer.alloc(1024, 'other') })
    for (const [name, bytes] of filesOf(other)) if (name.startsWith('blobs/')) files.set(name, bytes)
    if (!both) return void files.set('index.json', other.index)
    const [one, two] = [parts, other].map(({ index }) => JSON.parse(index).manifests[0])
    const inner = JSON.stringify({ schemaVersion: 2, manifests: [one, two] })
    const made = imageParts({ layer: Buffer.from(inner) })
    const digest = made.config.match(/sha256:[0-9a-f]{64}/)?.[0] ?? ''
    files.set(blobName(digest), inner)
    files.set('index.json', JSON.stringify({ schemaVersion: 2, manifests: [{ ...one, digest, size: inner.length }] }))
  }
}

function spoiltManifest(files: Map<string, string | Buffer>, { identity, manifest }: ImageParts): void {
  files.set(blobName(identity.manifestDigest), `${manifest} `)
}

function spoiltLayer(files: Map<string, string | Buffer>, { layer }: ImageParts): void {
  for (const [name, bytes] of files) if (bytes === layer) files.set(name, Buffer.alloc(2048, 'spoilt'))
}

describe('an archive that names its image', () => {
  it.each([false, true])('is written without names and keeps its ids (attested: %s)', async (attested) => {
    const folder = temporaryFolder()
    const [file, out] = [join(folder, 'named.tar'), join(folder, 'plain.tar')]
    const files = [
      { path: 'bin/llama', mode: 0o755, content: { kind: 'bytes', bytes: Buffer.from('a program') } as const },
    ]
    const made = await writeImageArchive(file, { reference: 'postgres:15', files, config: {}, attested })
    expect(await withImageArchive(file, namesIn)).toMatch(/name/)
    await withImageArchive(file, (archive) => writePlain(archive, out))
    expect(await withImageArchive(out, namesIn)).toBeUndefined()
    expect(await withImageArchive(out, (archive) => describeImageArchive(archive))).toEqual(made.image)
  })
})

describe('an import', () => {
  it('of a bundle with an image that has a name names the image, and makes no bundle of it', async () => {
    const parts = imageParts()
    const outcomes: unknown[] = []
    for (const change of [() => undefined, put('manifest.json', (text) => text.replace('null', '["postgres:15"]'))]) {
      const files = filesOf(parts)
      change(files, parts)
      const bytes = await archiveOf(files)
      const artifact = imageArtifact(bytes, parts.identity)
      const file = join(temporaryFolder(), 'image.tar')
      writeFileSync(file, bytes)
      const { documents } = madeBundle({})
      documents.set('digests.json', Buffer.from(JSON.stringify({ format: 1, artifacts: [artifact] })))
      const container = await openContainer(await writtenParts({ documents, files: [{ artifact, bytes, file }] }))
      if (!container.ok) throw new Error(JSON.stringify(container.failure))
      const store = temporaryFolder()
      outcomes.push(await importBundle(container.value, { store, others: [], onProgress: () => undefined, signal }))
    }
    expect(outcomes).toMatchObject([
      { ok: true },
      { failure: { kind: 'image-refused', artifact: 'ward-image', problem: 'named' } },
    ])
  })
})
