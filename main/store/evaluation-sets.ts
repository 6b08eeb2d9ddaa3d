// Sets of questions that a site brought, a document each under the digest of its file, and a list of what is there: a set may
// have megabytes, and a list reads none of them.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import {
  type EvaluationSet,
  type EvaluationSetHead,
  evaluationSet,
  evaluationSetHead,
} from '../../shared/domain/evaluation-set.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { documentIn } from './folder.ts'

/** The ones that were brought first go; their evaluations stay, and can no longer be resumed. */
const setsKept = 30

export type KeptSets = {
  /** In the order in which they were brought. */
  list(): Result<EvaluationSetHead[]>
  /** Null where there is none. */
  read(digest: string): Result<EvaluationSet | null>
  save(set: EvaluationSet): Result<void>
}

export function evaluationSetsIn(folder: string): KeptSets {
  const heads = documentIn(folder, 'evaluation-sets.json', z.array(evaluationSetHead), [])
  const name = (digest: string) => join('evaluation-sets', `${digest}.json`)
  const document = (digest: string) => documentIn(folder, name(digest), evaluationSet.nullable(), null)

  function forget({ digest }: EvaluationSetHead): void {
    for (const end of ['', '.last']) rmSync(join(folder, `${name(digest)}${end}`), { force: true })
  }

  return {
    list: heads.read,
    read: (digest) => document(digest).read(),
    save(set) {
      const known = heads.read()
      if (!known.ok) return known
      const written = document(set.set.digest).write(set)
      if (!written.ok) return written
      const all = [...known.value.filter(({ digest }) => digest !== set.set.digest), set.set]
      const gone = all.slice(0, Math.max(0, all.length - setsKept))
      const listed = heads.write(all.slice(gone.length))
      if (!listed.ok) return listed
      for (const one of gone) forget(one)
      return ok(undefined)
    },
  }
}
