// Ctrl+K: to any appliance or page, or a command of the window, by typing a part of its name.
import { useNavigate } from '@tanstack/react-router'
import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../console/answers.ts'
import { useConsole, useWords } from '../console/console-context.tsx'
import { DemoChip } from '../console/demo/demo-mark.tsx'
import { contrastChoices, densities, themeChoices } from '../ui/theme.ts'
import { usePreferences } from './preferences.ts'

export type Destination = {
  readonly id: string
  readonly kind: 'appliance' | 'page' | 'command'
  readonly name: string
  /** A simulated appliance. */
  readonly demo?: boolean
  readonly go: () => void
}

/** Those whose name holds every typed word, in their order. */
export function matching<T extends { readonly name: string }>(all: readonly T[], typed: string): readonly T[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return all.filter((one) => words.every((word) => one.name.toLowerCase().includes(word)))
}

export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = matching(useDestinations(), typed)
  const at = Math.min(chosen, found.length - 1)
  const take = (destination: Destination | undefined) => {
    if (destination === undefined) return
    onClose()
    destination.go()
  }
  const onKey = (key: string): boolean => {
    if (key === 'ArrowDown') setChosen(Math.min(at + 1, found.length - 1))
    else if (key === 'ArrowUp') setChosen(Math.max(at - 1, 0))
    else if (key === 'Enter') take(found[at])
    else return false
    return true
  }
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={520} title={t('frame.search')}>
      {/* biome-ignore-start lint/a11y/noAutofocus: it was opened to type in it */}
      <input
        className="rs-palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="rs-palette"
        aria-activedescendant={found[at] === undefined ? undefined : `rs-palette-${at}`}
        aria-label={t('frame.searchPlaceholder')}
        placeholder={t('frame.searchPlaceholder')}
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={(event) => {
          if (onKey(event.key)) event.preventDefault()
        }}
      />
      {/* biome-ignore-end lint/a11y/noAutofocus: it was opened to type in it */}
      <Results found={found} at={at} onTake={take} />
    </Modal>
  )
}

type ResultsProps = {
  readonly found: readonly Destination[]
  readonly at: number
  readonly onTake: (destination: Destination) => void
}

function Results({ found, at, onTake }: ResultsProps) {
  const { t } = useTranslation()
  useEffect(() => {
    // What it returns (in newer browsers a promise) must not become the effect's cleanup.
    void document.getElementById(`rs-palette-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <div id="rs-palette" role="listbox" aria-label={t('frame.search')} className="rs-palette">
      {found.map((one, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and its keys
        // biome-ignore lint/a11y/useFocusableInteractive: as above, by aria-activedescendant
        <div
          key={one.id}
          id={`rs-palette-${place}`}
          role="option"
          aria-selected={place === at}
          onClick={() => onTake(one)}
        >
          <span className="rs-palette-name">
            {one.name} {one.demo === true ? <DemoChip /> : null}
          </span>
          <small>{t(`frame.${one.kind}`)}</small>
        </div>
      ))}
      {found.length === 0 ? <p className="rs-muted">{t('frame.searchNothing')}</p> : null}
    </div>
  )
}

function useDestinations(): readonly Destination[] {
  const { t } = useTranslation()
  const { cli } = useWords()
  const navigate = useNavigate()
  const calls = useConsole()
  const { language, chooseLanguage, chooseTheme, chooseContrast, chooseDensity } = usePreferences()
  const { answer } = useAnswer({ key: ['appliances.list'], ask: () => calls.product.appliances.list({}) })
  const saved = answer.state === 'answered' ? answer.value : []
  const pages = ['appliances', 'catalog', 'runs', 'alerts', 'settings', 'demo'] as const
  const command = (name: string, go: () => void): Destination => ({ id: `command ${name}`, kind: 'command', name, go })
  return [
    ...saved.map(({ name, demo }) => ({
      id: `appliance ${name}`,
      kind: 'appliance' as const,
      name,
      demo,
      go: () => void navigate({ to: '/appliances/$name', params: { name } }),
    })),
    ...pages.map((page) => ({
      id: `page ${page}`,
      kind: 'page' as const,
      name: t(`frame.${page}`),
      go: () => void navigate({ to: `/${page}` }),
    })),
    ...(['credentials', 'known-hosts', 'publishers'] as const).map((page) => ({
      id: `page ${page}`,
      kind: 'page' as const,
      name: t(pageNames[page]),
      go: () => void navigate({ to: `/settings/${page}` }),
    })),
    command(t('frame.add'), () => void navigate({ to: '/appliances/add' })),
    language === 'en'
      ? command(t('frame.toChinese'), () => chooseLanguage('zh-CN'))
      : command(t('frame.toEnglish'), () => chooseLanguage('en')),
    ...themeChoices.map((choice) =>
      command(cli.pair(t('frame.theme'), t(`frame.${themeLabels[choice]}`)), () => chooseTheme(choice)),
    ),
    ...contrastChoices.map((choice) =>
      command(cli.pair(t('frame.contrast'), t(`frame.contrasts.${choice}`)), () => chooseContrast(choice)),
    ),
    ...densities.map((choice) =>
      command(cli.pair(t('frame.density'), t(`frame.densities.${choice}`)), () => chooseDensity(choice)),
    ),
  ]
}

const pageNames = {
  credentials: 'credentials.title',
  'known-hosts': 'hosts.title',
  publishers: 'publishers.title',
} as const
const themeLabels = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const
