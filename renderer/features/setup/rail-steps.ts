// The steps of the journey as the rail shows them: those before the one of now are done, and can be gone
// back to where that changes nothing.
import type { TFunction } from 'i18next'
import type { RailStep } from '../../ui/step-rail.tsx'

export const journey = ['connect', 'found', 'proposal', 'review', 'progress', 'proof'] as const
export type JourneyStep = (typeof journey)[number]

export type RailWishes = {
  readonly now: JourneyStep
  readonly notes?: { readonly [S in JourneyStep]?: string | undefined }
  /** The step of now did not come to its end. */
  readonly failed?: boolean
  /** The step of now is done as well. */
  readonly finished?: boolean
  readonly onStep?: { readonly [S in JourneyStep]?: () => void }
}

export function railSteps(t: TFunction, { now, notes = {}, failed, finished, onStep = {} }: RailWishes): RailStep[] {
  const place = journey.indexOf(now)
  return journey.map((id, at): RailStep => {
    const note = notes[id]
    const onClick = at < place ? onStep[id] : undefined
    return {
      id,
      label: t(`setup.rail.${id}`),
      state: stateAt(at - place, { failed, finished }),
      ...(note === undefined ? {} : { note }),
      ...(onClick === undefined ? {} : { onClick }),
    }
  })
}

type Outcome = { readonly failed: boolean | undefined; readonly finished: boolean | undefined }

function stateAt(distance: number, { failed, finished }: Outcome): RailStep['state'] {
  if (distance !== 0) return distance < 0 ? 'done' : 'next'
  if (failed === true) return 'failed'
  return finished === true ? 'done' : 'current'
}
