// Gives every screen the console it talks to, the state of the link, and the sentences of the language
// that is chosen now.
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { languageOfLocale } from '../../shared/words/language.ts'
import type { Language, Words } from '../../shared/words/words.ts'
import type { ConsoleCalls, ConsoleLink, LinkState } from './console-link.ts'
import { wordsIn } from './languages/spoken.ts'

const Context = createContext<ConsoleLink | undefined>(undefined)

export function ConsoleProvider({ link, children }: { readonly link: ConsoleLink; readonly children: ReactNode }) {
  return <Context.Provider value={link}>{children}</Context.Provider>
}

function useLink(): ConsoleLink {
  const link = useContext(Context)
  if (link === undefined) throw new Error('a screen stands outside of ConsoleProvider')
  return link
}

export function useConsole(): ConsoleCalls {
  return useLink().calls
}

export function useLinkState(): LinkState {
  const link = useLink()
  return useSyncExternalStore(link.onChange, link.state)
}

export function useLanguage(): Language {
  return languageOfLocale(useTranslation().i18n.language)
}

/** Failures, verdicts, steps and reasons in words; labels of screens come from renderer/i18n. */
export function useWords(): Words {
  return wordsIn(useLanguage())
}
