// The time of day of a sample, in the form of the language, always with the same width.
import { useMemo } from 'react'
import { useLanguage } from '../../console/console-context.tsx'

export function useTimeText(until: 'minutes' | 'seconds'): (atMs: number) => string {
  const language = useLanguage()
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...(until === 'seconds' ? { second: '2-digit' } : {}),
    })
    return (atMs) => format.format(atMs)
  }, [language, until])
}
