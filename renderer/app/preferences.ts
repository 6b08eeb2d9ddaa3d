// What this window's person chose for the eye: language, theme, contrast, density. Kept in the browser of this computer,
// since it says nothing about the product; without a choice language, theme and contrast follow the computer.
import { create } from 'zustand'
import type { Language } from '../../shared/words/words.ts'
import {
  type ContrastChoice,
  contrastChoices,
  type Density,
  densities,
  type ThemeChoice,
  themeChoices,
} from '../ui/theme.ts'
import { chosenLanguage, keep, kept } from './kept-choice.ts'

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
    language: chosenLanguage(),
    theme: kept('rackside.theme', themeChoices) ?? 'system',
    contrast: kept('rackside.contrast', contrastChoices) ?? 'system',
    density: kept('rackside.density', densities) ?? 'normal',
    chooseLanguage: (language) => choose('language', language),
    chooseTheme: (theme) => choose('theme', theme),
    chooseContrast: (contrast) => choose('contrast', contrast),
    chooseDensity: (density) => choose('density', density),
  }
})
