// The screens beside the appliances, tied to their addresses.
import { useNavigate } from '@tanstack/react-router'
import { lazy } from 'react'
import { pagePart } from './page-part.ts'
import { usePreferences } from './preferences.ts'

const RunsScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/runs/runs-screen.tsx'))).RunsScreen,
}))
const CatalogScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/catalog/catalog-screen.tsx'))).CatalogScreen,
}))
const DemoScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/demo/demo-screen.tsx'))).DemoScreen,
}))
const SettingsScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/settings/settings-screen.tsx'))).SettingsScreen,
}))
const CredentialsScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/credentials/credentials-screen.tsx'))).CredentialsScreen,
}))
const KnownHostsScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/known-hosts/known-hosts-screen.tsx'))).KnownHostsScreen,
}))

export function RunsRoute() {
  const navigate = useNavigate()
  return (
    <RunsScreen
      onOpenRun={(name, planId) => void navigate({ to: '/appliances/$name/setup/$planId', params: { name, planId } })}
      onAppliances={() => void navigate({ to: '/appliances' })}
    />
  )
}

export function CatalogRoute() {
  const navigate = useNavigate()
  return <CatalogScreen onAppliances={() => void navigate({ to: '/appliances' })} />
}

export function DemoRoute() {
  const navigate = useNavigate()
  return (
    <DemoScreen
      onOpen={(name) => void navigate({ to: '/appliances/$name', params: { name } })}
      onSetUp={(name) => void navigate({ to: '/appliances/$name/setup', params: { name } })}
    />
  )
}

export function SettingsRoute() {
  const navigate = useNavigate()
  const { language, theme, chooseLanguage, chooseTheme } = usePreferences()
  return (
    <SettingsScreen
      language={language}
      theme={theme}
      onLanguage={chooseLanguage}
      onTheme={chooseTheme}
      onCredentials={() => void navigate({ to: '/settings/credentials' })}
      onKnownHosts={() => void navigate({ to: '/settings/known-hosts' })}
    />
  )
}

export function CredentialsRoute() {
  return <CredentialsScreen />
}

export function KnownHostsRoute() {
  return <KnownHostsScreen />
}
