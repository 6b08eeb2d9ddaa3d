// The colours of the product: texts can be read on what they stand on, in high contrast as WCAG's AAA asks.
import { describe, expect, it } from 'vitest'
import { cssVariables, type Palette, palettes } from '../../../../renderer/ui/theme.ts'

/** WCAG 2: relative luminance of "#RRGGBB". */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['page', 'surface', 'raised'] as const
const texts = ['text', 'muted', 'accent', 'healthy', 'degraded', 'down', 'working', 'unknown'] as const
const pairs: readonly (readonly [text: keyof Palette, ground: keyof Palette])[] = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...([
    ['accent', 'accentSoft'],
    ['onAccent', 'accent'],
    ['text', 'degradedSoft'],
    ['text', 'downSoft'],
  ] as const),
  ...([
    ['degraded', 'degradedSoft'],
    ['down', 'downSoft'],
  ] as const),
]

function below(palette: Palette, least: number): string[] {
  return pairs.flatMap(([text, ground]) => {
    const contrast = contrastOf(palette[text], palette[ground])
    return contrast >= least ? [] : [`${text} on ${ground}: ${contrast.toFixed(2)}`]
  })
}

describe('the colours', () => {
  it.each([
    { contrast: 'normal', mode: 'light', least: 4.5 },
    { contrast: 'normal', mode: 'dark', least: 4.5 },
    { contrast: 'high', mode: 'light', least: 7 },
    { contrast: 'high', mode: 'dark', least: 7 },
  ] as const)('of $contrast contrast, $mode, have every text at $least to 1 or more', ({ contrast, mode, least }) => {
    expect(below(palettes[contrast][mode], least)).toEqual([])
  })

  it('of high contrast draw lines of at least 3 to 1 around what can be used', () => {
    for (const palette of Object.values(palettes.high)) {
      for (const ground of grounds) expect(contrastOf(palette.border, palette[ground])).toBeGreaterThanOrEqual(3)
    }
  })

  it('would be found too pale', () => {
    expect(below({ ...palettes.high.light, muted: '#8A949E' }, 7)).toContain('muted on page: 3.08')
  })
})

describe('the density', () => {
  it.each([
    { density: 'dense', text: '13px' },
    { density: 'normal', text: '14px' },
    { density: 'comfortable', text: '16px' },
  ] as const)('$density has a text of $text', ({ density, text }) => {
    expect(cssVariables({ mode: 'light', contrast: 'normal', density, still: false })).toContainEqual([
      '--rs-text-size',
      text,
    ])
  })
})
