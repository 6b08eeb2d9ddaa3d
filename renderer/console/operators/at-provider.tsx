// Signing in at the site's identity provider, in a tab of its own, as this window sees it: begun by a press, waited for,
// finished with what came back. The session comes over this window's own link, and stands in no address.
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure, Result } from '../../../shared/domain/failure.ts'
import { isProviderAddress } from '../../../shared/domain/provider-address.ts'
import { useConsole } from '../console-context.tsx'
import { useAct } from '../use-act.ts'
import { whenReturned } from './provider-channel.ts'

export type AtProvider = {
  readonly busy: boolean
  readonly failure: Failure | undefined
  /** Where the person goes on; missing while nothing is waited for. */
  readonly address: string | undefined
  readonly begin: () => void
  readonly stop: () => void
}

type Finish<T> = {
  readonly purpose: 'sign-in' | 'step-up'
  readonly call: string
  readonly ask: (answer: { attempt: string; returned: string }) => Promise<Result<T>>
  readonly done: (value: T) => void
}

export function useAtProvider<T>({ purpose, call, ask, done }: Finish<T>): AtProvider {
  const { window } = useConsole()
  const act = useAct()
  const [address, setAddress] = useState<string | undefined>(undefined)
  const ends = useRef<() => void>(() => undefined)
  useEffect(() => () => ends.current(), [])
  const stop = () => {
    ends.current()
    setAddress(undefined)
  }
  const begin = () => {
    stop()
    act.begin(
      'window.beginProviderSignIn',
      () => window.beginProviderSignIn({ purpose }),
      ({ attempt, state, address: there }) => {
        if (!isProviderAddress(there)) throw new Error('the console named an address that is no provider of sign-ins')
        ends.current = whenReturned(state, (returned) => {
          setAddress(undefined)
          act.begin(call, () => ask({ attempt, returned }), done)
        })
        setAddress(there)
        // A browser may hold it back: the link beside it leads there too.
        globalThis.open(there, '_blank', 'noopener,noreferrer')
      },
    )
  }
  return { busy: act.busy, failure: act.failure, address, begin, stop }
}

export function WaitingForProvider({ at: { address, stop } }: { readonly at: AtProvider }) {
  const { t } = useTranslation()
  if (address === undefined) return null
  return (
    <div className="rs-row" data-testid="at-provider" aria-live="polite">
      <span>{t('signIn.providerWaiting')}</span>
      <a href={address} target="_blank" rel="noopener noreferrer">
        {t('signIn.providerAgain')}
      </a>
      <Button size="small" onClick={stop}>
        {t('common.cancel')}
      </Button>
    </div>
  )
}
