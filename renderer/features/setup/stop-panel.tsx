// "If you stop now": what would be left behind, and the way to stop, which asks once and then says when the
// run will have stopped.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chunkBytes } from '../../../shared/domain/artifact.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Plan, PlanStep } from '../../../shared/domain/plan.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { received } from '../../console/received.ts'
import { type Fact, FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'

export type StopPanelProps = {
  readonly plan: Plan
  /** The step that goes on now, where one does. */
  readonly current: PlanStep | undefined
  /** The console cannot be reached now. */
  readonly lost: boolean
}

type Stopping = { readonly phase: 'no' | 'asking' | 'asked'; readonly running?: boolean; readonly failure?: Failure }

export function StopPanel({ plan, current, lost }: StopPanelProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const [stop, setStop] = useState<Stopping>({ phase: 'no' })
  // Between two steps, while it waits or while it copies, nothing has to come to an end first.
  const atOnce = current === undefined || current.spec.kind === 'artifact'
  const cancel = async () => {
    setStop({ phase: 'asked' })
    const got = await received('setup.cancel', product.setup.cancel({ planId: plan.id }))
    setStop(got.ok ? { phase: 'asked', running: got.value.running } : { phase: 'no', failure: got.failure })
  }
  return (
    <Panel title={t('setup.run.stop.title')} testId="stop">
      <FactList layout="apart" facts={useStopFacts(plan, current)} />
      <div className="su-act" aria-live="polite">
        {stop.phase === 'asked' ? (
          <>
            <strong>{t('setup.run.stop.asked')}</strong>
            <p className="rs-muted">{t(askedText(stop.running, atOnce))}</p>
          </>
        ) : (
          <Button onClick={() => setStop({ phase: 'asking' })} disabled={lost}>
            {t('setup.run.stop.cancel')}
          </Button>
        )}
        {stop.failure === undefined ? null : <FailureNote failure={stop.failure} />}
      </div>
      <Modal
        open={stop.phase === 'asking'}
        title={t('setup.run.stop.ask')}
        onCancel={() => setStop({ phase: 'no' })}
        closable={{ 'aria-label': t('common.close') }}
        footer={
          <>
            <Button autoFocus onClick={() => setStop({ phase: 'no' })}>
              {t('setup.run.stop.goOn')}
            </Button>
            <Button danger onClick={() => void cancel()}>
              {t('setup.run.stop.confirm')}
            </Button>
          </>
        }
      >
        <p>{t('setup.run.stop.askText')}</p>
        <p className="rs-muted">{t(atOnce ? 'setup.run.stop.askedCopying' : 'setup.run.stop.askedStep')}</p>
      </Modal>
    </Panel>
  )
}

function askedText(running: boolean | undefined, atOnce: boolean) {
  if (running === false) return 'setup.run.stop.notRunning'
  return atOnce ? 'setup.run.stop.askedCopying' : 'setup.run.stop.askedStep'
}

function useStopFacts({ purpose }: Plan, current: PlanStep | undefined): Fact[] {
  const { t } = useTranslation()
  if (purpose.act === 'uninstall') {
    return [
      { label: t('setup.run.stop.removed'), value: known(t('setup.run.stop.staysGone')) },
      { label: t('setup.run.stop.notRemoved'), value: known(t('setup.run.stop.kept')) },
      {
        label: t('setup.run.stop.when'),
        value: known(t(`setup.run.stop.${current === undefined ? 'atOnce' : 'afterStep'}`)),
      },
    ]
  }
  const copying = current?.spec.kind === 'artifact'
  const replacing = current?.interrupts === true
  return [
    {
      label: t('setup.run.stop.services'),
      value: known(t(replacing ? 'setup.run.stop.beingReplaced' : 'setup.run.stop.untouched')),
      ...(replacing ? { note: t('setup.run.stop.replacing') } : {}),
    },
    { label: t('setup.run.stop.copied'), value: known(t('setup.run.stop.kept')) },
    // Only what had not arrived as a whole piece is sent once more.
    { label: t('setup.run.stop.again'), value: known(bytesText(copying ? chunkBytes : 0)) },
    {
      label: t('setup.run.stop.when'),
      value: known(t(current === undefined || copying ? 'setup.run.stop.atOnce' : 'setup.run.stop.afterStep')),
    },
  ]
}
