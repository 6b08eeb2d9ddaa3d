// `rackside catalog models` and `show`, in lines and as data, against a console with a made catalog.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openingKey } from '../../../../../main/core/access/opening.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { ReaderInvocation } from '../../../../../main/shells/cli/catalog-arguments.ts'
import { showCatalog } from '../../../../../main/shells/cli/catalog-models.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import type { Terminal } from '../../../../../main/terminal/terminal.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { madeForm, madeModel, madeRuntime, madeVariant, reportOf } from '../../../../support/made-entries.ts'
import { bareFacts } from '../../../../support/plan-cases.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const saved = { address: { host: '10.78.0.11', port: 22, user: 'ops' }, credentialId: 'key-1' }

function madeCatalog(): string {
  const folder = join(temporaryFolder(), 'catalog')
  mkdirSync(folder)
  const entries = [
    madeModel('fitting', { intendedUse: { en: 'Notes', 'zh-CN': '病历' }, notForDiagnosis: true }),
    madeModel('on-processor', { variants: [madeForm('q4', 4_000_000_000, { format: 'gguf' })] }),
    madeRuntime('llama-cpp', { weightsFormats: ['gguf'], splits: 'layers', variants: [madeVariant('cpu')] }),
    madeModel('huge', { variants: [madeForm('fp8', 689_500_000_000)] }),
    madeRuntime('vllm-ascend', {
      variants: [madeVariant('a2', { vendor: 'ascend', families: ['ascend-910b'] }, { contains: { CANN: '8.2' } })],
    }),
  ]
  for (const entry of entries) writeFileSync(join(folder, `${entry.id}.yaml`), JSON.stringify(entry))
  return folder
}

async function play(line: string, language: 'en' | 'zh-CN' = 'en') {
  const { core, clientAs } = pretendCore(undefined, undefined, { builtInCatalog: madeCatalog() })
  const client = clientAs('admin')
  await client.product.appliances.save({ name: 'ward', target: { by: 'address', ...saved } })
  const cards = reportOf('ascend', { product: '910B4', count: 8, memoryGib: 30 })
  core.lastLooks.seen(openingKey(saved), bareFacts({ accelerators: [cards] }))
  const [said, results]: [string[], unknown[]] = [[], []]
  const terminal = { say: (text: string) => said.push(text), result: (value: unknown) => results.push(value) }
  const read = readCommandLine(line.split(' '))
  if (!read.ok) return { outcome: read, said, results }
  const work = { client, terminal: terminal as unknown as Terminal, words: wordsOf(language) }
  const outcome =
    read.value.verb === 'models'
      ? await runVerb(client, read.value as Invocation, work.terminal, work.words)
      : await showCatalog(work, read.value as ReaderInvocation)
  return { outcome, said, results }
}

describe('rackside catalog models', () => {
  it('says what fits on an appliance, with the sum of its memory, and what does not, with the reason', async () => {
    const { outcome, said, results } = await play('catalog models ward')
    expect(outcome).toEqual(ok(0))
    expect(said.slice(0, 6)).toEqual([
      expect.stringMatching(/^8 × Ascend 910B4, as seen at \d{4}-/),
      'For 1 at once, 8192 tokens each:',
      'fitting: fitting (built in)',
      expect.stringMatching(/^ {2}bf16 fits on 4 of 8 accelerators, for up to 14 people at once, 58 on all of them$/),
      expect.stringMatching(
        /^ {4}memory of each: 27 GiB usable - 2\.7 GiB left free - 15.3 GiB weights - 2 GiB runtime = /,
      ),
      '    vllm-ascend (a2): not yet verified on this hardware',
    ])
    expect(said.find((line) => line.startsWith('  fp8'))).toMatch(
      /^ {2}fp8 does not fit: fp8 with vllm-ascend \(a2\): needs .*; 32 such accelerators would do/,
    )
    expect(results).toMatchObject([{ wish: { contextTokens: 8192, users: 1 }, models: [{ model: 'fitting' }, {}, {}] }])
  })

  it('promises no number of people where it is the processor that runs it', async () => {
    const { said } = await play('catalog models ward')
    expect(said).toContain('  q4 fits on the processor, to try it out: a processor is too slow for many people')
  })

  it('takes other wishes, and speaks Chinese', async () => {
    const { said } = await play('catalog models ward --users 40 --context 4096', 'zh-CN')
    expect(said[1]).toBe('按 40 人同时使用、每人 4096 个 token 计算：')
    expect(said.join('\n')).toContain('块加速卡中的')
  })

  it('lists them without an appliance', async () => {
    const { said, results } = await play('catalog models')
    expect(said).toEqual([
      'fitting: fitting (built in)',
      'huge: huge (built in)',
      'on-processor: on-processor (built in)',
    ])
    expect(results).toMatchObject([{ models: [{ place: 'built-in', entry: { id: 'fitting' } }, {}, {}] }])
  })

  it.each([
    ['catalog models ward --users 0', 'users-at-once'],
    ['catalog models ward --context many', 'context-tokens'],
    ['catalog show', 'entry-needed'],
  ])('"%s" is not understood: %s', async (line, problem) => {
    expect((await play(line)).outcome).toMatchObject({ failure: { kind: 'usage', problem } })
  })
})

describe('rackside catalog show', () => {
  it('says what a model is, from whom, under which terms, and in which forms', async () => {
    const { said, results } = await play('catalog show fitting')
    expect(said).toEqual([
      'model fitting 1: fitting',
      '  About fitting',
      '  From: built in',
      '  Licence: Apache-2.0',
      '  Intended use: Notes (not for diagnosis)',
      '  Form: bf16, bf16, safetensors, 61 GiB',
      '  Form: w8a8, w8a8, safetensors, 31.9 GiB',
    ])
    expect(results).toMatchObject([{ entries: [{ place: 'built-in', entry: { id: 'fitting' } }] }])
  })

  it('says what a runtime needs and has inside', async () => {
    const { said } = await play('catalog show vllm-ascend')
    expect(said.at(-1)).toBe('  Variant: a2, 1 × ascend ascend-910b, CANN 8.2')
  })

  it('says what was perhaps meant', async () => {
    const { outcome } = await play('catalog show fiting')
    expect(outcome).toMatchObject({ failure: { problem: 'no-such-entry', word: 'fiting', other: 'fitting' } })
  })
})
