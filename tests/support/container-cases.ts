// Bundles in one file or in parts, made small by the writer itself, for tests that lose, cut and forge them.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { headBytes, headUnit, magic, type PartHead, prefixBytes } from '../../main/catalog/container/form.ts'
import { writeContainer } from '../../main/catalog/container/write-container.ts'
import { type Artifact, artifactFileName, chunkBytes } from '../../shared/domain/artifact.ts'
import { temporaryFolder } from './temporary-folder.ts'

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The same bytes for the same seed, cheap enough for hundreds of megabytes. */
export function seededBytes(seed: string, length: number): Buffer {
  const block = Buffer.concat(
    Array.from({ length: 2048 }, (_, at) => createHash('sha256').update(`${seed} ${at}`).digest()),
  )
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length; at += block.length) {
    block.copy(bytes, at)
    bytes.writeUInt32LE(at / block.length, at + 4 <= length ? at : 0)
  }
  return bytes
}

function describedFile(id: string, bytes: Buffer): Artifact {
  const chunks: string[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes) chunks.push(sha256(bytes.subarray(at, at + chunkBytes)))
  return { kind: 'file', id, sha256: sha256(bytes), bytes: bytes.length, chunks }
}

type Made = { readonly artifact: Artifact; readonly bytes: Buffer; readonly file: string }
export type MadeBundle = {
  readonly documents: Map<string, Buffer>
  readonly files: readonly Made[]
}

/** What every test bundle has in its catalog: nothing that names an artifact. */
const catalogText = readFileSync(new URL('../fixtures/catalog/ward/catalog/models/qwen3-8b.yaml', import.meta.url))

export function madeBundle(contents: Readonly<Record<string, Buffer>>, name = 'ward'): MadeBundle {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'artifacts'))
  const files = Object.entries(contents).map(([id, bytes]) => {
    const artifact = describedFile(id, bytes)
    const file = join(folder, 'artifacts', artifactFileName(artifact.sha256))
    writeFileSync(file, bytes)
    return { artifact, bytes, file }
  })
  const header = {
    ...{ format: 1, name, publisher: { id: 'city-clinic', name: 'City clinic' } },
    ...{ createdAt: '2026-11-20T00:00:00Z' },
  }
  const documents = new Map<string, Buffer>([
    ['bundle.json', Buffer.from(JSON.stringify(header))],
    ['digests.json', Buffer.from(JSON.stringify({ format: 1, artifacts: files.map(({ artifact }) => artifact) }))],
    ['catalog/models/qwen3-8b.yaml', catalogText],
  ])
  return { documents, files }
}

export async function writtenParts(
  { documents, files }: MadeBundle,
  { name = 'ward', mostPartBytes = 1024 ** 3, carried = files, folder = temporaryFolder() } = {},
): Promise<string[]> {
  const written = await writeContainer({ name, documents, carried, folder, mostPartBytes })
  if (!written.ok) throw new Error(JSON.stringify(written.failure))
  return written.value
}

/** Changes the head of a part as its maker could. */
export function forgeHead(file: string, change: (head: Record<string, never>) => unknown): void {
  const whole = readFileSync(file)
  const length = whole.readUInt32BE(magic.length)
  const head = JSON.parse(whole.subarray(prefixBytes, prefixBytes + length).toString())
  const changed = change(head) as PartHead
  const room = Math.ceil((Buffer.byteLength(JSON.stringify(changed)) + prefixBytes) / headUnit) * headUnit
  writeFileSync(file, Buffer.concat([headBytes(changed, room), whole.subarray(prefixBytes + length)]))
}

export function flipByte(file: string, fromEnd: number): void {
  const whole = readFileSync(file)
  const at = whole.length - fromEnd
  whole[at] = (whole[at] ?? 0) ^ 1
  writeFileSync(file, whole)
}
