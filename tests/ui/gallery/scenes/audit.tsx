// The audit: as it was written, changed, with nothing from elsewhere to compare, empty, unreadable, and one record whole.
import { RecordDialog } from '../../../../renderer/features/audit/record-dialog.tsx'
import { useLateLabels } from '../../../../renderer/i18n/late-labels.ts'
import type { AuditEntry } from '../../../../shared/domain/audit-search.ts'
import { answers, fails, waits } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import {
  auditEntries,
  auditScript,
  auditStateNow,
  brokenReport,
  intactReport,
  unprovenReport,
} from '../scripted-audit.ts'

const path = '/settings/audit'
const unreadable = {
  kind: 'audit-unreadable',
  file: '/home/ops/rackside',
  detail: 'EACCES: permission denied',
} as const
const fresh = { ...auditStateNow, head: null, lastCheckpoint: null, settings: { retentionDays: 183 } }

export const scenes: Scenes = {
  intact: { path, script: auditScript(intactReport) },
  broken: { path, script: auditScript(brokenReport) },
  unproven: { path, script: auditScript(unprovenReport) },
  checking: { path, script: auditScript(intactReport, { verify: waits(), search: waits() }) },
  empty: {
    path,
    script: auditScript(
      { ...unprovenReport, records: 0, first: 0, last: 0, lastHash: null, lastAt: null },
      { state: answers(fresh), search: answers({ entries: [], next: null }) },
    ),
  },
  unreadable: {
    path,
    script: auditScript(intactReport, {
      verify: fails(unreadable),
      search: fails(unreadable),
      state: fails(unreadable),
    }),
  },
  record: { render: () => <OneRecord place={0} /> },
  'changed-record': { render: () => <OneRecord place={1} /> },
}

function OneRecord({ place }: { readonly place: number }) {
  useLateLabels()
  return <RecordDialog entry={auditEntries[place] as AuditEntry} onClose={() => undefined} />
}
