// Copies a text into the clipboard, and knows for a moment what came of it.
import { useEffect, useState } from 'react'

const saidForMs = 2000

export type CopyOutcome = 'copied' | 'refused'

type Copying = {
  readonly outcome: CopyOutcome | undefined
  readonly copy: (text: string, onRefused?: () => void) => void
}

/** `refused`: this page may not write the clipboard. */
export function useCopy(): Copying {
  const [outcome, setOutcome] = useState<CopyOutcome | undefined>(undefined)
  useEffect(() => {
    if (outcome === undefined) return
    const timer = setTimeout(() => setOutcome(undefined), saidForMs)
    return () => clearTimeout(timer)
  }, [outcome])
  return {
    outcome,
    copy(text, onRefused = () => undefined) {
      const refused = () => {
        setOutcome('refused')
        onRefused()
      }
      const { clipboard }: Partial<Navigator> = navigator
      if (clipboard === undefined) return refused()
      void clipboard.writeText(text).then(() => setOutcome('copied'), refused)
    },
  }
}
