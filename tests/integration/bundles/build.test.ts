// A bundle is made for a server that somebody looked at: from files, a hub, a registry and an engine, all of them on this
// computer; what was cut off goes on, what has other bytes than it is named by is refused, and what is missing is named.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openContainer } from '../../../main/catalog/container/open-container.ts'
import { verifyContainer } from '../../../main/catalog/container/verify-bundle.ts'
import { type BuildWish, buildBundle } from '../../../main/core/bundles/build.ts'
import { writeImageArchive } from '../../../scripts/lab/artifacts/image-archive.ts'
import { tinyModel } from '../../../scripts/lab/artifacts/tiny-model.ts'
import { madeModel } from '../../support/made-entries.ts'
import { bareFacts, tools } from '../../support/plan-cases.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { imageFiles, wardEntries } from '../../support/vendor-project.ts'
import { noteHelper } from '../../support/ward-with-parts.ts'

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
const weights = Buffer.concat([...tinyModel(0)])
const clock = { now: () => '2026-11-20T08:00:00.000Z', sha256: tools.sha256 }

function madeCatalog(folder: string): string {
  const catalog = join(folder, 'catalog')
  mkdirSync(catalog)
  const entries = [...wardEntries(weights.length), madeModel('another')]
  for (const entry of entries) writeFileSync(join(catalog, `${entry.kind}-${entry.id}.yaml`), JSON.stringify(entry))
  return catalog
}

/** In the image that there is. */
function lettersApp(): object {
  const found = noteHelper()
  const images = { amd64: { artifact: 'llama-image' } }
  return { ...found, variants: found.variants.map(({ contains: _, ...one }) => ({ ...one, images })) }
}

const lettersSolution = {
  ...{ kind: 'solution', id: 'letters', version: '1', licence: { spdx: 'MIT' } },
  ...{ title: { en: 'Letters', 'zh-CN': '信函' }, summary: { en: 'An app.', 'zh-CN': '应用。' } },
  services: [{ role: 'app', name: 'letters', app: 'note-helper', usesInstalled: 'openai-chat', hostPort: 8420 }],
}

type Sources = Readonly<Record<string, object>>

function wishOf(artifacts: Sources, changes: Partial<BuildWish> = {}): BuildWish {
  const folder = temporaryFolder()
  const facts = join(folder, 'facts.json')
  writeFileSync(facts, JSON.stringify(bareFacts()))
  const sources = join(folder, 'sources.json')
  writeFileSync(sources, JSON.stringify({ format: 1, publisher: { id: 'clinic', name: 'Clinic' }, artifacts }))
  return {
    ...{ catalog: madeCatalog(folder), solution: 'ward', sources, target: { facts }, mostPartBytes: 1e9 },
    ...{ out: join(folder, 'ward.rsb'), cache: join(folder, 'cache'), ...changes },
  }
}

async function built(wish: BuildWish) {
  const made = await buildBundle(clock, wish)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  const opened = await openContainer(made.value.files)
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  expect(await verifyContainer(opened.value)).toEqual([])
  return { ...made.value, container: opened.value }
}

