// The bundles that can be installed from, with what is in them and who vouches for it; those that cannot be used with the reason; and where to put another one.
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BroughtBundle, BundleSummary } from '../../../shared/contract/bundles.ts'
import { type Answer, useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAbout } from '../../console/use-about.ts'
import { useAct } from '../../console/use-act.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { BroughtPanel } from './brought-panel.tsx'
import { BundlePanel } from './bundle-panel.tsx'

type BundlesPartProps = {
  /** Above the bundles: where else one can go in the catalog. */
  readonly kinds: ReactNode
  readonly onAppliances: () => void
}

export function BundlesPart({ kinds, onAppliances }: BundlesPartProps) {
  const { t } = useTranslation()
  const calls = useConsole()
  const bundles = useAnswer({ key: ['bundles.list'], ask: () => calls.product.bundles.list({}) })
  const brought = useAnswer({ key: ['bundles.brought'], ask: () => calls.product.bundles.brought({}) })
  const lookAgain = () => {
    bundles.askAgain()
    brought.askAgain()
  }
  const about = useAbout()
  const choosing = useAct()
  const choose = () => choosing.begin('window.chooseBundle', () => calls.window.chooseBundle({}), bundles.askAgain)
  const chooseFile = () => choosing.begin('window.chooseBundleFile', () => calls.window.chooseBundleFile({}), lookAgain)
  const { answer } = bundles
  const dialogs = about?.dialogs === true
  const acts = (
    <>
      {dialogs ? (
        <>
          <Button onClick={chooseFile} disabled={choosing.busy}>
            {t('catalog.chooseFile')}
          </Button>
          <Button onClick={choose} disabled={choosing.busy}>
            {t('catalog.choose')}
          </Button>
        </>
      ) : null}
      <Button onClick={lookAgain}>{t('catalog.look')}</Button>
    </>
  )
  return (
    <Page
      title={useTitle(answer.state === 'answered' ? answer.value : undefined)}
      lead={t('catalog.lead')}
      actions={acts}
    >
      <div className="rs-stack">
        {kinds}
        {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={bundles.askAgain} /> : null}
        {choosing.failure === undefined ? null : <FailureNote failure={choosing.failure} />}
        {brought.answer.state === 'failed' && answer.state !== 'failed' ? (
          <FailureNote failure={brought.answer.failure} onRetry={brought.askAgain} />
        ) : null}
        {waitingOf(brought.answer).map((one) => (
          <BroughtPanel key={one.importId} brought={one} onChange={lookAgain} />
        ))}
        {answer.state === 'answered' ? (
          <Bundles bundles={answer.value} onAppliances={onAppliances} onChange={lookAgain} />
        ) : null}
        <Where folder={about?.importFolder ?? ''} />
      </div>
    </Page>
  )
}

/** What is imported already is among the bundles. */
function waitingOf(answer: Answer<BroughtBundle[]>): readonly BroughtBundle[] {
  if (answer.state !== 'answered') return []
  return answer.value.filter(({ content }) => !content.ok || content.value.state !== 'kept')
}

function useTitle(bundles: readonly BundleSummary[] | undefined): string {
  const { t } = useTranslation()
  if (bundles === undefined) return t('catalog.looking')
  // What is made for the demo cannot be installed on a server.
  const usable = bundles.filter(({ content, demo }) => content.ok && !demo).length
  return usable === 0 ? t('catalog.titleNone') : t('catalog.title', { count: usable })
}

type BundlesProps = Pick<BundlesPartProps, 'onAppliances'> & {
  readonly bundles: readonly BundleSummary[]
  readonly onChange: () => void
}

function Bundles({ bundles, onAppliances, onChange }: BundlesProps) {
  const { t } = useTranslation()
  if (bundles.length === 0) {
    return (
      <EmptyState title={t('catalog.emptyTitle')}>
        <p>{t('catalog.emptyCopy')}</p>
      </EmptyState>
    )
  }
  return (
    <>
      {demoLast(bundles).map((bundle) => (
        <BundlePanel key={bundle.bundleId} bundle={bundle} onChange={onChange} />
      ))}
      <div className="rs-row">
        <Button onClick={onAppliances}>{t('catalog.toAppliances')}</Button>
      </div>
    </>
  )
}

function demoLast(bundles: readonly BundleSummary[]): readonly BundleSummary[] {
  return [...bundles.filter(({ demo }) => !demo), ...bundles.filter(({ demo }) => demo)]
}

function Where({ folder }: { readonly folder: string }) {
  const { t } = useTranslation()
  return (
    <div className="rs-catalog-where">
      <span className="rs-muted">{t('catalog.where')}</span>
      <code className="rs-command">{folder}</code>
    </div>
  )
}
