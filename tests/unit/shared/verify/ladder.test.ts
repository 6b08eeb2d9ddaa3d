// The readiness ladder as a table: which rung failed, and what that means for the people who depend on it.
import { describe, expect, it } from 'vitest'
import type { AcceleratorTrouble } from '../../../../shared/domain/accelerator-trouble.ts'
import type { DeploymentProof } from '../../../../shared/domain/deployment.ts'
import { known } from '../../../../shared/domain/reading.ts'
import type { TaskResult } from '../../../../shared/domain/task-step.ts'
import {
  type DeploymentVerdict,
  type Rung,
  type RungName,
  type VerdictState,
  verdictState,
} from '../../../../shared/domain/verdict.ts'
import { judge, judgeAppliance, judgeWatched, rungsFor, withProbes } from '../../../../shared/verify/ladder.ts'

const service = { deployment: 'd', hostPort: 8400, readyPath: '/health' }
const modelService = { ...service, modelName: 'm', metricsPath: '/metrics', metricsReader: 'vllm' } as const
const proofs = {
  'openai-chat': { serves: 'openai-chat', ...modelService },
  'openai-embeddings': { serves: 'openai-embeddings', ...modelService },
  rerank: { serves: 'rerank', ...modelService, rerankPath: '/rerank', rerankForm: 'jina' },
  page: { serves: 'page', ...service },
} as const satisfies Record<string, DeploymentProof>
type Serves = keyof typeof proofs
const all = Object.keys(proofs) as Serves[]

/** Rungs up to the one that failed, as the climb leaves them. */
function climbedTo(serves: Serves, failed: RungName | undefined): Rung[] {
  const names = rungsFor(proofs[serves])
  const last = failed === undefined ? names.length - 1 : names.indexOf(failed)
  return names.slice(0, last + 1).map((name) => ({ name, passed: name !== failed, detail: '', milliseconds: 1 }))
}

const table: [serves: Serves, failed: RungName | undefined, starting: boolean, verdict: string][] = [
  ['openai-chat', undefined, false, 'healthy answers'],
  ['openai-chat', undefined, true, 'healthy answers'],
  ['openai-chat', 'process', false, 'down not-running'],
  ['openai-chat', 'process', true, 'down not-running'],
  ['openai-chat', 'port', false, 'down port-closed'],
  ['openai-chat', 'port', true, 'degraded starting'],
  ['openai-chat', 'ready', false, 'down not-ready'],
  ['openai-chat', 'ready', true, 'degraded starting'],
  ['openai-chat', 'model-listed', false, 'down model-missing'],
  ['openai-chat', 'one-token', false, 'down no-tokens'],
  ['openai-chat', 'metrics', false, 'degraded metrics-unreadable'],
  ['openai-embeddings', undefined, false, 'healthy embeds'],
  ['openai-embeddings', 'model-listed', false, 'down model-missing'],
  ['openai-embeddings', 'embeds', false, 'down no-vectors'],
  ['openai-embeddings', 'embeds', true, 'degraded starting'],
  ['openai-embeddings', 'metrics', false, 'degraded metrics-unreadable'],
  ['rerank', undefined, false, 'healthy ranks'],
  ['rerank', 'ranks', false, 'down no-ranking'],
  ['rerank', 'metrics', false, 'degraded metrics-unreadable'],
  ['page', undefined, false, 'healthy page-answers'],
  ['page', 'process', false, 'down not-running'],
  ['page', 'ready', true, 'degraded starting'],
  ['page', 'page', false, 'down page-fails'],
]

