// What a run did, in figures, and what of its plan is not as it should be when it is looked at again.
import { useTranslation } from 'react-i18next'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useWords } from '../../console/console-context.tsx'
import { stepIdText } from '../../console/step-words.ts'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { RunEnd } from './run-state.ts'

export function RunCounts({ end }: { readonly end: RunEnd }) {
  const { t } = useTranslation()
  return (
    <FactList
      layout="apart"
      facts={[
        { label: t('setup.run.ended.changed'), value: known(end.changed) },
        { label: t('setup.run.ended.unchanged'), value: known(end.unchanged) },
        { label: t('setup.run.ended.sent'), value: known(bytesText(end.sentBytes)) },
      ]}
    />
  )
}

/** `ids`: of steps that would change something still. */
export function StillToDo({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation()
  const words = useWords()
  if (ids.length === 0) return null
  return (
    <div className="su-said">
      <Panel tone="needs" title={t('setup.run.ended.stillToDo')} testId="still-to-do">
        <ul className="su-notes">
          {ids.map((id) => (
            <li key={id}>{stepIdText(id, words)}</li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}
