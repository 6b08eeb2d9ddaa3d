// The form of every step of the setup: where one is on the left, the question of now in the middle, and on
// the right what will happen, always true.
import { createContext, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { AccessMarks } from '../../console/access-marks.tsx'
import { DemoMark } from '../../console/demo/demo-mark.tsx'
import { DrillsOn, useDemo } from '../../console/demo/drills-on.tsx'
import { useSaved } from '../../console/use-saved.ts'
import { Page } from '../../ui/page.tsx'
import { type RailStep, StepRail } from '../../ui/step-rail.tsx'
import './setup.css'

/** The name of the appliance that is set up: where it is a demo appliance, every step says so. */
export const SetupSubject = createContext('')

export type SetupColumnsProps = {
  readonly steps: readonly RailStep[]
  readonly title: ReactNode
  readonly lead?: ReactNode
  /** Beside the title. */
  readonly actions?: ReactNode
  readonly aside: ReactNode
  readonly children?: ReactNode
}

export function SetupColumns({ steps, title, lead, actions, aside, children }: SetupColumnsProps) {
  const { t } = useTranslation()
  const name = useContext(SetupSubject)
  const saved = useSaved(name)
  return (
    <div className="su-columns">
      <div className="su-rail">
        <StepRail steps={steps} label={t('setup.rail.label')} />
        <Drills name={name} />
      </div>
      <div className="su-main">
        <Page
          title={
            <>
              {title}
              <DemoMark name={name} />
              <AccessMarks access={saved} />
            </>
          }
          lead={lead}
          actions={actions}
        >
          {children}
        </Page>
      </div>
      <aside className="su-aside">{aside}</aside>
    </div>
  )
}

/** Below the steps, where coming and going it moves nothing. */
function Drills({ name }: { readonly name: string }) {
  const demo = useDemo(name)
  if (demo === undefined || demo.drills.length === 0) return null
  return (
    <div className="su-drills">
      <DrillsOn demo={demo} />
    </div>
  )
}
