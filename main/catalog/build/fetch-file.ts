// Fetches a file over HTTP into a cache, and goes on where it was cut off. What it is to be is known by its sha256 where
// anybody says one: whoever asks, or a hub that names the file's own in a header. Hubs answer with a redirect.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { join } from 'node:path'

export type Wanted = {
  readonly url: string
  readonly sha256?: string | undefined
  /** Of the name in the cache: some readers go by it. */
  readonly ending?: string
  readonly headers?: Readonly<Record<string, string>>
}

const mostRedirects = 5
const tries = 4
/** A file of Git LFS that was not fetched is three short lines. */
const pointerStart = 'version https://git-lfs.github.com/spec/'

/** Where it lies. Throws with what went wrong, in words for whoever makes the bundle. */
export async function fetchFile(cache: string, wanted: Wanted): Promise<string> {
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  const key = wanted.sha256 === undefined ? `url-${sha256Text(wanted.url)}` : `sha256-${wanted.sha256}`
  const file = join(cache, `${key}${wanted.ending ?? ''}`)
  // What nobody names by its sha256 may be another one by now; what is named so may have been changed here.
  if (wanted.sha256 !== undefined && existsSync(file) && (await sha256Of(file)) === wanted.sha256) return file
  rmSync(file, { force: true })
  let last: unknown
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      const sha256 = await fetchOnce(`${file}.part`, wanted)
      await checkFetched(`${file}.part`, wanted.sha256 ?? sha256)
      await rename(`${file}.part`, file)
      return file
    } catch (error) {
      last = error
      if (error instanceof Refused) break
    }
  }
  throw last
}

/** Trying again changes nothing. */
class Refused extends Error {}

/** The sha256 that the server names, where it names one. */
async function fetchOnce(part: string, wanted: Wanted): Promise<string | undefined> {
  const have = existsSync(part) ? statSync(part).size : 0
  const mark = `${part}.mark`
  const known = have > 0 && existsSync(mark) ? readFileSync(mark, 'utf8') : undefined
  const resumes = have > 0 && (known !== undefined || wanted.sha256 !== undefined)
  const range = resumes ? { range: `bytes=${have}-`, ...(known !== undefined && { 'if-range': known }) } : {}
  const { response, linkedSha256 } = await follow(wanted.url, { ...wanted.headers, ...range })
  const whole = response.status === 416 && resumes
  if (whole) return linkedSha256
  if (response.status !== 200 && response.status !== 206) {
    await response.body?.cancel()
    const text = `the server answers ${response.status}`
    throw response.status >= 500 || response.status === 429 ? new Error(text) : new Refused(text)
  }
  const etag = response.headers.get('etag')
  if (etag !== null && !etag.startsWith('W/')) writeFileSync(mark, etag)
  const from = response.status === 206 ? have : 0
  const handle = await open(part, from > 0 ? 'r+' : 'w')
  try {
    await writeBody(handle, response, from)
  } finally {
    await handle.close()
  }
  return linkedSha256
}

async function writeBody(handle: FileHandle, response: Response, from: number): Promise<void> {
  let at = from
  const stated = response.headers.get('content-length')
  if (response.body === null) return
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    for (let done = 0; done < piece.length; ) {
      done += (await handle.write(piece, done, piece.length - done, at + done)).bytesWritten
    }
    at += piece.length
  }
  if (stated !== null && at - from !== Number(stated)) throw new Error('the connection ended before the file did')
}

/** What lets somebody in at one server is not shown to another one. */
async function follow(url: string, headers: Record<string, string>) {
  let linkedSha256: string | undefined
  let at = new URL(url)
  let shown = headers
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    if (at.protocol !== 'https:' && at.protocol !== 'http:') throw new Refused(`${at.protocol} is not fetched from`)
    const response = await fetch(at, { headers: shown, redirect: 'manual' })
    // Hugging Face and its mirrors: the sha256 of a file of Git LFS.
    linkedSha256 ??= /^"?([0-9a-f]{64})"?$/.exec(response.headers.get('x-linked-etag') ?? '')?.[1]
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return { response, linkedSha256 }
    await response.body?.cancel()
    const next = new URL(location, at)
    if (at.protocol === 'https:' && next.protocol !== 'https:') throw new Refused('it leads from https to http')
    if (next.origin !== at.origin) {
      const { authorization: _, ...others } = shown
      shown = others
    }
    at = next
  }
  throw new Refused(`it leads on more than ${mostRedirects} times`)
}

async function checkFetched(part: string, sha256: string | undefined): Promise<void> {
  const hash = createHash('sha256')
  let start = ''
  for await (const piece of createReadStream(part, { highWaterMark: 4 * 1024 * 1024 })) {
    if (start === '') start = (piece as Buffer).subarray(0, pointerStart.length).toString('latin1')
    hash.update(piece as Buffer)
  }
  rmSync(`${part}.mark`, { force: true })
  const problem =
    start === pointerStart
      ? 'it is a pointer of Git LFS and not the file: name the address that gives the file itself'
      : sha256 !== undefined && hash.digest('hex') !== sha256
        ? 'its sha256 is not the one that was named'
        : undefined
  if (problem === undefined) return
  rmSync(part, { force: true })
  throw new Refused(problem)
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file, { highWaterMark: 4 * 1024 * 1024 })) hash.update(piece as Buffer)
  return hash.digest('hex')
}

function sha256Text(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
