// One recording as it is written: asciicast v2, a line for everything that was shown, on its way to the disk before it is
// shown. What a terminal would obey stands escaped in it, so the file itself is plain text.
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { TerminalSize } from '../../shared/domain/terminal.ts'
import { syncFolder, writeEveryByte } from './folder.ts'

export type CastWriter = {
  /** Throws when the disk does not take it. */
  shown(seconds: number, text: string): void
  resized(seconds: number, size: TerminalSize): void
  /** Of the file. */
  bytes(): number
  /** Everything is on the disk; the digest is that of the whole file. Throws when it is not; closed either way. */
  close(): { readonly bytes: number; readonly digest: string }
}

/** `startedAt`: UTC, ISO 8601. Throws when it cannot be made, also where there is one already. */
export function newCastFile(file: string, startedAt: string, size: TerminalSize): CastWriter {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const descriptor = openSync(file, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  let isClosed = false
  const write = (line: unknown): void => {
    // Its number may be another file's by now.
    if (isClosed) throw new Error('the recording is closed')
    const text = Buffer.from(`${plainJson(line)}\n`)
    try {
      writeEveryByte(descriptor, text)
    } catch (error) {
      // What a full disk took of the line is none of it.
      ftruncateSync(descriptor, bytes)
      throw error
    }
    hash.update(text)
    bytes += text.length
  }
  const { columns: width, rows: height } = size
  const timestamp = Math.floor(Date.parse(startedAt) / 1000)
  try {
    write({ version: 2, width, height, timestamp, env: { TERM: 'xterm-256color' } })
    syncFolder(dirname(file))
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
  return {
    shown: (seconds, text) => write([moment(seconds), 'o', text]),
    resized: (seconds, { columns, rows }) => write([moment(seconds), 'r', `${columns}x${rows}`]),
    bytes: () => bytes,
    close() {
      isClosed = true
      try {
        fsyncSync(descriptor)
        return { bytes, digest: hash.digest('hex') }
      } finally {
        closeSync(descriptor)
      }
    },
  }
}

/** Also without what only some terminals obey, or what turns a text around: they stay the same text for whoever parses it. */
function plainJson(line: unknown): string {
  return JSON.stringify(line).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function moment(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}
