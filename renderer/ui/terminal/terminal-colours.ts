// The colours of a terminal in each theme: those of the product where it has one, so that a program's red is the red of the
// rest of the page.
import type { Palette } from '../theme.ts'

export type TerminalColours = { readonly [name: string]: string }

export function terminalColours(palette: Palette): TerminalColours {
  const { raised: background, text: foreground, accent: cursor, accentSoft: selectionBackground } = palette
  const isDark = lightness(background) < lightness(foreground)
  const { down: red, healthy: green, degraded: yellow, working: blue, muted, strongBorder } = palette
  const magenta = isDark ? '#c792ea' : '#8a3fa0'
  const [black, white] = isDark ? [strongBorder, foreground] : [foreground, muted]
  return {
    ...{ background, foreground, cursor, cursorAccent: background, selectionBackground },
    ...{ black, red, green, yellow, blue, magenta, cyan: cursor, white },
    ...{ brightBlack: muted, brightRed: red, brightGreen: green, brightYellow: yellow, brightBlue: blue },
    ...{ brightMagenta: magenta, brightCyan: cursor, brightWhite: foreground },
  }
}

/** Of "#rrggbb", from 0. */
function lightness(colour: string): number {
  return [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(colour.slice(at, at + 2), 16), 0)
}
