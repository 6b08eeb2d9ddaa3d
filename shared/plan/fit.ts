// The memory arithmetic: weights + KV cache + what the process itself needs, against what is free.
// KV bytes per token for grouped-query attention: 2 (K and V) x layers x KV heads x head size x 2 bytes
// (16-bit cache), as in the vendors' formulas collected for the catalog.
import type { Artifact, GgufShape } from '../domain/artifact.ts'
import type { ModelEntry } from '../domain/entry/model-entry.ts'
import type { ContainerVariant } from '../domain/entry/variant.ts'
import type { Facts } from '../domain/facts.ts'
import type { MemoryFit } from '../domain/plan.ts'
import type { Reading } from '../domain/reading.ts'

const bytesPerKvValue = 2

export function kvBytesPerToken(shape: GgufShape): number {
  return 2 * shape.layers * shape.kvHeads * shape.headDimension * bytesPerKvValue
}

/** Memory one service needs. For an app there are no weights and no cache. All in bytes. */
export function memoryFit(
  service: string,
  variant: ContainerVariant,
  facts: Facts,
  model?: { entry: ModelEntry; weights: Extract<Artifact, { kind: 'weights' }> },
): MemoryFit | undefined {
  const available = availableBytes(variant, facts)
  if (available.state !== 'known') return undefined
  const weightsBytes = model?.weights.bytes ?? 0
  const kvCacheBytes = model === undefined ? 0 : kvBytesPerToken(model.weights.weights) * model.entry.contextTokens
  return {
    service,
    weightsBytes,
    kvCacheBytes,
    overheadBytes: variant.overheadBytes,
    needBytes: weightsBytes + kvCacheBytes + variant.overheadBytes,
    availableBytes: available.value,
    where: variant.match.accelerator === undefined ? 'memory' : 'accelerator',
  }
}

/** Free memory where the variant runs: the host's available memory, or the sum over the vendor's devices that could be read. */
function availableBytes(variant: ContainerVariant, facts: Facts): Reading<number> {
  const wanted = variant.match.accelerator
  if (wanted === undefined) {
    return facts.memory.state === 'known' ? { state: 'known', value: facts.memory.value.availableBytes } : facts.memory
  }
  const devices = facts.accelerators.find((r) => r.vendor === wanted.vendor)?.devices
  if (devices === undefined || devices.state !== 'known') return { state: 'absent' }
  const free = devices.value.flatMap((d) =>
    d.memoryTotalBytes.state === 'known' && d.memoryUsedBytes.state === 'known'
      ? [d.memoryTotalBytes.value - d.memoryUsedBytes.value]
      : [],
  )
  // Unified memory (GB10) has no device memory of its own to read: that is "don't know", not 0.
  return free.length === 0 ? { state: 'absent' } : { state: 'known', value: free.reduce((a, b) => a + b, 0) }
}
