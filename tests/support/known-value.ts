// The value of a reading in a fixture that is known to know it.
import type { Reading } from '../../shared/domain/reading.ts'

export function knownValue<T>(reading: Reading<T> | undefined): T {
  if (reading?.state !== 'known') throw new Error(`the fixture says ${reading?.state}`)
  return reading.value
}
