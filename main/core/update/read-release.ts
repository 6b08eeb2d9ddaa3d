// Reads a signed update: nothing of it is believed before its signature is checked, and what does not fit this computer is
// refused before a package is looked at.
import { join } from 'node:path'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import {
  packagesFor,
  type Release,
  release,
  type UpdatePackage,
  type UpdateTarget,
  updateDocument,
  updateFormat,
  updateHead,
} from '../../../shared/domain/update-file.ts'
import type { UpdateReason } from '../../../shared/domain/update-reason.ts'
import { readPlainText } from '../../files/plain-file.ts'
import { releaseKeys } from '../../trust/release-keys.ts'
import { isSignedByRelease } from '../../trust/release-signature.ts'

export type UpdateQuestion = {
  /** The signed document; the packages lie beside it. */
  readonly file: string
  /** Public keys in hex. */
  readonly keys: readonly string[]
  readonly target: UpdateTarget
}

export type ReadRelease = { readonly release: Release; readonly packages: readonly UpdatePackage[] }

/** More than any has. */
export const mostDocumentBytes = 256 * 1024

export function readRelease({ file, keys, target }: UpdateQuestion): Result<ReadRelease> {
  if (keys.length === 0) return refused(file, 'no-release-key')
  const read = readPlainText(file, { follow: true, mostBytes: mostDocumentBytes })
  if ('problem' in read) return refused(file, read.problem === 'missing' ? 'missing' : 'unreadable', read.why)
  const document = updateDocument.safeParse(parsed(read.read))
  const head = document.success ? updateHead.safeParse(document.data.signed) : undefined
  if (!document.success || !head?.success) return refused(file, 'not-an-update')
  if (head.data.format > updateFormat) return refused(file, 'newer-format', String(head.data.format))
  const { signed, signature } = document.data
  if (!isSignedByRelease(signed, signature, keys)) return refused(file, 'signature-wrong')
  const content = release.safeParse(signed)
  if (!content.success) return refused(file, 'not-an-update', content.error.issues[0]?.message)
  const answer = packagesFor(content.data, target)
  if (answer.reason !== undefined) return refused(file, answer.reason, answer.detail)
  return ok({ release: content.data, packages: answer.packages })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function refused(file: string, reason: UpdateReason, detail = ''): Result<never> {
  return fail({ kind: 'update-unusable', file: evidence(file, 1500), reason, detail: evidence(detail, 300) })
}

export function packagePath(file: string, name: string): string {
  return join(file, '..', name)
}

/** With the keys that this program was built with. */
export function releaseQuestion(file: string, target: UpdateTarget): UpdateQuestion {
  return { file, keys: releaseKeys, target }
}

export function knowsReleases(): boolean {
  return releaseKeys.length > 0
}
