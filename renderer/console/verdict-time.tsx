// The times beside a verdict: how long it has been so, and when the appliance was last reached.
import { type ReactNode, useCallback } from 'react'
import { lastingText } from '../../shared/words/durations.ts'
import { useNow } from '../ui/age.tsx'
import { useLanguage } from './console-context.tsx'

export type LastingProps = {
  /** UTC, ISO 8601; undefined: the console does not say. */
  readonly since: string | undefined
  /** "for 6 min" around "6 min". */
  readonly say: (span: string) => string
}

/** Nothing in the first minute: "for 0 min" says nothing. */
export function Lasting({ since, say }: LastingProps): ReactNode {
  const language = useLanguage()
  const nowMs = useNow(10_000)
  const sinceMs = Date.parse(since ?? '')
  const span = Number.isNaN(sinceMs) ? undefined : lastingText(nowMs - sinceMs, language)
  if (span === undefined) return null
  return (
    <time dateTime={since} title={new Date(sinceMs).toLocaleString(language)} data-testid="since">
      {say(span)}
    </time>
  )
}

/** "14:02", and the day before it where that is not today. */
export function useClockText(): (atMs: number) => string {
  const language = useLanguage()
  return useCallback(
    (atMs) => {
      const date = new Date(atMs)
      const today = date.toDateString() === new Date().toDateString()
      const day = today ? {} : ({ month: 'short', day: 'numeric' } as const)
      return date.toLocaleString(language, { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    },
    [language],
  )
}