describe('the ladder', () => {
  it.each(table)('%s with %s failed, starting %s: %s', (serves, failed, starting, verdict) => {
    const { state, reason } = judge(proofs[serves], climbedTo(serves, failed), starting)
    expect(`${state} ${reason}`).toBe(verdict)
  })

  it.each(all)('for %s starts with the process and ends with real use', (serves) => {
    expect(rungsFor(proofs[serves]).slice(0, 3)).toEqual(['process', 'port', 'ready'])
    expect(rungsFor(proofs[serves]).length).toBeGreaterThan(3)
  })

  it.each(all)('for %s is never healthy while a rung was not looked at', (serves) => {
    for (const missing of rungsFor(proofs[serves])) {
      const rungs = climbedTo(serves, undefined).filter((one) => one.name !== missing)
      expect(judge(proofs[serves], rungs, false)).toEqual({ state: 'unknown', reason: 'cannot-look' })
    }
  })

  it('is not asked for metrics, nor for a list of models, of an engine that has none', () => {
    const { metricsPath: _, metricsReader: __, ...bare } = proofs['openai-embeddings']
    expect(rungsFor(bare)).toEqual(['process', 'port', 'ready', 'model-listed', 'embeds'])
    const unlisted = { ...proofs['openai-embeddings'], listsModels: false } as const
    expect(rungsFor(unlisted)).toEqual(['process', 'port', 'ready', 'embeds', 'metrics'])
    // Only both together say where the metrics are.
    expect(rungsFor({ ...bare, metricsPath: '/metrics' })).not.toContain('metrics')
  })

  it('looks at a part by the check of the engine alone', () => {
    const part: DeploymentProof = { serves: 'part', deployment: 'd-db', of: 'd' }
    const rung = (name: RungName, passed: boolean): Rung => ({ name, passed, detail: '', milliseconds: 1 })
    const judged = (...rungs: Rung[]) => Object.values(judge(part, rungs, false)).join(' ')
    expect(judged(rung('process', true), rung('checked', true))).toBe('healthy check-passes')
    expect(judged(rung('process', true), rung('checked', false))).toBe('down check-fails')
    expect(judged(rung('process', false))).toBe('down not-running')
    expect(judged(rung('process', true))).toBe('unknown cannot-look')
    expect(judge(part, [rung('process', true), rung('checked', false)], true).reason).toBe('starting')
  })

  it('never takes the use of one kind for that of another', () => {
    const rungs = [...climbedTo('openai-chat', undefined)]
    expect(judge(proofs['openai-embeddings'], rungs, false).state).toBe('unknown')
    expect(judge(proofs.rerank, rungs, false).state).toBe('unknown')
    expect(judge(proofs['openai-chat'], climbedTo('openai-embeddings', undefined), false).state).toBe('unknown')
  })
})

const deployment = (state: VerdictState): DeploymentVerdict => ({
  deployment: state,
  entry: 'x',
  version: '1',
  state,
  reason: 'answers',
  rungs: [],
})
const page: DeploymentVerdict = { ...deployment('healthy'), reason: 'page-answers' }
const proof = { ttftMs: 1, tokensPerSecond: known(1), outputTokens: 1, finishReason: 'stop', answer: 'yes' }
const model: DeploymentVerdict = { ...deployment('healthy'), proof }
const ill: AcceleratorTrouble = { trouble: 'critical', vendor: 'ascend', kind: 'npu', index: 4, chip: 0 }
const unread: AcceleratorTrouble = { trouble: 'unread', vendor: 'ascend', kind: 'npu', count: 8 }

describe('an appliance', () => {
  it('is as well as the worst of its deployments', () => {
    const worstFirst: VerdictState[] = ['down', 'unknown', 'stale', 'degraded', 'healthy']
    expect([...worstFirst].sort()).toEqual([...verdictState.options].sort())
    for (const [at, worst] of worstFirst.entries()) {
      const verdict = judgeAppliance(worstFirst.slice(at).reverse().map(deployment))
      expect(verdict.state).toBe(worst)
      expect(verdict.reason).toBe(worst === 'healthy' ? 'page-answers' : 'a-deployment-is-not-healthy')
    }
  })

  it('claims a proven answer only where one was streamed', () => {
    expect(judgeAppliance([page])).toMatchObject({ state: 'healthy', reason: 'page-answers' })
    expect(judgeAppliance([page, model])).toMatchObject({ state: 'healthy', reason: 'answers' })
    const search: DeploymentVerdict = { ...deployment('healthy'), reason: 'embeds' }
    const ranking: DeploymentVerdict = { ...deployment('healthy'), reason: 'ranks' }
    expect(judgeAppliance([page, search, model]).reason).toBe('answers')
    expect(judgeAppliance([page, ranking, search]).reason).toBe('embeds')
    expect(judgeAppliance([page, ranking]).reason).toBe('ranks')
  })

  it('is at most degraded while its hardware is not well, and names it', () => {
    expect(judgeAppliance([model], [unread, ill])).toMatchObject({
      state: 'degraded',
      reason: 'accelerator-ill',
      accelerators: [unread, ill],
    })
    const alarm: AcceleratorTrouble = { ...ill, trouble: 'alarm' }
    expect(judgeAppliance([model], [unread, alarm]).reason).toBe('accelerator-ill')
    expect(judgeAppliance([model], [{ ...ill, trouble: 'unreadable' }]).reason).toBe('accelerator-unreadable')
    expect(judgeAppliance([model], [unread])).toMatchObject({ state: 'degraded', reason: 'accelerator-unreadable' })
  })

  it('keeps a worse state and its reason beside ill hardware, and is not healthier for it', () => {
    for (const state of ['down', 'unknown', 'stale', 'degraded'] as const) {
      const verdict = judgeAppliance([model, deployment(state)], [ill])
      expect(verdict).toMatchObject({ state, reason: 'a-deployment-is-not-healthy', accelerators: [ill] })
    }
    expect(judgeAppliance([], [ill])).toMatchObject({
      state: 'unknown',
      reason: 'nothing-deployed',
      accelerators: [ill],
    })
  })

  it('with nothing on it is not called healthy', () => {
    expect(judgeAppliance([])).toEqual({ state: 'unknown', reason: 'nothing-deployed', deployments: [] })
  })
})

