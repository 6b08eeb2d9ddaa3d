// Results that are kept one document each in a folder of their own: read by their id, listed by their heads.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type * as z from 'zod'
import type { Result } from '../../shared/domain/failure.ts'

type Form<R, H> = {
  /** Of the folder. */
  readonly name: string
  readonly id: z.ZodType<string>
  readonly document: (file: string) => { read(): Result<R | null>; write(result: R): Result<void> }
  readonly headOf: (result: R) => H
}

export type KeptResults<R, H> = {
  fileOf(id: string): string
  /** Null where there is none. */
  read(id: string): Result<R | null>
  write(id: string, result: R): Result<void>
  ids(): string[]
  /** Newest first. What is damaged is not among them, and says so where it is read. */
  heads(): H[]
}

type Begun = { readonly startedAt: string }

export function resultsIn<R, H extends Begun>(folder: string, form: Form<R, H>): KeptResults<R, H> {
  const { name, document, headOf } = form
  const at = (id: string) => document(join(name, `${id}.json`))

  function ids(): string[] {
    try {
      const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.json'))
      return files.map((file) => file.slice(0, -'.json'.length)).filter((id) => form.id.safeParse(id).success)
    } catch {
      // There was none yet.
      return []
    }
  }

  return {
    ids,
    fileOf: (id) => join(folder, name, `${id}.json`),
    read: (id) => at(id).read(),
    write: (id, result) => at(id).write(result),
    heads() {
      const heads = ids().flatMap((id) => {
        const read = at(id).read()
        return read.ok && read.value !== null ? [headOf(read.value)] : []
      })
      return heads.sort(newestFirst)
    },
  }
}

export function newestFirst(a: Begun, b: Begun): number {
  return a.startedAt < b.startedAt ? 1 : -1
}
