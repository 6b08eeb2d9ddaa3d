// A proof as a person sees it: for each deployment its verdict in words, the time to the first token and the
// speed as two large figures, the answer as it arrives, and the ladder of checks with the time each took.
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { DeploymentVerdict } from '../../../shared/domain/verdict.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { Ledger, type LedgerRow } from '../../ui/ledger.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useLanguage, useWords } from '../console-context.tsx'
import { FailureNote } from '../failure-note.tsx'
import { ProofFigures } from './proof-figures.tsx'
import type { DeploymentProofState, ProofState } from './proof-state.ts'
import './proof.css'

export type ProofViewProps = {
  readonly proof: ProofState
  /** It goes on: what has not come yet is awaited, not missing. */
  readonly phase: 'not-asked' | 'running' | 'done' | 'failed'
  readonly failure?: Failure
}

export function ProofView({ proof, phase, failure }: ProofViewProps) {
  const { t } = useTranslation()
  const { deployments, verdict } = proof
  const running = phase === 'running'
  return (
    <section aria-label={t('proof.label')} data-testid="proof" data-phase={phase}>
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
      {running && deployments.length === 0 ? <VerdictMark state="working" word={t('proof.running')} /> : null}
      {verdict !== undefined && deployments.length === 0 ? <p>{t('proof.nothing')}</p> : null}
      {deployments.map((one) => (
        <DeploymentProof key={one.deployment} look={one} running={running && one.verdict === undefined} />
      ))}
    </section>
  )
}

type DeploymentProofProps = { readonly look: DeploymentProofState; readonly running: boolean }

function DeploymentProof({ look, running }: DeploymentProofProps) {
  const { t } = useTranslation()
  const rows = useRungRows(look, running)
  const asksModel = look.ladder.includes('one-token') || look.answer !== ''
  const asked = look.rungs.some((rung) => rung.name === 'one-token')
  return (
    <section className="pf-deployment" aria-label={look.deployment} data-testid={`proof-${look.deployment}`}>
      <div className="pf-head">
        {look.verdict === undefined ? (
          <VerdictMark state={running ? 'working' : 'unknown'} word={look.deployment}>
            <span className="rs-muted">{t(running ? 'proof.running' : 'proof.cut')}</span>
          </VerdictMark>
        ) : (
          <VerdictOfDeployment verdict={look.verdict} />
        )}
      </div>
      {asksModel && (running || look.verdict?.proof !== undefined) ? (
        <ProofFigures proof={look.verdict?.proof} />
      ) : null}
      {asksModel && (running || look.answer !== '') ? (
        <blockquote className="pf-answer" aria-label={t('proof.answer')} data-testid="answer">
          {look.answer === '' && !asked ? (
            <span className="rs-muted">{t('proof.waitingForAnswer')}</span>
          ) : (
            <span translate="no">{look.answer}</span>
          )}
        </blockquote>
      ) : null}
      {look.verdict?.withoutMetrics === true ? <p className="pf-small">{t('proof.withoutMetrics')}</p> : null}
      {rows.length === 0 ? null : <Ledger label={t('proof.checks', { deployment: look.deployment })} rows={rows} />}
      <ProbesSaid probes={look.verdict?.probes ?? []} />
    </section>
  )
}

/** What its vendor's own probes said last: in the set-up, or when it was proven. */
function ProbesSaid({ probes }: { readonly probes: NonNullable<DeploymentVerdict['probes']> }) {
  const words = useWords()
  const language = useLanguage()
  return probes.map(({ task, outcome, at }) => {
    const is = outcome === 'passed' ? 'passed' : 'failed'
    const when = new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short', hour12: false })
    return (
      <p key={task} className="pf-small" data-testid={`probe-${task}`}>
        <VerdictMark state={is === 'passed' ? 'healthy' : 'degraded'} word={words.probes[is](task, when)} />
      </p>
    )
  })
}

function VerdictOfDeployment({ verdict }: { readonly verdict: DeploymentVerdict }) {
  const words = useWords()
  return (
    <VerdictMark state={verdict.state} word={verdict.deployment}>
      {words.verdicts[verdict.state]} · <span className="rs-muted">{words.verdictReasons[verdict.reason]}</span>
    </VerdictMark>
  )
}

function useRungRows({ ladder, rungs }: DeploymentProofState, running: boolean): LedgerRow[] {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const climbed = rungs.map(
    ({ name, passed, detail, milliseconds }): LedgerRow => ({
      id: name,
      state: passed ? 'done' : 'failed',
      stateWord: t(passed ? 'proof.passed' : 'proof.failed'),
      text: words.rungs[name],
      // What went well needs no evidence; what did not shows what was seen.
      ...(passed || detail === '' ? {} : { note: detail }),
      figures: [durationText(milliseconds, language)],
    }),
  )
  const broken = rungs.some((rung) => !rung.passed)
  const ahead = ladder.filter((name) => !rungs.some((rung) => rung.name === name))
  const rest = ahead.map((name, place): LedgerRow => {
    const state = running && !broken ? (place === 0 ? 'current' : 'next') : 'unknown'
    const word = state === 'unknown' ? 'notLooked' : state
    return { id: name, state, stateWord: t(`proof.${word}`), text: words.rungs[name], figures: [undefined] }
  })
  return [...climbed, ...rest]
}
