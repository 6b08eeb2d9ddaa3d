// Memory that is really held: measured after everything that can go has gone.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Heap and buffers of this process, in bytes. */
export function heldBytes(): number {
  // The second finishes what the first left to threads beside it: with the machine busy that is not swept yet.
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
