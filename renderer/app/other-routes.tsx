// The screens beside the appliances, tied to their addresses.
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy } from 'react'
import { usualView } from '../features/catalog/view.ts'
import { pagePart } from './page-part.ts'
import { usePreferences } from './preferences.ts'
import { searchOf } from './search-parts.ts'

const RunsScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/runs/runs-screen.tsx'))).RunsScreen,
}))
const CatalogScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/catalog/catalog-screen.tsx'))).CatalogScreen,
}))
const EntryScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/catalog/entry-screen.tsx'))).EntryScreen,
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

const BackupScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/backup/backup-screen.tsx'))).BackupScreen,
}))
const VendorKitScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/vendor-kit/vendor-kit-screen.tsx'))).VendorKitScreen,
}))

const AuditScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/audit/audit-screen.tsx'))).AuditScreen,
}))

const OperatorsScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/operators/operators-screen.tsx'))).OperatorsScreen,
}))

const PublishersScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/publishers/publishers-screen.tsx'))).PublishersScreen,
}))

export function RunsRoute() {
  const navigate = useNavigate()
  return (
    <RunsScreen
      onOpenRun={(name, planId) => void navigate({ to: '/appliances/$name/setup/$planId', params: { name, planId } })}
      onAppliances={() => void navigate({ to: '/appliances' })}
      onPlan={(name, plan) =>
        plan.startsWith('rollout-')
          ? void navigate({ to: '/runs/rollouts/$rolloutId', params: { rolloutId: plan } })
          : void navigate({ to: '/appliances/$name/setup', params: { name }, search: { step: 'review', plan } })
      }
    />
  )
}

export function CatalogRoute() {
  const navigate = useNavigate()
  const view = { ...usualView, ...useSearch({ from: '/catalog' }) }
  return (
    <CatalogScreen
      view={view}
      onView={(changes) => void navigate({ to: '/catalog', search: searchOf({ ...view, ...changes }), replace: true })}
      onEntry={(params) => void navigate({ to: '/catalog/$place/$kind/$id', params, search: searchOf(view) })}
      onAppliances={() => void navigate({ to: '/appliances' })}
    />
  )
}

export function EntryRoute() {
  const navigate = useNavigate()
  const params = useParams({ from: '/catalog/$place/$kind/$id' })
  const view = { ...usualView, ...useSearch({ from: '/catalog/$place/$kind/$id' }) }
  return (
    <EntryScreen
      key={`${params.place} ${params.kind} ${params.id}`}
      at={params}
      view={view}
      onView={(changes) =>
        void navigate({
          to: '/catalog/$place/$kind/$id',
          params,
          search: searchOf({ ...view, ...changes }),
          replace: true,
        })
      }
      onEntry={(next) => void navigate({ to: '/catalog/$place/$kind/$id', params: next, search: searchOf(view) })}
      onCatalog={() => void navigate({ to: '/catalog', search: searchOf(view) })}
      onAppliances={() => void navigate({ to: '/appliances' })}
      onSetUp={(name) =>
        void navigate({
          to: '/appliances/$name/setup',
          params: { name },
          search: {
            step: 'proposal',
            bundle: params.place,
            solution: params.id,
          },
        })
      }
    />
  )
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
  const { chooseLanguage, chooseTheme, chooseContrast, chooseDensity, ...chosen } = usePreferences()
  return (
    <SettingsScreen
      look={chosen}
      onLook={{ language: chooseLanguage, theme: chooseTheme, contrast: chooseContrast, density: chooseDensity }}
      onCredentials={() => void navigate({ to: '/settings/credentials' })}
      onKnownHosts={() => void navigate({ to: '/settings/known-hosts' })}
      onPublishers={() => void navigate({ to: '/settings/publishers' })}
      onVendorKit={() => void navigate({ to: '/settings/vendor-kit' })}
      onAudit={() => void navigate({ to: '/settings/audit' })}
      onBackup={() => void navigate({ to: '/settings/backup' })}
      onOperators={() => void navigate({ to: '/settings/operators' })}
      onAlerts={() => void navigate({ to: '/alerts', search: { tab: 'channels' } })}
    />
  )
}

export function OperatorsRoute() {
  return <OperatorsScreen />
}

export function CredentialsRoute() {
  return <CredentialsScreen />
}

export function PublishersRoute() {
  const navigate = useNavigate()
  return <PublishersScreen onCatalog={() => void navigate({ to: '/catalog', search: { kind: 'bundles' } })} />
}

export function VendorKitRoute() {
  const navigate = useNavigate()
  return (
    <VendorKitScreen
      onPublishers={() => void navigate({ to: '/settings/publishers' })}
      onBundles={() => void navigate({ to: '/catalog', search: { kind: 'bundles' } })}
    />
  )
}

export function AuditRoute() {
  return <AuditScreen />
}

export function BackupRoute() {
  return <BackupScreen />
}

export function KnownHostsRoute() {
  return <KnownHostsScreen />
}
