// How long something has been going on, counted while it does and kept when it ends.
import { useEffect, useRef, useState } from 'react'

export function useElapsed(going: boolean): number {
  const began = useRef(performance.now())
  const [elapsedMs, setElapsed] = useState(0)
  useEffect(() => {
    if (!going) return
    began.current = performance.now()
    setElapsed(0)
    const look = () => setElapsed(performance.now() - began.current)
    const timer = setInterval(look, 1000)
    return () => {
      look()
      clearInterval(timer)
    }
  }, [going])
  return elapsedMs
}
