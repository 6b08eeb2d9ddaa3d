// The demo appliances: which drills are on, in the first line; each appliance with its drills; another one; what
// the demo does not do.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DemoAppliance, demoPreset } from '../../../shared/domain/demo.ts'
import { type Failure, ok, type Result } from '../../../shared/domain/failure.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { type DemoMaking, useDemos, useDemosChanged, useMakeDemo } from '../../console/demo/demo-appliances.ts'
import { NotInDemoList } from '../../console/demo/not-in-demo-list.tsx'
import { PresetButtons } from '../../console/demo/preset-buttons.tsx'
import { TryDemo } from '../../console/demo/try-demo.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { DemoPanel } from './demo-panel.tsx'
import './demo.css'

export type DemoScreenProps = {
  readonly onOpen: (name: string) => void
  readonly onSetUp: (name: string) => void
}

export function DemoScreen(props: DemoScreenProps) {
  const { t } = useTranslation()
  const { answer, askAgain } = useDemos({ following: true })
  const first = useMakeDemo(props.onSetUp)
  if (answer.state === 'waiting') return <Page title={t('demo.loading')} />
  if (answer.state === 'failed') return <NotStarted failure={answer.failure} onRetry={askAgain} />
  if (answer.value.length === 0) {
    return (
      <Page title={t('demo.emptyTitle')}>
        <div className="rs-stack rs-demo-none">
          <TryDemo {...first} primary />
          <NotInDemo />
        </div>
      </Page>
    )
  }
  return <Demos {...props} demos={answer.value} />
}

/** One that cannot be started keeps all from being listed: it can be removed by its place in the list of appliances. */
function NotStarted({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const { product } = useConsole()
  const { answer } = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  const { failure: notRemoved, remove } = useRemoval()
  const saved = answer.state === 'answered' ? answer.value.filter(({ demo }) => demo) : []
  const acts = saved.map(({ name }) => ({ label: cli.pair(t('demo.remove'), name), onAct: () => remove([name]) }))
  return (
    <Page title={t('frame.demo')}>
      <div className="rs-stack">
        <FailureNote failure={failure} onRetry={onRetry} acts={acts} />
        {notRemoved === undefined ? null : <FailureNote failure={notRemoved} />}
      </div>
    </Page>
  )
}

function Demos({ demos, ...ways }: DemoScreenProps & { readonly demos: readonly DemoAppliance[] }) {
  const { t } = useTranslation()
  const another = useMakeDemo(() => undefined)
  const { removing, failure, removed, remove } = useRemoval()
  const on = demos.reduce((sum, { drills }) => sum + drills.length, 0)
  return (
    <Page
      title={on === 0 ? t('demo.titleCalm') : t('demo.title', { count: on })}
      lead={t('demo.lead', { count: demos.length })}
      actions={
        demos.length < 2 ? undefined : (
          <Button disabled={removing} onClick={() => remove(demos.map(({ name }) => name))}>
            {t('demo.removeAll')}
          </Button>
        )
      }
    >
      <div className="rs-stack">
        <div className="rs-muted">
          <p>{t('demo.drillsLead')}</p>
          <p>{t('demo.removes')}</p>
        </div>
        {failure === undefined ? null : <FailureNote failure={failure} />}
        {demos.map((demo) => (
          <DemoPanel key={demo.name} demo={demo} removing={removing} onRemove={(name) => remove([name])} {...ways} />
        ))}
        <Another {...another} />
        <NotInDemo />
      </div>
      <p className="rs-visually-hidden" aria-live="polite">
        {removed === undefined ? '' : t('demo.removed', { name: removed })}
      </p>
    </Page>
  )
}

/** One after the other; the first that fails ends it, and says why. */
function useRemoval() {
  const { product } = useConsole()
  const { cli } = useWords()
  const { busy, failure, begin } = useAct()
  const changed = useDemosChanged()
  const [removed, setRemoved] = useState<string>()
  const removeEach = async (names: readonly string[]): Promise<Result<undefined>> => {
    for (const name of names) {
      const gone = await product.demo.remove({ name })
      changed()
      if (!gone.ok) return gone
    }
    return ok(undefined)
  }
  const remove = (names: readonly string[]) =>
    begin(
      'demo.remove',
      () => removeEach(names),
      () => setRemoved(cli.list(names)),
    )
  return { removing: busy, failure, removed, remove }
}

function Another(making: DemoMaking) {
  const { t } = useTranslation()
  return (
    <Panel title={t('demo.another')} testId="another-demo">
      <div className="rs-stack">
        <p className="rs-muted" aria-live="polite">
          {t(making.making === undefined ? 'demo.anotherLead' : 'demo.making')}
        </p>
        <PresetButtons presets={demoPreset.options} {...making} />
        {making.failure === undefined ? null : <FailureNote failure={making.failure} />}
      </div>
    </Panel>
  )
}

function NotInDemo() {
  const { t } = useTranslation()
  return (
    <Panel title={t('demo.not')} tone="absent" testId="not-in-demo">
      <NotInDemoList />
    </Panel>
  )
}
