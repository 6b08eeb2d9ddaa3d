// One solution as an offer: what it is, its figures, why not the bigger one. One that does not fit says what
// stands in its way and cannot be chosen.
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { namedRejections } from '../../../shared/domain/choice.ts'
import type { Plan, SetUpPlan } from '../../../shared/domain/plan.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { rejectedName, rejectionText } from '../../../shared/words/rejection-words.ts'
import { useWords } from '../../console/console-context.tsx'
import { Chip } from '../../ui/chip.tsx'
import { KeyFigure, KeyFigures } from '../../ui/key-figure.tsx'
import { Panel } from '../../ui/panel.tsx'
import { BlockerList } from './blocker-list.tsx'
import type { SolutionTitle } from './bundles.ts'
import { FitOverride } from './fit-override.tsx'
import { ModelChoice } from './model-choice.tsx'
import { memoryNeeds, passedOver, planSummary } from './plan-summary.ts'
import { PortProposal, PortsForm } from './ports-form.tsx'

export type SolutionCardProps = {
  readonly plan: SetUpPlan
  readonly named: SolutionTitle
  readonly best: boolean
  readonly chosen: boolean
  readonly onChoose: () => void
  readonly target: Target
  readonly onReview: (planId: string) => void
}

export function SolutionCard({ plan, named, best, chosen, onChoose, target, onReview }: SolutionCardProps) {
  const { t } = useTranslation()
  const titleId = useId()
  const fits = plan.blockers.length === 0
  const lacksPort = plan.blockers.some(({ kind }) => kind === 'port-taken')
  const tone = !fits ? 'absent' : chosen ? 'selected' : 'plain'
  const installed = fits && planSummary(plan).changes.length === 0
  const body = (
    <Panel tone={tone} testId="solution">
      <div className="su-card-head">
        <span className="su-card-title" id={titleId}>
          {named.title}
        </span>
        {!fits ? <span className="rs-muted">{t('setup.proposal.doesNotFit')}</span> : null}
        {installed ? <Chip>{t('setup.proposal.nothingToDo')}</Chip> : null}
        {best && !installed ? <Chip>{t('setup.proposal.best')}</Chip> : null}
      </div>
      {named.summary === '' ? null : <div className="su-card-summary">{named.summary}</div>}
      <Figures plan={plan} />
      {fits ? null : (
        <BlockerList
          blockers={plan.blockers}
          actOf={(blocker) => <PortProposal {...{ plan, target, onReview, blocker }} />}
        />
      )}
      {fits ? null : <FitOverride plan={plan} target={target} onReview={onReview} />}
      {fits ? null : <ModelChoice plan={plan} target={target} onReview={onReview} />}
      {lacksPort ? <PortsForm plan={plan} target={target} onReview={onReview} /> : null}
      <WhyNotBigger plan={plan} />
    </Panel>
  )
  if (!fits) return <div className="su-card">{body}</div>
  return (
    <label className="su-card su-card-fits">
      <input type="radio" name="solution" checked={chosen} onChange={onChoose} aria-labelledby={titleId} />
      {body}
    </label>
  )
}

function Figures({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const { services, uploadBytes } = planSummary(plan)
  if (services.length === 0) return null
  return (
    <KeyFigures>
      <KeyFigure size="small" value={services.length} caption={t('setup.proposal.services')} />
      <KeyFigure size="small" {...amount(uploadBytes)} caption={t('setup.proposal.toCopy')} />
      {memoryNeeds(plan.fits).map(({ where, needBytes, availableBytes }) => (
        <KeyFigure
          key={where}
          size="small"
          {...amount(needBytes)}
          caption={t(where === 'memory' ? 'setup.proposal.memoryOf' : 'setup.proposal.acceleratorOf', {
            available: bytesText(availableBytes),
          })}
        />
      ))}
    </KeyFigures>
  )
}

function amount(bytes: number): { value: string; unit: string } {
  const [value = '', unit = ''] = bytesText(bytes).split(' ')
  return { value, unit }
}

function WhyNotBigger({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const words = useWords()
  const passed = passedOver(plan.choices)
  if (passed.length === 0) return null
  return (
    <dl className="su-why">
      <dt>{t('setup.proposal.whyNot')}</dt>
      {passed.flatMap(({ service, rejected }) => {
        const { named, others } = namedRejections(rejected)
        const shown = named.map((one) => (
          <dd key={`${service} ${one.entry} ${rejectedName(one)}`}>
            {t('setup.proposal.rejected', {
              variant: rejectedName(one),
              reasons: words.cli.list(one.rejections.map((reason) => rejectionText(reason, words.rejections))),
            })}
          </dd>
        ))
        return others === 0 ? shown : [...shown, <dd key={service}>{words.rejections.others(others)}</dd>]
      })}
    </dl>
  )
}
