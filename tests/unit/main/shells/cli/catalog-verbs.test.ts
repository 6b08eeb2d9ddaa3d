// What `rackside catalog` prints and ends with.
import { chmodSync, cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { WriterInvocation } from '../../../../../main/shells/cli/catalog-arguments.ts'
import { runCatalog } from '../../../../../main/shells/cli/catalog-verbs.ts'
import type { Work } from '../../../../../main/shells/cli/work.ts'
import { fingerprintOfKey, newDocumentKey, signDocument } from '../../../../../main/trust/document-signature.ts'
import type { Acceptance } from '../../../../../shared/domain/acceptance.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import { canonicalJson } from '../../../../../shared/plan/canonical.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { acceptanceOf, soundParts } from '../../../../support/acceptance-cases.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))

function play(line: string, language: 'en' | 'zh-CN' = 'en') {
  const [said, complained, results]: [string[], string[], unknown[]] = [[], [], []]
  const terminal = {
    say: (text: string) => said.push(text),
    complain: (text: string) => complained.push(text),
    result: (value: unknown) => results.push(value),
  }
  const read = readCommandLine(line.split(' '))
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const work = { terminal, words: wordsOf(language) } as unknown as Work
  return { outcome: runCatalog(work, read.value as WriterInvocation), said, complained, results }
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

describe('rackside catalog evidence', () => {
  const head = { kind: 'rackside-acceptance-signature', format: 1, algorithm: 'ed25519' }
  const served = (form: NonNullable<Acceptance['services'][number]['form']>) =>
    soundParts.services.map((one) => ({ ...one, form }))

  /** A certificate of a server that runs the model of a copy of the catalog. */
  function certified() {
    const folder = temporaryFolder()
    const catalog = join(folder, 'catalog')
    cpSync(join(root, 'resources/catalog'), catalog, { recursive: true })
    const form = { entry: 'qwen3-32b', version: '1', form: 'w8a8' }
    const document = canonicalJson(acceptanceOf({ services: served(form) }))
    const signature = { ...head, ...signDocument(document, newDocumentKey()) }
    const file = join(folder, 'paper.json')
    writeFileSync(file, document)
    writeFileSync(join(folder, 'paper.sig.json'), JSON.stringify(signature))
    const entry = join(catalog, 'models/qwen3-32b.yaml')
    return { file, document, catalog, entry, fingerprint: fingerprintOfKey(signature.publicKey) }
  }

  it('writes what was measured into the entry, once, and the catalog stays without a fault', () => {
    const { file, catalog, entry, fingerprint } = certified()
    chmodSync(entry, 0o644)
    const first = play(`catalog evidence ${file} ${catalog} --fingerprint ${fingerprint}`)
    expect(first.outcome).toEqual(ok(0))
    expect(first.said.join('\n')).toContain('models/qwen3-32b.yaml, form w8a8')
    expect(first.said.join('\n')).toContain('1 × Ascend 910B4, 32 GiB each, vllm 1: 30 tokens/s for one')
    expect(play(`catalog lint ${catalog}`).outcome).toEqual(ok(0))
    const written = readFileSync(entry, 'utf8')
    expect(written).toContain(fingerprint)
    expect(statSync(entry).mode & 0o777).toBe(0o644)
    const again = play(`catalog evidence ${file} ${catalog}`, 'zh-CN')
    expect(again.said[1]).toContain('已有')
    expect(readFileSync(entry, 'utf8')).toBe(written)
  })

  it('writes nothing of a document that was changed, or signed with another key', () => {
    const { file, document, catalog, entry } = certified()
    const before = readFileSync(entry, 'utf8')
    expect(play(`catalog evidence ${file} ${catalog} --fingerprint SHA256:other`).outcome).toEqual(ok(116))
    writeFileSync(file, document.replace('"p95":400', '"p95":100'))
    expect(play(`catalog evidence ${file} ${catalog}`).outcome).toEqual(ok(118))
    expect(readFileSync(entry, 'utf8')).toBe(before)
  })

  it('says what has no entry there, and what it needs', () => {
    const { file, catalog, entry } = certified()
    rmSync(entry)
    const { outcome, complained } = play(`catalog evidence ${file} ${catalog}`)
    expect([outcome, complained]).toEqual([
      ok(42),
      ['ward-model: not written, this folder has no entry of that model and version'],
    ])
    expect(readCommandLine(['catalog', 'evidence'])).toMatchObject({ failure: { problem: 'no-file-named' } })
    expect(readCommandLine(['catalog', 'evidence', 'x'])).toMatchObject({ failure: { problem: 'catalog-needed' } })
  })
})
