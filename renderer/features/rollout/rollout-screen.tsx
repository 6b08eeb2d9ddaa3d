// One rollout: its plan with rings until somebody begins it, then how far each appliance is, then how it ended.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type InterruptionRules, type Weekday, weekday } from '../../../shared/domain/interruption.ts'
import { termsName } from '../../../shared/domain/licence-terms.ts'
import { isGood, type Rollout, type RolloutMember } from '../../../shared/domain/rollout.ts'
import { useAnswer } from '../../console/answers.ts'
import { ChangesSection } from '../../console/changes-section.tsx'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { LicenceSection } from '../../console/licence-terms.tsx'
import { RootWords } from '../../console/root-words.tsx'
import { useAct } from '../../console/use-act.ts'
import { type Begin, useBegin } from '../../console/use-begin.ts'
import { useStream } from '../../console/use-stream.ts'
import { WhoseNotes } from '../../console/whose-notes.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { afterRolloutEvent, nothingHeard, type RolloutLook } from './rollout-look.ts'
import { RolloutTable, type RolloutTableProps, timeText } from './rollout-table.tsx'
import { useAsked } from './use-asked.ts'
import './rollout.css'

export type RolloutScreenProps = {
  readonly rolloutId: string
  readonly onAgain: () => void
  readonly onOpenRun: RolloutTableProps['onOpenRun']
}

export function RolloutScreen({ rolloutId, onAgain, onOpenRun }: RolloutScreenProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const asked = useAnswer({ key: ['rollouts.read', rolloutId], ask: () => product.rollouts.read({ rolloutId }) })
  const look = useLook(rolloutId)
  const { answer } = asked
  if (answer.state === 'waiting') return <Page title={t('rollout.reading')} />
  if (answer.state === 'failed') {
    const again = { label: t('rollout.planAgain'), onAct: onAgain }
    return (
      <Page title={t('rollout.chooseTitle')}>
        <FailureNote failure={answer.failure} onRetry={asked.askAgain} acts={[again]} />
      </Page>
    )
  }
  return <Shown rollout={look.rollout ?? answer.value} look={look} onAgain={onAgain} onOpenRun={onOpenRun} />
}

/** From its first event on, each time the stream is opened. */
function useLook(rolloutId: string): RolloutLook {
  const { product } = useConsole()
  const [look, setLook] = useState(nothingHeard)
  useStream({
    name: `rollouts.follow ${rolloutId}`,
    open: (signal) => product.rollouts.follow({ rolloutId }, { signal }),
    onItem: (event) => setLook((now) => afterRolloutEvent(now, event)),
  })
  return look
}

type ShownProps = RolloutTableProps & Pick<RolloutScreenProps, 'onAgain'>

function Shown({ rollout, look, onAgain, onOpenRun }: ShownProps) {
  const { i18n } = useTranslation()
  const words = useWords()
  const { product } = useConsole()
  const asked = useAsked(rollout)
  const read = asked.answer.state === 'answered' ? asked.answer.value : undefined
  const licences = read?.licences ?? []
  const [accepted, setAccepted] = useState(false)
  const begun = useBegin(
    'rollouts.apply',
    () => product.rollouts.apply({ rolloutId: rollout.id, accepts: licences.map(termsName) }),
    () => undefined,
  )
  const cancelling = useAct()
  const failure = begun.failure ?? cancelling.failure
  const ringed = rollout.members.filter(({ ring }) => ring !== undefined)
  return (
    <Page
      title={useTitle(rollout)}
      lead={<Lead rollout={rollout} />}
      actions={
        <Acts
          {...{ rollout, begun, cancelling, onAgain }}
          isRead={read !== undefined && (accepted || licences.length === 0)}
        />
      }
    >
      <div className="rs-stack">
        {failure === undefined ? null : <FailureNote failure={failure} />}
        {asked.answer.state === 'failed' ? (
          <FailureNote failure={asked.answer.failure} onRetry={asked.askAgain} />
        ) : null}
        {rollout.opensAt === undefined ? null : (
          <VerdictMark
            state="working"
            word={words.rollout.waitingForWindow(timeText(rollout.opensAt, i18n.language))}
          />
        )}
        {ringed.length === 0 ? null : (
          <Panel>
            <RolloutTable rollout={rollout} look={look} onOpenRun={onOpenRun} />
          </Panel>
        )}
        {rollout.state !== 'planned' || read === undefined ? null : (
          <>
            <WhoseNotes takeovers={read.trust.takeovers} takenBack={read.trust.takenBack} />
            <ChangesSection replacements={read.trust.replacements} className="rs-stack" />
            <RootWords
              steps={[...read.rootSteps.keys()]}
              where={(step) => words.cli.list(read.rootSteps.get(step) ?? [])}
              className="rs-stack"
            />
            <LicenceSection licences={licences} accepted={accepted} onAccepted={setAccepted} className="rs-stack" />
          </>
        )}
        <Quiet rollout={rollout} />
        <LeftOut rollout={rollout} />
      </div>
    </Page>
  )
}

