// A console with something of everything in its state folder, and its backup, for tests that read it.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { onTestFinished } from 'vitest'
import { writeBackup } from '../../main/core/backup/write.ts'
import type { Core } from '../../main/core/context.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import { openStateFolder } from '../../main/store/folder.ts'
import { openSql } from '../../main/store/history/database.ts'
import { prepareSchema } from '../../main/store/history/schema.ts'
import type { BackupPart } from '../../shared/domain/backup.ts'
import { must } from './demo-core.ts'
import { realTools } from './real-tools.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const backupPassphrase = 'nine lamps in the hall'

/** Closed with the test. */
export function stateCore(folder: string): Core {
  must(openStateFolder(folder))
  const core = openCore(folder, { ...realTools(folder), passphraseLogN: 14, version: '0.1.0' })
  onTestFinished(() => closeCore(core))
  return core
}

export function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, path), text, { mode: 0o600 })
}

/** What stands in for documents that no test opens. */
export const samples: Readonly<Record<string, string>> = {
  'appliances.json': '[]\n',
  'host-keys.json': '[]\n',
  'operators.json': '{"operators":"canary-operators"}\n',
  'audit.jsonl': '{"act":"canary-audit"}\n',
  'acceptances/acceptance-0badcafe.json': '{"canary":"acceptance"}\n',
  'evaluations/evaluation-0badcafe.records': '{"canary":"records"}\n',
  'terminals/recorded-0badcafe0badcafe.cast': '{"version":2}\n',
  'plans/plan-1.json': '{}\n',
}

export function fill(folder: string): void {
  for (const [path, text] of Object.entries(samples)) put(folder, path, text)
  const sql = openSql(join(folder, 'history.db'))
  prepareSchema(sql)
  sql.transaction(() => {
    for (let id = 1; id <= 1200; id += 1) sql.run('INSERT INTO appliance(id, key) VALUES (?, ?)', id, `machine ${id}`)
  })
  sql.close()
}

export type MadeBackup = { readonly core: Core; readonly folder: string; readonly file: string; readonly bytes: Buffer }

export async function madeBackup(parts: readonly BackupPart[] = [], filled = true): Promise<MadeBackup> {
  const folder = join(temporaryFolder(), 'state')
  const core = stateCore(folder)
  if (filled) fill(folder)
  const file = join(temporaryFolder(), 'ward.rsb')
  must(await writeBackup(core, { file, passphrase: backupPassphrase, parts }))
  return { core, folder, file, bytes: readFileSync(file) }
}

/** Every plain file of a folder, by its path in it. */
export function filesOf(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map()
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
    statSync(join(folder, one)).isFile(),
  )
  return new Map(found.sort().map((one) => [relative('.', one), readFileSync(join(folder, one), 'latin1')]))
}
