// Offline folders stay cached for the next run; what broke off and the least recently used ones go.
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { labHome } from '../folders.ts'

/** `begins`: how the names of one kind of folder begin. */
export async function removeOldFolders(begins: string, kept: number): Promise<void> {
  const names = (await readdir(labHome())).filter((name) => name.startsWith(begins))
  const aged = await Promise.all(
    names.map(async (name) => ({ name, usedAtMs: (await stat(join(labHome(), name))).mtimeMs })),
  )
  const newestFirst = aged.sort((a, b) => b.usedAtMs - a.usedAtMs)
  const unfinished = newestFirst.filter(({ name }) => name.includes('.building-'))
  const old = newestFirst.filter(({ name }) => !name.includes('.building-')).slice(kept)
  for (const { name } of [...unfinished, ...old]) {
    await rm(join(labHome(), name), { recursive: true, force: true })
  }
}
