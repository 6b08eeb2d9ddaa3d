// The images of the lab: the real llama.cpp server, the reference app on the real Node.js, HAProxy as a gateway and nginx as an ingress, all
// cut from the base image's Debian packages.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BaseImage } from '../base/base-image.ts'
import { labSourceFolder, repositoryFolder } from '../folders.ts'
import type { ImageDescription } from './image-archive.ts'
import { imageSkeleton, withParentFolders } from './image-skeleton.ts'
import { fileOfBase, filesBelow, programClosure } from './program-closure.ts'
import { seededBytes } from './seeded-bytes.ts'
import type { TarEntry } from './tar-writer.ts'

const searchPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
/** Debian's Node.js reads these parts of itself from files when they are first used (fetch is undici). */
const nodeBuiltins = [
  '/usr/share/nodejs/undici/undici-fetch.js',
  '/usr/share/nodejs/acorn/dist/acorn.js',
  '/usr/share/nodejs/acorn-walk/dist/walk.js',
]
/** An app with a database, and its worker. */
export const registerFolder = join(labSourceFolder, 'parts', 'programs')
export const referenceAppFolder = join(repositoryFolder, 'resources', 'reference-app')

/** Extra MiB are one file of random bytes: it makes `docker load` slow and does not compress. */
export async function llamaServerImage(base: BaseImage, extraMib: number): Promise<ImageDescription> {
  // ggml loads the backend that fits the processor at run time, so ldd of the server does not name them.
  const backends = await filesBelow(base, '/usr/lib/x86_64-linux-gnu/ggml')
  const files = [
    ...(await imageSkeleton(base)),
    ...(await programClosure(base, ['/usr/bin/llama-server', ...backends])),
    { path: 'models', mode: 0o755, content: { kind: 'folder' } } as const,
  ]
  return {
    reference: `rackside.lab/llama-server:${imageVersion(base, 'llama.cpp')}`,
    files: withParentFolders(extraMib === 0 ? files : [...files, ballast(extraMib)]),
    config: {
      Env: [searchPath, 'LANG=C.UTF-8', 'LLAMA_ARG_HOST=0.0.0.0'],
      Entrypoint: ['/usr/bin/llama-server'],
      ExposedPorts: { '8080/tcp': {} },
      WorkingDir: '/',
    },
  }
}

export async function noteHelperImage(base: BaseImage): Promise<ImageDescription> {
  const entrypoint = ['/usr/bin/node', '/app/server.mjs']
  return { ...(await nodeImage(base, referenceAppFolder, 'clinic-note-helper', entrypoint)), attested: true }
}

/** Its words name the program: the app itself and its worker have one image. */
export function noteRegisterImage(base: BaseImage): Promise<ImageDescription> {
  return nodeImage(base, registerFolder, 'note-register', ['/usr/bin/node'])
}

/** Debian's server is the same program as the one that checks its files; which it is says its name. Root's, as the official image. */
export async function redisImage(base: BaseImage): Promise<ImageDescription> {
  const files = [
    ...(await imageSkeleton(base)),
    ...(await programClosure(base, ['/usr/bin/redis-check-rdb', '/usr/bin/redis-cli'])),
    { path: 'usr/bin/redis-server', mode: 0o777, content: { kind: 'link', target: 'redis-check-rdb' } } as const,
    { path: 'data', mode: 0o777, content: { kind: 'folder' } } as const,
  ]
  return {
    reference: `rackside.lab/redis:${imageVersion(base, 'redis-tools')}`,
    files: withParentFolders(files),
    // With a locale that is not in the image it does not start.
    config: { Env: [searchPath], Entrypoint: ['/usr/bin/redis-server'], WorkingDir: '/data' },
  }
}

async function nodeImage(
  base: BaseImage,
  folder: string,
  name: string,
  entrypoint: string[],
): Promise<ImageDescription> {
  const files = [
    ...(await imageSkeleton(base)),
    ...(await programClosure(base, ['/usr/bin/node'])),
    ...(await Promise.all(nodeBuiltins.map((path) => fileOfBase(base, path)))),
    ...(await folderEntries(folder, 'app')),
  ]
  return {
    reference: `rackside.lab/${name}:1.0.0`,
    files: withParentFolders(files),
    config: {
      Env: [searchPath, 'LANG=C.UTF-8', 'NODE_ENV=production'],
      Entrypoint: entrypoint,
      ExposedPorts: { '8080/tcp': {} },
      WorkingDir: '/app',
      User: '65534:65534',
    },
  }
}

/** As the official image begins it: a master process that starts workers, in the foreground. */
export function modelGatewayImage(base: BaseImage): Promise<ImageDescription> {
  const config = { Entrypoint: ['/usr/sbin/haproxy', '-W', '-db'], ExposedPorts: { '8080/tcp': {} } }
  return serverImage(base, 'haproxy', config)
}

/** As the image of nginx that runs without root: its words name the program. */
export function webIngressImage(base: BaseImage): Promise<ImageDescription> {
  return serverImage(base, 'nginx', { ExposedPorts: { '8080/tcp': {}, '8443/tcp': {} } })
}

/** As the project's own image begins it. */
export function nodeExporterImage(base: BaseImage): Promise<ImageDescription> {
  const name = 'prometheus-node-exporter'
  const config = { Entrypoint: [`/usr/bin/${name}`], ExposedPorts: { '9100/tcp': {} } }
  return serverImage(base, name, config, '/usr/bin')
}

/** One program, named as its package. */
async function serverImage(
  base: BaseImage,
  name: string,
  config: ImageDescription['config'],
  folder = '/usr/sbin',
): Promise<ImageDescription> {
  const files = [...(await imageSkeleton(base)), ...(await programClosure(base, [`${folder}/${name}`]))]
  return {
    reference: `rackside.lab/${name}:${imageVersion(base, name)}`,
    files: withParentFolders(files),
    config: { Env: [searchPath, 'LANG=C.UTF-8'], ...config, WorkingDir: '/', User: '65534:65534' },
  }
}

/** A Debian version as an image tag: no epoch, no plus signs. */
function imageVersion(base: BaseImage, packageName: string): string {
  const version = base.record.packages[packageName] ?? '0'
  return version.replace(/^\d+:/, '').replace(/[^A-Za-z0-9._-]/g, '-')
}

async function folderEntries(folder: string, path: string): Promise<TarEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    files.map(async (source) => ({
      path: join(path, source.slice(folder.length + 1)),
      mode: 0o644,
      content: { kind: 'file', source, byteCount: (await stat(source)).size } as const,
    })),
  )
}

function ballast(extraMib: number): TarEntry {
  const mebibyte = 1024 * 1024
  return {
    path: 'usr/share/rackside-lab-ballast',
    mode: 0o644,
    content: {
      kind: 'stream',
      byteCount: extraMib * mebibyte,
      *pieces() {
        const source = seededBytes('rackside ballast 1')
        for (let done = 0; done < extraMib; done += 1) yield source.take(mebibyte)
      },
    },
  }
}
