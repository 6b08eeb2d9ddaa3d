// Each deployment in a line or two: how it is and why, and how fast it answered.

import { useTranslation } from 'react-i18next'
import type { DeploymentVerdict, VerdictReason } from '../../../shared/domain/verdict.ts'
import { threeDigits } from '../../../shared/words/amounts.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { HeldParts } from '../../console/held-parts.tsx'
import { PublishedSignIn } from '../../console/published-sign-in.tsx'
import { sentenceOf } from '../../console/sentence.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { heldIn, TakenBackMarks } from './taken-back.tsx'
import { underServices } from './under-services.ts'

export function DeploymentList({ deployments }: { readonly deployments: readonly DeploymentVerdict[] }) {
  return (
    <ul className="rs-deployments">
      {underServices(deployments).map(({ service: one, parts }) => (
        <li key={one.deployment} data-testid={`deployment-${one.deployment}`}>
          <div className="rs-deployment-name">
            <strong>{one.deployment}</strong>
            <small>
              {one.entry} {one.version}
            </small>
          </div>
          <div>
            <DeploymentWord verdict={one} />
            <NextStep verdict={one} />
            <ProofShort proof={one.proof} />
            {one.withoutMetrics === true ? <Uncounted /> : null}
            <TakenBackMarks verdict={one} />
            <PublishedSignIn verdict={one} />
            <HeldParts held={heldIn(one)} />
            <Parts parts={parts} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** What else a service is made of, in the same words. */
export function Parts({ parts }: { readonly parts: readonly DeploymentVerdict[] }) {
  const { t } = useTranslation()
  if (parts.length === 0) return null
  return (
    <div>
      <small className="rs-muted">{t('appliance.parts')}</small>
      <ul className="rs-parts">
        {parts.map((one) => (
          <li key={one.deployment} data-testid={`part-${one.deployment}`}>
            <strong>{one.deployment}</strong> <DeploymentWord verdict={one} />
            <NextStep verdict={one} />
            <TakenBackMarks verdict={one} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function DeploymentWord({ verdict }: { readonly verdict: DeploymentVerdict }) {
  const words = useWords()
  const language = useLanguage()
  return (
    <VerdictMark state={verdict.state} word={words.verdicts[verdict.state]}>
      {sentenceOf(words.verdictReasons[verdict.reason], language)}
    </VerdictMark>
  )
}

/** What brings it back is known only for some reasons; for the others its own log says more than we can. */
const setUpHelps: readonly VerdictReason[] = ['missing', 'not-running']
const logTells: readonly VerdictReason[] = [
  ...(['port-closed', 'not-ready', 'model-missing', 'no-tokens', 'answer-odd', 'no-vectors', 'no-ranking'] as const),
  ...(['metrics-unreadable', 'page-fails', 'check-fails', 'on-processor'] as const),
]

function NextStep({ verdict: { deployment, reason } }: { readonly verdict: DeploymentVerdict }) {
  const { t } = useTranslation()
  if (setUpHelps.includes(reason)) return <div className="rs-deployment-next">{t('appliance.next.setUp')}</div>
  if (reason === 'starting') return <div className="rs-deployment-next">{t('appliance.next.starting')}</div>
  if (!logTells.includes(reason)) return null
  return (
    <div className="rs-deployment-next">
      {t('appliance.next.log')} <code>docker logs rackside-{deployment}</code>
    </div>
  )
}

function ProofShort({ proof }: { readonly proof: DeploymentVerdict['proof'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (proof === undefined) return null
  const rate = proof.tokensPerSecond
  return (
    <div className="rs-deployment-proof">
      TTFT <strong>{durationOf(proof.ttftMs, language)}</strong>
      {rate.state === 'known' ? (
        <>
          {' · '}
          <strong>{threeDigits(rate.value)}</strong> {t('appliance.tokensPerSecond')}
        </>
      ) : (
        <> · {t('proof.noRate')}</>
      )}
    </div>
  )
}

/** Said, so that nobody takes figures that are not there for none. */
function Uncounted() {
  const { t } = useTranslation()
  return <div className="rs-deployment-next">{t('proof.withoutMetrics')}</div>
}

/** Tenths of a second say nothing about a first token that comes at once. */
function durationOf(milliseconds: number, language: ReturnType<typeof useLanguage>): string {
  const ms = language === 'zh-CN' ? '毫秒' : 'ms'
  return milliseconds < 1000 ? `${Math.ceil(milliseconds)} ${ms}` : durationText(milliseconds, language)
}
