// Where everything of a bundle lies in its file, before the first byte is written: how many parts there are, and which
// share of the payload each has.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import {
  bundleIdentity,
  type Contents,
  type DocumentPlace,
  fileIdentity,
  headBytes,
  headUnit,
  mostHeadBytes,
  mostParts,
  type PartHead,
  prefixBytes,
  sum,
} from './form.ts'

type ToCarry = {
  readonly name: string
  readonly documents: readonly DocumentPlace[]
  readonly carried: readonly { readonly sha256: string; readonly bytes: number }[]
  /** The most that one file may have. */
  readonly mostPartBytes: number
}

export type LaidOut = { readonly head: PartHead; readonly headBytes: number }

const unknownHash = '0'.repeat(64)

/** The hashes of the parts are zeros until they are known. */
export function layOut(wanted: ToCarry): Result<LaidOut[]> {
  const total = sum(wanted.documents) + sum(wanted.carried)
  for (let parts = 1; parts <= mostParts; ) {
    const first = firstHeadBytes(wanted, parts, total)
    const room = { first: wanted.mostPartBytes - first, other: wanted.mostPartBytes - headUnit }
    if (room.first <= 0) return tooSmall(wanted, first)
    // What says what the bundle holds is together in the first part.
    if (room.first < sum(wanted.documents)) return tooSmall(wanted, first + sum(wanted.documents))
    const needed = total <= room.first ? 1 : 1 + Math.ceil((total - room.first) / room.other)
    if (needed <= parts) return ok(headsOf(wanted, sharesOf(total, room), first))
    parts = needed
  }
  return tooSmall(wanted, Math.ceil(total / mostParts))
}

function tooSmall({ name }: ToCarry, least: number): Result<never> {
  const problem = `parts of this size do not hold it; the least is about ${least} bytes`
  return fail({ kind: 'container-unusable', file: name, problem })
}

function sharesOf(total: number, room: { readonly first: number; readonly other: number }): number[] {
  const shares: number[] = []
  for (let left = total; left > 0; ) {
    const share = Math.min(left, shares.length === 0 ? room.first : room.other)
    shares.push(share)
    left -= share
  }
  return shares
}

/** With the longest numbers that may come to stand in it. */
function firstHeadBytes(wanted: ToCarry, parts: number, total: number): number {
  const shares = Array.from({ length: parts }, () => total)
  const [head] = headsOf(wanted, shares, 0)
  const length = Buffer.byteLength(JSON.stringify(head?.head)) + prefixBytes
  const whole = Math.ceil(length / headUnit) * headUnit
  if (whole > mostHeadBytes) throw new Error(`a head of ${whole} bytes`)
  return whole
}

function headsOf({ name, documents, carried }: ToCarry, shares: readonly number[], first: number): LaidOut[] {
  const contents: Contents = {
    documents: [...documents],
    carried: carried.map(({ sha256 }) => sha256),
    table: shares.map((bytes) => ({ bytes, sha256: unknownHash })),
  }
  const named = { format: 1, name, bundle: bundleIdentity(documents), file: fileIdentity(contents) } as const
  let offset = 0
  return shares.map((bytes, at) => {
    const head: PartHead = { ...named, part: at + 1, parts: shares.length, offset, bytes }
    offset += bytes
    return at === 0 ? { head: { ...head, contents }, headBytes: first } : { head, headBytes: headUnit }
  })
}

/** The same head, of the first part, with the hashes of all. */
export function withHashes({ head, headBytes: room }: LaidOut, hashes: readonly string[]): Buffer {
  const { contents } = head
  if (contents === undefined) throw new Error('only the first part has a table')
  const table = contents.table.map(({ bytes }, at) => ({ bytes, sha256: hashes[at] ?? unknownHash }))
  return headBytes({ ...head, contents: { ...contents, table } }, room)
}
