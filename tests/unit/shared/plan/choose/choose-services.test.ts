// Several models of one solution on the same devices: each takes what the next one does not have.
import { describe, expect, it } from 'vitest'
import type { SolutionEntry } from '../../../../../shared/domain/entry/solution-entry.ts'
import { entry } from '../../../../../shared/domain/entry.ts'
import { choiceOf, chooseServices } from '../../../../../shared/plan/choose/choose-services.ts'
import { describedStock } from '../../../../../shared/plan/choose/stock.ts'
import { madeForm, madeModel, madeRuntime, madeVariant, reportOf } from '../../../../support/made-entries.ts'
import { bareFacts } from '../../../../support/plan-cases.ts'

const runtime = madeRuntime('vllm-ascend', { variants: [madeVariant('a2', { vendor: 'ascend' })] })
const one = madeModel('one')
const other = madeModel('other')
const onlyBig = madeModel('only-big', { variants: [madeForm('bf16', 65_500_000_000)] })

function solutionOf(...models: string[]): SolutionEntry {
  const text = { en: 'A solution', 'zh-CN': '方案' }
  const services = models.map((model, at) => ({
    ...{ role: 'model', name: `${model}-${at}`, runtimes: ['vllm-ascend'], model, hostPort: 8400 + at },
  }))
  const about = { id: 'all', version: '1', title: text, summary: text, licence: { spdx: 'MIT' } }
  return entry.parse({ kind: 'solution', ...about, services }) as SolutionEntry
}

/** Of 32 GiB each, of which 3 are the driver's. */
function chosen(devices: number, ...models: string[]) {
  const accelerators = [reportOf('ascend', { product: '910B4', count: devices, memoryGib: 32 })]
  const catalog = { entries: [runtime, one, other, onlyBig], artifacts: [] }
  return chooseServices(solutionOf(...models), {
    ...{ facts: bareFacts({ accelerators }), catalog, stock: describedStock },
  })
}

const formsOf = ({ services }: ReturnType<typeof chosen>) =>
  services.map(choiceOf).map(({ service, model, layout }) => [service, model?.variant, layout?.devices.length])

describe('models of one solution', () => {
  it('have their best forms where there is room for all', () => {
    expect(formsOf(chosen(8, 'one', 'other'))).toEqual([
      ['one-0', 'bf16', 4],
      ['other-1', 'bf16', 4],
    ])
  })

  it('make room for each other, and say so', () => {
    const found = chosen(8, 'one', 'only-big', 'other')
    expect(found.problems).toEqual([])
    expect(formsOf(found)).toEqual([
      ['one-0', 'w8a8', 2],
      ['only-big-1', 'bf16', 4],
      ['other-2', 'w8a8', 2],
    ])
    expect(found.services.map(choiceOf)[0]?.rejected[0]).toMatchObject({
      ...{ entry: 'vllm-ascend', variant: 'a2', model: 'bf16', rejections: [{ reason: 'leaves-no-room' }] },
    })
  })

  it('have their best forms where nothing makes room for the last', () => {
    const found = chosen(4, 'one', 'only-big')
    expect(formsOf(found)).toEqual([['one-0', 'bf16', 4]])
    expect(found.problems).toMatchObject([{ kind: 'no-variant-fits', entry: 'only-big' }])
  })

  it('need what they need, whatever the others hold', () => {
    const [alone] = chosen(2, 'only-big').problems
    const [beside] = chosen(4, 'one', 'only-big').problems
    const memory = (problem: typeof alone) =>
      problem?.kind === 'no-variant-fits' ? problem.rejected[0]?.rejections[0] : undefined
    expect(memory(alone)).toMatchObject({ reason: 'memory-too-small' })
    const need = (problem: typeof alone) => {
      const found = memory(problem)
      return found?.reason === 'memory-too-small' ? found.needBytes / 1024 ** 3 : 0
    }
    expect(need(beside)).toBeGreaterThan(70)
    expect(need(beside)).toBeLessThan(need(alone) * 1.2)
    expect(memory(beside)).toMatchObject({ hasBytes: 0 })
  })
})
