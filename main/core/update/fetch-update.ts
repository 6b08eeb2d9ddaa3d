// An update from a server of the site: its document, and of its packages the first one for this system that the server has,
// into a private folder, where they lie as if somebody had carried them here. Nothing is believed for where it came from:
// who reads them there checks all of it.
import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { openStateFolder } from '../../store/folder.ts'
import { mostDocumentBytes, readRelease, refused, type UpdateQuestion } from './read-release.ts'

/** Without a byte, at the start as well. */
const silenceMilliseconds = 30_000
const namesOfPlaces = '.fetched-'
/** No fetch takes so long: whoever began one like that was killed. */
const abandonedMilliseconds = 24 * 3_600_000

export type FetchedUpdate = {
  /** The document, its package beside it. */
  readonly file: string
  remove(): void
}

export function isUpdateAddress(text: string): boolean {
  return /^https?:\/\//.test(text)
}

/** `question.file`: the address of the document. `folder`: of the state of this console. */
export async function fetchUpdate(question: UpdateQuestion, folder: string): Promise<Result<FetchedUpdate>> {
  // Nobody is asked for what is not believed anyway.
  if (question.keys.length === 0) return refused(question.file, 'no-release-key')
  const address = URL.canParse(question.file) ? new URL(question.file) : undefined
  const name = address?.pathname.split('/').at(-1) ?? ''
  if (address === undefined || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/.test(name)) {
    return refused(question.file, 'not-an-update')
  }
  const state = openStateFolder(folder)
  if (!state.ok) return state
  const updates = join(state.value, 'updates')
  mkdirSync(updates, { recursive: true, mode: 0o700 })
  removeAbandoned(updates)
  const place = mkdtempSync(join(updates, namesOfPlaces))
  const remove = () => rmSync(place, { recursive: true, force: true })
  const file = join(place, name)
  const fetched = await fetchBoth({ ...question, file }, address, place).catch((error: unknown) =>
    refused(question.file, 'not-fetched', whyOf(error)),
  )
  if (fetched.ok) return ok({ file, remove })
  remove()
  return fetched
}

function removeAbandoned(updates: string): void {
  for (const name of readdirSync(updates)) {
    const place = join(updates, name)
    if (!name.startsWith(namesOfPlaces)) continue
    // Whoever fetches beside us may have taken theirs away meanwhile.
    const begunMs = statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
    if (begunMs > Date.now() - abandonedMilliseconds) continue
    rmSync(place, { recursive: true, force: true })
  }
}

async function fetchBoth(question: UpdateQuestion, address: URL, place: string): Promise<Result<void>> {
  const document = await download(address, question.file, mostDocumentBytes)
  if (document === 'none') throw new Error('HTTP 404')
  if (document === 'longer') return refused(address.href, 'not-an-update')
  const read = readRelease(question)
  if (!read.ok) return read
  for (const { name, bytes } of read.value.packages) {
    const came = await download(new URL(name, address), join(place, name), bytes)
    if (came === 'longer') return refused(address.href, 'package-longer', name)
    if (came === 'all') return ok(undefined)
  }
  return refused(address.href, 'package-missing', read.value.packages.map(({ name }) => name).join(', '))
}

/** `none`: the server has none. `longer`: than this; it is not read on. */
type Came = 'all' | 'none' | 'longer'

async function download(from: URL, to: string, bytes: number): Promise<Came> {
  const giveUp = new AbortController()
  const { signal } = giveUp
  let silence: NodeJS.Timeout | undefined
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(() => giveUp.abort(new Error('no answer')), silenceMilliseconds)
  }
  heard()
  try {
    // Wherever it would lead on to is not what was named.
    const response = await fetch(from, { redirect: 'error', signal })
    if (response.status === 404) return 'none'
    if (response.status !== 200 || response.body === null) throw new Error(`HTTP ${response.status}`)
    const counted = atMost(bytes, heard)
    const file = createWriteStream(to, { flags: 'wx', mode: 0o600 })
    await pipeline(Readable.fromWeb(response.body as never), counted, file, { signal })
    return 'all'
  } catch (error) {
    if (error === tooLong) return 'longer'
    throw error
  } finally {
    clearTimeout(silence)
    giveUp.abort()
  }
}

const tooLong = new Error('longer than it should be')

function atMost(bytes: number, heard: () => void): Transform {
  let left = bytes
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      heard()
      left -= piece.length
      if (left < 0) done(tooLong)
      else done(null, piece)
    },
  })
}

/** The system's own word for it, where there is one. */
function whyOf(error: unknown): string {
  const { cause, message } = error as Error
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : message
}
