// A time that somebody types into a field of the browser, in the time of this computer.

/** "2026-11-28T09:30", as the field has it. */
export function fieldText(atMs: number): string {
  const date = new Date(atMs)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Undefined: no time. */
export function fieldTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return undefined
  const atMs = new Date(text).getTime()
  return Number.isNaN(atMs) || atMs < 0 ? undefined : atMs
}