describe('an appliance that is only watched', () => {
  const watched = (running: boolean): DeploymentVerdict => {
    return { deployment: 'd', entry: 'e', version: '1', ...judgeWatched(running), rungs: [] }
  }
  it('is never healthy: nobody tried', () => {
    expect(watched(true)).toMatchObject({ state: 'unknown', reason: 'only-watched' })
    expect(watched(false)).toMatchObject({ state: 'down', reason: 'not-running' })
    const unknown: DeploymentVerdict = { ...deployment('unknown'), reason: 'cannot-look' }
    expect(judgeAppliance([watched(true), unknown])).toMatchObject({
      state: 'unknown',
      reason: 'a-deployment-is-not-healthy',
    })
    expect(judgeAppliance([watched(true), page]).reason).toBe('only-watched')
    expect(judgeAppliance([watched(true), page]).deployments).toHaveLength(2)
    expect(judgeAppliance([watched(true)])).toMatchObject({ state: 'unknown', reason: 'only-watched' })
    expect(judgeAppliance([watched(true), watched(false)])).toMatchObject({
      state: 'down',
      reason: 'a-deployment-is-not-healthy',
    })
  })
})

describe("a vendor's probe", () => {
  const verdict = (state: VerdictState): DeploymentVerdict => {
    return { deployment: 'notes', entry: 'note-helper', version: '3', state, reason: 'page-answers', rungs: [] }
  }
  const [spec, other] = ['a'.repeat(64), 'b'.repeat(64)]
  const said: Omit<TaskResult, 'outcome' | 'exitCode'> = {
    ...{ role: 'probe', task: 'smoke', of: 'notes', ofVersion: '3', entry: 'smoke-test', entryVersion: '1' },
    ...{ digest: 'c'.repeat(64), against: spec, run: 'run-1', at: '2026-11-20T08:00:00Z', seconds: 3 },
  }
  const passed: TaskResult = { ...said, outcome: 'passed', exitCode: 0 }
  const failed: TaskResult = { ...said, outcome: 'exit', exitCode: 1 }

  it('that did not pass keeps what answers from being healthy, and makes nothing better', () => {
    expect(withProbes(verdict('healthy'), [passed], spec)).toMatchObject({
      state: 'healthy',
      probes: [{ task: 'smoke' }],
    })
    expect(withProbes(verdict('healthy'), [failed], spec)).toMatchObject({ state: 'degraded', reason: 'probe-failed' })
    expect(withProbes(verdict('down'), [failed], spec)).toMatchObject({ state: 'down', reason: 'page-answers' })
    expect(withProbes(verdict('down'), [passed], spec)).toMatchObject({ state: 'down' })
  })

  it('says nothing of another version, another service, or a job', () => {
    for (const one of [
      { ...failed, against: other },
      { ...failed, of: 'other' },
      { ...failed, role: 'job' as const },
    ]) {
      expect(withProbes(verdict('healthy'), [one], spec)).toEqual(verdict('healthy'))
    }
    expect(withProbes(verdict('healthy'), [failed], undefined)).toEqual(verdict('healthy'))
  })
})
