// How this window looks: language, theme, contrast, density, each kept for this computer.
import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/words/words.ts'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import {
  type ContrastChoice,
  contrastChoices,
  type Density,
  densities,
  type ThemeChoice,
  themeChoices,
} from '../../ui/theme.ts'

type Look = {
  readonly language: Language
  readonly theme: ThemeChoice
  readonly contrast: ContrastChoice
  readonly density: Density
}

export type LookPanelProps = {
  readonly look: Look
  readonly onLook: { readonly [N in keyof Look]: (choice: Look[N]) => void }
}

export function LookPanel({ look, onLook }: LookPanelProps) {
  const { t } = useTranslation()
  const themes = { system: t('frame.themeSystem'), light: t('frame.themeLight'), dark: t('frame.themeDark') }
  const contrastOptions = contrastChoices.map((value) => ({
    value,
    label: t(`frame.contrasts.${value}`),
  }))
  const densityOptions = densities.map((value) => ({
    value,
    label: t(`frame.densities.${value}`),
  }))
  const languages = [
    { value: 'zh-CN' as const, label: <span lang="zh-CN">中文</span> },
    { value: 'en' as const, label: <span lang="en">English</span> },
  ]
  return (
    <Panel title={t('settings.look')}>
      <FactList
        facts={[
          rowOf({ label: t('settings.language'), value: look.language, options: languages, onChange: onLook.language }),
          rowOf({
            label: t('settings.theme'),
            value: look.theme,
            options: themeChoices.map((value) => ({ value, label: themes[value] })),
            onChange: onLook.theme,
          }),
          rowOf({
            label: t('frame.contrast'),
            value: look.contrast,
            options: contrastOptions,
            onChange: onLook.contrast,
          }),
          rowOf({ label: t('frame.density'), value: look.density, options: densityOptions, onChange: onLook.density }),
        ]}
      />
    </Panel>
  )
}

type RowProps<V extends string> = {
  readonly label: string
  readonly value: V
  readonly options: { value: V; label: ReactNode }[]
  readonly onChange: (choice: V) => void
}

function rowOf<V extends string>({ label, value, options, onChange }: RowProps<V>) {
  return { label, value: known(<Segmented aria-label={label} value={value} options={options} onChange={onChange} />) }
}
