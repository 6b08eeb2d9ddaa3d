// Results of canaries, one document each, and which of them somebody accepted: what a service answered before a patch has to
// be there after it. The newest of each service is remembered, because every look at an appliance asks for it.
import { rmSync } from 'node:fs'
import * as z from 'zod'
import { type CanaryHead, type CanaryResult, canaryHeadOf, canaryId, canaryResult } from '../../shared/domain/canary.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { isComparable } from '../../shared/verify/canary/drift.ts'
import { documentIn } from './folder.ts'
import { newestFirst, resultsIn } from './kept-results.ts'

/** Each day one of each service: a year of three, and what people ask besides. */
const canariesKept = 1200

const accepted = z.strictObject({ canaryId, acceptedAt: z.string().max(40), who: z.string().max(200) })
type Accepted = z.infer<typeof accepted>

/** Which service; `newest`: whatever came of it. */
export type CanaryPlace = { readonly host: string; readonly port: number; readonly deployment: string }

export type KeptCanaries = {
  save(result: CanaryResult): Result<void>
  /** Null where there is none. */
  read(id: string): Result<CanaryResult | null>
  /** Newest first. What is damaged is not among them, and says so where it is read. */
  list(): CanaryHead[]
  /** Later ones of the same service, asked the same, are compared with this one. */
  accept(result: CanaryResult, by: Omit<Accepted, 'canaryId'>): Result<void>
  /** The accepted one that such a result is compared with; undefined where there is none. */
  baselineFor(one: Pick<CanaryResult, 'subject' | 'set'>): Result<CanaryResult | undefined>
  newestOf(place: CanaryPlace): CanaryHead | undefined
  /** The newest one that says something of the service: nobody stopped it, and it could be asked. */
  newestSaying(place: CanaryPlace): CanaryHead | undefined
}

export function canariesIn(folder: string): KeptCanaries {
  const kept = resultsIn(folder, {
    ...{ name: 'canaries', id: canaryId, headOf: canaryHeadOf },
    document: (file) => documentIn(folder, file, canaryResult.nullable(), null),
  })
  const acceptances = documentIn(folder, 'canary-baselines.json', z.array(accepted), [])
  /** Heads, newest first; read once. */
  let known: CanaryHead[] | undefined

  function heads(): CanaryHead[] {
    known ??= kept.heads()
    return known
  }

  function acceptedIds(): ReadonlySet<string> {
    const read = acceptances.read()
    return new Set(read.ok ? read.value.map((one) => one.canaryId) : [])
  }

  function forgetOld(): void {
    const stay = acceptedIds()
    const old = heads().filter((one, at) => at >= canariesKept && !stay.has(one.canaryId))
    for (const { canaryId: id } of old) rmSync(kept.fileOf(id), { force: true })
    known = heads().filter((one) => !old.includes(one))
  }

  return {
    list() {
      const ids = acceptedIds()
      return heads().map((one) => (ids.has(one.canaryId) ? { ...one, accepted: true } : one))
    },
    read: kept.read,
    save(result) {
      const saved = kept.write(result.canaryId, result)
      if (!saved.ok) return saved
      known = [canaryHeadOf(result), ...heads().filter((one) => one.canaryId !== result.canaryId)].sort(newestFirst)
      if (known.length > canariesKept) forgetOld()
      return ok(undefined)
    },
    accept(result, by) {
      const read = acceptances.read()
      if (!read.ok) return read
      const others = read.value.filter((one) => {
        const head = heads().find((each) => each.canaryId === one.canaryId)
        return head !== undefined && !isComparable(head, result)
      })
      return acceptances.write([...others, { canaryId: result.canaryId, ...by }])
    },
    baselineFor(one) {
      const ids = acceptedIds()
      const head = heads().find((each) => ids.has(each.canaryId) && isComparable(each, one))
      if (head === undefined) return ok(undefined)
      const read = kept.read(head.canaryId)
      return read.ok ? ok(read.value ?? undefined) : read
    },
    newestOf: (at) => heads().find((one) => isAt(one, at)),
    newestSaying: (at) => heads().find((one) => isAt(one, at) && (one.end === 'done' || one.end === 'out-of-time')),
  }
}

function isAt({ subject }: CanaryHead, { host, port, deployment }: CanaryPlace): boolean {
  return subject.host === host && subject.port === port && subject.deployment === deployment
}
