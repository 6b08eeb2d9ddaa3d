// What an address may say after its "?": the tab, the step, the address to start from. Anything else is
// dropped, since a person can type there whatever they like.
import type { AlertTab } from '../features/alerts/alerts-screen.tsx'
import type { ApplianceTab } from '../features/appliance/appliance-screen.tsx'
import { type CatalogView, catalogKinds, usualView } from '../features/catalog/view.ts'
import type { SetupStep } from '../features/setup/setup-screen.tsx'

const tabs: readonly ApplianceTab[] = [
  'overview',
  'hardware',
  'doctor',
  'deployments',
  'access',
  'monitor',
  'logs',
  'terminal',
  'history',
  'acceptance',
  'upkeep',
]
const steps: readonly SetupStep[] = ['connect', 'found', 'proposal', 'review']

type Search = { readonly [name: string]: unknown }

export function applianceSearch(search: Search): { tab?: ApplianceTab } {
  const tab = tabs.find((one) => one === search['tab'])
  return tab === undefined ? {} : { tab }
}

/** `plan`: the saved plan that is reviewed. `bundle` and `solution`: what was chosen before, in the catalog. */
export type SetupSearch = { step?: SetupStep; plan?: string; bundle?: string; solution?: string }

export function setupSearch(search: Search): SetupSearch {
  const step = steps.find((one) => one === search['step'])
  const plan = search['plan']
  return {
    ...(step === undefined ? {} : { step }),
    ...(typeof plan === 'string' && /^plan-[0-9a-f]{16}$/.test(plan) ? { plan } : {}),
    ...named('bundle', search['bundle']),
    ...named('solution', search['solution']),
  }
}

function named<N extends string>(name: N, value: unknown): { [K in N]?: string } {
  const isName = typeof value === 'string' && /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/.test(value)
  return isName ? ({ [name]: value } as { [K in N]: string }) : {}
}

/** `again`: the name of a saved appliance whose login is to be given again. */
export function addSearch(search: Search): { again?: string } {
  const again = search['again']
  return typeof again === 'string' && again.length <= 63 ? { again } : {}
}

const alertTabs: readonly AlertTab[] = ['now', 'past', 'channels', 'rules', 'quiet']

/** "?wall" alone is enough. */
export function fleetSearch(search: Search): { wall?: true } {
  return search['wall'] === true || search['wall'] === '' || search['wall'] === 1 ? { wall: true } : {}
}

/** `of`: the name of an appliance whose alerts alone are shown. `report`: the alert whose report is shown. */
export function alertsSearch(search: Search): { tab?: AlertTab; of?: string; report?: string } {
  const tab = alertTabs.find((one) => one === search['tab'])
  const { of, report } = search
  return {
    ...(tab === undefined ? {} : { tab }),
    ...(typeof of === 'string' && of !== '' && of.length <= 63 ? { of } : {}),
    ...(typeof report === 'string' && report !== '' && report.length <= 40 ? { report } : {}),
  }
}

export type CatalogSearch = { [K in keyof CatalogView]?: CatalogView[K] }

export function catalogSearch(search: Search): CatalogSearch {
  const kind = [...catalogKinds, 'bundles' as const].find((one) => one === search['kind'])
  const { on, text, onlyFits } = search
  const users = wholeNumber(search['users'], 10_000)
  const contextTokens = wholeNumber(search['contextTokens'], 2_000_000)
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(typeof on === 'string' && on !== '' && on.length <= 63 ? { on } : {}),
    ...(typeof text === 'string' && text !== '' ? { text: text.slice(0, 100) } : {}),
    ...(onlyFits === true ? { onlyFits } : {}),
    ...(users === undefined || users < 1 ? {} : { users }),
    ...(contextTokens === undefined || contextTokens < 256 ? {} : { contextTokens }),
  }
}

/** What is usual is not in the address. */
export function searchOf(view: CatalogView): CatalogSearch {
  const names = Object.keys(view) as (keyof CatalogView)[]
  return Object.fromEntries(names.filter((name) => view[name] !== usualView[name]).map((name) => [name, view[name]]))
}

function wholeNumber(value: unknown, most: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value <= most ? value : undefined
}
