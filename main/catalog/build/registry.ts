// Pulls an image from an OCI registry into an archive that `docker load` takes: only reading, and no byte is used that
// has not the digest it is named by. Anonymous, or with a token that the registry's own server gives out.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { ociDigest } from '../../../shared/domain/artifact.ts'
import { fetchFile } from './fetch-file.ts'
import type { TarFile } from './tar.ts'

export type ImageWanted = {
  /** "registry.example/team/name:tag", or with "@sha256:...". */
  readonly image: string
  readonly architecture: 'amd64' | 'arm64'
  readonly login?: { readonly user: string; readonly password: string } | undefined
  readonly cache: string
}

const mostManifestBytes = 4 * 1024 * 1024
const kinds = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]
const descriptor = z.object({ digest: ociDigest, size: z.int().nonnegative() })
const list = z.object({
  manifests: z
    .array(descriptor.extend({ platform: z.object({ os: z.string(), architecture: z.string() }).optional() }))
    .max(1000),
})
const manifest = z.object({ config: descriptor, layers: z.array(descriptor).max(1000) })

type Place = { readonly base: string; readonly repository: string; readonly reference: string }

/** The files of the archive. Throws with what went wrong. */
export async function pullImage(wanted: ImageWanted): Promise<TarFile[]> {
  const place = placeOf(wanted.image)
  const headers = await headersFor(place, wanted.login)
  const first = await manifestAt(place, place.reference, headers)
  const many = list.safeParse(first.json)
  const chosen = many.success
    ? many.data.manifests.find(
        ({ platform }) => platform?.os === 'linux' && platform.architecture === wanted.architecture,
      )
    : undefined
  if (many.success && chosen === undefined) throw new Error(`it has no image for linux/${wanted.architecture}`)
  const own = chosen === undefined ? first : await manifestAt(place, chosen.digest, headers)
  const { config, layers } = manifest.parse(own.json)
  const blob = async ({ digest }: z.infer<typeof descriptor>): Promise<TarFile> => {
    const sha256 = digest.slice('sha256:'.length)
    const url = `${place.base}/v2/${place.repository}/blobs/${digest}`
    return { name: blobName(digest), file: await fetchFile(wanted.cache, { url, sha256, headers }) }
  }
  const blobs = new Map<string, TarFile>()
  for (const one of [config, ...layers]) blobs.set(one.digest, blobs.get(one.digest) ?? (await blob(one)))
  const digest = digestOf(own.bytes)
  const kind = z.object({ mediaType: z.string().optional() }).parse(own.json).mediaType ?? kinds[2]
  const named = { mediaType: kind, digest, size: own.bytes.length }
  const text = (value: unknown) => Buffer.from(JSON.stringify(value))
  return [
    { name: 'oci-layout', bytes: text({ imageLayoutVersion: '1.0.0' }) },
    { name: 'index.json', bytes: text({ schemaVersion: 2, mediaType: kinds[0], manifests: [named] }) },
    {
      name: 'manifest.json',
      bytes: text([
        {
          Config: blobName(config.digest),
          RepoTags: [],
          Layers: layers.map((one) => blobName(one.digest)),
        },
      ]),
    },
    { name: blobName(digest), bytes: own.bytes },
    ...blobs.values(),
  ]
}

function blobName(digest: string): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

const named =
  /^([a-z0-9.-]+(?::\d+)?)\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([A-Za-z0-9_][\w.-]{0,127})|@(sha256:[0-9a-f]{64}))?$/

function placeOf(image: string): Place {
  const [, host, repository, tag, digest] = named.exec(image) ?? []
  if (host === undefined || repository === undefined) throw new Error(`"${image}" names no registry and image`)
  // As Docker has it: nothing on the way can read or change what this computer itself serves.
  const isHere = /^(localhost|127\.0\.0\.1)(:|$)/.test(host)
  return { base: `${isHere ? 'http' : 'https'}://${host}`, repository, reference: digest ?? tag ?? 'latest' }
}

async function manifestAt({ base, repository }: Place, reference: string, headers: Record<string, string>) {
  const url = `${base}/v2/${repository}/manifests/${reference}`
  const response = await fetch(url, { headers: { ...headers, accept: kinds.join(', ') } })
  if (!response.ok) throw new Error(`the registry answers ${response.status} for ${reference}`)
  const bytes = await bytesOf(response, mostManifestBytes)
  const stated = reference.startsWith('sha256:') ? reference : response.headers.get('docker-content-digest')
  if (stated !== null && digestOf(bytes) !== stated) throw new Error('its manifest has not the digest it is named by')
  return { bytes, json: JSON.parse(bytes.toString('utf8')) as unknown }
}

/** Whatever the server goes on sending. */
async function bytesOf(response: Response, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length
    if (length > most) throw new Error('its manifest is too large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** As the registry asks for it: nothing, the login itself, or a token for reading this one repository. */
async function headersFor(place: Place, login: ImageWanted['login']): Promise<Record<string, string>> {
  const basic: Record<string, string> =
    login === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` }
  const asked = await fetch(`${place.base}/v2/`, { headers: {} })
  await asked.body?.cancel()
  if (asked.status !== 401) return {}
  const challenge = asked.headers.get('www-authenticate') ?? ''
  if (/^basic/i.test(challenge)) return basic
  const word = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1]
  const realm = word('realm')
  if (realm === undefined) throw new Error('the registry asks for a login in a way that is not known here')
  const url = new URL(realm)
  if (url.protocol !== new URL(place.base).protocol)
    throw new Error('its token server is reached another way than itself')
  url.searchParams.set('service', word('service') ?? '')
  url.searchParams.set('scope', `repository:${place.repository}:pull`)
  const answer = await fetch(url, { headers: basic })
  if (!answer.ok) throw new Error(`its token server answers ${answer.status}`)
  const given = z
    .object({ token: z.string().optional(), access_token: z.string().optional() })
    .parse(await answer.json())
  return { authorization: `Bearer ${given.token ?? given.access_token ?? ''}` }
}

/** A file with {"user": ..., "password": ...}: no secret stands among sources. */
export function loginIn(file: string): NonNullable<ImageWanted['login']> {
  return z.strictObject({ user: z.string(), password: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')))
}