async function localFiles() {
  const folder = temporaryFolder()
  const model = join(folder, 'tiny.gguf')
  writeFileSync(model, weights)
  const image = join(folder, 'llama.tar')
  const files = imageFiles('a program')
  await writeImageArchive(image, { reference: 'llama:1', files, config: {} })
  return { model: { from: 'file', path: model }, image: { from: 'file', path: image }, folder, imageFile: image }
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

async function serving(answer: Answer, at?: string): Promise<Server> {
  const server = createServer(answer)
  await new Promise<void>((resolve) =>
    at === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(at, resolve),
  )
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return server
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

describe('a bundle that is made', () => {
  it('has the entries and artifacts of one solution for one server, and no others', async () => {
    const { model, image } = await localFiles()
    const { container, carriedBytes } = await built(wishOf({ 'tiny-gguf': model, 'llama-image': image }))
    expect(container.artifacts.map(({ id, kind }) => `${kind} ${id}`).sort()).toEqual([
      'image llama-image',
      'weights tiny-gguf',
    ])
    expect([...container.documents.keys()].filter((name) => name.startsWith('catalog/'))).toEqual([
      ...['catalog/model-tiny.yaml', 'catalog/runtime-llama.yaml', 'catalog/solution-ward.yaml'],
    ])
    expect(carriedBytes).toBeGreaterThan(weights.length)
  })

  it('is made for a class of servers too', async () => {
    const { model, image } = await localFiles()
    const { container } = await built(
      wishOf({ 'tiny-gguf': model, 'llama-image': image }, { target: { hardware: 'cpu' } }),
    )
    expect(container.artifacts).toHaveLength(2)
    const other = wishOf({ 'tiny-gguf': model, 'llama-image': image }, { target: { hardware: 'toaster' } })
    expect(await buildBundle(clock, other)).toMatchObject({ failure: { kind: 'no-variant-fits', entry: 'ward-model' } })
  })

  it('needs no model for an app that asks an installed one, also where the server has none', async () => {
    const { image } = await localFiles()
    for (const target of [{}, { target: { hardware: 'nvidia' } }]) {
      const wish = wishOf({ 'llama-image': image }, { solution: 'letters', ...target })
      writeFileSync(join(wish.catalog, 'app-note-helper.yaml'), JSON.stringify(lettersApp()))
      writeFileSync(join(wish.catalog, 'solution-letters.yaml'), JSON.stringify(lettersSolution))
      const { container } = await built(wish)
      expect(container.artifacts.map(({ id }) => id)).toEqual(['llama-image'])
    }
  })

  it('names what no source was named for', async () => {
    const { model } = await localFiles()
    expect(await buildBundle(clock, wishOf({ 'tiny-gguf': model }))).toMatchObject({
      failure: { kind: 'build-incomplete', artifacts: ['llama-image'] },
    })
  })

  it('leaves out what the other bundle has: under a tenth where one small file changed', async () => {
    const { model, image, imageFile, folder } = await localFiles()
    const first = wishOf({ 'tiny-gguf': model, 'llama-image': image })
    const old = await built(first)
    const changed = join(folder, 'changed.tar')
    const files = imageFiles('another')
    await writeImageArchive(changed, { reference: 'llama:2', files, config: {} })
    const sources = { 'tiny-gguf': model, 'llama-image': { from: 'file', path: changed } }
    const delta = await built(wishOf(sources, { against: old.files[0] ?? '' }))
    expect(delta.leftOut).toEqual(['tiny-gguf'])
    expect(statSync(delta.files[0] ?? '').size).toBeLessThan(statSync(old.files[0] ?? '').size / 10)
    expect(readFileSync(imageFile).length).toBeGreaterThan(0)
  })
})

describe('a hub', () => {
  /** Redirects to another origin, as hubs do, and breaks off the first answer. */
  async function hub(file: Buffer, { named = sha256(file), cuts = 1 } = {}) {
    const ranges: (string | undefined)[] = []
    const store = await serving((request, response) => {
      ranges.push(request.headers.range)
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
      response.writeHead(from > 0 ? 206 : 200, { etag: '"1"', 'content-length': file.length - from })
      if (ranges.length > cuts) response.end(file.subarray(from))
      else response.write(file.subarray(0, 50_000), () => setTimeout(() => response.destroy(), 50))
    })
    const front = await serving((_, response) => {
      const location = `http://127.0.0.1:${portOf(store)}/blob`
      response.writeHead(302, { location, 'x-linked-etag': `"${named}"` }).end()
    })
    return { url: `http://127.0.0.1:${portOf(front)}/org/model/resolve/main/tiny.gguf`, ranges }
  }

  it('is asked for the rest of a file that was cut off', async () => {
    const { image } = await localFiles()
    const { url, ranges } = await hub(weights)
    const { container } = await built(wishOf({ 'tiny-gguf': { from: 'http', url }, 'llama-image': image }))
    expect(container.artifacts.map(({ sha256: sum }) => sum)).toContain(sha256(weights))
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)])
  })

  it.each([
    ['another file than it names', weights, '0'.repeat(64), /sha256 is not the one/],
    [
      'a pointer of Git LFS',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:1\n'),
      undefined,
      /Git LFS/,
    ],
  ])('that gives %s is refused', async (_, file, named, said) => {
    const { image } = await localFiles()
    const { url } = await hub(file, { cuts: 0, ...(named !== undefined && { named }) })
    expect(
      await buildBundle(clock, wishOf({ 'tiny-gguf': { from: 'http', url }, 'llama-image': image })),
    ).toMatchObject({
      failure: { kind: 'source-failed', artifact: 'tiny-gguf', source: url, detail: expect.stringMatching(said) },
    })
  })
})

