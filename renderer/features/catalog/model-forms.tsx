// The weights of a model in each of their forms, and what each would be on the chosen appliance: on how many of its
// devices, for how many people, and the sum of its memory.
import { useTranslation } from 'react-i18next'
import type { AcceleratorReport } from '../../../shared/domain/accelerator.ts'
import type { ModelEntry, ModelVariant } from '../../../shared/domain/entry/model-entry.ts'
import type { FormOutlook, OutlookWish } from '../../../shared/domain/outlook.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useWords } from '../../console/console-context.tsx'
import { type Fact, FactList, known } from '../../ui/fact-list.tsx'
import { KeyFigure, KeyFigures } from '../../ui/key-figure.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { EntryPartProps } from './entry-screen.tsx'
import { devicesOf, useNumber, useRefusal, useWhere } from './fit-words.ts'
import { MemorySum } from './memory-sum.tsx'
import { RejectedList } from './rejected-list.tsx'

export function ModelForms({ entry, name, looked, view }: EntryPartProps & { readonly entry: ModelEntry }) {
  const { t } = useTranslation()
  const { outlook, on } = looked
  const answered = outlook.state === 'answered' ? outlook.value : undefined
  const found = answered?.models.find(({ place, model }) => place === name.place && model === name.id)
  return (
    <section className="rs-stack" aria-labelledby="ct-forms">
      <h2 id="ct-forms">{found === undefined ? t('catalog.forms') : t('catalog.formsOn', { name: on })}</h2>
      {entry.variants.map((form) => (
        <FormPanel
          key={form.id}
          form={form}
          outlook={found?.forms.find((one) => one.form === form.id)}
          tried={found !== undefined}
          accelerators={answered?.accelerators ?? []}
          wish={view}
        />
      ))}
    </section>
  )
}

type FormPanelProps = {
  readonly form: ModelVariant
  readonly outlook: FormOutlook | undefined
  /** With the runtimes that there are. */
  readonly tried: boolean
  readonly accelerators: readonly AcceleratorReport[]
  readonly wish: OutlookWish
}

function FormPanel({ form, outlook, tried, accelerators, wish }: FormPanelProps) {
  const fit = outlook?.fit
  const facts = useFormFacts(form, outlook)
  return (
    <Panel
      title={form.id === form.quantization ? form.id : `${form.id} · ${form.quantization}`}
      actions={<span className="rs-muted">{bytesText(form.bytes)}</span>}
      tone={tried && fit === undefined && outlook?.memoryUnknown !== true ? 'absent' : 'plain'}
      testId="form"
    >
      <div className="ct-form">
        {tried ? <Answer outlook={outlook} accelerators={accelerators} /> : null}
        {fit === undefined ? null : <People fit={fit} accelerators={accelerators} />}
        <div className="ct-wide">
          {fit === undefined ? null : <MemorySum fit={fit} wish={wish} />}
          <FactList facts={facts} />
        </div>
        <RejectedList rejected={outlook?.rejected ?? []} />
      </div>
    </Panel>
  )
}

type Fits = { readonly fit: NonNullable<FormOutlook['fit']>; readonly accelerators: readonly AcceleratorReport[] }

function Answer({ outlook, accelerators }: Pick<FormPanelProps, 'outlook' | 'accelerators'>) {
  const { t } = useTranslation()
  const refusal = useRefusal()
  const where = useWhere()
  if (outlook === undefined) return <p>{t('catalog.notTried')}</p>
  const { fit, memoryUnknown, rejected } = outlook
  if (fit !== undefined) {
    return (
      <p>
        <strong>{t('catalog.fits')}</strong> {where(fit, accelerators)}
        {fit.vendor === undefined ? `${t('catalog.comma')}${t('catalog.slow')}` : null}
      </p>
    )
  }
  if (memoryUnknown) return <p>{t('catalog.memoryUnknown')}</p>
  const [nearest] = rejected
  return (
    <div>
      <strong>{t('catalog.doesNotFit')}</strong>
      {nearest === undefined ? null : <p>{t('catalog.nearest', { what: refusal(nearest) })}</p>}
    </div>
  )
}

function People({ fit, accelerators }: Fits) {
  const { t } = useTranslation()
  const number = useNumber()
  const { users, mostUsers, devices, longestContextTokens, vendor } = fit
  const total = vendor === undefined ? 0 : devicesOf(vendor, accelerators)
  return (
    <KeyFigures>
      {vendor === undefined ? null : (
        <KeyFigure size="small" value={number(users)} caption={t('catalog.peopleHere', { count: devices })} />
      )}
      {total > devices ? (
        <KeyFigure size="small" value={number(mostUsers)} caption={t('catalog.peopleMost', { total })} />
      ) : null}
      <KeyFigure size="small" value={number(longestContextTokens)} caption={t('catalog.longest')} />
    </KeyFigures>
  )
}

function useFormFacts(form: ModelVariant, outlook: FormOutlook | undefined): Fact[] {
  const { t } = useTranslation()
  const words = useWords()
  const { repository, onlyOn, statedNeeds, evidence, measured = [] } = form
  const fit = outlook?.fit
  // Of other hardware than this appliance's.
  const elsewhere = measured.filter((one) => one.certificate !== fit?.measured?.certificate)
  const seen = evidence === 'lab' && (fit === undefined || fit.evidence === 'lab')
  const stated = statedNeeds.map(({ vendor, family, count, gigabytes }) =>
    t('catalog.statedNeed', { count, what: family ?? vendorName(vendor), gigabytes }),
  )
  const madeFor = onlyOn?.map(({ vendor, families = [] }) =>
    families.length === 0 ? vendorName(vendor) : families.join(' / '),
  )
  const runs = fit === undefined ? undefined : t('catalog.servedAs', { runtime: fit.runtime, variant: fit.variant })
  const { tensor: shared = 1, pipeline: groups = 1, data: copies = 1 } = fit?.layout ?? {}
  const layout = [
    ...(shared > 1 ? [t('catalog.layoutShared', { shared })] : []),
    ...(groups > 1 ? [t('catalog.layoutGroups', { groups })] : []),
    ...(copies > 1 ? [t('catalog.layoutCopies', { copies })] : []),
  ].join(t('catalog.comma'))
  return [
    ...(runs === undefined
      ? []
      : [
          {
            label: t('catalog.runs'),
            value: known(runs),
            ...(layout !== '' && { note: layout }),
          },
        ]),
    ...(madeFor === undefined ? [] : [{ label: t('catalog.onlyOn'), value: known(madeFor.join(' · ')) }]),
    { label: t('catalog.stated'), value: stated.length === 0 ? { state: 'absent' } : known(stated.join(' · ')) },
    { label: t('catalog.weights'), value: known([form.format, repository].filter(Boolean).join(' · ')) },
    {
      label: t('catalog.evidence'),
      value: known(
        fit?.measured === undefined
          ? t(seen ? 'catalog.evidenceLab' : 'catalog.evidenceNone')
          : words.evidence.measured(fit.measured),
      ),
    },
    ...(elsewhere.length === 0
      ? []
      : [{ label: t('catalog.measuredElsewhere'), value: known(elsewhere.map(words.evidence.measured).join(' · ')) }]),
  ]
}
