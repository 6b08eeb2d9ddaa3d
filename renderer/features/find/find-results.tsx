// What the search found, as a list of groups: each has its name, at most six of its kind, and a way to the rest.
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import type { FindTarget } from './find-target.ts'
import type { FindItem, FindKind, Found, FoundGroup } from './found.ts'
import { type Marked, partsOf } from './match.ts'
import type { FindData } from './use-find-data.ts'

export type FindRow =
  | { readonly is: 'heading'; readonly id: string; readonly kind: FindKind | 'recent' }
  | { readonly is: 'item'; readonly id: string; readonly found: Found }
  /** One of the recent ones that is not there, or not yet: it keeps its place. */
  | { readonly is: 'gone'; readonly id: string; readonly kind: string }
  /** Without a target the others are shown here, beginning with `next`. */
  | {
      readonly is: 'more'
      readonly id: string
      readonly kind: FindKind
      readonly count: number
      readonly target?: FindTarget
      readonly next: string
    }

type Recent = { readonly id: string; readonly item: FindItem | undefined }
type Shown = { readonly groups: readonly FoundGroup[]; readonly recent: readonly Recent[]; readonly typed: string }

const unmarked = { rank: 2, name: [], detail: [] }

export function rowsOf({ groups, recent, typed }: Shown): readonly FindRow[] {
  const lately = recent.map(
    ({ id, item }): FindRow =>
      item === undefined
        ? { is: 'gone', id: `recent ${id}`, kind: id.split(' ')[0] ?? '' }
        : { is: 'item', id: `recent ${id}`, found: { item, match: unmarked } },
  )
  const found = groups.flatMap(({ kind, shown, more, next }): FindRow[] => [
    { is: 'heading', id: `kind ${kind}`, kind },
    ...shown.map((one) => ({ is: 'item' as const, id: one.item.id, found: one })),
    ...(next === undefined ? [] : [moreRow({ kind, more, next, first: shown[0], typed })]),
  ])
  const heading: FindRow = { is: 'heading', id: 'kind recent', kind: 'recent' }
  return lately.length > 0 ? [heading, ...lately, ...found] : found
}

type More = {
  readonly kind: FindKind
  readonly more: number
  readonly next: string
  readonly first: Found | undefined
  readonly typed: string
}

/** They have no page of their own that lists them. */
const shownHere: readonly FindKind[] = ['page', 'tab', 'deployment', 'command']

function moreRow({ kind, more: count, next, first, typed }: More): FindRow {
  const row = { is: 'more' as const, id: `more ${kind}`, kind, count, next }
  if (shownHere.includes(kind)) return row
  // "entry PLACE KIND ID"
  const entryKind = kind === 'entry' ? first?.item.id.split(' ')[2] : undefined
  const target = { to: 'list' as const, kind, typed: typed.trim(), ...(entryKind !== undefined && { entryKind }) }
  return { ...row, target }
}

type ResultsProps = {
  readonly rows: readonly FindRow[]
  readonly data: FindData
  readonly isTyped: boolean
  /** Of those that can be chosen. */
  readonly at: number
  readonly onTake: (row: FindRow) => void
}

export function FindResults({ rows, data, isTyped, at, onTake }: ResultsProps) {
  const { t } = useTranslation()
  useEffect(() => {
    // What it returns (in newer browsers a promise) must not become the effect's cleanup.
    void document.getElementById(`rs-palette-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const isNothing = isTyped && rows.length === 0 && data.asking.length === 0
  return (
    <div className="rs-palette">
      {isTyped ? null : <p className="rs-muted">{t('find.hint')}</p>}
      <div id="rs-palette" className="rs-palette-list" role="listbox" aria-label={t('frame.search')}>
        {groupsOf(rows).map((group) => (
          <Group key={group.id} {...{ group, at, data, onTake }} />
        ))}
      </div>
      {isNothing ? (
        <div className="rs-palette-nothing">
          <strong>{t('find.nothing')}</strong>
          <p className="rs-muted">{t('find.nothingLead')}</p>
        </div>
      ) : null}
      <Outstanding {...data} />
    </div>
  )
}

/** What is not among the results, at the end. */
function Outstanding({ asking, notAsked }: Pick<FindData, 'asking' | 'notAsked'>) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const named = (kinds: readonly FindKind[]) => cli.list(kinds.map((kind) => t(`find.kind.${kind}`)))
  return (
    <>
      {asking.length === 0 ? null : <p className="rs-muted">{t('find.asking', { what: named(asking) })}</p>}
      {notAsked.length === 0 ? null : <p className="rs-muted">{t('find.notAsked', { what: named(notAsked) })}</p>}
    </>
  )
}

type RowAt = { readonly row: FindRow; readonly place: number | undefined }
type RowGroup = { readonly id: string; readonly kind: FindKind | 'recent'; readonly rows: RowAt[] }

/** `place`: among those that can be chosen. */
function groupsOf(rows: readonly FindRow[]): readonly RowGroup[] {
  const groups: RowGroup[] = []
  let place = 0
  for (const row of rows) {
    if (row.is === 'heading') groups.push({ id: row.id, kind: row.kind, rows: [] })
    else groups.at(-1)?.rows.push({ row, place: row.is === 'gone' ? undefined : place++ })
  }
  return groups
}

type GroupProps = Pick<ResultsProps, 'at' | 'data' | 'onTake'> & { readonly group: RowGroup }

function Group({ group: { kind, rows }, at, data, onTake }: GroupProps) {
  const { t } = useTranslation()
  const labelId = `rs-palette-kind-${kind}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a listbox
    <div role="group" aria-labelledby={labelId}>
      <h3 id={labelId} role="presentation">
        {kind === 'recent' ? t('find.recent') : t(`find.kind.${kind}`)}
      </h3>
      {rows.map(({ row, place }) =>
        row.is === 'gone' ? (
          <p key={row.id} className="rs-muted">
            {(data.asking as readonly string[]).includes(row.kind) ? '…' : t('find.gone')}
          </p>
        ) : (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and its keys
          // biome-ignore lint/a11y/useFocusableInteractive: as above, by aria-activedescendant
          <div
            key={row.id}
            id={`rs-palette-${place}`}
            role="option"
            aria-selected={place === at}
            onClick={() => onTake(row)}
          >
            <Row row={row} />
          </div>
        ),
      )}
    </div>
  )
}

function Row({ row }: { readonly row: FindRow }) {
  const { t } = useTranslation()
  if (row.is === 'more') return <span className="rs-palette-more">{t('find.more', { count: row.count })}</span>
  if (row.is !== 'item') return null
  const { item, match } = row.found
  return (
    <>
      <span className="rs-palette-name">
        <MarkedText text={item.name} marks={match.name} />
        {item.demo === true ? (
          <>
            {' '}
            <DemoChip />
          </>
        ) : null}
      </span>
      <small>
        {match.also === undefined ? null : (
          <>
            <MarkedText {...match.also} />
            {item.detail === undefined ? null : ' · '}
          </>
        )}
        {item.detail === undefined ? null : <MarkedText text={item.detail} marks={match.detail} />}
      </small>
    </>
  )
}

function MarkedText({ text, marks }: { readonly text: string; readonly marks: readonly Marked[] }) {
  if (marks.length === 0) return text
  let from = 0
  // In pieces it is nothing that a browser could translate.
  return (
    <span translate="no">
      {partsOf(text, marks).map((part) => {
        const key = from
        from += part.text.length
        return part.isMarked ? <mark key={key}>{part.text}</mark> : part.text
      })}
    </span>
  )
}
