// What an entry says about itself to the people who decide: who answers for it, its terms, what it is for, whose data it
// sees.
import { useTranslation } from 'react-i18next'
import type { CatalogPlace } from '../../../shared/contract/catalog.ts'
import { useLanguage } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { type Fact, FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { FromChip } from './entry-row.tsx'
import { useNumber } from './fit-words.ts'
import type { ListedEntry } from './view.ts'

const absent = { state: 'absent' } as const

export function EntryAbout({ entry, from }: { readonly entry: ListedEntry; readonly from: CatalogPlace }) {
  const { t } = useTranslation()
  const use = useUse(entry)
  return (
    <Panel title={t('catalog.about')} testId="about">
      <div className="ct-wide">
        <FactList facts={useOrigin(entry, from)} />
        {use.length === 0 ? null : <FactList facts={use} />}
      </div>
    </Panel>
  )
}

function useOrigin(entry: ListedEntry, from: CatalogPlace): Fact[] {
  const { t } = useTranslation()
  const language = useLanguage()
  const { publisher, licence, id, version } = entry
  const place = (
    <>
      <FromChip from={from} /> {from.demo ? <DemoChip /> : null}
    </>
  )
  return [
    {
      label: t('catalog.by'),
      value: publisher === undefined ? absent : known(publisher.name),
      ...(publisher?.support !== undefined && { note: publisher.support }),
    },
    {
      label: t('catalog.licence'),
      value: known(licence.spdx),
      ...(licence.url !== undefined && { note: licence.url }),
    },
    ...(licence.terms === undefined
      ? []
      : [{ label: t('catalog.terms'), value: known(<strong>{licence.terms[language]}</strong>) }]),
    { label: t('catalog.from'), value: known(place) },
    { label: t('catalog.id'), value: known(<code>{id}</code>), note: t('catalog.version', { version }) },
  ]
}

function useUse(entry: ListedEntry): Fact[] {
  const { t } = useTranslation()
  const language = useLanguage()
  const number = useNumber()
  const ofModel =
    entry.kind === 'model'
      ? [
          { label: t('catalog.can'), value: known(entry.can.map((one) => t(`catalog.${one}`)).join(' · ')) },
          { label: t('catalog.served'), value: known(<code>{entry.servedName}</code>) },
          {
            label: t('catalog.contextLabel'),
            value: known(t('catalog.tokensOf', { tokens: number(entry.contextTokens) })),
          },
        ]
      : []
  if (entry.kind === 'runtime' || entry.kind === 'ingress' || entry.kind === 'solution') return ofModel
  const { intendedUse, notForDiagnosis, dataHandling } = entry
  return [
    { label: t('catalog.use'), value: intendedUse === undefined ? absent : known(intendedUse[language]) },
    ...(notForDiagnosis === true
      ? [{ label: t('catalog.noDiagnosis'), value: known(t('catalog.noDiagnosisNote')) }]
      : []),
    ...(dataHandling === undefined
      ? [{ label: t('catalog.patientData'), value: known(t('catalog.dataUnsaid')) }]
      : [
          {
            label: t('catalog.patientData'),
            value: known(t(`catalog.${dataWords[dataHandling.patientData]}`)),
            ...(dataHandling.stored !== undefined && { note: dataHandling.stored[language] }),
          },
          {
            label: t('catalog.egress'),
            value: known(dataHandling.egress.length === 0 ? t('catalog.egressNone') : dataHandling.egress.join(' · ')),
          },
        ]),
    ...ofModel,
  ]
}

const dataWords = { none: 'dataNone', 'passes-through': 'dataPasses', stored: 'dataStored' } as const
