// What the publisher of a deployment has taken back since it was installed: said on every page of the appliance and with the
// deployment itself, and who accepted which terms for it. How it is does not change by that.
import { useTranslation } from 'react-i18next'
import type { HeldPart } from '../../../shared/domain/held-part.ts'
import type { DeploymentVerdict } from '../../../shared/domain/verdict.ts'
import { acceptedText, takenBackParts } from '../../../shared/words/whose-text.ts'
import type { Condition } from '../../console/condition.ts'
import { useWords } from '../../console/console-context.tsx'
import { type Fact, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useDateText } from './use-date-text.ts'

export function TakenBackBanner({ condition }: { readonly condition: Condition }) {
  const words = useWords()
  const deployments = 'verdict' in condition ? condition.verdict.deployments : []
  const flagged = deployments.filter(({ takenBack }) => takenBack !== undefined)
  if (flagged.length === 0) return null
  return (
    <div className="rs-trouble">
      <Panel tone="needs" testId="taken-back">
        {flagged.map((one) => (
          <TakenBackMarks key={one.deployment} verdict={one} named />
        ))}
        <p className="rs-muted">{words.cautions.whose.takenBackNext}</p>
      </Panel>
    </div>
  )
}

type MarksProps = {
  readonly verdict: DeploymentVerdict
  /** Where it does not stand beside its deployment. */
  readonly named?: boolean
}

export function TakenBackMarks({ verdict: { deployment, takenBack = [] }, named = false }: MarksProps) {
  const words = useWords()
  return takenBack.map((one) => {
    const { what, why } = takenBackParts(one, words)
    return (
      <div key={what} className="rs-taken-back">
        <VerdictMark state="degraded" word={named ? words.cli.pair(deployment, what) : what}>
          {why}
        </VerdictMark>
      </div>
    )
  })
}

/** Its parts that wait for it. */
export function heldIn({ deployment, held = [] }: DeploymentVerdict): HeldPart[] {
  return held.map((part) => ({ part, of: deployment }))
}

/** Who vouched for it, and who accepted which terms. */
export function useWhoseFacts(): (verdict: DeploymentVerdict) => readonly Fact[] {
  const { t } = useTranslation()
  const words = useWords()
  const dateText = useDateText()
  return ({ publisher, accepted = [] }) => [
    ...(publisher === undefined
      ? []
      : [
          {
            label: t('appliance.publisher'),
            value: known(`${publisher.name} (${publisher.id})`),
            note: publisher.fingerprint,
          },
        ]),
    ...accepted.map((one) => ({
      label: t('appliance.acceptedTerms'),
      value: known(acceptedText(one, dateText(one.at), words)),
      key: `${one.entry} ${one.version}`,
    })),
  ]
}
