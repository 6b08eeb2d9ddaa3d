// Why there are no values of a vendor's devices now, in the language and the clock of whoever reads it.
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Vendor } from '../../shared/domain/accelerator.ts'
import type { Sample, ToolSilence } from '../../shared/domain/sample.ts'
import { silenceText } from '../../shared/words/silence-text.ts'
import { useWords } from './console-context.tsx'
import { useClockText } from './verdict-time.tsx'

export function useSilenceText(): (silence: ToolSilence) => string {
  const words = useWords()
  const clockText = useClockText()
  return useCallback((silence) => silenceText(silence, words, clockText), [words, clockText])
}

/** What is said of a device that the sample does not have. */
export type WhyMissing = (sample: Sample, vendor: Vendor) => string

export function useWhyMissing(): WhyMissing {
  const { t } = useTranslation()
  const text = useSilenceText()
  return useCallback(
    ({ silent }, vendor) => {
      const silence = silent.find((one) => one.vendor === vendor)
      return silence === undefined ? t('cells.notInSample') : text(silence)
    },
    [t, text],
  )
}
