// The files of the repository as the architecture test sees them: what git knows plus what is new
// and not ignored; in a copy without git, everything but build output and packages.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SourceFile } from './read-source.ts'

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

const notOurs = new Set(['.git', 'node_modules', 'dist'])
const sourceName = /\.[cm]?[jt]sx?$/

export function repositoryPaths(root = repositoryRoot): string[] {
  if (existsSync(join(root, '.git'))) {
    const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
    const listed = spawnSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    if (listed.status === 0) {
      const paths = new Set(listed.stdout.split('\0').filter((path) => path !== ''))
      return [...paths].filter((path) => existsSync(join(root, path))).sort()
    }
  }
  return walk(root, '').sort()
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? walk(root, path) : [path]
  })
}

export function isSource(path: string): boolean {
  return sourceName.test(path) && !path.startsWith('tests/fixtures/')
}

/** Texts only: a file with a NUL byte in it (a picture, an archive) is left out. */
export function readFiles(paths: readonly string[], root = repositoryRoot): SourceFile[] {
  return paths
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter((file) => !file.text.includes('\0'))
}
