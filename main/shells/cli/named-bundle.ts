// The bundle that a command line names: a folder, or one that was imported or opened before, by its id or its name.
import { type Stats, statSync } from 'node:fs'
import type { BundleSummary } from '../../../shared/contract/bundles.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import { wholePath } from './target.ts'
import { flat, type Work } from './work.ts'

const bundleId = /^bundle-[0-9a-f]+$/

/** An id stands for itself; of a folder the id that it gets. */
export async function bundleNamed({ client }: Pick<Work, 'client'>, word: string): Promise<Result<string>> {
  if (bundleId.test(word)) return withId(client, word)
  const folder = wholePath('--from', word)
  if (!folder.ok) return folder
  const there = thereAt(folder.value)
  if (there?.isFile() === true) return usage('bundle-in-one-file', word)
  const opened = await flat('desk.openBundle', client.desk.openBundle({ folder: folder.value }))
  if (opened.ok) return ok(opened.value.bundleId)
  return there === undefined ? named(client, word) : opened
}

/** Also the id of one that was opened long ago, which no list shows any more. */
async function withId(client: Work['client'], word: string): Promise<Result<string>> {
  const looked = await flat('bundles.inspect', client.product.bundles.inspect({ place: word }))
  return !looked.ok && looked.failure.kind === 'bundle-unknown' ? named(client, word) : ok(word)
}

/** Undefined also below what is no folder. */
function thereAt(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

async function named(client: Work['client'], word: string): Promise<Result<string>> {
  const listed = await flat('bundles.list', client.product.bundles.list({}))
  if (!listed.ok) return listed
  const [found, another] = listed.value.filter((one) => nameOf(one) === word || one.name === word)
  if (found !== undefined && another === undefined) return ok(found.bundleId)
  return usage('no-such-bundle', word, { other: namesOf(listed.value) })
}

/** What its publisher calls it, where it can be read. */
function nameOf({ name, content }: BundleSummary): string {
  return content.ok ? content.value.header.name : name
}

/** For people: those that there are, by their ids. */
export function namesOf(bundles: readonly BundleSummary[]): string {
  const shown = bundles.slice(0, 10).map((one) => `${one.bundleId} (${nameOf(one)})`)
  return [...shown, ...(bundles.length > shown.length ? ['...'] : [])].join(', ')
}
