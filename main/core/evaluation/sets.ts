// The sets of questions that this console has: the one that comes with it, and those that a site brought. A set is taken from
// a file that this computer's user names, or from the import folder, where it is named by an id.
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import {
  type BroughtSet,
  type EvaluationSet,
  type EvaluationSetHead,
  type FoundSet,
  setBounds,
} from '../../../shared/domain/evaluation-set.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { isInChinese } from '../../../shared/verify/evaluation/item-question.ts'
import { readSet, type UnreadSet } from '../../../shared/verify/evaluation/read-set.ts'
import { readPlainBytes } from '../../files/plain-file.ts'
import type { Core } from '../context.ts'
import { importFolder } from '../desk/import-place.ts'

const endings = /\.(csv|json|jsonl)$/i
const mostFound = 100
const smokeName = 'smoke'
const whyKept = 200

export function listSets(core: Core): Result<{ sets: EvaluationSetHead[]; found: FoundSet[] }> {
  const brought = core.state.evaluationSets.list()
  if (!brought.ok) return brought
  const builtIn = builtInSet(core)
  const byName = [...brought.value].sort((a, b) => (a.name < b.name ? -1 : 1))
  const sets = [...(builtIn === undefined ? [] : [builtIn.set]), ...byName]
  return ok({ sets, found: foundIn(core).map(({ file: _file, ...shown }) => shown) })
}

/** Null where there is none. */
export function setNamed(core: Core, digest: string): Result<EvaluationSet | null> {
  const builtIn = builtInSet(core)
  return builtIn?.set.digest === digest ? ok(builtIn) : core.state.evaluationSets.read(digest)
}

export function takeFound(core: Core, foundId: string): Result<BroughtSet> {
  const found = foundIn(core).find((one) => one.foundId === foundId)
  if (found === undefined) return fail({ kind: 'usage', problem: 'no-such-set', word: foundId })
  // What lies there may be anybody's: no link is followed.
  return takeFile(core, found.file, false)
}

/** A link will do: whoever names it may read what it leads to. */
export function openSetFile(core: Core, file: string): Result<BroughtSet> {
  return takeFile(core, resolve(file), true)
}

function takeFile(core: Core, file: string, follow: boolean): Result<BroughtSet> {
  const read = setIn(file, follow)
  if (!read.ok) return read
  const builtIn = builtInSet(core)
  if (builtIn?.set.digest === read.value.set.digest) return ok(shownOf(builtIn))
  const saved = core.state.evaluationSets.save(read.value)
  return saved.ok ? ok(shownOf(read.value)) : saved
}

function shownOf({ set, refusals }: EvaluationSet): BroughtSet {
  return { set, refusals }
}

function setIn(file: string, follow: boolean): Result<EvaluationSet> {
  const name = evidence(basename(file), setBounds.nameLength - 10) || 'set'
  const read = readPlainBytes(file, { follow, mostBytes: setBounds.bytes })
  if (!('read' in read)) {
    const problem = read.problem === 'too-large' ? 'set-too-large' : 'file-unreadable'
    // A path of this computer is nobody's business who asks from elsewhere; what Node says of it has one.
    return fail({ kind: 'usage', problem, word: name, other: evidence(read.why.replaceAll(file, name), whyKept) })
  }
  const text = textOf(read.read)
  if (text === undefined) return fail({ kind: 'usage', problem: 'set-not-text', word: name })
  const set = readSet(text)
  if (!set.ok) return unread(name, set)
  const { form, items, refused, refusals } = set
  const categories = new Set(items.map(({ category }) => category).filter((one) => one !== undefined))
  const digest = createHash('sha256').update(read.read).digest('hex')
  const counts = {
    items: items.length,
    inChinese: items.filter(isInChinese).length,
    categories: categories.size,
    refused,
  }
  return ok({ format: 1, set: { digest, name, form, ...counts }, refusals: [...refusals], items: [...items] })
}

function unread(name: string, { problem, first }: UnreadSet): Result<never> {
  if (problem === 'unknown-form') return fail({ kind: 'usage', problem: 'set-unknown-form', word: name })
  return fail({
    kind: 'usage',
    problem: 'set-no-items',
    word: name,
    other: `${first?.line ?? 1} ${first?.fault ?? ''}`,
  })
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Undefined where the installation lacks it. */
function builtInSet({ tools: { questionSets } }: Pick<Core, 'tools'>): EvaluationSet | undefined {
  if (questionSets === undefined) return undefined
  const read = setIn(join(questionSets, `${smokeName}.json`), false)
  if (!read.ok) return undefined
  return { ...read.value, set: { ...read.value.set, name: smokeName, builtIn: true } }
}

type Found = FoundSet & { readonly file: string }

/** By name. What is in it is looked at when it is taken. */
function foundIn(core: Core): Found[] {
  const place = importFolder(core)
  if (!place.ok) return []
  const names = namesIn(place.value).filter((name) => endings.test(name))
  return names
    .sort()
    .slice(0, mostFound)
    .flatMap((name) => found(place.value, name))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function found(folder: string, name: string): Found[] {
  const file = join(folder, name)
  const about = lstatSync(file, { throwIfNoEntry: false })
  if (about?.isFile() !== true) return []
  const foundId = `found-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`
  return [{ foundId, name: evidence(name, setBounds.nameLength - 10), bytes: about.size, file }]
}
