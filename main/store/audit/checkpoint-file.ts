// The checkpoints of this console, a line each, on its own disk: what is exported is copied from here. Beside the audit they
// show a careless change; one who may write both changes both, which is why they are exported.
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { type AuditCheckpoint, checkpointText, readCheckpoints } from '../../../shared/domain/audit-checkpoint.ts'
import { syncFolder, writeEveryByte, writeFileDurably } from '../folder.ts'
import type { Head } from './audit-line.ts'
import type { AuditPlaces } from './audit-places.ts'
import type { EpochKey } from './epoch-key.ts'

type Of = { readonly head: Head; readonly at: string; readonly consoleId: string }

export function signedCheckpoint(key: EpochKey, { head, at, consoleId }: Of): AuditCheckpoint {
  const { epoch, publicKey } = key
  const said = { kind: 'rackside-audit-checkpoint', format: 1, consoleId, epoch, ...head, at, publicKey } as const
  return { ...said, signature: key.sign(checkpointText(said)) }
}

/** Durably behind those that are there; a line that was cut short stays one of its own. Throws. */
export function addCheckpointLine(file: string, checkpoint: AuditCheckpoint): void {
  const descriptor = openSync(file, 'a+', 0o600)
  try {
    const { size } = fstatSync(descriptor)
    const last = Buffer.alloc(1)
    const isCut = size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() !== '\n'
    writeEveryByte(descriptor, Buffer.from(`${isCut ? '\n' : ''}${JSON.stringify(checkpoint)}\n`))
    fsyncSync(descriptor)
    if (size === 0) syncFolder(dirname(file))
  } finally {
    closeSync(descriptor)
  }
}

/** Oldest first. */
export function checkpointsIn(file: string): AuditCheckpoint[] {
  try {
    return readCheckpoints(readFileSync(file, 'utf8')).checkpoints
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Of records that were removed because they are old. */
export function forgetCheckpoints({ checkpoints: file }: AuditPlaces, firstKept: number): void {
  const all = checkpointsIn(file)
  const kept = all.filter(({ number }) => number >= firstKept)
  if (kept.length < all.length) writeFileDurably(file, kept.map((one) => `${JSON.stringify(one)}\n`).join(''))
}
