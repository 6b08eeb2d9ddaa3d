// Backup and support: as it begins in a browser and in the desktop's window, where a vault cannot move, where the state came
// from a backup, and a support bundle that somebody looks at.
import type { BackupPreview } from '../../../../shared/domain/backup.ts'
import type { SupportSummary } from '../../../../shared/domain/support.ts'
import { answers, fails, type Script } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'

const kibibyte = 2 ** 10
const mebibyte = 2 ** 20

export const preview: BackupPreview = {
  items: [
    { item: 'appliances', part: 'state', files: 1, bytes: 4 * kibibyte },
    { item: 'host-keys', part: 'state', files: 1, bytes: 2 * kibibyte },
    { item: 'vault', part: 'state', files: 1, bytes: 9 * kibibyte },
    { item: 'publishers', part: 'state', files: 1, bytes: 31 * kibibyte },
    { item: 'audit', part: 'state', files: 3, bytes: 6.4 * mebibyte },
    { item: 'acceptances', part: 'state', files: 14, bytes: 1.2 * mebibyte },
    { item: 'alerts', part: 'state', files: 4, bytes: 88 * kibibyte },
    { item: 'history', part: 'history', files: 1, bytes: 318 * mebibyte },
    { item: 'recordings', part: 'recordings', files: 42, bytes: 12 * mebibyte },
  ],
  leftOut: [
    { why: 'imported-bundles', files: 31, bytes: 41_000 * mebibyte },
    { why: 'this-computer', files: 12, bytes: 3 * mebibyte },
    { why: 'running', files: 3, bytes: 4 * mebibyte },
  ],
  unknown: [],
  vault: 'passphrase',
  keyFiles: 0,
  restored: null,
}

export const bundle: SupportSummary = {
  ...{ supportId: 'support-0badcafe', name: 'rackside-support-2026-11-28.tar.gz', bytes: 512_000 },
  files: [
    { name: 'about.txt', bytes: 1010 },
    { name: 'versions.json', bytes: 96 },
    { name: 'console/audit.jsonl', bytes: 31_000 },
    { name: 'appliance-1/doctor.json', bytes: 5200 },
    { name: 'appliance-1/verdict.json', bytes: 2100 },
    { name: 'appliance-1/logs/rackside-clinic-model.log', bytes: 41_000 },
  ],
  dropped: { logLines: 17, secrets: 0 },
  ...{ vaultSearched: false, keepsNames: false, unreached: ['appliance-2'] },
}

const doctor = `{
 "findings": [
  {
   "rule": "driver-old",
   "severity": "warning",
   "where": "appliance-1"
  }
 ]
}
`

export function backupScript(now: BackupPreview, more: Script = {}): Script {
  return {
    window: about,
    backup: { preview: answers(now) },
    appliances: {
      list: answers([applianceNamed('radiology-01', '10.20.0.11'), applianceNamed('ward-7', '10.20.0.17')]),
    },
    support: { gather: answers(bundle), read: answers({ text: doctor }), archive: answers(null) },
    ...more,
  }
}

export const desktop = {
  about: answers({
    ...{ shell: 'desktop' as const, version: '0.1.0', operator: 'li', dialogs: true, importFolder: '/import' },
    ...{ locale: 'en-GB', openedAt: '2026-11-22T08:12:00.000Z' },
  }),
} satisfies Script['window']

const at = (script: Script, presses: readonly string[] = []): Scene => ({
  path: '/settings/backup',
  script,
  presses: [...presses],
})

export const scenes: Scenes = {
  web: at(backupScript(preview)),
  desktop: at(backupScript(preview, { window: desktop })),
  'vault-stays': at(
    backupScript({
      ...preview,
      items: preview.items.filter(({ item }) => item !== 'vault'),
      leftOut: [...preview.leftOut, { why: 'keychain', files: 1, bytes: 9 * kibibyte }],
      ...{ vault: 'keychain', keyFiles: 2, unknown: ['diary.txt'] },
      restored: { madeAt: '2026-11-20T07:00:00.000Z', restoredAt: '2026-11-21T07:00:00.000Z', computer: 'imaging-07' },
    }),
  ),
  failed: at(
    backupScript(preview, {
      backup: { preview: fails({ kind: 'vault-damaged', file: '/state/vault.json', detail: 'cut short' }) },
    }),
  ),
  support: at(backupScript(preview), ['Make it and look at it|生成并查看', 'appliance-1/doctor.json']),
}
