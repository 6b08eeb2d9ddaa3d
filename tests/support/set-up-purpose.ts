// What plans and runs of tests are made for. Pages are tested with it too: nothing of Node is in it.
import type { SetUp } from '../../shared/domain/plan.ts'

export function settingUp(solution: string, bundleId = 'bundle-1'): SetUp {
  return { act: 'set-up', bundleId, signed: false, solution, solutionVersion: '1' }
}
