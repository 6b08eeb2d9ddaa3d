// What `rackside catalog` prints and ends with.
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { WriterInvocation } from '../../../../../main/shells/cli/catalog-arguments.ts'
import { runCatalog } from '../../../../../main/shells/cli/catalog-verbs.ts'
import type { Work } from '../../../../../main/shells/cli/work.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import { wordsOf } from '../../../../../shared/words/language.ts'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))

function play(line: string, language: 'en' | 'zh-CN' = 'en') {
  const [said, results]: [string[], unknown[]] = [[], []]
  const terminal = { say: (text: string) => said.push(text), result: (value: unknown) => results.push(value) }
  const read = readCommandLine(line.split(' '))
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const work = { terminal, words: wordsOf(language) } as unknown as Work
  return { outcome: runCatalog(work, read.value as WriterInvocation), said, results }
}

describe('rackside catalog lint', () => {
  it('ends with 0 where nothing is wrong', () => {
    const { outcome, said, results } = play(`catalog lint ${root}tests/fixtures/catalog/ward/catalog`)
    expect([outcome, said]).toEqual([ok(0), ['4 file(s), and nothing is wrong with them']])
    expect(results).toEqual([{ files: 4, problems: [] }])
  })

  it('ends with 42 after a line for each problem, and has them as data', () => {
    const { outcome, said, results } = play(`catalog lint ${root}tests/fixtures/catalog/problems/unknown-kind.yaml`)
    const known = ['runtime', 'model', 'gateway', 'app', 'ingress', 'job', 'probe', 'host-package', 'solution']
    const fault = { kind: 'not-one-of', found: { type: 'text', shown: 'modle' }, known, meant: 'model' }
    const text = `this is the text "modle", and should be one of ${known.join(', ')}; did you mean "model"?`
    expect(outcome).toEqual(ok(42))
    expect(said).toEqual([`unknown-kind.yaml:1:7: kind: ${text}`, '1 problem(s) in 1 file(s)'])
    const problems = [{ file: 'unknown-kind.yaml', line: 1, column: 7, path: 'kind', fault, text }]
    expect(results).toEqual([{ files: 1, problems }])
  })

  it('speaks Chinese as well', () => {
    const { said } = play(`catalog lint ${root}tests/fixtures/catalog/problems/unknown-kind.yaml`, 'zh-CN')
    expect(said[0]).toMatch(/^unknown-kind\.yaml:1:7: kind: 这里是文本“modle”/)
  })

  it('fails where there is nothing', () => {
    expect(play('catalog lint /nowhere/at/all').outcome).toMatchObject({ failure: { kind: 'catalog-invalid' } })
  })

  it('needs a place', () => {
    expect(readCommandLine(['catalog', 'lint'])).toMatchObject({ failure: { problem: 'catalog-needed' } })
  })
})

it('rackside catalog schema prints the schema of an entry', () => {
  const { outcome, said, results } = play('catalog schema')
  expect(outcome).toEqual(ok(0))
  expect(said).toHaveLength(1)
  expect([JSON.parse(said[0] ?? '')]).toEqual(results)
})
