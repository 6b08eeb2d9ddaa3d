// The files of the page, read into memory when the shell starts: what is not in this list cannot be asked for, and
// a build that replaces them meanwhile does not tear the page apart.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

export type PageFile = { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly lasting: boolean }
export type PageFiles = ReadonlyMap<string, PageFile>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}
/** What a person sees first; it loads the rest. */
export const pagePath = '/index.html'

/** By their address path. Undefined where there is no page: then the product was not built. */
export function readPageFiles(folder: string): PageFiles | undefined {
  const files = new Map<string, PageFile>()
  if (!existsSync(join(folder, pagePath))) return undefined
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const type = types[extname(entry.name)]
    // A link could lead elsewhere; a build makes none.
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(folder, file).replaceAll(sep, '/')}`
    // Names in assets/ carry a digest of their content.
    files.set(path, { type, bytes: new Uint8Array(readFileSync(file)), lasting: path.startsWith('/assets/') })
  }
  return files
}
