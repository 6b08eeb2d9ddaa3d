// The board for a screen on the wall, read from three metres away: which appliance needs somebody, why and since when.
// Everything is as large as the window allows; who is well takes little room, and is there all the same.
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../console/condition.ts'
import { useNow } from '../../ui/age.tsx'
import { type MarkState, VerdictShape } from '../../ui/verdict-mark.tsx'
import { needsYou } from './card-kind.ts'
import { CardVerdict } from './card-verdict.tsx'
import './wall.css'

export type WallCard = { readonly name: string; readonly condition: Condition; readonly mark: MarkState }

export type WallProps = {
  readonly title: string
  readonly lead: string
  /** Who needs somebody first. */
  readonly cards: readonly WallCard[]
  readonly onLeave: () => void
}

/** More are not readable from there. */
const mostCards = 12

export function Wall({ title, lead, cards, onLeave }: WallProps) {
  const { t, i18n } = useTranslation()
  const nowMs = useNow(1000)
  const leave = useLeave(onLeave)
  const [needing, others] = [
    cards.filter((one) => needsYou(one.condition)),
    cards.filter((one) => !needsYou(one.condition)),
  ]
  const large = needing.slice(0, mostCards)
  const small = [...needing.slice(mostCards), ...others]
  const time = new Date(nowMs).toLocaleTimeString(i18n.language, { hour: '2-digit', minute: '2-digit', hour12: false })
  return (
    <div
      ref={leave.place}
      className="rs-wall"
      role="dialog"
      aria-modal="true"
      aria-label={title}
      tabIndex={-1}
      data-testid="wall"
    >
      <header>
        <h1>{title}</h1>
        <div>{lead}</div>
        <time>{time}</time>
      </header>
      <div className="rs-wall-cards" data-columns={columnsOf(large.length)}>
        {large.map((one) => (
          <article key={one.name} className={`rs-wall-card rs-wall-${one.mark}`} data-testid="wall-card">
            <VerdictShape state={one.mark} size={16} />
            <h2>{one.name}</h2>
            <CardVerdict condition={one.condition} reachedAtMs={undefined} />
          </article>
        ))}
      </div>
      {small.length === 0 ? null : (
        <ul className="rs-wall-rest">
          {small.map((one) => (
            <li key={one.name}>
              <VerdictShape state={one.mark} /> {one.name}
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="rs-link rs-wall-leave" onClick={leave.now}>
        {t('fleet.wallLeave')}
      </button>
    </div>
  )
}

function columnsOf(count: number): number {
  if (count <= 1) return 1
  return count <= 4 ? 2 : count <= 9 ? 3 : 4
}

/** The whole screen where the browser lets us; Escape, or leaving the whole screen, ends it. */
function useLeave(onLeave: () => void) {
  const place = useRef<HTMLDivElement>(null)
  const newest = useRef(onLeave)
  newest.current = onLeave
  useEffect(() => {
    place.current?.focus()
    let wasWhole = false
    const onWhole = () => {
      if (document.fullscreenElement !== null) wasWhole = true
      else if (wasWhole) newest.current()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') newest.current()
    }
    // Refused without a press just before, as after an address that was typed.
    document.documentElement.requestFullscreen?.().catch(() => undefined)
    document.addEventListener('fullscreenchange', onWhole)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('fullscreenchange', onWhole)
      document.removeEventListener('keydown', onKey)
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
    }
  }, [])
  return { place, now: () => newest.current() }
}

/** "w" shows the wall, where nobody is typing. */
export function useWallKey(show: () => void): void {
  const newest = useRef(show)
  newest.current = show
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target } = event
      const typing = target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null
      if (key === 'w' && !ctrlKey && !metaKey && !altKey && !typing) newest.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
