// Results of benchmarks, one document each: how a service was before a patch has to be there after it.
import { rmSync } from 'node:fs'
import { type BenchHead, type BenchResult, benchId, benchResult, headOf } from '../../shared/domain/bench.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { documentIn } from './folder.ts'
import { resultsIn } from './kept-results.ts'

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
  const kept = resultsIn(folder, {
    ...{ name: 'benches', id: benchId, headOf },
    document: (file) => documentIn(folder, file, benchResult.nullable(), null),
  })
  return {
    list: kept.heads,
    read: kept.read,
    save(result) {
      const saved = kept.write(result.benchId, result)
      if (!saved.ok) return saved
      if (kept.ids().length > benchesKept) {
        for (const { benchId: id } of kept.heads().slice(benchesKept)) rmSync(kept.fileOf(id), { force: true })
      }
      return ok(undefined)
    },
  }
}
