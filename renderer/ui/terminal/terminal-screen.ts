// xterm.js as this product uses it: it draws, and knows nothing of titles, links, clipboards or answers. Loaded only when
// somebody opens a terminal.
import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import type { Palette } from '../theme.ts'
import { terminalColours } from './terminal-colours.ts'

const scrollbackLines = 5000
/** The library rests between writes, never within one. */
const charactersOfWrite = 1024
/** More are not asked for. */
const mostColumns = 500
const mostRows = 300
/** Of both themes: colours that a program sets stay legible on them. */
const leastContrast = 4.5

/** In letters. */
export type ScreenSize = { readonly columns: number; readonly rows: number }

export type TerminalScreen = {
  /** Resolves when it is drawn, so that whoever brings more waits. */
  write(text: string): Promise<void>
  size(): ScreenSize
  focus(): void
  selection(): string
  /** Pressed or chosen by a person; in brackets where the shell asked for that. */
  paste(text: string): void
  look(look: ScreenLook): void
  /** Nothing more is typed into it. */
  freeze(): void
  dispose(): void
}

export type ScreenLook = { readonly palette: Palette; readonly readsAloud: boolean }

export type ScreenEvents = {
  /** Lets through what only draws; nothing else reaches the library. */
  readonly harmless: (text: string) => string
  readonly onKeys: (keys: string) => void
  readonly onResize: (size: ScreenSize) => void
  /** False: the key is none of the shell's. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean
}

export function terminalScreen(place: HTMLElement, look: ScreenLook, events: ScreenEvents): TerminalScreen {
  const terminal = new Terminal({
    ...optionsOf(look),
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--rs-code-font') || 'monospace',
    fontSize: 13,
    lineHeight: 1.2,
    scrollback: scrollbackLines,
    minimumContrastRatio: leastContrast,
    linkHandler: { activate: () => undefined },
    windowOptions: {},
    // What an appliance sends is no news for the log of the page.
    logLevel: 'off',
    macOptionIsMeta: true,
  })
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  terminal.attachCustomKeyEventHandler((event) => event.type !== 'keydown' || events.onKeyDown(event))
  terminal.open(place)
  fit.fit()
  terminal.onData(events.onKeys)
  const size = () => ({ columns: Math.min(terminal.cols, mostColumns), rows: Math.min(terminal.rows, mostRows) })
  terminal.onResize(() => events.onResize(size()))
  const resized = new ResizeObserver(() => fit.fit())
  resized.observe(place)
  return {
    write: (text) =>
      new Promise((resolve) => {
        const whole = events.harmless(text)
        const last = Math.max(0, whole.length - charactersOfWrite)
        for (let at = 0; at < last; at += charactersOfWrite) {
          terminal.write(whole.slice(at, Math.min(at + charactersOfWrite, last)))
        }
        terminal.write(whole.slice(last), resolve)
      }),
    size,
    focus: () => terminal.focus(),
    selection: () => terminal.getSelection(),
    paste: (text) => terminal.paste(text),
    look(next) {
      Object.assign(terminal.options, optionsOf(next))
    },
    freeze() {
      terminal.options.disableStdin = true
      terminal.options.cursorBlink = false
    },
    dispose() {
      resized.disconnect()
      terminal.dispose()
    },
  }
}

function optionsOf({ palette, readsAloud }: ScreenLook) {
  return { screenReaderMode: readsAloud, theme: terminalColours(palette) }
}
