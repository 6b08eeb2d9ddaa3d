// Where the audit lies in the state folder: the segment that is written, beside it in a folder of their own those that are
// full, the key that speaks for the present one, the checkpoints, and what was written before there was a chain.
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export type AuditPlaces = ReturnType<typeof auditPlaces>

export function auditPlaces(stateFolder: string) {
  const folder = join(stateFolder, 'audit')
  return {
    stateFolder,
    folder,
    active: join(stateFolder, 'audit.jsonl'),
    lock: join(stateFolder, 'audit/writer.lock'),
    key: join(stateFolder, 'audit/key.json'),
    nextKey: join(stateFolder, 'audit/next-key.json'),
    checkpoints: join(stateFolder, 'audit/checkpoints.jsonl'),
    closed: (epoch: number) => join(folder, `${String(epoch).padStart(6, '0')}.jsonl`),
    legacy: (count: number) => join(folder, `before-the-chain-${count}.jsonl`),
  }
}

/** Epochs of the full segments, oldest first. */
export function closedEpochs({ folder }: Pick<AuditPlaces, 'folder'>): number[] {
  return namesIn(folder, /^([0-9]{6})\.jsonl$/)
}

/** Numbers of the files of before there was a chain. */
export function legacyNumbers({ folder }: Pick<AuditPlaces, 'folder'>): number[] {
  return namesIn(folder, /^before-the-chain-([0-9]+)\.jsonl$/)
}

function namesIn(folder: string, form: RegExp): number[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return names.flatMap((name) => Number(form.exec(name)?.[1] ?? []) || []).sort((a, b) => a - b)
}

export function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
