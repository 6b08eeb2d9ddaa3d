// The files a dynamically linked program needs, asked of the base image's own ldd, so that an image can
// be cut from it without a package manager inside.
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type BaseImage, runInBase } from '../base/base-image.ts'
import { LabFailure } from '../lab-failure.ts'
import type { TarEntry } from './tar-writer.ts'

/** Absolute paths in ldd's answer: libraries after `=>`, and the loader itself. */
export function librariesInLdd(output: string): string[] {
  const missing = /^\s*(\S+) => not found/m.exec(output)?.[1]
  if (missing !== undefined) throw new LabFailure('input-missing', `the base image lacks the library ${missing}`)
  const paths = [...output.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x[0-9a-f]+\)/gm)]
  return [...new Set(paths.map((match) => match[1] as string))].sort()
}

export async function programClosure(base: BaseImage, programs: readonly string[]): Promise<TarEntry[]> {
  const libraries = librariesInLdd(await runInBase(base, ['ldd', ...programs]))
  const paths = new Set([...programs, ...libraries].map(mergedPath))
  return Promise.all([...paths].sort().map((path) => fileOfBase(base, path)))
}

/** Debian's /bin, /lib, /lib64 are links into /usr; images here are built the same way. */
export function mergedPath(path: string): string {
  return /^\/(bin|sbin|lib|lib64)\//.test(path) ? `/usr${path}` : path
}

/** One file of the base image under the same path; links are followed and become plain files. */
export async function fileOfBase(base: BaseImage, path: string): Promise<TarEntry> {
  const source = await realpath(join(base.root, path)).catch(() => null)
  if (source === null || !source.startsWith(base.root)) {
    throw new LabFailure('input-missing', `the base image has no ${path}`)
  }
  const { size, mode } = await stat(source)
  return {
    path: path.slice(1),
    mode: (mode & 0o111) === 0 ? 0o644 : 0o755,
    content: { kind: 'file', source, byteCount: size },
  }
}

/** Every file below a folder of the base image, as absolute paths inside it. */
export async function filesBelow(base: BaseImage, folder: string): Promise<string[]> {
  const entries = await readdir(join(base.root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(base.root.length))
    .sort()
}
