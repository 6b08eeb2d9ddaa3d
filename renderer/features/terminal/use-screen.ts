// The part that draws, brought when it is needed and taken away with the page: it follows the theme, and its keys go to the
// shell, but for those that are this page's own.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { ScreenLook, TerminalScreen } from '../../ui/terminal/terminal-screen.ts'
import { usePalette } from '../../ui/theme-provider.tsx'
import { harmlessOutput } from './harmless-output.ts'
import type { UsedTerminal } from './use-terminal.ts'

type Wishes = {
  readonly readsAloud: boolean
  readonly onCopy: (text: string) => void
  /** The keyboard goes on outside of it. */
  readonly onLeave: () => void
}

export type UsedScreen = {
  readonly place: React.RefObject<HTMLDivElement | null>
  readonly screen: () => TerminalScreen | undefined
  /** The part itself did not come. */
  readonly failure: Failure | undefined
}

export function useScreen(terminal: UsedTerminal, wishes: Wishes): UsedScreen {
  const place = useRef<HTMLDivElement>(null)
  const made = useRef<TerminalScreen | undefined>(undefined)
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const look: ScreenLook = { palette: usePalette(), readsAloud: wishes.readsAloud }
  const newest = useRef({ terminal, wishes, look })
  newest.current = { terminal, wishes, look }
  const { begin } = terminal

  useEffect(() => {
    let isGone = false
    const bring = async () => {
      const { terminalScreen } = await import('../../ui/terminal/terminal-screen.ts')
      if (isGone || place.current === null) return
      const screen = terminalScreen(place.current, newest.current.look, {
        harmless: harmlessOutput(),
        onKeys: (keys) => newest.current.terminal.type(keys),
        onResize: (size) => newest.current.terminal.resize(size),
        onKeyDown: (event) => isForShell(event, screen, newest.current.wishes),
      })
      made.current = screen
      begin(screen)
    }
    bring().catch(() => setFailure({ kind: 'console-lost' }))
    return () => {
      isGone = true
      made.current?.dispose()
      made.current = undefined
    }
  }, [begin])

  const { palette, readsAloud } = look
  useEffect(() => {
    made.current?.look({ palette, readsAloud })
  }, [palette, readsAloud])
  const isOpen = terminal.state.is === 'open'
  // Before that it is not to be seen, and what is not to be seen takes no keys.
  useEffect(() => {
    if (isOpen) made.current?.focus()
  }, [isOpen])
  const isOver = terminal.state.is === 'ended'
  useEffect(() => {
    if (isOver) made.current?.freeze()
  }, [isOver])
  const screen = useCallback(() => made.current, [])
  return { place, screen, failure }
}

/** Ctrl+Shift+C copies, Ctrl+Shift+V is the browser's own paste, Ctrl+F6 leaves. */
function isForShell(event: KeyboardEvent, screen: TerminalScreen, { onCopy, onLeave }: Wishes): boolean {
  const { ctrlKey, shiftKey, altKey, metaKey, code } = event
  if (!ctrlKey || altKey || metaKey) return true
  if (shiftKey && code === 'KeyV') return false
  if (shiftKey && code === 'KeyC') {
    event.preventDefault()
    const text = screen.selection()
    if (text !== '') onCopy(text)
    return false
  }
  if (!shiftKey && code === 'F6') {
    event.preventDefault()
    onLeave()
    return false
  }
  return true
}
