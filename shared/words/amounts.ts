// Amounts as people read them: at most three significant digits and the unit beside the number.
const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

export function bytesText(bytes: number): string {
  let value = Math.max(0, bytes)
  let unit = 0
  while (value >= 1000 && unit < binaryUnits.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${threeDigits(value)} ${binaryUnits[unit]}`
}

export function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)))
}
