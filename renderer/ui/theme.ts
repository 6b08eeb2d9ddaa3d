// The tokens of the product's look, light and dark, each also with high contrast: one place for every colour and size. Our own pieces read them as
// CSS variables, antd as theme tokens, canvases as plain values. No feature names a colour.
import { type ThemeConfig, theme } from 'antd'

export type Mode = 'light' | 'dark'
export type Contrast = 'normal' | 'high'
export const densities = ['dense', 'normal', 'comfortable'] as const
export type Density = (typeof densities)[number]
/** What a person chooses; `system`: as the computer is set. */
export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]
export const contrastChoices = ['system', 'normal', 'high'] as const
export type ContrastChoice = (typeof contrastChoices)[number]
export type Appearance = {
  readonly mode: Mode
  readonly contrast: Contrast
  readonly density: Density
  /** The reader wants nothing to move. */
  readonly still: boolean
}

const light = {
  page: '#F5F7F9',
  surface: '#FFFFFF',
  raised: '#FBFCFD',
  border: '#DCE2E8',
  strongBorder: '#B4BFCA',
  text: '#16202A',
  muted: '#566370',
  accent: '#0B6B7C',
  accentSoft: '#E3F1F3',
  onAccent: '#FFFFFF',
  healthy: '#17794D',
  degraded: '#9A5B00',
  down: '#B42318',
  working: '#1F5FBF',
  unknown: '#5C6976',
  degradedSoft: '#FBF1E0',
  downSoft: '#FBE9E7',
  heat0: '#EDF2F4',
  heat1: '#CFE3E6',
  heat2: '#A5CCD2',
  heat3: '#6FAEB8',
  heat4: '#3A8C99',
  heat5: '#0B6B7C',
} as const

export type Palette = { readonly [K in keyof typeof light]: string }

const dark: Palette = {
  page: '#0E1419',
  surface: '#151D24',
  raised: '#1B252E',
  border: '#27333D',
  strongBorder: '#3B4A57',
  text: '#E6EDF3',
  muted: '#9AA8B5',
  accent: '#4FBAC8',
  accentSoft: '#12303A',
  onAccent: '#0E1419',
  healthy: '#46B881',
  degraded: '#E0A33A',
  down: '#F0766B',
  working: '#7AA7F0',
  unknown: '#93A1AE',
  degradedSoft: '#2B2415',
  downSoft: '#2E1B1B',
  heat0: '#1D2830',
  heat1: '#1F3A42',
  heat2: '#23525C',
  heat3: '#2B7380',
  heat4: '#3A98A6',
  heat5: '#4FBAC8',
}

/** Every text at least 7:1 on what it stands on, lines that cannot be overlooked. */
const lightHigh: Palette = {
  ...{ page: '#FFFFFF', surface: '#FFFFFF', raised: '#F4F6F8', border: '#5C6976', strongBorder: '#16202A' },
  ...{ text: '#000000', muted: '#37424D', accent: '#064B57', accentSoft: '#DDEFF2', onAccent: '#FFFFFF' },
  ...{ healthy: '#0B5233', degraded: '#6B3E00', down: '#8A1810', working: '#143F8A', unknown: '#3F4A55' },
  ...{ degradedSoft: '#FFF3DC', downSoft: '#FFECEA' },
  ...{ heat0: '#E6ECEF', heat1: '#B9D3D8', heat2: '#84B3BB', heat3: '#4A8C97', heat4: '#1F6976', heat5: '#064B57' },
}

const darkHigh: Palette = {
  ...{ page: '#000000', surface: '#0A0F13', raised: '#121A20', border: '#8795A1', strongBorder: '#C3CED8' },
  ...{ text: '#FFFFFF', muted: '#CBD5DE', accent: '#7FDCE8', accentSoft: '#0A2A33', onAccent: '#000000' },
  ...{ healthy: '#7BE0AE', degraded: '#F5C66B', down: '#FFA9A1', working: '#AECBFF', unknown: '#C3CED8' },
  ...{ degradedSoft: '#2B2415', downSoft: '#2E1B1B' },
  ...{ heat0: '#18222A', heat1: '#1F424C', heat2: '#2C6470', heat3: '#3C8A98', heat4: '#5AB3C0', heat5: '#7FDCE8' },
}

