// The addresses of the product, after the "#": each leads to one screen of a feature, loaded when it is first
// shown. Screens get their ways to one another from here, so that no feature knows another.
import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { AlertsRoute } from './alerts-route.tsx'
import { AddRoute, ApplianceRoute, FleetRoute, RunRoute, SetupRoute } from './appliance-routes.tsx'
import { BrokenScreen } from './broken-screen.tsx'
import { Frame } from './frame.tsx'
import { NotFound } from './not-found.tsx'
import {
  AuditRoute,
  BackupRoute,
  CatalogRoute,
  CredentialsRoute,
  DemoRoute,
  EntryRoute,
  KnownHostsRoute,
  OperatorsRoute,
  PublishersRoute,
  RunsRoute,
  SettingsRoute,
  VendorKitRoute,
} from './other-routes.tsx'
import { ChooseRolloutRoute, RolloutRoute } from './rollout-routes.tsx'
import { addSearch, alertsSearch, applianceSearch, catalogSearch, fleetSearch, setupSearch } from './search-parts.ts'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/appliances', replace: true })
  },
})
const fleet = createRoute({
  getParentRoute: () => root,
  path: '/appliances',
  component: FleetRoute,
  validateSearch: fleetSearch,
})
const add = createRoute({
  getParentRoute: () => root,
  path: '/appliances/add',
  component: AddRoute,
  validateSearch: addSearch,
})
const appliance = createRoute({
  getParentRoute: () => root,
  path: '/appliances/$name',
  component: ApplianceRoute,
  validateSearch: applianceSearch,
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/appliances/$name/setup',
  component: SetupRoute,
  validateSearch: setupSearch,
})
const run = createRoute({ getParentRoute: () => root, path: '/appliances/$name/setup/$planId', component: RunRoute })
const runs = createRoute({ getParentRoute: () => root, path: '/runs', component: RunsRoute })
const chooseRollout = createRoute({
  getParentRoute: () => root,
  path: '/runs/rollouts',
  component: ChooseRolloutRoute,
})
const rollout = createRoute({ getParentRoute: () => root, path: '/runs/rollouts/$rolloutId', component: RolloutRoute })
const catalog = createRoute({
  getParentRoute: () => root,
  path: '/catalog',
  component: CatalogRoute,
  validateSearch: catalogSearch,
})
const entry = createRoute({
  getParentRoute: () => root,
  path: '/catalog/$place/$kind/$id',
  component: EntryRoute,
  validateSearch: catalogSearch,
})
const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  component: AlertsRoute,
  validateSearch: alertsSearch,
})
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsRoute })
const credentials = createRoute({
  getParentRoute: () => root,
  path: '/settings/credentials',
  component: CredentialsRoute,
})
const knownHosts = createRoute({
  getParentRoute: () => root,
  path: '/settings/known-hosts',
  component: KnownHostsRoute,
})
const publishers = createRoute({
  getParentRoute: () => root,
  path: '/settings/publishers',
  component: PublishersRoute,
})
const operators = createRoute({
  getParentRoute: () => root,
  path: '/settings/operators',
  component: OperatorsRoute,
})
const vendorKit = createRoute({
  getParentRoute: () => root,
  path: '/settings/vendor-kit',
  component: VendorKitRoute,
})
const audit = createRoute({ getParentRoute: () => root, path: '/settings/audit', component: AuditRoute })
const backup = createRoute({
  getParentRoute: () => root,
  path: '/settings/backup',
  component: BackupRoute,
})
const demo = createRoute({ getParentRoute: () => root, path: '/demo', component: DemoRoute })

const places = [
  runs,
  chooseRollout,
  rollout,
  catalog,
  entry,
  alerts,
  settings,
  credentials,
  knownHosts,
  publishers,
  vendorKit,
  audit,
  backup,
  operators,
  demo,
]
const routeTree = root.addChildren([start, fleet, add, appliance, setup, run, ...places])

export function createAppRouter() {
  return createRouter({
    routeTree,
    history: createHashHistory(),
    defaultErrorComponent: BrokenScreen,
    defaultNotFoundComponent: NotFound,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
