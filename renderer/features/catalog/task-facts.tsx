// What a job or a probe gets, and how long it may take.
import { useTranslation } from 'react-i18next'
import type { TaskEntry } from '../../../shared/domain/entry/task-entry.ts'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Lines } from './lines.tsx'

export function TaskFacts({ entry }: { readonly entry: TaskEntry }) {
  const { t } = useTranslation()
  const volumes = entry.kind === 'job' ? entry.serviceVolumes : []
  const given = [
    ...volumes.map(({ name, target }) => t('catalog.taskVolume', { name, target })),
    ...entry.serviceSecrets.map((name) => t('catalog.taskSecret', { name })),
  ]
  const { requires, timeoutSeconds: seconds } = entry
  return (
    <Panel title={t('catalog.given')} testId="given">
      <FactList
        facts={[
          ...(requires.length === 0 ? [] : [{ label: t('catalog.requires'), value: known(requires.join(' · ')) }]),
          { label: t('catalog.taskRuns'), value: known(t('catalog.taskSeconds', { seconds })) },
          {
            label: t('catalog.given'),
            value: known(<Lines lines={given.length === 0 ? [t('catalog.taskNothing')] : given} />),
            note: t('catalog.noPrivileges'),
          },
        ]}
      />
    </Panel>
  )
}
