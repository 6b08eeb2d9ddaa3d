// What a solution is wired of, what of it would run on the chosen appliance, and the way to set it up where a bundle
// brings it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SolutionFit } from '../../../shared/contract/catalog.ts'
import { partDeployment, partsOf } from '../../../shared/domain/entry/part.ts'
import { isTask, type SolutionEntry, type SolutionPart, targetOf } from '../../../shared/domain/entry/solution-entry.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { useLanguage } from '../../console/console-context.tsx'
import { useFailureText } from '../../console/failure-text.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { EntryPartProps } from './entry-screen.tsx'
import { useRefusal } from './fit-words.ts'
import { type NamedPart, PartTable } from './part-table.tsx'
import { RejectedList } from './rejected-list.tsx'
import type { EntryName } from './view.ts'

type SolutionProps = EntryPartProps & { readonly entry: SolutionEntry }

export function SolutionServices(props: SolutionProps) {
  const { entry, name, looked } = props
  const { t } = useTranslation()
  const { fits, on } = looked
  const solutions = fits.state === 'answered' ? fits.value.solutions : []
  const found = solutions.find(({ place, solution }) => place === name.place && solution === name.id)
  const columns = [
    { id: 'service', name: t('catalog.service'), align: 'start' as const },
    { id: 'runs', name: t('catalog.runs'), align: 'start' as const },
    { id: 'port', name: t('catalog.port') },
    ...(found === undefined ? [] : [{ id: 'on', name: t('catalog.wouldRun', { name: on }), align: 'start' as const }]),
  ]
  return (
    <>
      <Panel title={t('catalog.services')} testId="services">
        <div className="ct-form">
          <DataTable
            caption={t('catalog.services')}
            columns={columns}
            rows={entry.services.map((service) => ({
              id: service.name,
              cells: [
                service.name,
                <Made key="runs" service={service} {...props} />,
                isTask(service) ? '–' : service.hostPort,
                chosenText(service, found),
              ],
            }))}
          />
          {found?.problems.map((problem) => (
            <Problem key={JSON.stringify(problem)} problem={problem} />
          ))}
          <SetUp {...props} fits={found !== undefined && found.problems.length === 0} />
        </div>
      </Panel>
      <PartTable parts={partsIn(props)} />
    </>
  )
}

/** Of each service that has some, under the names that they get. */
function partsIn({ entry, name, listing }: SolutionProps): NamedPart[] {
  return entry.services.flatMap((service) => {
    const { kind, id } = madeFrom(service)
    const made = listing.entries.find(
      (one) => one.place === name.place && one.entry.kind === kind && one.entry.id === id,
    )
    return partsOf(made?.entry ?? {}).map((part) => ({ name: partDeployment(service.name, part), part }))
  })
}

function chosenText({ name }: SolutionPart, fit: SolutionFit | undefined): string {
  const found = fit?.choices.find(({ service }) => service === name)
  if (found === undefined) return '–'
  return [found.entry, found.variant, ...(found.model === undefined ? [] : [found.model.variant])].join(' · ')
}

function madeFrom(service: SolutionPart): Pick<EntryName, 'kind' | 'id'> {
  if (service.role === 'app') return { kind: 'app', id: service.app }
  if (service.role === 'job') return { kind: 'job', id: service.job }
  if (service.role === 'probe') return { kind: 'probe', id: service.probe }
  if (service.role === 'ingress') return { kind: 'ingress', id: service.ingress }
  return service.role === 'gateway' ? { kind: 'gateway', id: service.gateway } : { kind: 'model', id: service.model }
}

function useManner(service: SolutionPart): string {
  const { t } = useTranslation()
  if (service.role === 'model') return t('catalog.servedBy', { runtimes: service.runtimes.join(' / ') })
  if (service.role === 'gateway') return t('catalog.inFrontOf', { models: service.serves.join(', ') })
  if (service.role === 'ingress') {
    return t('catalog.publishes', { apps: service.publishes.map(({ app, at }) => `${app} (${at})`).join(', ') })
  }
  if (isTask(service)) {
    const said = service.role === 'probe' ? 'probeOf' : service.runs === 'before' ? 'jobBefore' : 'jobAfter'
    return t(`catalog.${said}`, { service: targetOf(service) })
  }
  const { usesModel: model, through, usesInstalled } = service
  if (usesInstalled !== undefined) return t('catalog.asksInstalled', { serves: usesInstalled })
  if (model === undefined) return t('catalog.asksNothing')
  return through === undefined ? t('catalog.asks', { model }) : t('catalog.asksThrough', { model, gateway: through })
}

/** Names lead to what they name. */
function Made({ service, name, listing, onEntry }: SolutionProps & { readonly service: SolutionPart }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const made: EntryName = { place: name.place, ...madeFrom(service) }
  const found = listing.entries.find(
    ({ place, entry }) => place === made.place && entry.kind === made.kind && entry.id === made.id,
  )
  const manner = useManner(service)
  return (
    <>
      {found === undefined ? (
        made.id
      ) : (
        <button type="button" className="rs-link" onClick={() => onEntry(made)}>
          {found.entry.title[language]}
        </button>
      )}
      {t('catalog.comma')}
      <span className="rs-muted">{manner}</span>
    </>
  )
}

function Problem({ problem }: { readonly problem: Failure }) {
  const { t } = useTranslation()
  const { what } = useFailureText(problem)
  const refusal = useRefusal()
  const rejected = problem.kind === 'no-variant-fits' ? problem.rejected : []
  const [first] = rejected
  return (
    <div data-testid="problem">
      <strong>{t('catalog.doesNotFit')}</strong> {first === undefined ? what : refusal(first)}
      <RejectedList rejected={rejected} />
    </div>
  )
}

function SetUp({ from, looked: { on }, fits, onSetUp }: SolutionProps & { readonly fits: boolean }) {
  const { t } = useTranslation()
  if (from.origin === 'built-in') return <p className="rs-muted">{t('catalog.noBundle')}</p>
  if (on === '') return <p className="rs-muted">{t('catalog.setUpChoose')}</p>
  if (!fits) return null
  return (
    <div className="rs-row">
      <Button type="primary" onClick={() => onSetUp(on)}>
        {t('catalog.setUp', { name: on })}
      </Button>
    </div>
  )
}
