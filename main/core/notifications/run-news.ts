// A run that ended, as news of it is kept: what it was for and what came of it, without what was wished for it.
import type { Failure } from '../../../shared/domain/failure.ts'
import type { KeptNews, RunSubject } from '../../../shared/domain/notification.ts'
import type { PlanPurpose } from '../../../shared/domain/plan.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'

type Ended = { readonly failure: Failure | undefined; readonly atMs: number }

export function newsOfRun(run: ConsoleRun, { failure, atMs }: Ended): KeptNews {
  const { planId, address, purpose, startedAt, state, verdict } = run
  if (state === 'running') throw new Error(`${planId} has not ended`)
  return {
    news: 'run-ended',
    atMs,
    run: {
      ...{ planId, address, subject: subjectOf(purpose), startedAt, state },
      ...(verdict !== undefined && { verdict }),
      ...(failure !== undefined && { failure }),
    },
  }
}

export function subjectOf(purpose: PlanPurpose): RunSubject {
  switch (purpose.act) {
    case 'set-up':
      return { act: 'set-up', solution: purpose.solution }
    case 'roll-back':
      return { act: 'roll-back', deployment: purpose.deployment, version: purpose.version }
    case 'renew-certificate':
      return { act: 'renew-certificate', deployment: purpose.deployment }
    case 'uninstall':
      return { act: 'uninstall' }
  }
}
