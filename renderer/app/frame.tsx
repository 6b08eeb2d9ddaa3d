// The frame around every screen: the rail on the left, the bar on top, a quiet banner while the link is lost,
// and the screen itself. A window that has no access shows that and nothing else.
import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLinkState } from '../console/console-context.tsx'
import type { LinkState } from '../console/console-link.ts'
import { useIdleLock, useOperatorsState } from '../console/operators/own-sign-in.ts'
import { StepUpPrompt } from '../console/operators/step-up-prompt.tsx'
import { Loading } from '../ui/loading.tsx'
import { DeveloperBanner } from './developer-banner.tsx'
import { useKeptFocus } from './kept-focus.ts'
import { LinkBanner } from './link-banner.tsx'
import { pagePart } from './page-part.ts'
import { PrintHead } from './print-head.tsx'
import { Rail } from './rail.tsx'
import { RefusedScreen } from './refused-screen.tsx'
import { NewPassphraseScreen, SignInScreen, UnknownScreen } from './sign-in-screen.tsx'
import { TopBar } from './top-bar.tsx'

const SearchAbove = lazy(async () => ({ default: (await pagePart(() => import('./above.tsx'))).SearchAbove }))

export function Frame() {
  const link = useLinkState()
  // Nothing is asked in the name of a window that is not let in.
  return link.state === 'refused' ? <RefusedScreen failure={link.failure} /> : <Inside link={link} />
}

function Inside({ link }: { readonly link: Exclude<LinkState, { state: 'refused' }> }) {
  const { t } = useTranslation()
  const [searching, setSearching] = useState(false)
  const content = useContentFocus()
  useKeptFocus(content)
  useCommandKey(() => setSearching(true))
  const who = useOperatorsState()
  const state = who.state === 'answered' ? who.value : undefined
  const isLocked = useIdleLock(state)
  // Before it is known who has to be there, and where it cannot be known, nothing of the console is shown.
  if (who.state === 'waiting' && link.state !== 'lost')
    return <Loading label={t('frame.loading')} className="rs-loading" />
  if (who.state === 'failed' && link.state === 'open') return <UnknownScreen failure={who.failure} />
  if (isLocked) return <SignInScreen why="idle" providerHost={state?.providerHost} />
  if (state?.named === true && state.signedIn === null)
    return <SignInScreen why={state.why} providerHost={state.providerHost} />
  if (state?.signedIn?.mustChange === true) return <NewPassphraseScreen name={state.signedIn.name} />
  return (
    <div className="rs-frame">
      <button type="button" className="rs-skip" onClick={() => content.current?.focus()}>
        {t('frame.skip')}
      </button>
      <Rail />
      <div className="rs-body">
        <TopBar onSearch={() => setSearching(true)} />
        <LinkBanner link={link} />
        <DeveloperBanner />
        <PrintHead />
        <main ref={content} tabIndex={-1} className="rs-content">
          <Suspense fallback={<Loading label={t('frame.loading')} className="rs-loading" />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <StepUpPrompt />
      {searching ? (
        <Suspense fallback={null}>
          <SearchAbove onClose={() => setSearching(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}

/** After going to another screen the keyboard starts in it, not in the middle of the old one. */
function useContentFocus() {
  const content = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    content.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [path])
  return content
}

function useCommandKey(open: () => void): void {
  const newest = useRef(open)
  newest.current = open
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      newest.current()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
