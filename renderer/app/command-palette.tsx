// Ctrl+K: the search with what belongs to this window, its pages and commands, and the ways to whatever else it finds.
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWords } from '../console/console-context.tsx'
import { catalogKinds } from '../features/catalog/view.ts'
import { FindDialog } from '../features/find/find-dialog.tsx'
import type { FindTarget } from '../features/find/find-target.ts'
import type { FindItem, FindKind } from '../features/find/found.ts'
import { contrastChoices, densities, themeChoices } from '../ui/theme.ts'
import { usePreferences } from './preferences.ts'

export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  return <FindDialog own={[...usePages(), ...useCommands()]} onGo={useGo()} onClose={onClose} />
}

function usePages(): readonly FindItem[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const item = (page: string, name: string, go: () => void) => ({ id: `page ${page}`, kind: 'page' as const, name, go })
  const pages = ['appliances', 'catalog', 'runs', 'alerts', 'settings', 'demo'] as const
  const settings = ['credentials', 'known-hosts', 'publishers', 'vendor-kit', 'audit', 'backup'] as const
  return [
    ...pages.map((page) => item(page, t(`frame.${page}`), () => void navigate({ to: `/${page}` }))),
    ...settings.map((page) => item(page, t(pageNames[page]), () => void navigate({ to: `/settings/${page}` }))),
  ]
}

function useCommands(): readonly FindItem[] {
  const { t } = useTranslation()
  const { cli } = useWords()
  const navigate = useNavigate()
  const { language, chooseLanguage, chooseTheme, chooseContrast, chooseDensity } = usePreferences()
  const command = (id: string, name: string, go: () => void): FindItem => ({
    ...{ id: `command ${id}`, kind: 'command', name, go },
  })
  return [
    command('add', t('frame.add'), () => void navigate({ to: '/appliances/add' })),
    language === 'en'
      ? command('language', t('frame.toChinese'), () => chooseLanguage('zh-CN'))
      : command('language', t('frame.toEnglish'), () => chooseLanguage('en')),
    ...themeChoices.map((choice) =>
      command(`theme ${choice}`, cli.pair(t('frame.theme'), t(`frame.${themeLabels[choice]}`)), () =>
        chooseTheme(choice),
      ),
    ),
    ...contrastChoices.map((choice) =>
      command(`contrast ${choice}`, cli.pair(t('frame.contrast'), t(`frame.contrasts.${choice}`)), () =>
        chooseContrast(choice),
      ),
    ),
    ...densities.map((choice) =>
      command(`density ${choice}`, cli.pair(t('frame.density'), t(`frame.densities.${choice}`)), () =>
        chooseDensity(choice),
      ),
    ),
  ]
}

function useGo(): (target: FindTarget) => void {
  const navigate = useNavigate()
  return (target) => {
    switch (target.to) {
      case 'appliance': {
        const { name, tab } = target
        return void navigate({
          to: '/appliances/$name',
          params: { name },
          search: tab === undefined ? {} : { tab },
        })
      }
      case 'run': {
        const { name, planId } = target
        return void navigate({ to: '/appliances/$name/setup/$planId', params: { name, planId } })
      }
      case 'runs':
        return void navigate({ to: '/runs' })
      case 'alerts':
        return void navigate({ to: '/alerts', search: target.of === undefined ? {} : { of: target.of } })
      case 'entry': {
        const { place, kind, id } = target
        return void navigate({ to: '/catalog/$place/$kind/$id', params: { place, kind, id } })
      }
      case 'list': {
        const { kind, typed, entryKind } = target
        const wanted = kind === 'solution' ? kind : catalogKinds.find((one) => one === entryKind)
        if (wanted === undefined) return void navigate({ to: listOf[kind] ?? '/appliances' })
        return void navigate({ to: '/catalog', search: { kind: wanted, text: typed.slice(0, 100) } })
      }
    }
  }
}

const listOf: { readonly [K in FindKind]?: '/alerts' | '/runs' } = { alert: '/alerts', run: '/runs' }
const pageNames = {
  credentials: 'credentials.title',
  'known-hosts': 'hosts.title',
  publishers: 'publishers.title',
  'vendor-kit': 'frame.vendorKit',
  audit: 'frame.audit',
  backup: 'frame.backup',
} as const
const themeLabels = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const
