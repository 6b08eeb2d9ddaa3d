// The entries of one kind, searched and narrowed to what fits on the chosen appliance.
import { Button, Checkbox, Input } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogListing, CatalogPlace } from '../../../shared/contract/catalog.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { AskBar } from './ask-bar.tsx'
import type { CatalogScreenProps } from './catalog-screen.tsx'
import { EntryRow } from './entry-row.tsx'
import { type FitLine, useFitLine } from './fit-words.ts'
import { type Looked, useEntries, useLooked } from './use-catalog.ts'
import { type CatalogKind, type EntryName, isListed, type ListedEntry } from './view.ts'

type BrowsePartProps = CatalogScreenProps & { readonly kind: CatalogKind; readonly kinds: ReactNode }

export function BrowsePart(props: BrowsePartProps) {
  const { view, kind, kinds, onView, onAppliances } = props
  const { answer, askAgain } = useEntries()
  const { t } = useTranslation()
  const looked = useLooked(view)
  const rows = useRows(answer.state === 'answered' ? answer.value : undefined, kind, looked)
  return (
    <Page
      title={useTitle({ rows: answer.state === 'answered' ? rows : undefined, kind, on: looked.on })}
      lead={t('catalog.browseLead')}
    >
      <div className="rs-stack">
        <div className="ct-narrow">
          {kinds}
          <Input
            allowClear
            value={view.text}
            onChange={(event) => onView({ text: event.target.value.slice(0, 100) })}
            placeholder={t('catalog.search')}
            aria-label={t('catalog.search')}
            style={{ width: 260 }}
          />
          <Checkbox
            checked={view.onlyFits}
            disabled={looked.on === ''}
            onChange={(event) => onView({ onlyFits: event.target.checked })}
          >
            {t('catalog.onlyFits')}
          </Checkbox>
        </div>
        <AskBar howMany={kind === 'model'} view={view} onView={onView} looked={looked} onAppliances={onAppliances} />
        {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={askAgain} /> : null}
        {answer.state === 'waiting' ? <Loading label={t('catalog.reading')} /> : null}
        {answer.state === 'answered' ? <Listing {...props} listing={answer.value} rows={rows} looked={looked} /> : null}
      </div>
    </Page>
  )
}

type Row = {
  readonly at: EntryName
  readonly entry: ListedEntry
  readonly from: CatalogPlace
  readonly fit: FitLine | undefined
}

function useRows(listing: CatalogListing | undefined, kind: CatalogKind, looked: Looked): readonly Row[] {
  const fitLine = useFitLine()
  return (listing?.entries ?? []).flatMap(({ place, entry }) => {
    const from = listing?.places.find((one) => one.place === place)
    if (from === undefined || !isListed(entry) || entry.kind !== kind) return []
    const at = { place, kind, id: entry.id }
    return [{ at, entry, from, fit: fitLine(at, entry, looked) }]
  })
}

type TitleProps = { readonly rows: readonly Row[] | undefined; readonly kind: CatalogKind; readonly on: string }

/** What fits, as soon as that is known. */
function useTitle({ rows, kind, on }: TitleProps): string {
  const { t } = useTranslation()
  if (rows === undefined) return t('catalog.reading')
  const named = t(`catalog.counted.${kind}`, { count: rows.length })
  const known = rows.filter(({ fit }) => fit?.is !== undefined)
  if (rows.length === 0 || known.length === 0) return named
  return t('catalog.fitting', { fit: known.filter(({ fit }) => fit?.is === 'fits').length, named, name: on })
}

type ListingProps = BrowsePartProps & {
  readonly listing: CatalogListing
  readonly rows: readonly Row[]
  readonly looked: Looked
}

function Listing({ listing, rows, looked, view, kind, onView, onEntry }: ListingProps) {
  const { t } = useTranslation()
  const { places, entries, leftOut } = listing
  const found = rows.filter(({ entry }) => answersTo(entry, view.text))
  const shown = view.onlyFits && looked.on !== '' ? found.filter(({ fit }) => fit?.is === 'fits') : found
  return (
    <>
      {places.map((place) => (
        <Unread key={place.place} place={place} />
      ))}
      {shown.length === 0 ? (
        <Nothing all={entries.length} onClear={() => onView({ text: '', onlyFits: false })} />
      ) : null}
      {shown.length === 0 ? null : (
        <ul className="ct-rows" aria-label={t(`catalog.${kind}`)}>
          {shown.map(({ at, entry, from, fit }) => (
            <EntryRow key={`${at.place} ${at.id}`} entry={entry} from={from} fit={fit} onOpen={() => onEntry(at)} />
          ))}
        </ul>
      )}
      {leftOut === 0 ? null : <p className="rs-muted">{t('catalog.leftOut', { count: leftOut })}</p>}
    </>
  )
}

function answersTo({ id, title, publisher }: ListedEntry, text: string): boolean {
  const asked = text.trim().toLowerCase()
  return [id, title.en, title['zh-CN'], publisher?.name ?? ''].some((one) => one.toLowerCase().includes(asked))
}

function Nothing({ all, onClear }: { readonly all: number; readonly onClear: () => void }) {
  const { t } = useTranslation()
  if (all === 0) {
    return (
      <EmptyState title={t('catalog.noEntries')}>
        <p>{t('catalog.noEntriesCopy')}</p>
      </EmptyState>
    )
  }
  return <EmptyState title={t('catalog.none')} action={<Button onClick={onClear}>{t('catalog.clear')}</Button>} />
}

/** A bundle that is no use says so where bundles are shown. */
function Unread({ place: { origin, place, failure } }: { readonly place: CatalogPlace }) {
  const { t } = useTranslation()
  if (failure === undefined || (origin === 'bundle' && place !== 'bundles')) return null
  const name = t(origin === 'bundle' ? 'catalog.bundlesUnread' : 'catalog.builtIn')
  return (
    <Panel tone="absent" title={t('catalog.unreadPlace', { name })}>
      <FailureNote failure={failure} state="unknown" />
    </Panel>
  )
}
