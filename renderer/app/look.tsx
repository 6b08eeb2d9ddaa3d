// Carries the chosen language, theme, contrast and density into everything below: i18next, antd, the document itself.
import { type ReactNode, useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { languageOfLocale } from '../../shared/words/language.ts'
import { isSpoken, learn } from '../console/languages/spoken.ts'
import type { Contrast, ContrastChoice, Mode, ThemeChoice } from '../ui/theme.ts'
import { type PieceWords, ThemeProvider } from '../ui/theme-provider.tsx'
import { usePreferences } from './preferences.ts'
import { usePrintedAt } from './printing.ts'

export function Look({ children }: { readonly children: ReactNode }) {
  const language = usePreferences((chosen) => chosen.language)
  const onScreen = useMode(usePreferences((chosen) => chosen.theme))
  const mode = usePrintedAt() === undefined ? onScreen : 'light'
  const contrast = useContrast(usePreferences((chosen) => chosen.contrast))
  const density = usePreferences((chosen) => chosen.density)
  const still = useSystem('(prefers-reduced-motion: reduce)')
  const { t, i18n } = useTranslation()
  useEffect(() => {
    const speak = () => {
      document.documentElement.lang = language
      if (i18n.language !== language) void i18n.changeLanguage(language)
    }
    if (isSpoken(language)) return speak()
    let isWanted = true
    learn(language).then(
      () => (isWanted ? speak() : undefined),
      // The console is gone: what is shown stays as it is, and so does the choice.
      () => (isWanted ? usePreferences.getState().chooseLanguage(languageOfLocale(i18n.language)) : undefined),
    )
    return () => {
      isWanted = false
    }
  }, [language, i18n])
  const words = useMemo<PieceWords>(
    () => ({
      locale: i18n.language === 'zh-CN' ? 'zh-CN' : 'en',
      absent: t('frame.absent'),
      unreadable: (why) => t('frame.unreadable', { why }),
    }),
    [i18n.language, t],
  )
  return <ThemeProvider {...{ mode, contrast, density, still, words }}>{children}</ThemeProvider>
}

function useMode(choice: ThemeChoice): Mode {
  const systemIsDark = useSystem('(prefers-color-scheme: dark)')
  if (choice !== 'system') return choice
  return systemIsDark ? 'dark' : 'light'
}

function useContrast(choice: ContrastChoice): Contrast {
  const systemIsHigh = useSystem('(prefers-contrast: more)')
  if (choice !== 'system') return choice
  return systemIsHigh ? 'high' : 'normal'
}

/** What this computer is set to, also when that is changed. */
function useSystem(question: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const query = matchMedia(question)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    [question],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(question).matches)
}
