// Entries and devices for tests of choices: small, whole, and different where a test says so.
import type { Accelerator, AcceleratorReport } from '../../shared/domain/accelerator.ts'
import type { ModelEntry } from '../../shared/domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../../shared/domain/entry/runtime-entry.ts'
import { type Entry, entry } from '../../shared/domain/entry.ts'
import { absent, known } from '../../shared/domain/reading.ts'

const text = (said: string) => ({ en: said, 'zh-CN': `${said}（中文）` })
const about = (id: string) => ({
  ...{ id, version: '1', title: text(id), summary: text(`About ${id}`), licence: { spdx: 'Apache-2.0' } },
})
const gibibyte = 1024 ** 3

export function madeRuntime(id: string, changes: Record<string, unknown> = {}): RuntimeEntry {
  return read({
    ...{ kind: 'runtime', ...about(id), containerPort: 8000, readyPath: '/health', startTimeoutSeconds: 600 },
    ...{ healthCommand: ['true'], provides: ['openai-chat@1'], weightsFormats: ['safetensors'], splits: 'tensors' },
    metrics: { path: '/metrics', reader: 'llama-cpp' },
    ...changes,
  }) as RuntimeEntry
}

export function madeVariant(id: string, accelerator?: Record<string, unknown>, changes: Record<string, unknown> = {}) {
  return {
    ...{ id, images: { amd64: { artifact: `${id}-image` }, arm64: { artifact: `${id}-image` } }, arguments: [] },
    ...{ overheadBytes: 2 * gibibyte, evidence: 'none' },
    ...(accelerator && { match: { accelerator: { countAtLeast: 1, ...accelerator } } }),
    ...changes,
  }
}

/** As a Qwen3 of 32B has them: 64 layers, 8 KV heads of 128. */
export function madeModel(id: string, changes: Record<string, unknown> = {}): ModelEntry {
  const attention = { kind: 'grouped-query', attentionHeads: 64, kvHeads: 8, headDimension: 128 }
  return read({
    ...{ kind: 'model', ...about(id), servedName: id, can: ['chat'], contextTokens: 8192, parallel: 4 },
    shape: { architecture: 'qwen3', layers: 64, attention, maxContextTokens: 40_960 },
    variants: [madeForm('bf16', 65_500_000_000), madeForm('w8a8', 34_300_000_000)],
    ...changes,
  }) as ModelEntry
}

export function madeForm(id: string, bytes: number, changes: Record<string, unknown> = {}) {
  return { id, weights: `weights-${id}`, format: 'safetensors', quantization: id, bytes, evidence: 'none', ...changes }
}

function read(one: unknown): Entry {
  return entry.parse(one)
}

export type MadeDevices = { readonly product: string; readonly count: number; readonly memoryGib: number }

export function reportOf(
  vendor: string,
  made: MadeDevices,
  changes: Partial<AcceleratorReport> = {},
): AcceleratorReport {
  const devices = Array.from({ length: made.count }, (_, index) => deviceOf(vendor, index, made))
  return {
    ...{ vendor, kind: 'gpu', pciCount: known(made.count), driverVersion: absent, devices: known(devices) },
    ...changes,
  }
}

function deviceOf(vendor: string, index: number, { product, memoryGib }: MadeDevices): Accelerator {
  return {
    ...{ vendor, kind: 'gpu', index, chip: 0, product: known(product), uuid: absent, pciAddress: absent },
    ...{ memoryTotalBytes: known(memoryGib * gibibyte), memoryUsedBytes: known(0), utilizationPercent: known(0) },
    ...{ temperatureCelsius: absent, powerWatts: absent, powerLimitWatts: absent, health: absent },
  }
}
