// Containers that never get past their start: the engine calls each try "starting", and the one after it too, for ever. Held
// in this process's memory only, from one look to the next: the engine counts restarts, and not of which time they are.
import type { Container } from '../../shared/domain/facts.ts'
import { restartsAllowed } from '../apply/wait-ready.ts'

export type FailingStarts = {
  /** Whether it was started anew so often since it was first seen starting, and was never anything else. */
  keepsFailing(container: Pick<Container, 'id' | 'health' | 'restartCount'>): boolean
}

const mostKnown = 2000

export function failingStarts(): FailingStarts {
  /** By container: how often it had been started anew when it was first seen. */
  const first = new Map<string, number>()
  return {
    keepsFailing({ id, health, restartCount }) {
      const before = first.get(id)
      if (health !== 'starting') {
        first.delete(id)
        return false
      }
      // Started by hand, it is counted from the beginning.
      if (before === undefined || restartCount < before) {
        if (first.size >= mostKnown) first.clear()
        first.set(id, restartCount)
        return false
      }
      return restartCount - before >= restartsAllowed
    },
  }
}
