// The parts of services: what else of a container each is made of, from which image, with how much memory, and which of its
// data are saved.
import { useTranslation } from 'react-i18next'
import type { Part } from '../../../shared/domain/entry/part.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'

export type NamedPart = { readonly name: string; readonly part: Part }

export function PartTable({ parts }: { readonly parts: readonly NamedPart[] }) {
  const { t } = useTranslation()
  if (parts.length === 0) return null
  const columns = [
    { id: 'part', name: t('catalog.part'), align: 'start' as const },
    { id: 'image', name: t('catalog.partImage'), align: 'start' as const },
    { id: 'memory', name: t('catalog.partMemory') },
    { id: 'keeps', name: t('catalog.partKeeps'), align: 'start' as const },
  ]
  return (
    <Panel title={t('catalog.parts')} testId="parts">
      <div className="ct-form">
        <p className="rs-muted">{t('catalog.partsLead')}</p>
        <DataTable
          caption={t('catalog.parts')}
          columns={columns}
          rows={parts.map(({ name, part }) => ({
            id: name,
            cells: [
              <span key="name" translate="no">
                {name}
              </span>,
              imageText(part),
              bytesText(part.overheadBytes),
              keptText(part),
            ],
          }))}
        />
      </div>
    </Panel>
  )
}

/** The same publisher's for both architectures, mostly. */
function imageText({ images: { amd64, arm64 } }: Part): string {
  const names = [amd64, arm64].flatMap((one) => one?.reference ?? one?.artifact ?? [])
  return [...new Set(names)].join(' · ')
}

function keptText({ volumes }: Part): string {
  return volumes.length === 0 ? '–' : volumes.map(({ target }) => target).join(' · ')
}
