// The way in for who has no server at hand: one button makes the demo appliance, beside it the other machines that
// can be simulated. While one is made it says so, and nothing can be pressed twice.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { demoPreset } from '../../../shared/domain/demo.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../failure-note.tsx'
import type { DemoMaking } from './demo-appliances.ts'
import { PresetButtons } from './preset-buttons.tsx'

/** `primary`: it is what this screen is about. */
export type TryDemoProps = DemoMaking & { readonly primary?: boolean }

const first = 'ascend-8'
const others = demoPreset.options.filter((preset) => preset !== first)

export function TryDemo({ primary = false, ...demo }: TryDemoProps) {
  const { t } = useTranslation()
  const { making, failure, make } = demo
  return (
    <div className="rs-try-demo" data-testid="try-demo">
      <EmptyState
        title={t('demo.tryTitle')}
        action={
          <>
            <Button
              type={primary ? 'primary' : 'default'}
              loading={making === first}
              disabled={making !== undefined && making !== first}
              onClick={() => make(first)}
            >
              {t(making === first ? 'demo.making' : 'demo.try')}
            </Button>
            <p className="rs-muted rs-try-demo-said" aria-live="polite">
              {t(making === undefined ? 'demo.otherMachine' : 'demo.makingNote')}
            </p>
            <PresetButtons {...demo} presets={others} />
            {failure === undefined ? null : (
              <div className="rs-try-demo-failure">
                <FailureNote failure={failure} />
              </div>
            )}
          </>
        }
      >
        <p>{t('demo.tryLead')}</p>
        <p>{t('demo.tryNote')}</p>
      </EmptyState>
    </div>
  )
}
