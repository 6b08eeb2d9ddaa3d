// Puts the chosen look and language of controls around a page: antd's tokens, our CSS variables on the
// document, and the few words that pieces without product words cannot do without.
import { ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import english from 'antd/es/locale/en_US'
import chinese from 'antd/es/locale/zh_CN'
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo } from 'react'
import { type Appearance, antdTheme, cssVariables, type Palette, palettes } from './theme.ts'

/** What pieces say by themselves, for the eye and for screen readers. */
export type PieceWords = {
  readonly locale: 'en' | 'zh-CN'
  readonly absent: string
  readonly unreadable: (why: string) => string
}

type Look = { readonly palette: Palette; readonly words: PieceWords }

const LookContext = createContext<Look | undefined>(undefined)

const locales: { readonly [K in PieceWords['locale']]: Locale } = { en: english, 'zh-CN': chinese }

export type ThemeProviderProps = Appearance & { readonly words: PieceWords; readonly children: ReactNode }

export function ThemeProvider({ mode, contrast, density, still, words, children }: ThemeProviderProps) {
  const appearance = useMemo(() => ({ mode, contrast, density, still }), [mode, contrast, density, still])
  useLayoutEffect(() => {
    const root = document.documentElement
    root.dataset['theme'] = appearance.mode
    root.dataset['contrast'] = appearance.contrast
    root.style.colorScheme = appearance.mode
    for (const [name, value] of cssVariables(appearance)) root.style.setProperty(name, value)
  }, [appearance])
  const look = useMemo(() => ({ palette: palettes[contrast][mode], words }), [contrast, mode, words])
  const config = useMemo(() => antdTheme(appearance), [appearance])
  return (
    <LookContext.Provider value={look}>
      <ConfigProvider theme={config} locale={locales[words.locale]} button={{ autoInsertSpace: false }}>
        {children}
      </ConfigProvider>
    </LookContext.Provider>
  )
}

function useLook(): Look {
  const look = useContext(LookContext)
  if (look === undefined) throw new Error('a piece stands outside of ThemeProvider')
  return look
}

/** The colours of now as values, for canvases; changes when the theme is switched. */
export function usePalette(): Palette {
  return useLook().palette
}

export function usePieceWords(): PieceWords {
  return useLook().words
}
