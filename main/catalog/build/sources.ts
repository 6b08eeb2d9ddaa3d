// Where the artifacts of a bundle come from, by their ids: a file that whoever makes bundles writes beside the catalog.
import * as z from 'zod'
import { bundleHeader, entryId } from '../../../shared/domain/artifact.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { sha256Hex } from '../../../shared/domain/sha256.ts'
import { weightsPath } from '../../../shared/domain/weights-folder.ts'
import { readPlainText } from '../../files/plain-file.ts'

const path = z.string().min(1).max(4096)
const url = z.url({ protocol: /^https?$/ }).max(2000)

export const source = z.discriminatedUnion('from', [
  /** A file, or a folder of safetensors; relative to the file of sources. */
  z.strictObject({ from: z.literal('file'), path }),
  z.strictObject({ from: z.literal('http'), url, sha256: sha256Hex.optional() }),
  /** Files below one address, as Hugging Face and ModelScope have them: each with its sha256, or null where nobody knows it. */
  z.strictObject({
    from: z.literal('http-folder'),
    base: url,
    files: z.record(weightsPath, sha256Hex.nullable()),
  }),
  z.strictObject({
    from: z.literal('registry'),
    image: z.string().max(500),
    architecture: z.enum(['amd64', 'arm64']).default('amd64'),
    /** A file with the login, where it needs one. */
    login: path.optional(),
  }),
  z.strictObject({ from: z.literal('docker'), image: z.string().min(1).max(500), socket: path.optional() }),
])
export type Source = z.infer<typeof source>

const sources = z.strictObject({
  format: z.literal(1),
  publisher: bundleHeader.shape.publisher,
  artifacts: z.record(entryId, source),
})
export type Sources = z.infer<typeof sources>

export function readSources(file: string): Result<Sources> {
  const text = readPlainText(file, { follow: true, mostBytes: 16 * 1024 * 1024 })
  const unusable = (detail: string) =>
    fail({ kind: 'source-failed', artifact: '*', source: evidence(file, 490), detail: evidence(detail, 490) })
  if ('problem' in text) return unusable(text.why)
  try {
    const read = sources.safeParse(JSON.parse(text.read))
    const [issue] = read.error?.issues ?? []
    return read.success ? ok(read.data) : unusable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  } catch (error) {
    return unusable((error as Error).message)
  }
}

/** For people: without what a login would be. */
export function sourceText(one: Source): string {
  if (one.from === 'file') return one.path
  if (one.from === 'http') return one.url
  return one.from === 'http-folder' ? one.base : `${one.from} ${one.image}`
}
