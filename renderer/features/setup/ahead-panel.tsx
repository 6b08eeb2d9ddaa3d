// "What will happen", on the right of every step before the run: before a plan is chosen it says that nothing
// is changed, with one it says what, how many bytes, what stops meanwhile, what is opened, how it is undone.
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Plan } from '../../../shared/domain/plan.ts'
import { localAddressText } from '../../../shared/domain/service-address.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import type { Words } from '../../../shared/words/words.ts'
import { useWords } from '../../console/console-context.tsx'
import { type Fact, FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { planSummary } from './plan-summary.ts'

export function LookingPanel({ next, children }: { readonly next?: string; readonly children?: ReactNode }) {
  const { t } = useTranslation()
  const facts: Fact[] = [
    { label: t('setup.ahead.now'), value: known(t('setup.ahead.reading')) },
    { label: t('setup.ahead.changes'), value: known(t('common.none')) },
    ...(next === undefined ? [] : [{ label: t('setup.ahead.next'), value: known(next) }]),
  ]
  return (
    <Panel title={t('setup.ahead.title')} testId="ahead">
      <FactList layout="apart" facts={facts} />
      {children === undefined ? null : <div className="su-act">{children}</div>}
    </Panel>
  )
}

export type AheadPanelProps = {
  readonly plan: Plan
  readonly bundle?: string | undefined
  readonly children?: ReactNode
}

export function AheadPanel({ plan, bundle, children }: AheadPanelProps) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const facts = plan.purpose.act === 'uninstall' ? removalFacts(t, cli, plan) : changeFacts(t, cli, plan, bundle)
  return (
    <Panel title={t('setup.ahead.title')} testId="ahead">
      <FactList layout="apart" facts={facts} />
      {children === undefined ? null : <div className="su-act">{children}</div>}
    </Panel>
  )
}

/** Of what only takes away: nothing is copied and nothing is opened. */
function removalFacts(t: TFunction, { list }: Words['cli'], plan: Plan): Fact[] {
  const { interrupted, freesBytes } = planSummary(plan)
  const frees = t('setup.ahead.freesUninstall')
  return [
    {
      label: t('setup.ahead.ends'),
      value: known(interrupted.length === 0 ? t('setup.ahead.notInterrupted') : list(interrupted)),
    },
    ...(freesBytes === 0 ? [] : [{ label: frees, value: known(bytesText(freesBytes)) }]),
    {
      label: t('setup.ahead.undo'),
      value: known(t('setup.ahead.noUndoValue')),
      note: t('setup.ahead.noUndoNote'),
    },
  ]
}

function changeFacts(t: TFunction, { list }: Words['cli'], plan: Plan, bundle: string | undefined): Fact[] {
  const { uploadBytes, diskBytes, freesBytes, interrupted, opened } = planSummary(plan)
  const { openings = [] } = plan
  const from = bundle === undefined || uploadBytes === 0 ? {} : { note: t('setup.ahead.uploadFrom', { bundle }) }
  return [
    {
      label: t('setup.ahead.upload'),
      value: known(uploadBytes === 0 ? t('setup.ahead.nothingToCopy') : bytesText(uploadBytes)),
      ...from,
    },
    {
      label: t('setup.ahead.disk'),
      value: known(diskBytes === 0 ? t('common.none') : bytesText(diskBytes)),
      ...(freesBytes === 0 ? {} : { note: t('setup.ahead.frees', { bytes: bytesText(freesBytes) }) }),
    },
    {
      label: t('setup.ahead.interrupted'),
      value: known(interrupted.length === 0 ? t('setup.ahead.notInterrupted') : list(interrupted)),
    },
    {
      label: t('setup.ahead.ports'),
      value: known(opened.length === 0 ? t('setup.ahead.noPorts') : list(opened.map(({ port }) => String(port)))),
      ...(opened.length === 0 || openings.length > 0 ? {} : { note: t('setup.ahead.portsNote') }),
    },
    ...(openings.length === 0
      ? []
      : [
          {
            label: t('setup.ahead.network'),
            value: known(list(openings.map(localAddressText))),
            note: t('setup.ahead.networkNote'),
          },
        ]),
    { label: t('setup.ahead.undo'), value: known(t('setup.ahead.undoValue')), note: t('setup.ahead.undoNote') },
  ]
}
