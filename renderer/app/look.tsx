// Carries the chosen language and theme into everything below: i18next, antd, the document itself.
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mode } from '../ui/theme.ts'
import { type PieceWords, ThemeProvider } from '../ui/theme-provider.tsx'
import { type ThemeChoice, usePreferences } from './preferences.ts'
import { usePrintedAt } from './printing.ts'

export function Look({ children }: { readonly children: ReactNode }) {
  const language = usePreferences((chosen) => chosen.language)
  const onScreen = useMode(usePreferences((chosen) => chosen.theme))
  const mode = usePrintedAt() === undefined ? onScreen : 'light'
  const { t, i18n } = useTranslation()
  useEffect(() => {
    document.documentElement.lang = language
    if (i18n.language !== language) void i18n.changeLanguage(language)
  }, [language, i18n])
  const words = useMemo<PieceWords>(
    () => ({
      locale: i18n.language === 'zh-CN' ? 'zh-CN' : 'en',
      absent: t('frame.absent'),
      unreadable: (why) => t('frame.unreadable', { why }),
    }),
    [i18n.language, t],
  )
  return (
    <ThemeProvider mode={mode} words={words}>
      {children}
    </ThemeProvider>
  )
}

const dark = '(prefers-color-scheme: dark)'

function useMode(choice: ThemeChoice): Mode {
  const systemIsDark = useSyncExternalStore(onSystemChange, () => matchMedia(dark).matches)
  if (choice !== 'system') return choice
  return systemIsDark ? 'dark' : 'light'
}

function onSystemChange(listener: () => void): () => void {
  const query = matchMedia(dark)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
