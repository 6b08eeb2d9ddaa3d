// Results of benchmarks, one document each: how a service was before a patch has to be there after it.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BenchHead, type BenchResult, benchId, benchResult, headOf } from '../../shared/domain/bench.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { documentIn } from './folder.ts'

/** Some years of a hospital's; the oldest go. */
const benchesKept = 300

export type KeptBenches = {
  save(result: BenchResult): Result<void>
  /** Null where there is none. */
  read(id: string): Result<BenchResult | null>
  /** Newest first. What is damaged is not among them, and says so where it is read. */
  list(): BenchHead[]
}

export function benchesIn(folder: string): KeptBenches {
  const place = join(folder, 'benches')
  const document = (id: string) => documentIn(folder, join('benches', `${id}.json`), benchResult.nullable(), null)

  function list(): BenchHead[] {
    const heads = idsIn(place).flatMap((id) => {
      const read = document(id).read()
      return read.ok && read.value !== null ? [headOf(read.value)] : []
    })
    return heads.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
  }

  return {
    list,
    read: (id) => document(id).read(),
    save(result) {
      const saved = document(result.benchId).write(result)
      if (!saved.ok) return saved
      if (idsIn(place).length > benchesKept) {
        for (const { benchId: id } of list().slice(benchesKept)) rmSync(join(place, `${id}.json`), { force: true })
      }
      return ok(undefined)
    },
  }
}

function idsIn(place: string): string[] {
  try {
    const names = readdirSync(place).filter((name) => name.endsWith('.json'))
    return names.map((name) => name.slice(0, -'.json'.length)).filter((id) => benchId.safeParse(id).success)
  } catch {
    // There was none yet.
    return []
  }
}
