// A bundle that was brought in one file or in parts: which parts are missing, and its import, which goes on where it was
// cut off. An import belongs to the console; whoever opens this page meanwhile sees where it is.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BroughtBundle, BundleSignature, ImportProgress } from '../../../shared/contract/bundles.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureEvidence, FailureNext } from '../../console/failure-body.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useFailureText } from '../../console/failure-text.ts'
import { TakenBackList } from '../../console/taken-back-list.tsx'
import { useAct } from '../../console/use-act.ts'
import { useStream } from '../../console/use-stream.ts'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'

type BroughtPanelProps = {
  readonly brought: BroughtBundle
  /** Something changed: the bundles are asked for anew. */
  readonly onChange: () => void
}

export function BroughtPanel({ brought, onChange }: BroughtPanelProps) {
  const { content } = brought
  return content.ok ? (
    <UsableFile importId={brought.importId} content={content.value} onChange={onChange} />
  ) : (
    <UnusableFile files={brought.files} failure={content.failure} />
  )
}

type Content = Extract<BroughtBundle['content'], { ok: true }>['value']
type FileProps = Pick<BroughtPanelProps, 'onChange'> & { readonly importId: string; readonly content: Content }

function UsableFile({ importId, content, onChange }: FileProps) {
  const { t } = useTranslation()
  const { name, publisher, signature, totalBytes, missing, state, blocked } = content
  const calls = useConsole()
  const [wanted, setWanted] = useState(false)
  const [progress, setProgress] = useState<ImportProgress | undefined>(undefined)
  const stopping = useAct()
  const isOver = progress !== undefined && progress.stage !== 'working'
  const going = wanted || (state === 'going' && !isOver)
  useStream({
    name: going ? `bundles.import ${importId}` : undefined,
    open: (signal) => calls.product.bundles.import({ importId }, { signal }),
    onItem: setProgress,
    onEnd: (failure) => {
      if (failure !== undefined) setProgress({ stage: 'failed', failure })
      setWanted(false)
      onChange()
    },
  })
  const begin = () => {
    setProgress(undefined)
    setWanted(true)
  }
  const stop = () =>
    stopping.begin('bundles.stopImport', () => calls.product.bundles.stopImport({ importId }), onChange)
  const act = going ? (
    <Button onClick={stop} disabled={stopping.busy}>
      {t('catalog.brought.stop')}
    </Button>
  ) : (
    <Button type="primary" onClick={begin}>
      {t(state === 'begun' ? 'catalog.brought.goOn' : 'catalog.brought.import')}
    </Button>
  )
  return (
    <Panel title={name} actions={act} tone={missing.length > 0 ? 'needs' : 'plain'} testId="brought">
      <div className="rs-stack">
        <FactList
          layout="apart"
          facts={[
            {
              label: t('catalog.publisher', { publisher }),
              value: known(''),
              note: <Signature signature={signature} />,
            },
            { label: t('catalog.size'), value: known(bytesText(totalBytes)) },
          ]}
        />
        <TakenBackList blocked={blocked} />
        {missing.length === 0 ? null : <p>{t('catalog.brought.missing', { files: missing.join(', ') })}</p>}
        {going ? <Going progress={progress} totalBytes={totalBytes} /> : null}
        {!going && state === 'begun' ? <p className="rs-muted">{t('catalog.brought.begun')}</p> : null}
        {progress?.stage === 'done' && !progress.usable ? <p>{t('catalog.brought.copied')}</p> : null}
        {progress?.stage === 'failed' ? <FailureNote failure={progress.failure} /> : null}
        {stopping.failure === undefined ? null : <FailureNote failure={stopping.failure} />}
      </div>
    </Panel>
  )
}

/** Who vouches for it, before anybody imports it. */
function Signature({ signature }: { readonly signature: BundleSignature }) {
  const { t, i18n } = useTranslation()
  if (signature.state === 'unsigned') return t('catalog.unsigned')
  if (signature.state === 'broken') return <Broken failure={signature.failure} />
  const { fingerprint } = signature
  return (
    <>
      {signature.state === 'stranger'
        ? t('catalog.brought.stranger')
        : t(signature.expired ? 'catalog.expired' : 'catalog.vouched', {
            day: new Date(signature.expires).toLocaleDateString(i18n.language, { dateStyle: 'medium' }),
          })}{' '}
      <code className="rs-vouched">{fingerprint}</code>
    </>
  )
}

function Broken({ failure }: { readonly failure: Failure }) {
  const { t } = useTranslation()
  const { what } = useFailureText(failure)
  return t('catalog.brought.broken', { why: what })
}

function Going({
  progress,
  totalBytes,
}: {
  readonly progress: ImportProgress | undefined
  readonly totalBytes: number
}) {
  const { t } = useTranslation()
  const done = progress?.stage === 'working' ? progress.doneBytes : 0
  const text = t('catalog.brought.done', { done: bytesText(done), total: bytesText(totalBytes) })
  return (
    <div>
      <Meter share={totalBytes === 0 ? undefined : done / totalBytes} label={text} tone="working" height="thick" />
      <p className="rs-muted">{text}</p>
    </div>
  )
}

type UnusableProps = Pick<BroughtBundle, 'files'> & {
  readonly failure: Extract<BroughtBundle['content'], { ok: false }>['failure']
}

function UnusableFile({ files, failure }: UnusableProps) {
  const { t } = useTranslation()
  const { what } = useFailureText(failure)
  return (
    <Panel title={files[0] ?? ''} tone="absent" testId="brought">
      <div className="rs-failure">
        <VerdictMark state="down" word={t('catalog.unusable')}>
          {what}
        </VerdictMark>
        <FailureNext failure={failure} />
        <FailureEvidence failure={failure} />
      </div>
    </Panel>
  )
}