function useTitle({ state, members }: Rollout): string {
  const { t } = useTranslation()
  const { rollout } = useWords()
  const ringed = members.filter(({ ring }) => ring !== undefined)
  if (state === 'planned') {
    return ringed.length === 0 ? t('rollout.titleNothing') : t('rollout.titlePlanned', { count: ringed.length })
  }
  const done = ringed.filter(({ stand }) => isGood(stand)).length
  if (state === 'running') return t('rollout.titleRunning', { done, count: ringed.length })
  return rollout.ended[state](members.filter(isHealthy).length, members.length)
}

function isHealthy({ stand }: RolloutMember): boolean {
  return isGood(stand) || (stand.state === 'nothing-to-do' && stand.verdict === 'healthy')
}

function Lead({ rollout: { state, members, places, rules } }: { readonly rollout: Rollout }) {
  const { t } = useTranslation()
  const words = useWords()
  const ruled = useRules(rules)
  const rings = members.map(({ ring = 0 }) => ring)
  const count = (wanted: string) => members.filter(({ stand }) => stand.state === wanted).length
  const counts = {
    ...{ change: rings.filter((ring) => ring > 0).length, rings: Math.max(0, ...rings), places },
    ...{ nothing: count('nothing-to-do'), leftOut: count('left-out') },
  }
  const said = state === 'running' ? t('rollout.goesOn') : words.rollout.sum(counts)
  return (
    <>
      {said}
      {ruled.map((rule) => (
        <div key={rule}>{rule}</div>
      ))}
    </>
  )
}

/** What is kept to before a service is interrupted: it is approved together with the plan. */
function useRules({ window: maintenanceWindow, evenIfBusy }: InterruptionRules): string[] {
  const { t, i18n } = useTranslation()
  const busy = evenIfBusy === true ? [t('rollout.ruleBusy')] : []
  if (maintenanceWindow === undefined) return busy
  const { from, to, days = [] } = maintenanceWindow
  const names = new Intl.ListFormat(i18n.language).format(days.map((day) => dayName(day, i18n.language)))
  const when =
    days.length === 0 ? t('rollout.ruleMaintenance', { from, to }) : t('rollout.ruleDays', { from, to, days: names })
  return [when, ...busy]
}

function dayName(day: Weekday, language: string): string {
  // The first of these days is a Monday.
  const date = new Date(Date.UTC(2026, 10, 23 + weekday.options.indexOf(day)))
  return date.toLocaleDateString(language, { weekday: 'long', timeZone: 'UTC' })
}

type ActsProps = {
  readonly rollout: Rollout
  readonly begun: Begin<[]>
  /** The plans of all were read, and what they ask besides was accepted. */
  readonly isRead: boolean
  readonly cancelling: ReturnType<typeof useAct>
  readonly onAgain: () => void
}

function Acts({ rollout: { id: rolloutId, state, members }, begun, isRead, cancelling, onAgain }: ActsProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const again = <Button onClick={onAgain}>{t('rollout.planAgain')}</Button>
  if (state === 'running') {
    const cancel = () =>
      cancelling.begin(
        'rollouts.cancel',
        () => product.rollouts.cancel({ rolloutId }),
        () => undefined,
      )
    return (
      <Button danger onClick={cancel} disabled={cancelling.busy}>
        {t('rollout.cancel')}
      </Button>
    )
  }
  if (state !== 'planned') return again
  const canary = members.find(({ ring }) => ring === 1)
  const quiet = members.some(({ stand }) => stand.state === 'nothing-to-do')
  if (canary === undefined && !quiet) return again
  return (
    <>
      {again}
      <Button type="primary" onClick={begun.begin} disabled={begun.beginning || !isRead}>
        {canary === undefined ? t('rollout.check') : t('rollout.begin', { name: canary.name })}
      </Button>
    </>
  )
}

/** Whom nothing is done to; each is proven once the rollout was begun. */
function Quiet({ rollout: { members } }: { readonly rollout: Rollout }) {
  const { t } = useTranslation()
  const words = useWords()
  const quiet = members.flatMap(({ name, stand }) => (stand.state === 'nothing-to-do' ? [{ name, stand }] : []))
  if (quiet.length === 0) return null
  return (
    <Panel title={t('rollout.proven')}>
      <ul className="ro-list">
        {quiet.map(({ name, stand: { verdict } }) => (
          <li key={name}>
            <VerdictMark state={verdict ?? 'unknown'} word={name}>
              {verdict === undefined ? null : words.verdicts[verdict]}
            </VerdictMark>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function LeftOut({ rollout: { members } }: { readonly rollout: Rollout }) {
  const { t } = useTranslation()
  const out = members.flatMap(({ name, stand }) =>
    stand.state === 'left-out' ? [{ name, failure: stand.failure }] : [],
  )
  if (out.length === 0) return null
  return (
    <section className="rs-stack" aria-label={t('rollout.leftOut')}>
      <p>
        <strong>{t('rollout.leftOut')}</strong> <span className="rs-muted">{t('rollout.leftOutLead')}</span>
      </p>
      {out.map(({ name, failure }) => (
        <Panel key={name} title={name} tone="absent" testId="left-out">
          <FailureNote failure={failure} state="unknown" />
        </Panel>
      ))}
    </section>
  )
}
