// At which port of the server each service answers: as the solution says, or another for whoever needs that one for something
// else. Choosing makes another plan, which is reviewed like every other.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { isSetUp, type Plan, type SetUpPlan, wishOf } from '../../../shared/domain/plan.ts'
import { choosablePort, type PlanPort, type PortWishes, withPorts } from '../../../shared/domain/service-port.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'

type PortsProps = {
  readonly plan: Plan
  readonly target: Target
  readonly onReview: (planId: string) => void
}

type WithPlan = Omit<PortsProps, 'plan'> & { readonly plan: SetUpPlan }

export function PortsForm({ plan, ...rest }: PortsProps) {
  if (!isSetUp(plan) || plan.ports === undefined) return null
  return <Form plan={plan} ports={plan.ports} {...rest} />
}

type ProposalProps = PortsProps & { readonly blocker: Failure }

/** Beside what says that a port is taken: the next free one, with one press. */
export function PortProposal({ blocker, plan, ...rest }: ProposalProps) {
  if (blocker.kind !== 'port-taken' || blocker.free === undefined || !isSetUp(plan)) return null
  return <TakePort plan={plan} service={blocker.neededBy} port={blocker.free} {...rest} />
}

function usePlanning({ plan, target, onReview }: WithPlan) {
  const { product } = useConsole()
  const planning = useAct()
  const again = (wishes: PortWishes) =>
    planning.begin(
      'setup.plan',
      () => product.setup.plan({ target, ...wishOf(plan), ports: withPorts(plan.purpose.ports ?? [], wishes) }),
      (made) => onReview(made.id),
    )
  return { planning, again }
}

function TakePort({ service, port, ...rest }: WithPlan & { readonly service: string; readonly port: number }) {
  const { t } = useTranslation()
  const { planning, again } = usePlanning(rest)
  return (
    <div className="su-blocker-act" data-testid="port-proposal">
      <Button size="small" loading={planning.busy} onClick={() => again([{ service, port }])}>
        {t('ports.take', { service, port })}
      </Button>
      {planning.failure === undefined ? null : <FailureNote failure={planning.failure} />}
    </div>
  )
}

/** What was typed, by service. */
type Drafts = ReadonlyMap<string, string>

function portIn(text: string): number | undefined {
  return /^[0-9]{4,5}$/.test(text) ? choosablePort.safeParse(Number(text)).data : undefined
}

type FormProps = WithPlan & { readonly ports: readonly PlanPort[] }

function Form({ ports, ...rest }: FormProps) {
  const { t } = useTranslation()
  const { planning, again } = usePlanning(rest)
  const [drafts, setDrafts] = useState<Drafts>(new Map())
  const shown = (one: PlanPort) => drafts.get(one.service) ?? String(one.port)
  const taken = (one: PlanPort) => ports.find((other) => other !== one && shown(other) === shown(one))?.service
  const isRight = ports.every((one) => portIn(shown(one)) !== undefined && taken(one) === undefined)
  const wishes = ports.flatMap((one): PortWishes => {
    const draft = drafts.get(one.service)
    const port = draft === undefined ? undefined : portIn(draft)
    if (port === undefined) return []
    return [{ service: one.service, port: port === one.otherwise ? null : port }]
  })
  const others = ports.filter(({ source }) => source !== 'default')
  const isInTheWay = rest.plan.blockers.some(({ kind }) => kind === 'port-taken')
  return (
    <section className="su-part" data-testid="ports">
      <details open={isInTheWay}>
        <summary>
          <h2>{t('ports.title')}</h2> {t('ports.some', { all: ports.length, other: others.length })}
        </summary>
        <p className="su-note">{t('ports.lead')}</p>
        <div className="su-settings">
          {ports.map((one) => (
            <PortField
              key={one.service}
              one={one}
              value={shown(one)}
              isDraft={drafts.has(one.service)}
              taken={taken(one)}
              onValue={(value) => setDrafts(new Map(drafts).set(one.service, value))}
            />
          ))}
        </div>
        <Button loading={planning.busy} disabled={!isRight || wishes.length === 0} onClick={() => again(wishes)}>
          {t('ports.plan')}
        </Button>
        {planning.failure === undefined ? null : <FailureNote failure={planning.failure} />}
      </details>
    </section>
  )
}

type PortFieldProps = {
  readonly one: PlanPort
  readonly value: string
  readonly isDraft: boolean
  /** The service that has the same one. */
  readonly taken: string | undefined
  readonly onValue: (value: string) => void
}

function PortField({ one: { service, source, otherwise }, value, isDraft, taken, onValue }: PortFieldProps) {
  const { t } = useTranslation()
  const twice = taken === undefined ? undefined : t('ports.twice', { service: taken })
  return (
    <div className="su-setting">
      <Field
        label={t('ports.of', { service })}
        hint={isDraft ? t('ports.range') : t(`ports.source.${source}`)}
        problem={portIn(value) === undefined ? t('ports.range') : twice}
      >
        {(control) => (
          <Input
            {...control}
            value={value}
            maxLength={5}
            inputMode="numeric"
            onChange={({ target }) => onValue(target.value)}
          />
        )}
      </Field>
      {value === String(otherwise) ? null : (
        <Button size="small" type="link" onClick={() => onValue(String(otherwise))}>
          {t('ports.back', { port: otherwise })}
        </Button>
      )}
    </div>
  )
}
