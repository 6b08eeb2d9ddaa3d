// A proof as it is watched: what its events say together is what the verdict says at the end.
import { describe, expect, it } from 'vitest'
import {
  afterProofEvent,
  nothingProven,
  type ProofState,
  proofOfVerdict,
} from '../../../../../renderer/console/proof/proof-state.ts'
import type { ProofEvent } from '../../../../../shared/domain/proof-event.ts'
import { known } from '../../../../../shared/domain/reading.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../../../shared/domain/verdict.ts'

const rungs = (['process', 'one-token'] as const).map((name) => ({ name, passed: true, detail: '', milliseconds: 5 }))
const well: DeploymentVerdict = {
  deployment: 'ward-model',
  entry: 'llama-cpp',
  version: '1',
  state: 'healthy',
  reason: 'answers',
  rungs,
  proof: { ttftMs: 40, tokensPerSecond: known(20), outputTokens: 3, finishReason: 'stop', answer: 'I am ready.' },
}
const verdict: ApplianceVerdict = { state: 'healthy', reason: 'answers', deployments: [well] }
const deployment = 'ward-model'
const [first, second] = rungs
if (first === undefined || second === undefined) throw new Error('no rungs')
const events: ProofEvent[] = [
  { event: 'deployment-begin', deployment, ladder: ['process', 'one-token'] },
  { event: 'rung', deployment, rung: first },
  { event: 'answer', deployment, text: 'I am ' },
  { event: 'answer', deployment, text: 'ready.' },
  { event: 'rung', deployment, rung: second },
  { event: 'deployment-end', verdict: well },
  { event: 'verdict', verdict },
]
const told = (some: readonly ProofEvent[]): ProofState => some.reduce(afterProofEvent, nothingProven)

describe('a proof that is watched', () => {
  it('shows the answer as far as it came', () => {
    expect(told(events.slice(0, 3)).deployments).toEqual([
      { deployment, ladder: ['process', 'one-token'], rungs: [first], answer: 'I am ' },
    ])
  })

  it('ends as the verdict says', () => {
    expect(told(events)).toEqual(proofOfVerdict(verdict))
  })

  it.each(events.slice(0, -1).map((_, place) => place))('ends the same when event %d was missed', (missed) => {
    const { deployments, verdict: found } = told(events.filter((_, place) => place !== missed))
    expect(found).toEqual(verdict)
    expect(deployments).toMatchObject([{ rungs, answer: 'I am ready.', verdict: well }])
  })

  it('shows a deployment that is gone, of which nothing was heard before', () => {
    const gone: DeploymentVerdict = { ...well, deployment: 'gone', state: 'down', reason: 'missing', rungs: [] }
    const { proof: _, ...unproven } = gone
    const end = {
      ...verdict,
      state: 'down',
      reason: 'a-deployment-is-not-healthy',
      deployments: [well, unproven],
    } as const
    const last: ProofEvent = { event: 'verdict', verdict: { ...end, deployments: [...end.deployments] } }
    const { deployments } = told([...events.slice(0, -1), last])
    expect(deployments.map((one) => [one.deployment, one.answer])).toEqual([
      ['ward-model', 'I am ready.'],
      ['gone', ''],
    ])
  })
})
