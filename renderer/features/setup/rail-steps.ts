// The steps of the journey as the rail shows them: those before the one of now are done, and can be gone
// back to where that changes nothing.
import type { TFunction } from 'i18next'
import type { PlanPurpose } from '../../../shared/domain/plan.ts'
import type { RailStep } from '../../ui/step-rail.tsx'

const journey = ['connect', 'found', 'proposal', 'review', 'progress', 'proof'] as const
type JourneyStep = (typeof journey)[number]

/** What goes back or takes away was planned elsewhere: its journey begins with the review. */
const shortJourney: readonly JourneyStep[] = ['review', 'progress', 'proof']

export type RailWishes = {
  /** What the plan is for; a setup where there is none yet. */
  readonly act?: PlanPurpose['act'] | undefined
  readonly now: JourneyStep
  readonly notes?: { readonly [S in JourneyStep]?: string | undefined }
  /** The step of now did not come to its end. */
  readonly failed?: boolean
  /** The step of now is done as well. */
  readonly finished?: boolean
  readonly onStep?: { readonly [S in JourneyStep]?: () => void }
}

export function railSteps(t: TFunction, { act = 'set-up', now, notes = {}, ...rest }: RailWishes): RailStep[] {
  const steps = act === 'set-up' ? journey : shortJourney
  const { failed, finished, onStep = {} } = rest
  const place = steps.indexOf(now)
  return steps.map((id, at): RailStep => {
    const note = notes[id]
    const onClick = at < place ? onStep[id] : undefined
    return {
      id,
      label: labelOf(t, id, act),
      state: stateAt(at - place, { failed, finished }),
      ...(note === undefined ? {} : { note }),
      ...(onClick === undefined ? {} : { onClick }),
    }
  })
}

function labelOf(t: TFunction, step: JourneyStep, act: PlanPurpose['act']): string {
  if (act === 'uninstall' && (step === 'progress' || step === 'proof')) return t(`setup.rail.uninstall.${step}`)
  return t(`setup.rail.${step}`)
}

type Outcome = { readonly failed: boolean | undefined; readonly finished: boolean | undefined }

function stateAt(distance: number, { failed, finished }: Outcome): RailStep['state'] {
  if (distance !== 0) return distance < 0 ? 'done' : 'next'
  if (failed === true) return 'failed'
  return finished === true ? 'done' : 'current'
}
