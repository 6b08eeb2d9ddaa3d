// Where the reader is, as a trail of names made from the address: "Appliances / Radiology-01 / Set up".
import { useRouterState } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** `appliance`: the part is the name of one. */
export type TrailPart = { readonly text: string; readonly to?: string; readonly appliance?: true }

export type TrailWords = {
  readonly places: { readonly [place: string]: string }
  /** Pages below the settings. */
  readonly settings: { readonly [page: string]: string }
  readonly add: string
  readonly setUp: string
  readonly run: string
  readonly rollouts: string
}

export function trailOf(path: string, words: TrailWords): readonly TrailPart[] {
  const [place = '', name, act, plan] = path.split('/').filter((part) => part !== '')
  const first = words.places[place]
  if (first === undefined) return []
  if (name === undefined) return [{ text: first }]
  const home = { text: first, to: `/${place}` }
  if (name === 'add') return [home, { text: words.add }]
  if (place === 'runs' && name === 'rollouts') {
    const rollouts = { text: words.rollouts }
    return act === undefined ? [home, rollouts] : [home, { ...rollouts, to: '/runs/rollouts' }, { text: words.run }]
  }
  // The page itself says what is called so.
  if (place === 'catalog') return [home, { text: decoded(plan ?? act ?? name) }]
  const page = place === 'settings' ? words.settings[name] : undefined
  if (page !== undefined) return [home, { text: page }]
  const known = { text: decoded(name), appliance: true } as const
  if (act === undefined) return [home, known]
  const back = { ...known, to: `/${place}/${name}` }
  if (plan === undefined) return [home, back, { text: words.setUp }]
  return [home, back, { text: words.setUp, to: `/${place}/${name}/setup` }, { text: words.run }]
}

/** A person can type anything: what cannot be decoded stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function useTrail(): readonly TrailPart[] {
  const { t } = useTranslation()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return useMemo(() => {
    const names = ['appliances', 'catalog', 'runs', 'alerts', 'settings', 'demo'] as const
    const places = Object.fromEntries(names.map((name) => [name, t(`frame.${name}`)]))
    const settings = {
      credentials: t('credentials.title'),
      'known-hosts': t('hosts.title'),
      publishers: t('publishers.title'),
      'vendor-kit': t('frame.vendorKit'),
      audit: t('frame.audit'),
      backup: t('frame.backup'),
      operators: t('settings.operators'),
    }
    return trailOf(path, {
      places,
      settings,
      add: t('frame.add'),
      setUp: t('frame.setUp'),
      run: t('frame.run'),
      rollouts: t('rollout.chooseTitle'),
    })
  }, [path, t])
}
