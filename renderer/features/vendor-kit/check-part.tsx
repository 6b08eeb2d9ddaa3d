// A bundle that somebody hands over, looked at here as a hospital does that has never heard of its publisher. Where there
// is no dialog for files, it is one of those in the import folder.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BroughtBundle, HandoverProgress } from '../../../shared/contract/bundles.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAbout } from '../../console/use-about.ts'
import { useAct } from '../../console/use-act.ts'
import { useStream } from '../../console/use-stream.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Panel } from '../../ui/panel.tsx'
import { HandoverResult } from './handover-result.tsx'

/** `number`: the same one can be checked again. */
type Wanted = { readonly place: string; readonly number: number }

export function CheckPart() {
  const { t } = useTranslation()
  const { window, product } = useConsole()
  const brought = useAnswer({ key: ['bundles.brought'], ask: () => product.bundles.brought({}) })
  const about = useAbout()
  const choosing = useAct()
  const [wanted, setWanted] = useState<Wanted | undefined>(undefined)
  const check = (place: string) => setWanted({ place, number: (wanted?.number ?? 0) + 1 })
  const choose = () =>
    choosing.begin(
      'window.chooseBundleFile',
      () => window.chooseBundleFile({}),
      (chosen) => {
        brought.askAgain()
        if (chosen !== null) check(chosen.place)
      },
    )
  const acts = (
    <>
      {about?.dialogs === true ? (
        <Button type="primary" onClick={choose} disabled={choosing.busy}>
          {t('vendorKit.choose')}
        </Button>
      ) : null}
      <Button onClick={brought.askAgain}>{t('vendorKit.lookAgain')}</Button>
    </>
  )
  const { answer } = brought
  return (
    <Panel title={t('vendorKit.check')} actions={acts}>
      <div className="rs-stack">
        <p className="rs-muted">{t('vendorKit.checkLead')}</p>
        {choosing.failure === undefined ? null : <FailureNote failure={choosing.failure} />}
        {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={brought.askAgain} /> : null}
        {answer.state === 'answered' ? (
          <Brought all={answer.value} folder={about?.importFolder ?? ''} onCheck={check} />
        ) : null}
        {wanted === undefined ? null : <Checking key={wanted.number} place={wanted.place} />}
      </div>
    </Panel>
  )
}

type BroughtProps = {
  readonly all: readonly BroughtBundle[]
  readonly folder: string
  readonly onCheck: (place: string) => void
}

function Brought({ all, folder, onCheck }: BroughtProps) {
  const { t } = useTranslation()
  if (all.length === 0) {
    return (
      <EmptyState title={t('vendorKit.none')}>
        <p>{t('vendorKit.noneLead')}</p>
        <code className="rs-command">{folder}</code>
      </EmptyState>
    )
  }
  return (
    <ul className="rs-kit-brought" aria-label={t('vendorKit.check')}>
      {all.map(({ importId, files, content }) => {
        const name = files[0] ?? importId
        return (
          <li key={importId}>
            <span className="rs-kit-file">
              {name} {content.ok ? <small className="rs-muted">{bytesText(content.value.totalBytes)}</small> : null}
            </span>
            <Button size="small" aria-label={t('vendorKit.checkNamed', { name })} onClick={() => onCheck(importId)}>
              {t('vendorKit.checkIt')}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}

function Checking({ place }: { readonly place: string }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const [progress, setProgress] = useState<HandoverProgress | undefined>(undefined)
  const [isStopped, setStopped] = useState(false)
  const isOver = isStopped || (progress !== undefined && progress.stage !== 'working')
  useStream({
    name: isOver ? undefined : `bundles.checkHandover ${place}`,
    open: (signal) => product.bundles.checkHandover({ place }, { signal }),
    onItem: setProgress,
    onEnd: (failure) => {
      if (failure !== undefined) setProgress({ stage: 'failed', failure })
    },
  })
  if (isStopped) return null
  if (progress?.stage === 'done') return <HandoverResult handover={progress.handover} />
  if (progress?.stage === 'failed') return <HandoverResult failure={progress.failure} />
  const text = t('vendorKit.reading', { done: bytesText(progress?.doneBytes ?? 0) })
  return (
    <div className="rs-kit-reading">
      <Meter share={undefined} label={text} tone="working" height="thick" />
      <p className="rs-muted">{text}</p>
      <Button onClick={() => setStopped(true)}>{t('vendorKit.stop')}</Button>
    </div>
  )
}
