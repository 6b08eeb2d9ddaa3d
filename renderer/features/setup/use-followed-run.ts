// A run of this console as it goes on: its events from the first one, wherever one comes in, and the newest
// progress. Progress comes often; it is looked at twice a second, so that figures can be read.
import { useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'
import { afterProgress, bytesPerSecond, type Track } from '../../../shared/domain/sending-rate.ts'
import { useConsole, useLinkState } from '../../console/console-context.tsx'
import { useStream } from '../../console/use-stream.ts'
import { afterRunEvent, nothingHeard, type RunState } from './run-state.ts'

const lookEveryMs = 500

export type Moving = { readonly progress: RunProgress; readonly rate: number | undefined }

export type FollowedRun = {
  readonly run: RunState
  readonly moving: Moving | undefined
  /** The stream came to its end, or broke: what is known of the run is all that will come of it. */
  readonly ended: { readonly failure: Failure | undefined } | undefined
  /** Since when the link to the console is lost. */
  readonly lostSinceMs: number | undefined
}

export function useFollowedRun(planId: string, follow: boolean): FollowedRun {
  const { product } = useConsole()
  const link = useLinkState()
  const [run, setRun] = useState<RunState>(nothingHeard)
  const [ended, setEnded] = useState<FollowedRun['ended']>()
  useStream({
    name: follow ? `setup.follow ${planId}` : undefined,
    open: (signal) => {
      // What was heard stays shown until the replay begins.
      setEnded(undefined)
      return product.setup.follow({ planId }, { signal })
    },
    onItem: (event) => setRun((now) => afterRunEvent(now, event)),
    onEnd: (failure) => setEnded({ failure }),
  })
  const going = run.phase === 'running' && ended === undefined
  const moving = useMoving(planId, follow && going)
  return { run, moving, ended, lostSinceMs: link.state === 'lost' ? link.sinceMs : undefined }
}

function useMoving(planId: string, follow: boolean): Moving | undefined {
  const { product } = useConsole()
  const newest = useRef<{ readonly progress: RunProgress; readonly track: Track } | undefined>(undefined)
  const [moving, setMoving] = useState<Moving>()
  useStream({
    name: follow ? `setup.progress ${planId}` : undefined,
    open: (signal) => product.setup.progress({ planId }, { signal }),
    onItem: (progress) => {
      const track = afterProgress(newest.current?.track, progress, performance.now())
      const first = newest.current === undefined
      newest.current = { progress, track }
      if (first) setMoving({ progress, rate: undefined })
    },
  })
  useEffect(() => {
    if (!follow) return
    const timer = setInterval(() => {
      const now = newest.current
      if (now !== undefined) {
        setMoving({ progress: now.progress, rate: bytesPerSecond(now.track, performance.now()) })
      }
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [follow])
  return moving
}
