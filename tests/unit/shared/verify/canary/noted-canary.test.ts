// A canary in the verdict of its service: only of the version that runs, and a failed one is no health, with an alert of its own.
import { describe, expect, it } from 'vitest'
import { type CanaryResult, canaryHeadOf } from '../../../../../shared/domain/canary.ts'
import { type DeploymentVerdict, deploymentVerdict } from '../../../../../shared/domain/verdict.ts'
import { seenInVerdict } from '../../../../../shared/observe/alerts/seen.ts'
import { withCanary } from '../../../../../shared/verify/canary/noted-canary.ts'
import { judgeAppliance } from '../../../../../shared/verify/ladder.ts'
import { canaryResultAt } from '../../../../support/canary-results.ts'

const healthy: DeploymentVerdict = {
  ...{ deployment: 'ward-model', entry: 'vllm', version: '1', state: 'healthy', reason: 'answers', rungs: [] },
}
const head = (changes: Partial<CanaryResult>) => canaryHeadOf(canaryResultAt(1, changes))
const values = (verdict: DeploymentVerdict) =>
  Object.fromEntries(seenInVerdict(judgeAppliance([verdict])).map(({ name, value }) => [name, value]))

describe('what a canary said last', () => {
  it('stands in the verdict, in its form', () => {
    const passed = withCanary(healthy, head({}))
    expect(deploymentVerdict.parse(passed)).toMatchObject({
      ...{ state: 'healthy', canary: { set: 'clinical', verdict: 'passed', asked: 1, failed: 0 } },
    })
    expect(withCanary(healthy, undefined)).toEqual(healthy)
  })

  it('makes a service that answers degraded where it failed, and an alert of its own', () => {
    const failed = withCanary(healthy, head({ verdict: 'failed' }))
    expect(failed).toMatchObject({ state: 'degraded', reason: 'canary-failed' })
    expect(values(failed)).toMatchObject({
      'deployment/ward-model/canary-failed': 1,
      'deployment/ward-model/degraded': 0,
    })
    expect(values(healthy)).toMatchObject({ 'deployment/ward-model/canary-failed': 0 })
  })

  it('hides nothing that is worse', () => {
    const down = withCanary({ ...healthy, state: 'down', reason: 'no-tokens' }, head({ verdict: 'failed' }))
    expect(down).toMatchObject({ state: 'down', reason: 'no-tokens' })
  })

  it('of another version says nothing of this one', () => {
    const subject = { ...canaryResultAt(1).subject, version: '0' }
    expect(withCanary(healthy, head({ verdict: 'failed', subject }))).toEqual(healthy)
  })
})
