// Our own catalog on the appliances that hospitals have, as texts that a person has read: what would be chosen for every
// solution, with its figures, and what stands against the rest.
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chooseServices } from '../../../../../shared/plan/choose/choose-services.ts'
import { bundleStock } from '../../../../../shared/plan/choose/stock.ts'
import {
  applianceFile,
  applianceNames,
  explanationsFolder,
  factsOf,
  ownCatalog,
} from '../../../../support/explanation-cases.ts'
import { explanationText, outlookText, solutionsOf } from '../../../../support/explanation-text.ts'
import { expectGolden } from '../../../../support/golden.ts'

const catalog = ownCatalog()
const solutions = solutionsOf(catalog).map(({ id }) => id)

function explained(name: string): string {
  const file = applianceFile(name)
  return explanationText(file.about.en, factsOf(file), catalog)
}

describe('our catalog says what runs on an appliance, and why not the rest', () => {
  it.each(applianceNames)('%s', (name) => {
    const text = explained(name)
    for (const id of solutions) expect(text).toContain(`\n== ${id}: `)
    expectGolden(`${explanationsFolder}${name}.txt`, text)
  })

  it('on at least twenty appliances, and no text is left of one that is gone', () => {
    expect(applianceNames.length).toBeGreaterThanOrEqual(20)
    const texts = readdirSync(explanationsFolder).filter((file) => /^[^.]+\.txt$/.test(file))
    expect(texts.sort()).toEqual(applianceNames.map((name) => `${name}.txt`).sort())
  })
})

describe('what every model would be, with 8192 tokens for each', () => {
  it.each(['eight-910b4-driver-26-0', 'eight-h20'])('on %s', (name) => {
    const file = applianceFile(name)
    const text = outlookText(file.about.en, factsOf(file), catalog, { contextTokens: 8192, users: 1 })
    expectGolden(`${explanationsFolder}${name}.models.txt`, text)
  })
})

describe('a bundle that brings none of the bytes', () => {
  it.each(solutionsOf(catalog).map((one) => [one.id, one] as const))('is told apart: %s', (_id, solution) => {
    const facts = factsOf(applianceFile('eight-h200'))
    const { services, problems } = chooseServices(solution, { facts, catalog, stock: bundleStock(catalog) })
    expect(services).toEqual([])
    for (const problem of problems) {
      const rejections = problem.kind === 'no-variant-fits' ? problem.rejected.flatMap((one) => one.rejections) : []
      expect(rejections.map(({ reason }) => reason)).toContain('artifact-not-in-bundle')
    }
  })
})

describe('a driver that is changed in a file changes what is said', () => {
  const driven = (name: string, driver: string) => {
    const file = applianceFile(name)
    const accelerators = file.accelerators.map((one) => ({ ...one, driver }))
    return explanationText(file.about.en, factsOf({ ...file, accelerators }), catalog)
  }

  it.each([
    ['eight-910b4-driver-25-2', '25.2.0', 'by vllm-ascend-legacy · 0.9.1-a2'],
    ['eight-910b4-driver-25-2', '25.3.RC1', 'by vllm-ascend-legacy · 0.11.0-a2'],
    ['eight-910b4-driver-25-2', '25.5.1', 'by vllm-ascend · 0.18.0-a2'],
    ['eight-910b4-driver-25-2', '26.0.RC1', 'by vllm-ascend · 0.23.0-a2'],
    ['eight-h20', '580.95.05', 'by vllm · cuda13'],
    ['eight-h20', '575.57.08', 'by vllm · cuda12'],
  ])('%s with %s: %s', (name, driver, said) => {
    expect(driven(name, driver)).toContain(`deepseek: deepseek-r1-distill-qwen-32b as bf16 ${said}\n`)
  })

  it('to what a fixture of that driver says', () => {
    const lines = (text: string) => text.split('\n').slice(1)
    expect(lines(driven('eight-910b4-driver-25-2', '25.5.1'))).toEqual(lines(explained('eight-910b4-driver-25-5')))
  })
})
