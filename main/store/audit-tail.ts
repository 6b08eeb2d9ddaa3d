// The newest lines of the audit, for whoever helps: read from the end, across files that were closed.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { stateFiles } from './snapshot.ts'

const mostBytes = 4 * 1024 * 1024

/** Oldest first; what is no line of ours is left out. Throws where it cannot be read. */
export function newestAuditLines(folder: string, wanted: (line: object) => boolean, most: number): object[] {
  const files = stateFiles(folder).flatMap(({ path, placed }) =>
    placed !== undefined && 'item' in placed && placed.item === 'audit' ? [path] : [],
  )
  // The one that is written to is the newest; closed ones have the time in their names.
  const ordered = files.filter((path) => path !== 'audit.jsonl').sort()
  if (files.includes('audit.jsonl')) ordered.push('audit.jsonl')
  const found: object[] = []
  for (const path of ordered.toReversed()) {
    const lines = endOf(join(folder, path)).map(jsonIn)
    found.unshift(...lines.filter((line) => typeof line === 'object' && line !== null).filter(wanted))
    if (found.length >= most) break
  }
  return found.slice(-most)
}

function endOf(file: string): string[] {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.alloc(Math.min(size, mostBytes))
    const count = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length)
    const lines = bytes.subarray(0, count).toString('utf8').split('\n')
    // Where it was not read from its beginning, the first line is half of one.
    return size > mostBytes ? lines.slice(1) : lines
  } finally {
    closeSync(descriptor)
  }
}
