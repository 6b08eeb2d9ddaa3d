// Remote text in bounded pieces: however much a broken or hostile tool prints, a reader sees at most
// this much, so that no reader can be made slow.
const textLimit = 1024 * 1024
const lineLimit = 2000
const countLimit = 8000

/** The first lines of a text, without line ends, each cut to a bounded length. */
export function boundedLines(text: string): string[] {
  const lines = text.slice(0, textLimit).split('\n', countLimit)
  return lines.map((line) => line.slice(0, lineLimit).replace(/\r$/, ''))
}

/** Words of a line: runs of anything but spaces and tabs. */
export function wordsOf(line: string): string[] {
  return line.split(/[ \t]+/).filter((word) => word !== '')
}

/** A whole number of at most 15 digits (always exact), or undefined. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
