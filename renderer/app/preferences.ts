// What this window's person chose for the eye: language and theme. Kept in the browser of this computer,
// since it says nothing about the product; without a choice both follow the computer.
import { create } from 'zustand'
import { languageOfLocale } from '../../shared/words/language.ts'
import type { Language } from '../../shared/words/words.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

export type Preferences = {
  readonly language: Language
  readonly theme: ThemeChoice
  readonly chooseLanguage: (language: Language) => void
  readonly chooseTheme: (theme: ThemeChoice) => void
}

const names = { language: 'rackside.language', theme: 'rackside.theme' } as const

export const usePreferences = create<Preferences>()((set) => ({
  language: readLanguage(),
  theme: readTheme(),
  chooseLanguage: (language) => {
    keep(names.language, language)
    set({ language })
  },
  chooseTheme: (theme) => {
    keep(names.theme, theme)
    set({ theme })
  },
}))

function readLanguage(): Language {
  const kept = read(names.language)
  return kept === 'en' || kept === 'zh-CN' ? kept : languageOfLocale(navigator.language)
}

function readTheme(): ThemeChoice {
  const kept = read(names.theme)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

// A browser may refuse storage altogether: then the choice lasts as long as the window.
function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    return
  }
}
