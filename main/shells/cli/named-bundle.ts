// The bundle that a command line names: a folder, or the id of one that was imported or opened before.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { wholePath } from './target.ts'
import { flat, type Work } from './work.ts'

const bundleId = /^bundle-[0-9a-f]+$/

/** An id stands for itself; of a folder the id that it gets. */
export async function bundleNamed({ client }: Pick<Work, 'client'>, word: string): Promise<Result<string>> {
  if (bundleId.test(word)) return ok(word)
  const folder = wholePath('--from', word)
  if (!folder.ok) return folder
  const opened = await flat('desk.openBundle', client.desk.openBundle({ folder: folder.value }))
  return opened.ok ? ok(opened.value.bundleId) : opened
}
