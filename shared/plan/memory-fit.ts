// The memory that a service takes when it is started, and what is free of it now: weights, KV cache and what the process
// itself needs, all in bytes.
import { bytesOfWeights } from '../domain/artifact.ts'
import type { ContainerVariant } from '../domain/entry/variant.ts'
import type { Facts } from '../domain/facts.ts'
import type { MemoryFit } from '../domain/plan.ts'
import type { Reading } from '../domain/reading.ts'
import type { ServiceBuild } from './container-spec.ts'
import { reportOf } from './devices-there.ts'
import { kvBytesPerToken } from './fit/kv-cache.ts'

/** Undefined where the memory is not known. */
export function memoryFit(build: ServiceBuild, facts: Facts): MemoryFit | undefined {
  const { service, variant } = build
  const available = availableBytes(variant, facts)
  if (available.state !== 'known') return undefined
  const parts = partsOf(build)
  return {
    service: service.name,
    ...parts,
    needBytes: parts.weightsBytes + parts.kvCacheBytes + parts.overheadBytes,
    availableBytes: available.value,
    where: variant.match.accelerator === undefined ? 'memory' : 'accelerator',
  }
}

/** On all its devices together; for an app there are no weights and no cache. */
function partsOf(build: ServiceBuild): Pick<MemoryFit, 'weightsBytes' | 'kvCacheBytes' | 'overheadBytes'> {
  const { overheadBytes } = build.variant
  if (build.role !== 'model') return { weightsBytes: 0, kvCacheBytes: 0, overheadBytes }
  const { weights, model, fit } = build
  if (fit === undefined) {
    const kvCacheBytes = kvBytesPerToken(weights.weights.shape, 16) * model.contextTokens * model.parallel
    return { weightsBytes: bytesOfWeights(weights), kvCacheBytes, overheadBytes }
  }
  const onAll = (bytes: number) => Math.ceil(bytes * fit.devices.length)
  const { weightsBytes, kvNeededBytes, runtimeBytes, activationBytes } = fit.perDevice
  return {
    weightsBytes: onAll(weightsBytes),
    kvCacheBytes: onAll(kvNeededBytes),
    overheadBytes: onAll(runtimeBytes + activationBytes),
  }
}

/** Free memory where the variant runs: the host's available memory, or the sum over the vendor's devices that could be read. */
function availableBytes(variant: ContainerVariant, facts: Facts): Reading<number> {
  const wanted = variant.match.accelerator
  if (wanted === undefined) {
    return facts.memory.state === 'known' ? { state: 'known', value: facts.memory.value.availableBytes } : facts.memory
  }
  const devices = reportOf(wanted.vendor, facts)?.devices
  if (devices === undefined || devices.state !== 'known') return { state: 'absent' }
  const free = devices.value.flatMap((d) =>
    d.memoryTotalBytes.state === 'known' && d.memoryUsedBytes.state === 'known'
      ? [d.memoryTotalBytes.value - d.memoryUsedBytes.value]
      : [],
  )
  // Unified memory (GB10) has no device memory of its own to read: that is "don't know", not 0.
  return free.length === 0 ? { state: 'absent' } : { state: 'known', value: free.reduce((a, b) => a + b, 0) }
}
