// What this window's person chose for the eye: language, theme, contrast, density. Kept in the browser of this computer,
// since it says nothing about the product; without a choice language, theme and contrast follow the computer.
import { create } from 'zustand'
import { languageOfLocale } from '../../shared/words/language.ts'
import type { Language } from '../../shared/words/words.ts'
import {
  type ContrastChoice,
  contrastChoices,
  type Density,
  densities,
  type ThemeChoice,
  themeChoices,
} from '../ui/theme.ts'

type Chosen = {
  readonly language: Language
  readonly theme: ThemeChoice
  readonly contrast: ContrastChoice
  readonly density: Density
}

export type Preferences = Chosen & {
  readonly chooseLanguage: (language: Language) => void
  readonly chooseTheme: (theme: ThemeChoice) => void
  readonly chooseContrast: (contrast: ContrastChoice) => void
  readonly chooseDensity: (density: Density) => void
}

export const usePreferences = create<Preferences>()((set) => {
  const choose = <N extends keyof Chosen>(name: N, choice: Chosen[N]) => {
    keep(`rackside.${name}`, choice)
    set({ [name]: choice } as Pick<Chosen, N>)
  }
  return {
    language: kept('language', ['en', 'zh-CN']) ?? languageOfLocale(navigator.language),
    theme: kept('theme', themeChoices) ?? 'system',
    contrast: kept('contrast', contrastChoices) ?? 'system',
    density: kept('density', densities) ?? 'normal',
    chooseLanguage: (language) => choose('language', language),
    chooseTheme: (theme) => choose('theme', theme),
    chooseContrast: (contrast) => choose('contrast', contrast),
    chooseDensity: (density) => choose('density', density),
  }
})

function kept<N extends keyof Chosen>(name: N, choices: readonly Chosen[N][]): Chosen[N] | undefined {
  const text = read(`rackside.${name}`)
  return choices.find((one) => one === text)
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
