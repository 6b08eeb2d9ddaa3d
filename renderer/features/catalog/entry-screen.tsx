// One entry of the catalog: what it is and who answers for it, and what it would be on the chosen appliance.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CatalogListing, CatalogPlace } from '../../../shared/contract/catalog.ts'
import { useLanguage } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { AskBar } from './ask-bar.tsx'
import { EntryAbout } from './entry-about.tsx'
import { Fit } from './entry-row.tsx'
import { useFitLine } from './fit-words.ts'
import { ModelForms } from './model-forms.tsx'
import { ServiceVariants } from './service-variants.tsx'
import { SolutionServices } from './solution-services.tsx'
import { type Looked, useEntries, useLooked } from './use-catalog.ts'
import { type CatalogView, catalogKinds, type EntryName, isListed, type ListedEntry } from './view.ts'
import './catalog.css'

export type EntryScreenProps = {
  /** As the address has it. */
  readonly at: { readonly place: string; readonly kind: string; readonly id: string }
  readonly view: CatalogView
  readonly onView: (changes: Partial<CatalogView>) => void
  readonly onEntry: (entry: EntryName) => void
  readonly onCatalog: () => void
  readonly onAppliances: () => void
  readonly onSetUp: (appliance: string) => void
}

export function EntryScreen(props: EntryScreenProps) {
  const { at, onCatalog } = props
  const { t } = useTranslation()
  const { answer, askAgain } = useEntries()
  const back = <Button onClick={onCatalog}>{t('catalog.toCatalog')}</Button>
  if (answer.state !== 'answered') {
    return (
      <Page title={answer.state === 'waiting' ? t('catalog.reading') : at.id} actions={back}>
        {answer.state === 'failed' ? (
          <FailureNote failure={answer.failure} onRetry={askAgain} />
        ) : (
          <Loading label={t('catalog.reading')} />
        )}
      </Page>
    )
  }
  const found = foundIn(answer.value, at)
  if (found === undefined) {
    return (
      <Page title={t('catalog.entryUnknown')} actions={back}>
        <EmptyState title={at.id}>
          <p>{t('catalog.entryUnknownCopy')}</p>
        </EmptyState>
      </Page>
    )
  }
  return <FoundEntry {...props} {...found} listing={answer.value} />
}

type Found = { readonly entry: ListedEntry; readonly from: CatalogPlace; readonly name: EntryName }

function foundIn({ entries, places }: CatalogListing, at: EntryScreenProps['at']): Found | undefined {
  const kind = catalogKinds.find((one) => one === at.kind)
  const from = places.find(({ place }) => place === at.place)
  const found = entries.find(({ place, entry }) => place === at.place && entry.kind === kind && entry.id === at.id)
  if (kind === undefined || from === undefined || found === undefined || !isListed(found.entry)) return undefined
  return { entry: found.entry, from, name: { place: at.place, kind, id: at.id } }
}

export type EntryPartProps = EntryScreenProps &
  Found & {
    readonly looked: Looked
    readonly listing: CatalogListing
  }

function FoundEntry(props: EntryScreenProps & Found & { readonly listing: CatalogListing }) {
  const { entry, from, name, view, onView, onCatalog, onAppliances } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const looked = useLooked(view)
  const fit = useFitLine()(name, entry, looked)
  const part = { ...props, looked }
  return (
    <Page
      title={entry.title[language]}
      lead={entry.summary[language]}
      actions={<Button onClick={onCatalog}>{t('catalog.toCatalog')}</Button>}
    >
      <div className="rs-stack">
        <AskBar
          howMany={entry.kind === 'model'}
          view={view}
          onView={onView}
          looked={looked}
          onAppliances={onAppliances}
        >
          {fit === undefined ? null : (
            <div className="ct-answer" data-testid="answer">
              <Fit fit={fit} />
            </div>
          )}
        </AskBar>
        {entry.kind === 'model' ? <ModelForms {...part} entry={entry} /> : null}
        {entry.kind === 'model' || entry.kind === 'solution' ? null : <ServiceVariants {...part} entry={entry} />}
        {entry.kind === 'solution' ? <SolutionServices {...part} entry={entry} /> : null}
        <EntryAbout entry={entry} from={from} />
      </div>
    </Page>
  )
}
