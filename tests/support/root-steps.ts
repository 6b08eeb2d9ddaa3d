// Steps that run as root in words of a bundle, put into plans.
import type { Plan, PlanStep, StepSpec } from '../../shared/domain/plan.ts'

export function stepOf(id: string, spec: StepSpec, change = true): PlanStep {
  return { id, change, reason: 'not-there', uploadBytes: 0, diskBytes: 0, interrupts: false, spec }
}

type Installer = { readonly arguments?: string[]; readonly sha256?: string }

/** The plan, with a vendor's installer of a driver before everything else. */
export function withInstaller(plan: Plan, change: Installer = {}): Plan {
  const { arguments: words = ['--full', '--install'], sha256 = 'a'.repeat(64) } = change
  const spec: StepSpec = {
    ...{ kind: 'host-package', package: 'driver', manager: 'run', arguments: words, removeArguments: ['--uninstall'] },
    ...{ hold: false, rebootNeeded: false, lockWaitSeconds: 60 },
    parts: [{ name: 'driver', version: '1', fileName: 'driver.run', artifactSha256: sha256 }],
  }
  return { ...plan, steps: [stepOf('host-package.driver', spec), ...plan.steps] }
}