export const palettes: { readonly [C in Contrast]: { readonly [M in Mode]: Palette } } = {
  normal: { light, dark },
  high: { light: lightHigh, dark: darkHigh },
}

/** Of the text, of the controls, and above and below a row of a list. */
const sizesPx: { readonly [D in Density]: { readonly text: number; readonly control: number; readonly row: number } } =
  {
    dense: { text: 13, control: 30, row: 5 },
    normal: { text: 14, control: 34, row: 8 },
    comfortable: { text: 16, control: 40, row: 11 },
  }

// Names before `system-ui`: on a Linux without a desktop's settings that one means any family that has the weight, and half-bold
// text came out in a Bookman.
const textFont =
  '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans", "DejaVu Sans", "Liberation Sans", system-ui, sans-serif'
const codeFont = 'ui-monospace, "Cascadia Mono", "SF Mono", "Noto Sans Mono CJK SC", "DejaVu Sans Mono", monospace'

/** The step of the single-hue scale, 0 to 5, for a utilization in percent. */
export function heatStep(percent: number): 0 | 1 | 2 | 3 | 4 | 5 {
  if (percent < 3) return 0
  if (percent < 20) return 1
  if (percent < 40) return 2
  if (percent < 60) return 3
  return percent < 80 ? 4 : 5
}

/** "strongBorder" is read in a style sheet as var(--rs-strong-border), "heat3" as var(--rs-heat-3). */
export function cssVariables({
  mode,
  contrast,
  density,
}: Appearance): readonly (readonly [name: string, value: string])[] {
  const names = Object.entries(palettes[contrast][mode]).map(
    ([name, value]) => [`--rs-${name.replace(/[A-Z0-9]/g, (letter) => `-${letter.toLowerCase()}`)}`, value] as const,
  )
  const { text, row } = sizesPx[density]
  const sizes = [['--rs-text-size', `${text}px`] as const, ['--rs-row-space', `${row}px`] as const]
  return [...names, ...sizes, ['--rs-text-font', textFont], ['--rs-code-font', codeFont]]
}

export function antdTheme({ mode, contrast, density, still }: Appearance): ThemeConfig {
  const colors = palettes[contrast][mode]
  const sizes = sizesPx[density]
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colors.accent,
      colorInfo: colors.accent,
      colorLink: colors.accent,
      colorLinkHover: colors.accent,
      colorSuccess: colors.healthy,
      colorWarning: colors.degraded,
      colorError: colors.down,
      colorText: colors.text,
      colorTextHeading: colors.text,
      colorTextSecondary: colors.muted,
      colorTextTertiary: colors.muted,
      colorTextDescription: colors.muted,
      colorTextPlaceholder: colors.muted,
      colorTextDisabled: colors.muted,
      colorBgLayout: colors.page,
      colorBgContainer: colors.surface,
      colorBgElevated: colors.surface,
      colorBorder: colors.strongBorder,
      colorBorderSecondary: colors.border,
      colorSplit: colors.border,
      colorTextLightSolid: colors.onAccent,
      fontFamily: textFont,
      fontFamilyCode: codeFont,
      fontSize: sizes.text,
      borderRadius: 6,
      borderRadiusLG: 6,
      borderRadiusSM: 4,
      controlHeight: sizes.control,
      boxShadow: 'none',
      boxShadowSecondary: `0 0 0 1px ${colors.border}`,
      boxShadowTertiary: 'none',
      // Not by style sheets: what appears under a transition of no length is measured before it has its size, and lands outside.
      motion: !still,
      motionDurationFast: '0.12s',
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.18s',
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Tooltip: { colorBgSpotlight: colors.text, colorTextLightSolid: colors.page },
      Table: { headerBg: colors.raised, headerSplitColor: 'transparent' },
      Segmented: { trackBg: colors.heat0, itemSelectedBg: colors.surface },
      Tabs: { horizontalItemGutter: 24, itemHoverColor: colors.accent, itemActiveColor: colors.accent },
    },
  }
}
