// The simulated appliances of this console and their drills, and the acts on them: made, put through a drill. What
// such an act changes on other screens is asked again there.
import { useEffect, useRef, useState } from 'react'
import type { DemoAppliance, DemoPreset, DrillName } from '../../../shared/domain/demo.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { type Answer, useAnswer, useOutdate } from '../answers.ts'
import { useConsole } from '../console-context.tsx'
import { useAct } from '../use-act.ts'

/** A power cut ends by itself, and another window may act as well. */
const askEveryMs = 5000
/** What a drill stopped is back a little after its end. */
const settleMs = 6000

export type DemosQuestion = {
  /** Asked again and again while it is shown. */
  readonly following?: boolean
  readonly enabled?: boolean
}

export function useDemos({ following = false, enabled = true }: DemosQuestion = {}): {
  readonly answer: Answer<DemoAppliance[]>
  readonly askAgain: () => void
} {
  const { product } = useConsole()
  return useAnswer({
    key: ['demo.list'],
    ask: () => product.demo.list({}),
    enabled,
    ...(following ? { everyMs: askEveryMs } : {}),
  })
}

/** Demo appliances came or went: with them their places in the lists, their runs and their bundle. */
export function useDemosChanged(): () => void {
  const outdate = useOutdate()
  return () => {
    for (const key of ['demo.list', 'appliances.list', 'bundles.list', 'setup.runs']) outdate(key)
  }
}

export type DemoMaking = {
  /** What is being made now. */
  readonly making: DemoPreset | undefined
  readonly failure: Failure | undefined
  readonly make: (preset: DemoPreset) => void
}

export function useMakeDemo(onMade: (name: string) => void): DemoMaking {
  const { product } = useConsole()
  const { busy, failure, begin } = useAct()
  const changed = useDemosChanged()
  const [preset, setPreset] = useState<DemoPreset>()
  const make = (wanted: DemoPreset) => {
    if (busy) return
    setPreset(wanted)
    begin(
      'demo.create',
      () => product.demo.create({ preset: wanted }),
      ({ demo }) => {
        onMade(demo.name)
        changed()
      },
    )
  }
  return { making: busy ? preset : undefined, failure, make }
}

export type DemoDrills = {
  /** The one that is being begun or undone now. */
  readonly acting: DrillName | undefined
  readonly failure: Failure | undefined
  readonly forget: () => void
  readonly act: (drill: DrillName, on: boolean) => void
}

export function useDrills(name: string): DemoDrills {
  const { product } = useConsole()
  const { busy, failure, forget, begin } = useAct()
  const outdate = useOutdate()
  const [drill, setDrill] = useState<DrillName>()
  const act = (wanted: DrillName, on: boolean) => {
    if (busy) return
    setDrill(wanted)
    begin(
      'demo.drill',
      () => product.demo.drill({ name, drill: wanted, on }),
      () => outdate('demo.list'),
    )
  }
  return { acting: busy ? drill : undefined, failure, forget, act }
}

/** When a drill begins or ends the appliance is looked at anew: at once, and when what it stopped can be back. */
export function useLookAfterDrills(name: string, drills: readonly DrillName[] | undefined): void {
  const outdate = useOutdate()
  const now = drills?.join(' ')
  const before = useRef(now)
  useEffect(() => {
    if (now === undefined || now === before.current) return
    const first = before.current === undefined
    before.current = now
    if (first) return
    const look = () => {
      outdate('appliances.status', name)
      outdate('appliances.detect', name)
    }
    look()
    const timer = setTimeout(look, settleMs)
    return () => clearTimeout(timer)
  }, [name, now, outdate])
}
