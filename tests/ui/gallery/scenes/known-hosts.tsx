// The known hosts, full and empty, and forgetting one.
import { ForgetDialog } from '../../../../renderer/features/known-hosts/forget-dialog.tsx'
import { ImportPreview } from '../../../../renderer/features/known-hosts/import-preview.tsx'
import { answers, fails } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about } from '../scripted.ts'
import { importedKeys, pinnedKeys } from '../scripted-trust.ts'

const path = '/settings/known-hosts'
const nothing = () => undefined
const list = answers({ pinned: pinnedKeys, imported: importedKeys })

export const scenes: Scenes = {
  full: { path, script: { window: about, hostKeys: { list } } },
  empty: { path, script: { window: about, hostKeys: { list: answers({ pinned: [], imported: [] }) } } },
  failed: {
    path,
    script: {
      window: about,
      hostKeys: {
        list: fails({ kind: 'state-unwritable', folder: '/home/ops/rackside', detail: 'permission denied' }),
      },
    },
  },
  preview: {
    render: () => (
      <ImportPreview
        counts={{ added: 12, revoked: 1, alreadyKnown: 4, unknownTypes: 2, certAuthorities: 1 }}
        busy={false}
        onImport={nothing}
        onCancel={nothing}
      />
    ),
  },
  forget: {
    render: () => <ForgetDialog host="10.78.0.11" port={22} names={['radiology-01', '体检-01']} onClose={nothing} />,
  },
}
