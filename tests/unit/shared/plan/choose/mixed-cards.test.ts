// Several models on one appliance: a device that an engine keeps to itself is nobody else's, whatever it has left.
import { describe, expect, it } from 'vitest'
import type { AcceleratorReport } from '../../../../../shared/domain/accelerator.ts'
import type { SolutionEntry } from '../../../../../shared/domain/entry/solution-entry.ts'
import { known } from '../../../../../shared/domain/reading.ts'
import { choiceOf, chooseServices } from '../../../../../shared/plan/choose/choose-services.ts'
import { describedStock } from '../../../../../shared/plan/choose/stock.ts'
import { knownValue } from '../../../../support/known-value.ts'
import { madeForm, madeModel, madeRuntime, madeVariant, reportOf } from '../../../../support/made-entries.ts'
import { bareFacts, wardCatalog } from '../../../../support/plan-cases.ts'

const vllm = madeRuntime('vllm', { variants: [madeVariant('cuda', { vendor: 'nvidia' })] })
const big = madeModel('big', { variants: [madeForm('fp8', 45_000_000_000)], parallel: 1 })
const small = madeModel('small', { variants: [madeForm('int4', 5_000_000_000)], parallel: 1 })

/** One card of 48 GB and one of 141 GB. */
function mixed(): AcceleratorReport {
  const [l20, h200] = [
    reportOf('nvidia', { product: 'NVIDIA L20', count: 1, memoryGib: 44 }),
    reportOf('nvidia', { product: 'NVIDIA H200', count: 1, memoryGib: 139 }),
  ]
  const other = knownValue(h200.devices).map((one) => ({ ...one, index: 1 }))
  return { ...l20, pciCount: known(2), devices: known([...knownValue(l20.devices), ...other]) }
}

function chosen(names: readonly ('big' | 'small')[]) {
  const [ward] = wardCatalog().entries.filter((one): one is SolutionEntry => one.kind === 'solution')
  if (ward === undefined) throw new Error('the fixture lost its solution')
  const services = names.map((name, at) => ({
    ...{ role: 'model' as const, name: `${name}-${at}`, runtimes: ['vllm'], model: name, hostPort: 8400 + at },
  }))
  const where = {
    facts: bareFacts({ accelerators: [mixed()] }),
    catalog: { entries: [vllm, big, small], artifacts: [] },
    stock: describedStock,
  }
  const { services: found, problems } = chooseServices({ ...ward, services }, where)
  return { devices: found.map((one) => choiceOf(one).layout?.devices), problems: problems.map(({ kind }) => kind) }
}

describe('models on cards of different sizes', () => {
  it('keep a card each to themselves', () => {
    expect(chosen(['big', 'small'])).toEqual({ devices: [['nvidia 1 0'], ['nvidia 0 0']], problems: [] })
  })

  it('do not share what a bigger card would have left beside an engine that takes it whole', () => {
    expect(chosen(['big', 'small', 'small'])).toMatchObject({ problems: ['no-variant-fits'] })
  })
})
