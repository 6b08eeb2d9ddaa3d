// The drills that are on, each with its undo: said where their effect is seen, so that nobody hunts a fault that
// was made on purpose.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DemoAppliance } from '../../../shared/domain/demo.ts'
import { useWords } from '../console-context.tsx'
import { FailureDialog } from '../failure-dialog.tsx'
import { useDemos, useDrills } from './demo-appliances.ts'
import { useIsDemo } from './demo-mark.tsx'
import './demo-pieces.css'

/** Undefined: no demo appliance, or not known yet. */
export function useDemo(name: string | undefined): DemoAppliance | undefined {
  const enabled = useIsDemo(name) === true
  const { answer } = useDemos({ following: true, enabled })
  if (!enabled || answer.state !== 'answered') return undefined
  return answer.value.find((one) => one.name === name)
}

export function DrillsOn({ demo: { name, drills } }: { readonly demo: DemoAppliance }) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const { acting, failure, forget, act } = useDrills(name)
  return (
    <div className="rs-drills-on" data-testid="drills-on">
      <span>{t('demo.on', { count: drills.length })}</span>
      {drills.map((drill) => {
        const title = t(`demo.drill.${drill}.title`)
        return (
          <span key={drill} className="rs-drill-on">
            <strong>{title}</strong>
            {drill === 'power-cut' ? (
              <span className="rs-muted">{t('demo.endsItself')}</span>
            ) : (
              <Button
                size="small"
                loading={acting === drill}
                disabled={acting !== undefined && acting !== drill}
                aria-label={cli.pair(t('demo.undo'), title)}
                onClick={() => act(drill, false)}
              >
                {t('demo.undo')}
              </Button>
            )}
          </span>
        )
      })}
      <FailureDialog failure={failure} onClose={forget} />
    </div>
  )
}
