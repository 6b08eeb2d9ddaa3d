// One drill of a demo appliance: what will happen, how one sees it, whether it is on, and the one act.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DrillName } from '../../../shared/domain/demo.ts'
import { useWords } from '../../console/console-context.tsx'

export type DrillRowProps = {
  readonly drill: DrillName
  readonly on: boolean
  /** It is being begun or undone now. */
  readonly acting: boolean
  readonly disabled: boolean
  readonly onAct: (drill: DrillName, on: boolean) => void
}

export function DrillRow({ drill, on, acting, disabled, onAct }: DrillRowProps) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const title = t(`demo.drill.${drill}.title`)
  const endsItself = on && drill === 'power-cut'
  const act = t(on ? (endsItself ? 'demo.endsItself' : 'demo.undo') : 'demo.start')
  return (
    <li className={on ? 'rs-drill rs-drill-is-on' : 'rs-drill'} data-testid={`drill-${drill}`} data-on={on}>
      <div className="rs-drill-head">
        <h3>{title}</h3>
        {on ? <span className="rs-drill-state">{t('demo.isOn')}</span> : null}
        <Button
          size="small"
          loading={acting}
          disabled={disabled || endsItself}
          aria-label={cli.pair(act, title)}
          onClick={() => onAct(drill, !on)}
        >
          {act}
        </Button>
      </div>
      <p>{t(`demo.drill.${drill}.what`)}</p>
      <p className="rs-muted">{t(`demo.drill.${drill}.see`)}</p>
    </li>
  )
}
