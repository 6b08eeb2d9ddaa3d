// What a page of the catalog asks the console: the entries, the appliances, and what fits on the one that is chosen.
import { useRef } from 'react'
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { CatalogFits, CatalogListing, CatalogOutlook } from '../../../shared/contract/catalog.ts'
import { type Answer, useAnswer, useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { useAct } from '../../console/use-act.ts'
import type { CatalogView } from './view.ts'

export type Looked = {
  /** Chosen, or the only one there is; empty: none. */
  readonly on: string
  readonly appliances: Answer<ListedAppliance[]>
  /** The last answer stands while a new one is reckoned. */
  readonly outlook: Answer<CatalogOutlook>
  readonly fits: Answer<CatalogFits>
  readonly looking: boolean
  readonly lookAgain: () => void
  readonly lookFailure: ReturnType<typeof useAct>['failure']
}

export function useEntries(): { readonly answer: Answer<CatalogListing>; readonly askAgain: () => void } {
  const { product } = useConsole()
  return useAnswer({ key: ['catalog.entries'], ask: () => product.catalog.entries({}) })
}

export function useLooked({ on: chosen, users, contextTokens }: CatalogView): Looked {
  const { product } = useConsole()
  const outdate = useOutdate()
  const again = useAct()
  const appliances = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) }).answer
  const names = appliances.state === 'answered' ? appliances.value.map(({ name }) => name) : []
  const [only] = names
  const on = chosen !== '' || names.length !== 1 ? chosen : (only ?? '')
  const target = { by: 'name', name: on } as const
  const wish = { users, contextTokens }
  const asked = useAnswer({
    key: ['catalog.outlook', on, users, contextTokens],
    ask: () => product.catalog.outlook({ target, wish }),
    enabled: on !== '',
  })
  const outlook = useLast(on, asked.answer)
  // The second question finds what the first one saw.
  const fits = useAnswer({
    key: ['catalog.fits', on],
    ask: () => product.catalog.fits({ target }),
    enabled: on !== '' && outlook.state === 'answered',
  }).answer
  const lookAgain = () =>
    again.begin(
      'appliances.detect',
      () => product.appliances.detect({ target }),
      () => {
        outdate('catalog.outlook', on)
        outdate('catalog.fits', on)
      },
    )
  const looking = on !== '' && (again.busy || (asked.asking && outlook.state !== 'answered'))
  return { on, appliances, outlook, fits, looking, lookAgain, lookFailure: again.failure }
}

/** Of the same appliance: figures stay while others are asked for. */
function useLast<T>(of: string, answer: Answer<T>): Answer<T> {
  const last = useRef<{ of: string; answer: Answer<T> }>({ of, answer })
  const stands = answer.state === 'waiting' && last.current.of === of && last.current.answer.state === 'answered'
  if (!stands) last.current = { of, answer }
  return last.current.answer
}
