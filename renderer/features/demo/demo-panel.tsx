// One demo appliance: which machine it plays, the ways to its page and its setup, its drills, and its removal,
// which needs no name typed since nothing real goes with it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { addressText } from '../../../shared/domain/appliance.ts'
import { type DemoAppliance, drillName } from '../../../shared/domain/demo.ts'
import { useWords } from '../../console/console-context.tsx'
import { useDrills } from '../../console/demo/demo-appliances.ts'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { DrillRow } from './drill-row.tsx'

export type DemoPanelProps = {
  readonly demo: DemoAppliance
  /** It, or another one, is being removed. */
  readonly removing: boolean
  readonly onOpen: (name: string) => void
  readonly onSetUp: (name: string) => void
  readonly onRemove: (name: string) => void
}

export function DemoPanel({ demo, removing, onOpen, onSetUp, onRemove }: DemoPanelProps) {
  const { name, preset, address, drills } = demo
  const { t } = useTranslation()
  const { cli } = useWords()
  const { acting, failure, act } = useDrills(name)
  const button = (word: string, onClick: () => void, disabled = false) => (
    <Button size="small" aria-label={cli.pair(word, name)} disabled={disabled} onClick={onClick}>
      {word}
    </Button>
  )
  return (
    <Panel
      testId="demo"
      title={
        <span className="rs-demo-name">
          {name} <DemoChip />
        </span>
      }
      actions={
        <>
          {button(t('demo.open'), () => onOpen(name))}
          {button(t('demo.setUp'), () => onSetUp(name))}
          {button(t('demo.remove'), () => onRemove(name), removing)}
        </>
      }
    >
      <p className="rs-muted">
        {t(`demo.preset.${preset}`)} · {addressText(address)}
      </p>
      <section className="rs-drills" aria-label={cli.pair(t('demo.drills'), name)}>
        {failure === undefined ? null : <FailureNote failure={failure} />}
        <ul>
          {drillName.options.map((drill) => (
            <DrillRow
              key={drill}
              drill={drill}
              on={drills.includes(drill)}
              acting={acting === drill}
              disabled={removing || (acting !== undefined && acting !== drill)}
              onAct={act}
            />
          ))}
        </ul>
      </section>
    </Panel>
  )
}
