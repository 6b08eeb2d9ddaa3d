// Devices without memory of their own (NVIDIA GB10 and Thor): theirs is the host's, of which the tool tells nothing.
import type { Accelerator } from '../../domain/accelerator.ts'
import { known, type Reading } from '../../domain/reading.ts'

export type HostMemory = Pick<Accelerator, 'memoryTotalBytes' | 'memoryUsedBytes'>

/** What a tool does tell of such a device stays. */
export function withHostMemory(device: Accelerator, host: HostMemory): Accelerator {
  const shares = device.detail?.sharesHostMemory
  if (shares?.state !== 'known' || !shares.value || device.memoryTotalBytes.state === 'known') return device
  const { memoryTotalBytes, memoryUsedBytes } = host
  return { ...device, memoryTotalBytes, memoryUsedBytes }
}

/** What the kernel does not call available is in use. */
export function hostMemoryOf(memory: Reading<{ totalBytes: number; availableBytes: number }>): HostMemory {
  if (memory.state !== 'known') return { memoryTotalBytes: memory, memoryUsedBytes: memory }
  const { totalBytes, availableBytes } = memory.value
  return { memoryTotalBytes: known(totalBytes), memoryUsedBytes: known(Math.max(0, totalBytes - availableBytes)) }
}
