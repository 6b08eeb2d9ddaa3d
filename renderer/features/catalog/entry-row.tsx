// One entry in the list: what it is, who answers for it, and whether it fits on the chosen appliance.
import { useTranslation } from 'react-i18next'
import type { CatalogPlace } from '../../../shared/contract/catalog.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useLanguage } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { Chip, Chips } from '../../ui/chip.tsx'
import { type FitLine, useNumber } from './fit-words.ts'
import type { ListedEntry } from './view.ts'

export type EntryRowProps = {
  readonly entry: ListedEntry
  readonly from: CatalogPlace
  readonly fit: FitLine | undefined
  readonly onOpen: () => void
}

export function EntryRow({ entry, from, fit, onOpen }: EntryRowProps) {
  const language = useLanguage()
  return (
    <li className="ct-row" data-testid="entry" data-fit={fit?.is}>
      <div className="ct-row-what">
        <h2>
          <button type="button" className="rs-link" onClick={onOpen}>
            {entry.title[language]}
          </button>
        </h2>
        <p className="rs-muted">{entry.summary[language]}</p>
        <Marks entry={entry} from={from} />
      </div>
      {fit === undefined ? null : <Fit fit={fit} />}
    </li>
  )
}

export function Fit({ fit: { is, said, reason } }: { readonly fit: FitLine }) {
  return (
    <div className="ct-fit">
      {is === undefined ? <span className="rs-muted">{said}</span> : <strong>{said}</strong>}
      {reason === undefined ? null : <p className={is === 'fits' ? undefined : 'rs-muted'}>{reason}</p>}
    </div>
  )
}

function Marks({ entry, from }: Pick<EntryRowProps, 'entry' | 'from'>) {
  const { t } = useTranslation()
  const number = useNumber()
  return (
    <Chips>
      {from.demo ? <DemoChip /> : null}
      <FromChip from={from} />
      <Chip>{entry.licence.spdx}</Chip>
      {entry.kind === 'model' ? (
        <>
          <Chip
            figure={t('catalog.fromSize', { size: bytesText(Math.min(...entry.variants.map(({ bytes }) => bytes))) })}
          >
            {t('catalog.form', { count: entry.variants.length })}
          </Chip>
          <Chip>{t('catalog.context', { tokens: number(entry.contextTokens) })}</Chip>
        </>
      ) : null}
    </Chips>
  )
}

export function FromChip({ from: { origin, name } }: Pick<EntryRowProps, 'from'>) {
  const { t } = useTranslation()
  return <Chip>{origin === 'built-in' ? t('catalog.builtIn') : t('catalog.fromBundle', { name })}</Chip>
}
