// Names of files that are handed to people: of letters, digits, "-" and ".", whatever the things are called that they are about.

/** `ending`: "pdf". */
export function fileNameOf(parts: readonly string[], ending: string): string {
  const plain = parts
    .join('-')
    .replaceAll(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
  return `${plain === '' ? 'rackside' : plain.slice(0, 80)}.${ending}`
}
