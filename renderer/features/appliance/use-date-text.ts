// A date and a time of day as people read them, without seconds and without doubt which is the month.
import { useCallback } from 'react'
import { useLanguage } from '../../console/console-context.tsx'

/** A text that is no date is shown as it came. */
export function useDateText(): (text: string) => string {
  const language = useLanguage()
  return useCallback(
    (text) => {
      const date = new Date(text)
      if (Number.isNaN(date.getTime())) return text
      return date.toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short', hour12: false })
    },
    [language],
  )
}
