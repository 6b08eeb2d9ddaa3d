// A vendor at work: `rackside vendor` as it is called, and a project that has all its bytes, of one model and its engine.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCommandLine } from '../../main/shells/cli/arguments.ts'
import type { VendorInvocation } from '../../main/shells/cli/vendor-arguments.ts'
import { runVendor } from '../../main/shells/cli/vendor-verbs.ts'
import type { Work } from '../../main/shells/cli/work.ts'
import { writeImageArchive } from '../../scripts/lab/artifacts/image-archive.ts'
import { tinyModel, tinyModelShape } from '../../scripts/lab/artifacts/tiny-model.ts'
import { wordsOf } from '../../shared/words/words-of.ts'
import { putText } from './lab-vendor.ts'
import { madeForm, madeModel, madeRuntime } from './made-entries.ts'
import { temporaryFolder } from './temporary-folder.ts'

export async function vendor(words: readonly string[], language: 'en' | 'zh-CN' = 'en') {
  const [said, results]: [string[], Record<string, unknown>[]] = [[], []]
  const terminal = {
    say: (text: string) => said.push(text),
    tick: () => undefined,
    result: (value: Record<string, unknown>) => results.push(value),
  }
  const read = readCommandLine(['vendor', ...words])
  const work = { terminal, words: wordsOf(language) } as unknown as Work
  const outcome = read.ok ? await runVendor(work, read.value as VendorInvocation) : read
  return { outcome, said, result: results[0] ?? {} }
}

export async function mustVendor(...words: string[]) {
  const { outcome, said, result } = await vendor(words)
  if (!outcome.ok || outcome.value !== 0) throw new Error(JSON.stringify([outcome, said]))
  return result
}

export function passphraseFile(passphrase = 'correct horse battery staple'): string {
  const file = join(temporaryFolder(), 'passphrase')
  writeFileSync(file, `${passphrase}\n`, { mode: 0o600 })
  return file
}

export type MadeVendor = { readonly folder: string; readonly passphrase: string; readonly fingerprint: string }

/** `program`: what the image holds; another text is another version of it. */
export async function readyProject({ program = 'a program' } = {}): Promise<MadeVendor> {
  const folder = join(temporaryFolder(), 'ward')
  const passphrase = passphraseFile()
  const made = await mustVendor(
    ...['init', folder, '--publisher-id', 'acme', '--publisher-name', 'Acme Medical'],
    ...['--passphrase-file', passphrase],
  )
  rmSync(join(folder, 'catalog'), { recursive: true })
  const weights = Buffer.concat([...tinyModel(0)])
  writeFileSync(join(folder, 'images', 'tiny.gguf'), weights)
  for (const entry of wardEntries(weights.length)) write(folder, `catalog/${entry.id}.yaml`, JSON.stringify(entry))
  await putImage(folder, program)
  const artifacts = {
    'tiny-gguf': { from: 'file', path: 'images/tiny.gguf' },
    'llama-image': { from: 'file', path: 'images/llama.tar' },
  }
  write(folder, 'vendor.yaml', JSON.stringify({ format: 1, line: 'ward', publisher: 'publisher', artifacts }))
  return { folder, passphrase, fingerprint: String(made['fingerprint']) }
}

export async function putImage(folder: string, program: string, { shell = true } = {}): Promise<void> {
  const files = imageFiles(program).slice(0, shell ? 3 : 1)
  await writeImageArchive(join(folder, 'images', 'llama.tar'), { reference: 'llama:1', files, config: {} })
}

/** With the shell that no service is without, and what the apps of tests are checked by. */
export function imageFiles(program: string) {
  const file = (path: string, text: string) => ({
    ...{ path, mode: 0o755, content: { kind: 'bytes', bytes: Buffer.from(text) } as const },
  })
  return [file('bin/llama', program), file('bin/sh', 'a shell'), file('bin/busybox', 'a box')]
}

export function write(folder: string, name: string, text: string): void {
  putText(join(folder, name), text)
}

/** One small model and the engine that serves it. */
export function wardEntries(weightsBytes: number) {
  const image = { images: { amd64: { artifact: 'llama-image' } }, arguments: [], overheadBytes: 1000, evidence: 'none' }
  const about = { title: { en: 'Ward', 'zh-CN': '病区' }, summary: { en: 'A model.', 'zh-CN': '模型。' } }
  const service = { role: 'model', name: 'ward-model', runtimes: ['llama'], model: 'tiny', hostPort: 8400 }
  return [
    madeRuntime('llama', { weightsFormats: ['gguf'], splits: 'layers', variants: [{ id: 'cpu', ...image }] }),
    madeModel('tiny', {
      ...{ shape: tinyModelShape, contextTokens: 512, parallel: 1 },
      variants: [madeForm('f32', weightsBytes, { weights: 'tiny-gguf', format: 'gguf' })],
    }),
    { kind: 'solution', id: 'ward', version: '1', ...about, licence: { spdx: 'MIT' }, services: [service] },
  ]
}
