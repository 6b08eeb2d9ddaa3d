// How a thing is, in shape and colour and word together: nobody has to tell colours apart. The word, the
// reason and the time stand beside the mark as its children.
import type { ReactNode } from 'react'

export type MarkState = 'healthy' | 'degraded' | 'down' | 'working' | 'unknown' | 'stale' | 'note'

const ring = { cx: 8, cy: 8, r: 6.2, fill: 'none', stroke: 'currentColor', strokeWidth: 2 } as const
const sign = { fill: 'none', stroke: 'var(--rs-surface)', strokeWidth: 1.8, strokeLinecap: 'round' } as const

const shapes: { readonly [S in MarkState]: ReactNode } = {
  healthy: (
    <>
      <circle cx="8" cy="8" r="7.2" fill="currentColor" />
      <path d="M4.7 8.3l2.3 2.2 4.4-4.8" {...sign} strokeLinejoin="round" />
    </>
  ),
  degraded: (
    <>
      <path d="M8 .9l7.6 13.6H.4z" fill="currentColor" strokeLinejoin="round" />
      <path d="M8 5.9v3.9M8 12.2v.1" {...sign} />
    </>
  ),
  down: (
    <>
      <path d="M4.9.6h6.2l4.3 4.3v6.2l-4.3 4.3H4.9L.6 11.1V4.9z" fill="currentColor" />
      <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" {...sign} />
    </>
  ),
  working: (
    <path d="M8 1.8A6.2 6.2 0 1 1 1.8 8" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
  ),
  unknown: <circle {...ring} strokeDasharray="2.6 2.27" />,
  note: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="2" fill="currentColor" />
      <path d="M8 7.2v4.4M8 4.5v.1" {...sign} />
    </>
  ),
  stale: (
    <>
      <circle {...ring} strokeDasharray="2.6 2.27" />
      <path d="M8 4.8V8l2.2 1.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
}

export type VerdictMarkProps = {
  readonly state: MarkState
  /** 16 in a line of text, 28 in the head of a page. */
  readonly size?: number
}

/** The shape alone, for a line whose words stand elsewhere; it is hidden from screen readers. */
export function VerdictShape({ state, size = 16 }: VerdictMarkProps) {
  return (
    <svg className={`rs-shape rs-tone-${state}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[state]}
    </svg>
  )
}

export type VerdictLineProps = VerdictMarkProps & {
  /** The word of the state: "Degraded". */
  readonly word: ReactNode
  /** Reason and age, in running text. */
  readonly children?: ReactNode
}

export function VerdictMark({ state, size = 16, word, children }: VerdictLineProps) {
  return (
    <div className="rs-verdict" data-state={state}>
      <VerdictShape state={state} size={size} />
      <span className="rs-verdict-text">
        <strong className={`rs-tone-${state}`}>{word}</strong>
        {children === undefined ? null : <> {children}</>}
      </span>
    </div>
  )
}
