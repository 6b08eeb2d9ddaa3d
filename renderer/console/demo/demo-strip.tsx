// One quiet line on the page of a demo appliance: that it is simulated, which drill is on and how it is undone,
// where there are more, and what the demo does not do.
import { useTranslation } from 'react-i18next'
import { useLookAfterDrills } from './demo-appliances.ts'
import { useIsDemo } from './demo-mark.tsx'
import { DrillsOn, useDemo } from './drills-on.tsx'
import { NotInDemoList } from './not-in-demo-list.tsx'

export type DemoStripProps = { readonly name: string; readonly onDemo: () => void }

/** Nothing beside a real appliance. */
export function DemoStrip({ name, onDemo }: DemoStripProps) {
  const { t } = useTranslation()
  const isDemo = useIsDemo(name)
  const demo = useDemo(name)
  useLookAfterDrills(name, demo?.drills)
  if (isDemo !== true) return null
  const drilled = demo !== undefined && demo.drills.length > 0
  return (
    <aside className={drilled ? 'rs-demo-strip rs-demo-strip-on' : 'rs-demo-strip'} aria-label={t('demo.chip')}>
      <div className="rs-demo-line">
        {drilled ? <DrillsOn demo={demo} /> : <span>{demo === undefined ? '' : t('demo.simulated')}</span>}
        <button type="button" className="rs-link rs-demo-more" onClick={onDemo}>
          {t('demo.toDrills')}
        </button>
      </div>
      <details>
        <summary>{t('demo.not')}</summary>
        <NotInDemoList />
      </details>
    </aside>
  )
}
