// A certificate and its signature, from the two files that somebody brought.
import { readFileSync, statSync } from 'node:fs'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'

/** More than any certificate has. */
const longestFile = 8 * 1024 * 1024

type Named = { readonly file: string; readonly signature: string | undefined }

/** Where no signature is named, it lies beside the document. */
export function readSignedFiles({ file, signature }: Named): Result<{ document: string; signature: string }> {
  const document = readText(file)
  if (!document.ok) return document
  const signed = readText(signature ?? file.replace(/(\.json)?$/i, '.sig.json'))
  return signed.ok ? ok({ document: document.value, signature: signed.value }) : signed
}

function readText(file: string): Result<string> {
  try {
    const { size } = statSync(file)
    if (size > longestFile) return usage('file-unreadable', file, { other: `${size} bytes` })
    return ok(readFileSync(file, 'utf8'))
  } catch (error) {
    return usage('file-unreadable', file, { other: (error as Error).message })
  }
}
