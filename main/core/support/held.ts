// Support bundles that were made: looked at file by file, and packed once somebody says where they go.
import { gzipSync } from 'node:zlib'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { SupportSummary } from '../../../shared/domain/support.ts'
import { tarOf } from '../../catalog/build/tar.ts'

/** `files`: by name, exactly as they are handed over. */
export type HeldSupport = { readonly summary: SupportSummary; readonly files: ReadonlyMap<string, string> }

type Holding = { readonly supports: ReadonlyMap<string, HeldSupport> }

/** Null where it is not held any more, or has no such file. */
export function readSupport(
  { supports }: Holding,
  { supportId, name }: { readonly supportId: string; readonly name: string },
): Result<{ text: string } | null> {
  const text = supports.get(supportId)?.files.get(name)
  return ok(text === undefined ? null : { text })
}

/** A gzipped tar archive. Null where it is not held any more. */
export async function supportArchive(
  { supports }: Holding,
  supportId: string,
): Promise<Result<{ name: string; base64: string } | null>> {
  const support = supports.get(supportId)
  if (support === undefined) return ok(null)
  const files = [...support.files].map(([name, text]) => ({ name, bytes: Buffer.from(text) }))
  const pieces: Buffer[] = []
  for await (const piece of tarOf(files)) pieces.push(piece)
  return ok({ name: support.summary.name, base64: gzipSync(Buffer.concat(pieces)).toString('base64') })
}
