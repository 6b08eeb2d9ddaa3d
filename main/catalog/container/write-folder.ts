// Writes a bundle as a folder: whoever signs it does so there, before it is packed.
import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { artifactFileName } from '../../../shared/domain/artifact.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { ToWrite } from './write-container.ts'

/** Nothing that lies there is overwritten. */
export async function writeFolder(
  folder: string,
  { documents, carried }: Pick<ToWrite, 'documents' | 'carried'>,
): Promise<Result<void>> {
  const unusable = (problem: string) =>
    fail({ kind: 'container-unusable', file: evidence(folder, 490), problem: evidence(problem, 490) })
  if (existsSync(folder)) return unusable('there is such a folder already')
  const building = `${folder}.building`
  try {
    await rm(building, { recursive: true, force: true })
    await mkdir(join(building, 'artifacts'), { recursive: true })
    for (const [name, bytes] of documents) {
      await mkdir(dirname(join(building, name)), { recursive: true })
      await writeFile(join(building, name), bytes)
    }
    for (const { artifact, file } of carried) {
      const place = join(building, 'artifacts', artifactFileName(artifact.sha256))
      // A copy of its own: whoever writes over the file that it came from does not change what is signed.
      await copyFile(file, place, constants.COPYFILE_FICLONE)
    }
    await rename(building, folder)
    return ok(undefined)
  } catch (error) {
    await rm(building, { recursive: true, force: true })
    const { code, message } = error as NodeJS.ErrnoException
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    return isFull ? fail({ kind: 'disk-full', path: folder, detail: message }) : unusable(message)
  }
}
