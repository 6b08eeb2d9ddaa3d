// One appliance on the board, like a bed card: who it is, how it is and why, what is inside, what it serves,
// when it was last proven, and the one thing to do about it.
import { useTranslation } from 'react-i18next'
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import { type Appliance, addressText } from '../../../shared/domain/appliance.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { threeDigits } from '../../../shared/words/amounts.ts'
import { durationText } from '../../../shared/words/durations.ts'
import type { Language } from '../../../shared/words/words.ts'
import { AccessMarks } from '../../console/access-marks.tsx'
import { useAnswer, useOutdate } from '../../console/answers.ts'
import { type Condition, isEmpty } from '../../console/condition.ts'
import { useConsole, useLanguage, useLinkState } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { FailureNext } from '../../console/failure-body.tsx'
import { needsLogin } from '../../console/failure-note.tsx'
import { useLatestSample } from '../../console/latest-sample.ts'
import { useRetry } from '../../console/use-retry.ts'
import { Age } from '../../ui/age.tsx'
import { Chip, Chips } from '../../ui/chip.tsx'
import { CardHardware } from './card-hardware.tsx'
import { type CardKind, hasTakenBack, kindOf, needsYou } from './card-kind.ts'
import { CardVerdict } from './card-verdict.tsx'
import { useRunStep } from './run-step.ts'

export type CardActs = {
  readonly onOpen: (name: string) => void
  readonly onSetUp: (name: string) => void
  readonly onLogIn: (name: string) => void
  readonly onOpenRun: (name: string, planId: string) => void
}

export type ApplianceCardProps = CardActs & {
  readonly appliance: ListedAppliance
  readonly condition: Condition
  /** Live cells cost the appliance a sample a second: only the first cards have them. */
  readonly live: boolean
}

export function ApplianceCard({ appliance, condition, live, ...acts }: ApplianceCardProps) {
  const { t } = useTranslation()
  const { name, address, demo, watchOnly = false } = appliance
  const { product } = useConsole()
  const target = { by: 'name', name } as const
  const reachable = condition.is !== 'unreachable'
  const { answer } = useAnswer({
    key: ['appliances.detect', name],
    ask: () => product.appliances.detect({ target }),
    enabled: reachable,
  })
  const { sample, lost } = useLatestSample(target, live && reachable && condition.is !== 'looking')
  const facts = answer.state === 'answered' ? answer.value : undefined
  const verdict = condition.is === 'seen' || condition.is === 'old' ? condition.verdict : undefined
  const linked = useLinkState().state === 'open'
  const stale = !linked || condition.is === 'old' || condition.is === 'unreachable' || lost !== undefined
  return (
    <article
      className={cardClass(condition)}
      aria-label={demo ? t('demo.named', { name }) : name}
      data-testid="appliance-card"
      data-kind={kindOf(condition)}
    >
      <header className="rs-card-head">
        <h2>
          <button type="button" className="rs-link" title={name} onClick={() => acts.onOpen(name)}>
            {name}
          </button>
          {demo ? <DemoChip /> : null}
        </h2>
        <div className="rs-card-where">
          <span className="rs-card-place" title={placeText(address)}>
            {placeText(address)}
          </span>
          <AccessMarks access={appliance} />
        </div>
      </header>
      <div className="rs-card-verdict">
        <CardVerdict condition={condition} reachedAtMs={answer.state === 'answered' ? answer.atMs : undefined} />
      </div>
      {condition.is === 'unreachable' && facts === undefined ? (
        <div className="rs-card-next">
          <FailureNext failure={condition.failure} />
        </div>
      ) : (
        <CardHardware name={name} facts={facts} sample={sample} faded={stale} />
      )}
      <ModelChips verdict={verdict} />
      <CardFoot name={name} condition={condition} watchOnly={watchOnly} {...acts} />
      <span className="rs-visually-hidden">{addressText(address)}</span>
    </article>
  )
}