describe('a registry', () => {
  /** Two platforms behind an index; a token is needed, which its own server gives to one login. */
  async function registry({ spoils = false } = {}) {
    const layer = Buffer.alloc(10_240, 'layer')
    const packed = gzipSync(layer)
    const blobs = new Map<string, Buffer>()
    const put = (bytes: Buffer) => {
      const digest = `sha256:${sha256(bytes)}`
      blobs.set(digest, bytes)
      return { digest, size: bytes.length }
    }
    const imageFor = (architecture: string) => {
      const config = { os: 'linux', architecture, rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] } }
      const manifest = { schemaVersion: 2, config: put(Buffer.from(JSON.stringify(config))), layers: [put(packed)] }
      return { ...put(Buffer.from(JSON.stringify(manifest))), platform: { os: 'linux', architecture } }
    }
    const index = put(
      Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [imageFor('arm64'), imageFor('amd64')] })),
    )
    const basic = `Basic ${Buffer.from('ops:hunter2').toString('base64')}`
    const server = await serving((request, response) => {
      const url = new URL(request.url ?? '', 'http://127.0.0.1')
      const { authorization } = request.headers
      if (url.pathname === '/token') {
        response.writeHead(authorization === basic ? 200 : 401).end(JSON.stringify({ token: 'let-me-in' }))
      } else if (authorization !== 'Bearer let-me-in') {
        const realm = `http://127.0.0.1:${portOf(server)}/token`
        response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="here"` }).end()
      } else {
        const name = url.pathname.split('/').at(-1) ?? ''
        const bytes = blobs.get(name === '1.0' ? index.digest : name)
        const sent = spoils && bytes === packed ? gzipSync('spoiled') : bytes
        response.writeHead(sent === undefined ? 404 : 200).end(sent)
      }
    })
    return `127.0.0.1:${portOf(server)}/team/llama:1.0`
  }

  async function pulling(image: string, password = 'hunter2') {
    const { model, folder } = await localFiles()
    const login = join(folder, 'login.json')
    writeFileSync(login, JSON.stringify({ user: 'ops', password }))
    return wishOf({ 'tiny-gguf': model, 'llama-image': { from: 'registry', image, login } })
  }

  it('gives the image of the platform that is meant, with what its layers weigh unpacked', async () => {
    const { container } = await built(await pulling(await registry()))
    expect(container.artifacts.find(({ kind }) => kind === 'image')).toMatchObject({
      image: { platform: { os: 'linux', architecture: 'amd64' }, unpackedBytes: 10_240 },
    })
  })

  it('that gives other bytes, knows no such image, or lets nobody in is named with the reason, never with the login', async () => {
    const image = await registry()
    const wishes = [
      await pulling(await registry({ spoils: true })),
      await pulling(image.replace('1.0', '2.0')),
      await pulling(image, 'hunter3'),
    ]
    const said: string[] = []
    for (const wish of wishes) {
      const failed = await buildBundle(clock, wish)
      said.push(failed.ok || failed.failure.kind !== 'source-failed' ? 'no failure' : failed.failure.detail)
      expect(JSON.stringify(failed)).not.toContain('hunter')
    }
    expect(said).toEqual([expect.stringMatching(/sha256/), expect.stringMatching(/404/), expect.stringMatching(/401/)])
  })
})

describe('an engine on this computer', () => {
  it('is asked for the image that it has', async () => {
    const { model, folder, imageFile } = await localFiles()
    const socket = join(folder, 'engine.sock')
    await serving((request, response) => {
      const known = request.url === '/images/llama%3A1/get'
      response.writeHead(known ? 200 : 404).end(known ? readFileSync(imageFile) : '')
    }, socket)
    const source = (image: string) => ({ 'tiny-gguf': model, 'llama-image': { from: 'docker', image, socket } })
    const { files } = await built(wishOf(source('llama:1')))
    expect(basename(files[0] ?? '')).toBe('ward.rsb')
    expect(await buildBundle(clock, wishOf(source('llama:2')))).toMatchObject({
      failure: { kind: 'source-failed', detail: 'the engine has no such image' },
    })
  })
})
