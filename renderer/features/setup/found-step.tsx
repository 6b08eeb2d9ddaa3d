// What is inside, in one glance: accelerators first, then what an installation needs. What could not be read
// looks so, and what would stand in the way is said here already.

import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Facts, toldReports } from '../../../shared/domain/facts.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { systemName } from '../../../shared/domain/partial-platform.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { acceleratorGroups, groupText, unreadGroups } from '../../console/accelerator-groups.ts'
import { AgeIn, inPlace } from '../../ui/age.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { RailStep } from '../../ui/step-rail.tsx'
import { LookingPanel } from './ahead-panel.tsx'
import { BlockerList } from './blocker-list.tsx'
import { visibleBlockers } from './found-facts.ts'
import { useFoundRows } from './found-rows.tsx'
import { SetupColumns } from './setup-columns.tsx'
import { StepFailure } from './step-failure.tsx'

export type FoundStepProps = {
  readonly facts: Facts
  readonly user: string
  readonly atMs: number
  readonly looking: boolean
  /** Looking again failed: what is shown is from before. */
  readonly problem: Failure | undefined
  readonly steps: readonly RailStep[]
  readonly onLookAgain: () => void
  readonly onPropose: () => void
}

export function FoundStep(props: FoundStepProps) {
  const { facts, user, atMs, looking, problem, steps, onLookAgain, onPropose } = props
  const { t } = useTranslation()
  const title = useGlance(facts)
  const rows = useFoundRows(facts)
  const blockers = visibleBlockers(facts, user)
  const os = valueOr(facts.os, undefined)?.prettyName ?? t('common.unknown')
  const blocked = blockers.length > 0
  // Where nothing can be installed, looking again after the repair is the way on; it is offered once.
  const lookAgain = (
    <Button
      type={blocked ? 'primary' : 'default'}
      size={blocked ? 'middle' : 'small'}
      onClick={onLookAgain}
      loading={looking}
    >
      {t('setup.found.again')}
    </Button>
  )
  const aside = (
    <LookingPanel next={t('setup.ahead.nextProposal')}>
      <div className="rs-row">
        {blocked ? lookAgain : null}
        <Button type={blocked ? 'default' : 'primary'} onClick={onPropose} disabled={looking}>
          {t('setup.found.propose')}
        </Button>
      </div>
    </LookingPanel>
  )
  return (
    <SetupColumns
      steps={steps}
      title={title}
      lead={t('setup.found.lead', { os, host: valueOr(facts.hostname, t('common.unknown')) })}
      aside={aside}
    >
      {problem === undefined ? null : (
        <div className="su-said">
          <StepFailure failure={problem} onRetry={onLookAgain} />
        </div>
      )}
      {!blocked ? null : (
        <div className="su-said">
          <Panel title={t('setup.found.blocked')} tone="needs" testId="visible-blockers">
            <BlockerList blockers={blockers} />
          </Panel>
        </div>
      )}
      <Panel
        title={t('setup.found.facts')}
        testId="found"
        actions={
          <>
            <span className="rs-muted">
              <AgeIn label={t('setup.found.looked', inPlace)} atMs={atMs} />
            </span>
            {blocked ? null : lookAgain}
          </>
        }
      >
        <FactList facts={rows} />
      </Panel>
    </SetupColumns>
  )
}

function useGlance(facts: Facts): string {
  const { t } = useTranslation()
  const groups = acceleratorGroups(facts.accelerators).map(groupText)
  const unread = unreadGroups(toldReports(facts)).map(({ vendor, count }) =>
    count === undefined
      ? t('setup.found.unread', { vendor: vendorName(vendor) })
      : t('setup.found.unreadCount', { vendor: vendorName(vendor), count }),
  )
  const all = [...groups, ...unread]
  if (all.length > 0) return all.join(' · ')
  if (facts.partial !== undefined) return t('setup.found.notRead', { system: systemName(facts.partial.platform) })
  if (facts.cpu.state !== 'known' || facts.memory.state !== 'known') return t('setup.found.noAcceleratorBare')
  const memory = bytesText(facts.memory.value.totalBytes)
  return t('setup.found.noAccelerator', { threads: facts.cpu.value.logicalCores, memory })
}
