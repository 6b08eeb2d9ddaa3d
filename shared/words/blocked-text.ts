// What a publisher takes back, in words: which versions of which entry. The command line, and the window where a bundle is
// checked, imported or its publisher shown, say it alike.
import type { BlockedVersion } from '../domain/blocked-version.ts'
import type { Words } from './words.ts'

export function blockedNamed({ entry, versions = [], range, images = [] }: BlockedVersion, { bundle }: Words): string {
  const ranges = range === undefined ? [] : [bundle.range(range)]
  return bundle.versions(entry, [...versions, ...ranges, ...images.map(bundle.image)])
}

export function blockedText(one: BlockedVersion, words: Words): string {
  return words.bundle.takesBack(blockedNamed(one, words), one.since, one.reason[words.language])
}