function cardClass(condition: Condition): string {
  const edge = edges[kindOf(condition)] ?? (hasTakenBack(condition) ? edges.degraded : undefined)
  return edge === undefined ? 'rs-card' : `rs-card ${edge}`
}

/** Every card that needs somebody has an edge of its own; what is not known is dashed. */
const edges: { readonly [K in CardKind]?: string } = {
  down: 'rs-card-down',
  degraded: 'rs-card-degraded',
  unknown: 'rs-card-unknown',
  stale: 'rs-card-unknown',
}

function placeText({ user, host, port }: Appliance['address']): string {
  return `${user}@${port === 22 ? host : addressText({ host, port })}`
}

/** Not what they are made of. */
function servicesOf(verdict: ApplianceVerdict | undefined): ApplianceVerdict['deployments'] {
  return verdict?.deployments.filter(({ partOf }) => partOf === undefined) ?? []
}

function ModelChips({ verdict }: { readonly verdict: ApplianceVerdict | undefined }) {
  const language = useLanguage()
  return (
    <div className="rs-card-chips">
      <Chips>
        {servicesOf(verdict).map(({ deployment, proof }) => (
          <Chip key={deployment} figure={proof === undefined ? undefined : proofText(proof, language)}>
            {deployment}
          </Chip>
        ))}
      </Chips>
    </div>
  )
}

type Proof = NonNullable<ApplianceVerdict['deployments'][number]['proof']>

function proofText({ ttftMs, tokensPerSecond }: Proof, language: Language): string {
  const ttft = `TTFT ${durationText(ttftMs, language)}`
  return tokensPerSecond.state === 'known' ? `${threeDigits(tokensPerSecond.value)} tok/s · ${ttft}` : ttft
}

type FootProps = CardActs & { readonly name: string; readonly condition: Condition; readonly watchOnly: boolean }

function CardFoot({ name, condition, watchOnly, ...acts }: FootProps) {
  const { t } = useTranslation()
  const run = condition.is === 'setting-up' ? condition.run : undefined
  const step = useRunStep(run?.planId)
  const act = footAct(condition, watchOnly)
  const press = () => {
    if (run !== undefined) acts.onOpenRun(name, run.planId)
    else if (act === 'logIn') acts.onLogIn(name)
    else if (act === 'setUp') acts.onSetUp(name)
    else acts.onOpen(name)
  }
  const failing = condition.is === 'unreachable' || (condition.is === 'old' && condition.failure !== undefined)
  const proven = condition.is === 'seen' && condition.verdict.deployments.some(({ proof }) => proof !== undefined)
  return (
    <footer className="rs-card-foot">
      <button type="button" className="rs-link" onClick={press}>
        {t(`fleet.${act}`)}
      </button>
      {failing ? <RetryLink name={name} /> : null}
      {step === undefined ? null : <span>{t('fleet.step', step)}</span>}
      {condition.is === 'seen' ? (
        <span>
          {t(proven ? 'fleet.provenBefore' : 'fleet.lookedBefore')}
          <Age atMs={condition.atMs} />
          {t(proven ? 'fleet.provenAfter' : 'fleet.lookedAfter')}
        </span>
      ) : null}
    </footer>
  )
}

function RetryLink({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const outdate = useOutdate()
  const retry = useRetry(name)
  const lookAgain = () => {
    outdate('appliances.status', name)
    outdate('appliances.detect', name)
  }
  return (
    <button type="button" className="rs-link" onClick={() => retry(lookAgain)}>
      {t('common.retry')}
    </button>
  )
}

function footAct(condition: Condition, watchOnly: boolean): 'openRun' | 'logIn' | 'setUp' | 'why' | 'open' {
  if (condition.is === 'setting-up') return 'openRun'
  if (isEmpty(condition)) return watchOnly ? 'open' : 'setUp'
  const failure = condition.is === 'unreachable' || condition.is === 'old' ? condition.failure : undefined
  if (failure !== undefined && needsLogin(failure)) return 'logIn'
  return needsYou(condition) ? 'why' : 'open'
}
