// An appliance's page before anything was answered, for tabs that ask for themselves.
import type { ApplianceAnswers } from '../../renderer/features/appliance/use-appliance.ts'

export function unanswered(name: string): ApplianceAnswers {
  return {
    ...{ name, target: { by: 'name', name }, saved: undefined, gone: false, runs: [] },
    facts: { state: 'waiting' },
    status: { state: 'waiting' },
    askAgain: () => {},
    retry: () => {},
  }
}
