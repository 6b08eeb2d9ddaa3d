// Everything that has a name on this console, asked when the search is opened and never while it is closed. Deployments are
// those that were seen in this window: no appliance is asked because somebody searches.
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { CatalogListing } from '../../../shared/contract/catalog.ts'
import { addressText } from '../../../shared/domain/appliance.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { alertTitle } from '../../../shared/words/alert-text.ts'
import type { Words } from '../../../shared/words/words.ts'
import { useAlertsNow } from '../../console/alerts-now.ts'
import { type Answer, useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { useKnownAnswers } from '../../console/known-answers.ts'
import { purposeText } from '../../console/purpose-text.ts'
import { type FindTarget, findTabs } from './find-target.ts'
import type { FindItem, FindKind } from './found.ts'

const mostRuns = 200

export type FindData = {
  readonly items: readonly FindItem[]
  /** Kinds whose answer is not there yet, and those that could not be asked. */
  readonly asking: readonly FindKind[]
  readonly notAsked: readonly FindKind[]
}

type Go = (target: FindTarget) => void
type Said = { readonly t: TFunction; readonly words: Words; readonly go: Go }

export function useFindData(go: Go): FindData {
  const { product } = useConsole()
  const { t } = useTranslation()
  const words = useWords()
  const said = { t, words, go }
  const appliances = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) }).answer
  const runs = useAnswer({ key: ['setup.runs'], ask: () => product.setup.runs({}) }).answer
  const catalog = useAnswer({ key: ['catalog.entries'], ask: () => product.catalog.entries({}) }).answer
  const alerts = useAlertsNow().answer
  const verdicts = useKnownAnswers<ApplianceVerdict>('appliances.status')
  const saved = answered(appliances) ?? []
  const asked: readonly (readonly [Answer<unknown>, readonly FindKind[]])[] = [
    [appliances, ['appliance', 'tab']],
    [alerts, ['alert']],
    [runs, ['run']],
    [catalog, ['solution', 'entry']],
  ]
  const kindsThat = (state: Answer<unknown>['state']) =>
    asked.flatMap(([answer, kinds]) => (answer.state === state ? kinds : []))
  return {
    items: [
      ...saved.flatMap((one) => ofAppliance(one, said)),
      ...verdicts.flatMap((known) => ofDeployments(known, saved, said)),
      ...(answered(alerts)?.active ?? []).map((one) => ({
        ...{ id: `alert ${one.id}`, kind: 'alert' as const, detail: one.name },
        name: capital(alertTitle(one, words)),
        also: [t(`alerts.severity.${one.severity}`)],
        go: () => go({ to: 'alerts', of: one.name }),
      })),
      ...(answered(runs) ?? []).slice(0, mostRuns).map((run) => ofRun(run, saved, said)),
      ...ofCatalog(answered(catalog), said),
    ],
    asking: kindsThat('waiting'),
    notAsked: kindsThat('failed'),
  }
}

function answered<T>(answer: Answer<T>): T | undefined {
  return answer.state === 'answered' ? answer.value : undefined
}

function ofAppliance({ name, demo, address }: ListedAppliance, { t, go }: Said): FindItem[] {
  const tabs = findTabs.map((tab): FindItem => {
    const label = t(`appliance.tab.${tab}`)
    const id = `tab ${name} ${tab}`
    return {
      id,
      kind: 'tab',
      name: `${name} ${label}`,
      needs: label,
      demo,
      go: () => go({ to: 'appliance', name, tab }),
    }
  })
  const at = { id: `appliance ${name}`, kind: 'appliance' as const, name, demo, also: [addressText(address)] }
  return [{ ...at, go: () => go({ to: 'appliance', name }) }, ...tabs]
}

type Known = readonly [name: string, verdict: ApplianceVerdict]

function ofDeployments([name, { deployments }]: Known, saved: readonly ListedAppliance[], { go }: Said): FindItem[] {
  const appliance = saved.find((one) => one.name === name)
  if (appliance === undefined) return []
  return deployments.map(({ deployment }) => ({
    ...{ id: `deployment ${name} ${deployment}`, kind: 'deployment' as const, name: deployment, detail: name },
    demo: appliance.demo,
    go: () => go({ to: 'appliance', name, tab: 'deployments' }),
  }))
}

function ofRun(run: ConsoleRun, saved: readonly ListedAppliance[], { t, words, go }: Said): FindItem {
  const { address, planId, startedAt, purpose, state } = run
  const appliance = saved.find((one) => one.address.host === address.host && one.address.port === address.port)
  const form = { dateStyle: 'medium', timeStyle: 'short', hour12: false } as const
  const time = new Date(startedAt).toLocaleString(words.language, form)
  const where = appliance?.name ?? addressText(address)
  return {
    ...{ id: `run ${planId} ${startedAt}`, kind: 'run', name: purposeText(t, purpose) },
    detail: [where, time, t(`runs.state.${state}`)].join(' · '),
    demo: appliance?.demo ?? false,
    go: () => go(appliance === undefined ? { to: 'runs' } : { to: 'run', name: appliance.name, planId }),
  }
}

function ofCatalog(listing: CatalogListing | undefined, { t, words, go }: Said): FindItem[] {
  if (listing === undefined) return []
  const places = new Map(listing.places.map((one) => [one.place, one]))
  return listing.entries.flatMap(({ place, entry }): FindItem[] => {
    const { kind, id, title, publisher, version } = entry
    // Packages of the system have no page.
    if (kind === 'host-package') return []
    const name = title[words.language]
    const from = places.get(place)
    const what = [t(`catalog.${kind}`), `${id} ${version}`, ...(from?.name ? [from.name] : [])]
    return [
      {
        ...{ id: `${kind === 'solution' ? 'solution' : 'entry'} ${place} ${kind} ${id}`, name },
        kind: kind === 'solution' ? 'solution' : 'entry',
        ...{ detail: what.join(' · '), demo: from?.demo ?? false },
        also: [title.en, title['zh-CN'], id, ...(publisher === undefined ? [] : [publisher.name])],
        go: () => go({ to: 'entry', place, kind, id }),
      },
    ]
  })
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
