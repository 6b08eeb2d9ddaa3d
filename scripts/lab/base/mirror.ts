// The base image comes from the mirror this host already uses for Debian.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LabFailure } from '../lab-failure.ts'

/** First Debian archive (not security, not another vendor's) in one-line or deb822 sources. */
export function debianMirror(sources: string): string | null {
  for (const line of sources.split('\n')) {
    if (line.trimStart().startsWith('#')) continue
    for (const [url] of line.matchAll(/\bhttps?:\/\/[^\s\]]+/g)) {
      const plain = url.replace(/\/$/, '')
      if (/\/debian$/.test(plain)) return plain
    }
  }
  return null
}

export async function findMirror(aptFolder = '/etc/apt'): Promise<string> {
  const parts = await readdir(join(aptFolder, 'sources.list.d')).catch(() => [])
  const files = ['sources.list', ...parts.sort().map((part) => join('sources.list.d', part))]
  for (const file of files) {
    const text = await readFile(join(aptFolder, file), 'utf8').catch(() => '')
    const mirror = debianMirror(text)
    if (mirror !== null) return mirror
  }
  throw new LabFailure('mirror-unreachable', `no Debian mirror in ${aptFolder}: add one, for example deb.debian.org`)
}
