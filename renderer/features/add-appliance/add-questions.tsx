// The question of now, beside the steps of the journey; failures stand below it, what was given stays.
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Address, type Appliance, addressText } from '../../../shared/domain/appliance.ts'
import { ConnectionDrawer } from '../../console/connection/connection-drawer.tsx'
import { useWords } from '../../console/console-context.tsx'
import { FailureDialog } from '../../console/failure-dialog.tsx'
import { isKeyFailure } from '../../console/host-key-body.tsx'
import { Page } from '../../ui/page.tsx'
import { type RailStep, StepRail } from '../../ui/step-rail.tsx'
import { type AddForm, addSteps } from './add-form.ts'
import { AddressStep } from './address-step.tsx'
import { FailedAct } from './failed-act.tsx'
import { FingerprintStep } from './fingerprint-step.tsx'
import { FollowUp } from './follow-up.tsx'
import { insideText } from './inside-text.ts'
import { JumpHosts } from './jump-hosts.tsx'
import { LoginStep } from './login-step.tsx'
import { NameStep } from './name-step.tsx'
import { type AddJourney, type OnAdded, useAddJourney } from './use-add-journey.ts'
import './add-appliance.css'

export type AddQuestionsProps = {
  readonly saved: Appliance | undefined
  readonly taken: readonly string[]
  readonly onLeave: () => void
  readonly onAdded: OnAdded
  /** It was given before this page: it is greeted at once. */
  readonly begin?: Address | undefined
}

export function AddQuestions({ saved, taken, onLeave, onAdded, begin }: AddQuestionsProps) {
  const { t } = useTranslation()
  const journey = useAddJourney(saved, onAdded)
  useBegun(journey, begin)
  const { failure, forget } = journey.act
  const keyFailure = failure !== undefined && isKeyFailure(failure)
  const said = useQuestionWords(journey.form, saved)
  return (
    <div className="rs-add">
      <StepRail label={t('add.steps')} steps={useRail(journey, saved !== undefined)} />
      <Page
        title={said.title}
        lead={said.lead}
        narrow
        actions={
          <Button type="text" onClick={onLeave}>
            {t('common.cancel')}
          </Button>
        }
      >
        <Question journey={journey} taken={taken} />
        {failure === undefined || keyFailure ? null : (
          <div className="rs-add-failure">
            <FailedAct form={journey.form} failure={failure} />
            <FollowUp journey={journey} />
          </div>
        )}
      </Page>
      <ConnectionDrawer
        name={journey.form.typed.host}
        target={journey.testing}
        onClose={journey.endTest}
        onFailed={journey.refused}
      />
      <FailureDialog failure={keyFailure ? failure : undefined} onClose={forget} />
    </div>
  )
}

function useBegun({ change, greet }: AddJourney, address: Address | undefined): void {
  const [isBegun, setBegun] = useState(address === undefined)
  useEffect(() => {
    if (isBegun || address === undefined) return
    setBegun(true)
    change({ typed: { host: address.host, port: String(address.port), user: address.user } })
    greet(address)
  })
}

function Question({ journey, taken }: { readonly journey: AddJourney; readonly taken: readonly string[] }) {
  const { form, act, change, goTo, greet, trust, logIn, test, save, addHop, giveHop } = journey
  const { step, greeted, via, hopTyped, credential, watchOnly, name } = form
  const hopsHeld = useHopsHeld(form)
  if (step === 'address' || greeted === undefined) {
    const removeHop = (place: number) => change({ via: via.filter((_, at) => at !== place) })
    return (
      <AddressStep
        typed={form.typed}
        busy={act.busy}
        onTyped={(typed) => change({ typed })}
        onGreet={greet}
        held={hopsHeld}
        more={
          <JumpHosts
            hops={via}
            typed={hopTyped}
            busy={act.busy}
            onTyped={(typed) => change({ hopTyped: typed })}
            onAdd={addHop}
            onLogin={giveHop}
            onRemove={removeHop}
          />
        }
      />
    )
  }
  const { address } = greeted
  if (step === 'fingerprint') {
    return (
      <FingerprintStep
        greeted={greeted}
        busy={act.busy}
        onTrust={() => trust(greeted)}
        onBack={() => goTo('address')}
      />
    )
  }
  if (step === 'login' || credential === undefined) {
    return (
      <LoginStep
        busy={act.busy}
        handed={credential}
        watchOnly={watchOnly}
        onWatchOnly={(only) => change({ watchOnly: only })}
        onLogIn={(give) => logIn(address, give)}
        onTest={(give) => test(address, give)}
        onOtherWay={act.forget}
        onBack={() => goTo('address')}
      />
    )
  }
  return (
    <NameStep
      name={name}
      watchOnly={watchOnly}
      taken={taken}
      busy={act.busy}
      onName={(typed) => change({ name: typed })}
      onSave={save}
      onTest={() => test(address, undefined)}
      onBack={() => goTo('login')}
    />
  )
}

/** Why the way there is not ready to be tried; undefined where it is. */
function useHopsHeld({ via, hopTyped }: AddForm): string | undefined {
  const { t } = useTranslation()
  if (via.some(({ refused }) => refused === true)) return t('access.heldByLogin')
  return hopTyped.trim() === '' ? undefined : t('access.heldByHop')
}

function useQuestionWords({ step, greeted, facts }: AddForm, saved: Appliance | undefined) {
  const { t } = useTranslation()
  const { cli } = useWords()
  if (step === 'fingerprint') {
    const hop = greeted?.hop !== undefined
    return { title: t(hop ? 'access.hopFingerprintTitle' : 'add.fingerprintTitle'), lead: t('add.fingerprintLead') }
  }
  if (step === 'login' && greeted !== undefined) {
    const { user } = greeted.address
    const lead = t('add.loginLead', { user, place: addressText(greeted.address) })
    return { title: t('add.loginTitle'), lead: greeted.pinned ? `${t('add.fingerprintKnown')} ${lead}` : lead }
  }
  if (step === 'name' && facts !== undefined) {
    return { title: t('add.nameTitle'), lead: t('add.nameLead', { what: cli.list(insideText(facts)) }) }
  }
  const title = saved === undefined ? t('add.addressTitle') : t('add.addressAgainTitle', { name: saved.name })
  return { title, lead: t('add.addressLead') }
}

/** Only what was answered can be gone back to, and the fingerprint is answered once and for all. */
function useRail({ form, goTo }: AddJourney, again: boolean): readonly RailStep[] {
  const { t } = useTranslation()
  const now = addSteps.indexOf(form.step)
  return addSteps
    .filter((step) => !(again && step === 'name'))
    .map((step) => {
      const place = addSteps.indexOf(step)
      const state = place < now ? 'done' : place === now ? 'current' : 'next'
      const back = state === 'done' && step !== 'fingerprint'
      return { id: step, label: t(`add.step.${step}`), state, ...(back ? { onClick: () => goTo(step) } : {}) }
    })
}
