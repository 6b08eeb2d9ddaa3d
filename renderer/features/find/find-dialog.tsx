// The search: everything that has a name, by kind, from the keyboard. What comes late goes below what is shown, and the
// choice stays where it was.
import { Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLateLabels } from '../../i18n/late-labels.ts'
import { FindResults, type FindRow, rowsOf } from './find-results.tsx'
import type { FindTarget } from './find-target.ts'
import { type FindItem, type FindKind, foundGroups } from './found.ts'
import { recentIds, rememberRecent } from './recent.ts'
import { useFindData } from './use-find-data.ts'
import './find.css'

export type FindDialogProps = {
  /** Pages and commands of the window. */
  readonly own: readonly FindItem[]
  readonly onGo: (target: FindTarget) => void
  readonly onClose: () => void
}

/** Where nothing is typed: what most people come for. */
const atFirst: readonly FindKind[] = ['appliance', 'page', 'command']

export function FindDialog({ own, onGo, onClose }: FindDialogProps) {
  useLateLabels()
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const [recent] = useState(recentIds)
  const data = useFindData(onGo)
  const items = [...own, ...data.items]
  const [whole, setWhole] = useState<readonly FindKind[]>([])
  const groups = useStillGroups(items, typed, whole)
  const isTyped = typed.trim() !== ''
  const rows = rowsOf({
    groups: isTyped ? groups : groups.filter(({ kind }) => atFirst.includes(kind)),
    recent: isTyped ? [] : recent.map((id) => ({ id, item: items.find((one) => one.id === id) })),
    typed,
  })
  const choices = rows.filter((row) => row.is !== 'heading' && row.is !== 'gone')
  const at = Math.max(
    0,
    choices.findIndex(({ id }) => id === chosen),
  )
  const take = (row: FindRow | undefined) => {
    if (row?.is === 'more' && row.target === undefined) {
      setWhole([...whole, row.kind])
      setChosen(row.next)
    }
    const target = row?.is === 'more' ? row.target : undefined
    if (target === undefined && row?.is !== 'item') return
    onClose()
    if (target !== undefined) return onGo(target)
    if (row?.is !== 'item') return
    rememberRecent(row.found.item.id)
    row.found.item.go()
  }
  const onKey = (key: string): boolean => {
    const last = choices.length - 1
    const next = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[key]
    if (key === 'Enter') take(choices[at])
    else if (next !== undefined) setChosen(choices[next]?.id)
    return key === 'Enter' || next !== undefined
  }
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={600} title={t('frame.search')}>
      <Field
        {...{ typed, onKey }}
        choice={choices.length === 0 ? undefined : at}
        onTyped={(text) => {
          setTyped(text)
          setChosen(undefined)
          setWhole([])
        }}
      />
      <FindResults {...{ rows, data, isTyped, at }} onTake={take} />
      <Count isTyped={isTyped} count={choices.length} />
    </Modal>
  )
}

/** Kinds that are shown for these words keep their order; a later one goes below them. */
function useStillGroups(items: readonly FindItem[], typed: string, whole: readonly FindKind[]) {
  const shown = useRef<{ typed: string; order: readonly FindKind[] }>({ typed, order: [] })
  const order = shown.current.typed === typed ? shown.current.order : []
  const groups = foundGroups(items, { typed, order, whole })
  const now = groups.map(({ kind }) => kind)
  shown.current = { typed, order: [...order, ...now.filter((kind) => !order.includes(kind))] }
  return groups
}

type FieldProps = {
  readonly typed: string
  readonly choice: number | undefined
  readonly onTyped: (text: string) => void
  /** Whether it did something with it. */
  readonly onKey: (key: string) => boolean
}

function Field({ typed, choice, onTyped, onKey }: FieldProps) {
  const { t } = useTranslation()
  return (
    <input
      className="rs-palette-input"
      role="combobox"
      aria-expanded="true"
      aria-controls="rs-palette"
      aria-activedescendant={choice === undefined ? undefined : `rs-palette-${choice}`}
      aria-label={t('find.placeholder')}
      placeholder={t('find.placeholder')}
      // biome-ignore lint/a11y/noAutofocus: it was opened to type in it
      autoFocus
      value={typed}
      onChange={(event) => onTyped(event.target.value.slice(0, 200))}
      onKeyDown={(event) => {
        // The Enter that ends a composed word is not meant for a choice.
        if (!event.nativeEvent.isComposing && onKey(event.key)) event.preventDefault()
      }}
    />
  )
}

const saidAfterMs = 500

/** Once the typing rests: a figure for each letter helps nobody. */
function Count({ isTyped, count }: { readonly isTyped: boolean; readonly count: number }) {
  const { t } = useTranslation()
  const [said, setSaid] = useState('')
  const text = !isTyped ? '' : count === 0 ? t('find.nothing') : t('find.count', { count })
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), saidAfterMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <span role="status" className="rs-visually-hidden">
      {said}
    </span>
  )
}
