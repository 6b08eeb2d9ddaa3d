// Names cached work by what went into it: the content of folders and any plain values.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

export async function inputHash(values: unknown, folders: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(values))
  for (const folder of folders) {
    for (const file of await filesIn(folder)) {
      hash.update(JSON.stringify(relative(folder, file))).update(await readFile(file))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

/** Every plain file below a folder, sorted; none where the folder is absent. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
