// Paths of folders, compared as texts.

export function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`)
}
