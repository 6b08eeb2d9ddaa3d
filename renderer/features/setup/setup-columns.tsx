// The form of every step of the setup: where one is on the left, the question of now in the middle, and on
// the right what will happen, always true.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { type RailStep, StepRail } from '../../ui/step-rail.tsx'
import './setup.css'

export type SetupColumnsProps = {
  readonly steps: readonly RailStep[]
  readonly title: ReactNode
  readonly lead?: ReactNode
  readonly aside: ReactNode
  readonly children?: ReactNode
}

export function SetupColumns({ steps, title, lead, aside, children }: SetupColumnsProps) {
  const { t } = useTranslation()
  return (
    <div className="su-columns">
      <div className="su-rail">
        <StepRail steps={steps} label={t('setup.rail.label')} />
      </div>
      <div className="su-main">
        <Page title={title} lead={lead}>
          {children}
        </Page>
      </div>
      <aside className="su-aside">{aside}</aside>
    </div>
  )
}
