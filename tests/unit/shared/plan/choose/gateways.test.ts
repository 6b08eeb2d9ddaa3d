// Services that ask each other: a gateway of models that talk what it needs, each by a name of its own; apps through it.
import { describe, expect, it } from 'vitest'
import type { SolutionEntry } from '../../../../../shared/domain/entry/solution-entry.ts'
import { entry } from '../../../../../shared/domain/entry.ts'
import { chooseServices } from '../../../../../shared/plan/choose/choose-services.ts'
import { describedStock } from '../../../../../shared/plan/choose/stock.ts'
import { madeModel, madeRuntime, madeVariant, reportOf } from '../../../../support/made-entries.ts'
import { bareFacts } from '../../../../support/plan-cases.ts'

const said = { en: 'Made', 'zh-CN': '示例' }
const about = (id: string) => ({ id, version: '1', title: said, summary: said, licence: { spdx: 'MIT' } })
const service = { containerPort: 8080, readyPath: '/', startTimeoutSeconds: 60, healthCommand: ['true'] }
const gateway = (changes: object = {}) =>
  entry.parse({
    ...{ kind: 'gateway', ...about('gate'), ...service, provides: ['openai-chat@1'], requires: ['openai-chat@1'] },
    variants: [madeVariant('any', undefined, { overheadBytes: 1 })],
    ...changes,
  })
const app = entry.parse({
  ...{ kind: 'app', ...about('notes'), ...service, intendedUse: said, notForDiagnosis: true },
  ...{ requires: ['openai-chat@1'], variants: [madeVariant('any', undefined, { overheadBytes: 1 })] },
})
const runtime = (changes: object = {}) =>
  madeRuntime('engine', { variants: [madeVariant('a2', { vendor: 'ascend', families: ['ascend-910b'] })], ...changes })
const cards = reportOf('ascend', { product: '910B4', count: 8, memoryGib: 64 })
const model = (name: string, of: string) => ({
  role: 'model',
  name,
  runtimes: ['engine'],
  model: of,
  hostPort: name === 'medical' ? 8001 : 8002,
})
const solution = entry.parse({
  ...{ kind: 'solution', ...about('all') },
  services: [
    { role: 'app', name: 'letters', app: 'notes', usesModel: 'general', through: 'way', hostPort: 8100 },
    { role: 'gateway', name: 'way', gateway: 'gate', serves: ['medical', 'general'], hostPort: 8101 },
    model('medical', 'first'),
    model('general', 'second'),
  ],
}) as SolutionEntry

const chosen = (...entries: ReturnType<typeof entry.parse>[]) =>
  chooseServices(solution, {
    facts: bareFacts({ accelerators: [cards] }),
    catalog: { entries: [...entries, app], artifacts: [] },
    stock: describedStock,
  })

describe('a gateway', () => {
  it('knows its models and who asks it; an app finds its model there, whatever the order of services', () => {
    const { services, problems } = chosen(gateway(), runtime(), madeModel('first'), madeModel('second'))
    expect(problems).toEqual([])
    const behind = [
      { name: 'medical', containerPort: 8000, modelName: 'first' },
      { name: 'general', containerPort: 8000, modelName: 'second' },
    ]
    expect(services.find(({ role }) => role === 'gateway')).toMatchObject({ models: behind, consumers: ['letters'] })
    const uses = { name: 'way', containerPort: 8080, modelName: 'second', gateway: 'way' }
    expect(services.find(({ role }) => role === 'app')).toMatchObject({ uses })
  })

  it.each([
    [
      'whose models do not talk what it needs',
      gateway({ requires: ['openai-chat@2'] }),
      'second',
      'gate',
      { reason: 'interface-not-provided', needs: 'openai-chat@2', by: 'engine' },
    ],
    [
      'that does not provide what the app talks',
      gateway({ provides: ['other@1'] }),
      'second',
      'notes',
      { reason: 'interface-not-provided', needs: 'openai-chat@1', by: 'gate' },
    ],
    ['of two models with one name', gateway(), 'first', 'gate', { reason: 'model-name-twice', name: 'first' }],
  ])('%s is explained', (_what, made, servedName, of, rejection) => {
    const { problems } = chosen(made, runtime(), madeModel('first'), madeModel('second', { servedName }))
    const found = problems.find((one) => one.kind === 'no-variant-fits' && one.entry === of)
    expect(found).toMatchObject({ rejected: [{ entry: of, rejections: [rejection] }] })
  })
})
