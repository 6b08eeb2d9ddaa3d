// How a model service is proven follows from what its model can do and what its runtime provides; who cannot do it is
// not chosen, and nobody is wired to what it does not do.
import { describe, expect, it } from 'vitest'
import { runtimeEntry } from '../../../../shared/domain/entry/runtime-entry.ts'
import type { SolutionEntry } from '../../../../shared/domain/entry/solution-entry.ts'
import { entry } from '../../../../shared/domain/entry.ts'
import { ruleOf } from '../../../../shared/domain/schema-rule.ts'
import { chooseServices } from '../../../../shared/plan/choose/choose-services.ts'
import { describedStock } from '../../../../shared/plan/choose/stock.ts'
import { modelProofOf } from '../../../../shared/plan/model-proof.ts'
import { madeModel, madeRuntime, madeVariant, reportOf } from '../../../support/made-entries.ts'
import { bareFacts } from '../../../support/plan-cases.ts'

const all = ['openai-chat@1', 'openai-embeddings@1', 'rerank@1']
const rerank = { path: '/v1/rerank', form: 'jina' }
const chats = madeRuntime('chats', { variants: [madeVariant('cuda', { vendor: 'nvidia' })] })
const does = madeRuntime('does-all', { provides: all, rerank, variants: [madeVariant('cuda', { vendor: 'nvidia' })] })
const bare = madeRuntime('bare', {
  ...{ provides: all.slice(1), rerank: { path: '/rerank', form: 'tei' }, metrics: undefined, listsModels: false },
  ...{ splits: 'none', variants: [madeVariant('cuda', { vendor: 'nvidia' })] },
})
const embedding = madeModel('embedding', { can: ['embedding'], embeddingDimensions: 1024 })
const ranking = madeModel('ranking', { can: ['rerank'] })
const chat = madeModel('chat', { can: ['chat', 'embedding', 'vision'] })

const service = { deployment: 'd', hostPort: 8400, readyPath: '/health' }
const named = (modelName: string) => ({ ...service, modelName, metricsPath: '/metrics', metricsReader: 'llama-cpp' })

describe('a model service is proven', () => {
  it('by a chat, vectors or an order, as its model can', () => {
    expect(modelProofOf({ model: chat, runs: does }, service)).toEqual({ serves: 'openai-chat', ...named('chat') })
    expect(modelProofOf({ model: embedding, runs: does }, service)).toEqual({
      ...{ serves: 'openai-embeddings', ...named('embedding'), dimensions: 1024 },
    })
    expect(modelProofOf({ model: ranking, runs: does }, service)).toEqual({
      ...{ serves: 'rerank', ...named('ranking'), rerankPath: '/v1/rerank', rerankForm: 'jina' },
    })
  })

  it('without metrics and a list of models where its runtime has none', () => {
    expect(modelProofOf({ model: madeModel('m', { can: ['embedding'] }), runs: bare }, service)).toEqual({
      ...{ serves: 'openai-embeddings', ...service, modelName: 'm', listsModels: false },
    })
    expect(modelProofOf({ model: ranking, runs: bare }, service)).toEqual({
      ...{ serves: 'rerank', ...service, modelName: 'ranking', listsModels: false },
      ...{ rerankPath: '/rerank', rerankForm: 'tei' },
    })
  })
})

function chosen(model: string, runtimes: string[], requires: string[] = ['openai-chat@1'], count = 4) {
  const accelerators = [reportOf('nvidia', { product: 'NVIDIA H20', count, memoryGib: 96 })]
  const text = (said: string) => ({ en: said, 'zh-CN': `${said}（中文）` })
  const about = (id: string) => ({ id, version: '1', title: text(id), summary: text(id), licence: { spdx: 'MIT' } })
  const app = entry.parse({
    ...{ kind: 'app', ...about('app'), intendedUse: text('Trying'), notForDiagnosis: true, requires },
    ...{ containerPort: 8080, readyPath: '/', startTimeoutSeconds: 60, healthCommand: ['true'] },
    variants: [madeVariant('any')],
  })
  const services = [
    { role: 'model', name: 'served', runtimes, model, hostPort: 8400 },
    { role: 'app', name: 'asks', app: 'app', usesModel: 'served', hostPort: 8410 },
  ]
  const solution = entry.parse({ kind: 'solution', ...about('s'), services }) as SolutionEntry
  const catalog = { entries: [chats, does, bare, embedding, ranking, chat, app], artifacts: [] }
  return chooseServices(solution, { facts: bareFacts({ accelerators }), catalog, stock: describedStock })
}

describe('a runtime', () => {
  it('that only chats is passed over for a model that makes vectors, and says why', () => {
    const { services } = chosen('embedding', ['chats', 'does-all'], ['openai-embeddings@1'])
    const [served] = services.flatMap((one) => (one.role === 'model' ? [one.chosen] : []))
    expect(served?.runtime.id).toBe('does-all')
    expect(served?.rejected[0]).toMatchObject({
      entry: 'chats',
      rejections: [{ reason: 'interface-not-provided', needs: 'openai-embeddings@1', by: 'chats' }],
    })
    expect(chosen('ranking', ['chats']).problems[0]).toMatchObject({ kind: 'no-variant-fits', entry: 'ranking' })
  })

  it('serves with one model one interface: an app that chats is not wired to vectors', () => {
    expect(chosen('chat', ['does-all']).problems).toEqual([])
    expect(chosen('embedding', ['does-all'], ['openai-embeddings@1']).problems).toEqual([])
    const refused = { kind: 'no-variant-fits', entry: 'app' }
    expect(chosen('embedding', ['does-all']).problems).toMatchObject([refused])
    expect(chosen('ranking', ['does-all']).problems).toMatchObject([refused])
    expect(chosen('chat', ['does-all'], ['openai-embeddings@1']).problems).toMatchObject([refused])
  })

  it('that does not split has a model on one device, and leaves the rest of it to others', () => {
    const layoutOf = (found: ReturnType<typeof chosen>) =>
      found.services.flatMap((one) => (one.role === 'model' ? [one.chosen.fit?.layout] : []))
    expect(layoutOf(chosen('embedding', ['bare'], []))).toMatchObject([{ tensor: 1, pipeline: 1, data: 1 }])
  })

  it('says how it ranks where it ranks, and nowhere else', () => {
    const issues = (changes: object) =>
      runtimeEntry.safeParse({ ...does, ...changes }).error?.issues.map((one) => [one.path.join('.'), ruleOf(one)])
    const rule = { rule: 'rerank-both-ways', interfaceName: 'rerank@1' }
    expect(issues({})).toBeUndefined()
    expect(issues({ rerank: undefined })).toEqual([['provides', rule]])
    expect(issues({ provides: ['openai-chat@1'] })).toEqual([['provides', rule]])
  })
})
