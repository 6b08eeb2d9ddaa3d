// Every file below a folder, by its path from there.
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

export function filesUnder(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
  return all.filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name)))
}
