// Image archives made without a container engine: every digest in them names the bytes it stands for.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256Of } from '../../../../scripts/lab/artifacts/digests.ts'
import { type ImageArchive, writeImageArchive } from '../../../../scripts/lab/artifacts/image-archive.ts'
import { withParentFolders } from '../../../../scripts/lab/artifacts/image-skeleton.ts'
import { type TarEntry, writeTar } from '../../../../scripts/lab/artifacts/tar-writer.ts'
import { artifact } from '../../../../shared/domain/artifact.ts'
import { type ReadEntry, readTar } from './read-tar.ts'

const text = (path: string, content: string): TarEntry => ({
  path,
  mode: 0o755,
  content: { kind: 'bytes', bytes: Buffer.from(content) },
})
const files = withParentFolders([
  text('usr/bin/program', 'bytes of a program'),
  { path: 'bin', mode: 0o777, content: { kind: 'link', target: 'usr/bin' } },
  { path: 'tmp', mode: 0o1777, content: { kind: 'folder' } },
])
const description = { reference: 'rackside.lab/program:1', files, config: { Entrypoint: ['/usr/bin/program'] } }

let folder: string
let archive: ImageArchive
let entries: Map<string, ReadEntry>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-image-'))
  archive = await writeImageArchive(join(folder, 'image'), description)
  entries = new Map(readTar(await readFile(join(folder, 'image'))).map((entry) => [entry.path, entry]))
})
afterAll(() => rm(folder, { recursive: true }))

const json = (path: string) => JSON.parse(entries.get(path)?.bytes.toString('utf8') ?? 'null')
const blob = (digest: string): ReadEntry | undefined => entries.get(`blobs/${digest.replace(':', '/')}`)

test('every blob is named by the sha256 of its bytes', () => {
  const blobs = [...entries.values()].filter((entry) => entry.path.startsWith('blobs/sha256/') && entry.kind === 'file')
  expect(blobs).toHaveLength(3)
  for (const entry of blobs) expect(entry.path).toBe(`blobs/sha256/${sha256Of(entry.bytes)}`)
})

test('index, manifest, config and layer lead to one another with right sizes', () => {
  expect(json('oci-layout')).toEqual({ imageLayoutVersion: '1.0.0' })
  const [listed] = json('index.json').manifests
  expect(listed.digest).toBe(archive.image.manifestDigest)
  expect(listed.annotations['io.containerd.image.name']).toBe(description.reference)
  const manifest = JSON.parse(blob(listed.digest)?.bytes.toString('utf8') ?? '')
  expect(listed.size).toBe(blob(listed.digest)?.bytes.length)
  expect(manifest.config.digest).toBe(archive.image.configDigest)
  const config = JSON.parse(blob(manifest.config.digest)?.bytes.toString('utf8') ?? '')
  expect(config).toMatchObject({ os: 'linux', architecture: 'amd64', config: description.config })
  expect(config.rootfs.diff_ids).toEqual([manifest.layers[0].digest])
  expect(manifest.layers[0].size).toBe(blob(manifest.layers[0].digest)?.bytes.length)
})

test('an attested one is named by the index around its manifest, and its blobs lead to one another too', async () => {
  const file = join(folder, 'attested')
  const { image } = await writeImageArchive(file, { ...description, attested: true })
  const found = new Map(readTar(await readFile(file)).map((entry) => [entry.path, entry.bytes.toString('utf8')]))
  const document = ({ digest, size }: { digest: string; size: number }) => {
    const content = found.get(`blobs/${digest.replace(':', '/')}`) ?? ''
    expect([`sha256:${sha256Of(content)}`, content.length]).toEqual([digest, size])
    return JSON.parse(content)
  }
  const [named, ...others] = JSON.parse(found.get('index.json') ?? '').manifests
  expect([named.digest, named.mediaType, others]).toEqual([image.manifestDigest, expect.stringContaining('index'), []])
  const [plain, statement] = document(named).manifests
  expect(document(plain).config.digest).toBe(archive.image.configDigest)
  expect(plain.digest).toBe(archive.image.manifestDigest)
  expect(statement.annotations['vnd.docker.reference.digest']).toBe(plain.digest)
  const { config, layers } = document(statement)
  expect(document(config).rootfs.diff_ids).toEqual([layers[0].digest])
  document(layers[0])
})

test("Docker's own manifest names the same config and layer", () => {
  const [image] = json('manifest.json')
  expect(image.RepoTags).toEqual([description.reference])
  expect(image.Config).toBe(`blobs/${archive.image.configDigest.replace(':', '/')}`)
  expect(entries.has(image.Layers[0])).toBe(true)
})

test('the layer holds the files, sorted, without a clock and owned by root', () => {
  const layer = readTar(entries.get(json('manifest.json')[0].Layers[0])?.bytes ?? Buffer.alloc(0))
  expect(layer.map((entry) => [entry.path, entry.kind])).toEqual([
    ['bin', 'link'],
    ['tmp/', 'folder'],
    ['usr/', 'folder'],
    ['usr/bin/', 'folder'],
    ['usr/bin/program', 'file'],
  ])
  expect(new Set(layer.map((entry) => `${entry.modifiedAt} ${entry.userId}`))).toEqual(new Set(['0 0']))
  expect(layer.find((entry) => entry.path === 'tmp/')?.mode).toBe(0o1777)
  expect(layer[0]?.target).toBe('usr/bin')
})

test('the result is a valid artifact of the digest list, and the same when made again', async () => {
  expect(artifact.safeParse({ kind: 'image', id: 'program', ...archive }).success).toBe(true)
  const again = await writeImageArchive(join(folder, 'again'), { ...description, files: [...files].reverse() })
  expect(again).toEqual(archive)
})

test('a file that is shorter than announced is an error, not a broken archive', async () => {
  const wrong: TarEntry = {
    path: 'x',
    mode: 0o644,
    content: { kind: 'stream', byteCount: 5, pieces: () => [Buffer.from('four')] },
  }
  const write = async (): Promise<void> => {
    for await (const _ of writeTar([wrong]));
  }
  await expect(write()).rejects.toThrow('5 were announced')
})

test('a path of more than 100 characters is split between name and prefix', async () => {
  const long = `${'folder/'.repeat(20)}file`
  const pieces: Buffer[] = []
  for await (const piece of writeTar([text(long, 'x')])) pieces.push(piece)
  expect(readTar(Buffer.concat(pieces))[0]?.path).toBe(long)
})
