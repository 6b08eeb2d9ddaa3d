// The verdict over an audit: the walk along its records, whether it begins where it may, and whether what was noted elsewhere
// (checkpoints, the copies on appliances) says the same.
import { type AuditCheckpoint, checkpointText } from '../../../shared/domain/audit-checkpoint.ts'
import { ownActs, retained, stretchBegin } from '../../../shared/domain/audit-own-acts.ts'
import { beforeAll, type SealedRecord } from '../../../shared/domain/audit-record.ts'
import { type AuditReport, findings } from '../../../shared/domain/audit-report.ts'
import { isSignedBy } from './epoch-key.ts'
import { linesOf } from './lines.ts'
import { type SegmentBytes, type Walk, walkSegment } from './walk-chain.ts'

export type AuditMaterial = {
  /** In their order, read one by one: together they may be large. */
  readonly segments: Iterable<SegmentBytes>
  /** Only some of the segments: nothing is said of what comes before and behind. */
  readonly isPart?: boolean
  /** What an appliance kept: records of acts there alone. */
  readonly isCopy?: boolean
  /** Digests of what was kept of before the chain, by name. */
  readonly legacy?: ReadonlyMap<string, string>
  /** Of this computer. */
  readonly own?: readonly AuditCheckpoint[]
  /** From elsewhere. */
  readonly given?: readonly AuditCheckpoint[]
  /** Files of records that were kept elsewhere, on an appliance. */
  readonly copies?: readonly SegmentBytes[]
}

const checkpointsName = 'checkpoints.jsonl'

export function verifyAudit(material: AuditMaterial): AuditReport {
  const { segments, isPart = false, isCopy = false, legacy, own = [], given = [], copies = [] } = material
  const found = findings()
  const removals: SealedRecord[] = []
  const legacyNamed: SealedRecord[] = []
  const copied = copiedRecords(copies)
  const checked = new Map<AuditCheckpoint, 'agrees' | 'differs'>()
  const byNumber = grouped([...own, ...given])
  const walk: Walk = {
    ...{
      found,
      isPart,
      isCopy,
      records: 0,
      first: undefined,
      last: undefined,
      stretch: undefined,
      announced: undefined,
    },
    seen(record, stretch) {
      if (record.act === ownActs.retention) removals.push(record)
      if (record.act === ownActs.begin || record.act === ownActs.epochBegin) legacyNamed.push(record)
      for (const one of byNumber.get(record.number) ?? []) {
        const isKeys = stretch === undefined || (one.publicKey === stretch.publicKey && one.epoch === stretch.epoch)
        const isSame = one.hash === record.hash && isKeys
        if (isSame && checked.get(one) !== 'differs') checked.set(one, 'agrees')
        else checked.set(one, 'differs')
      }
      compareCopies(copied.get(record.number), record, found)
    },
  }
  for (const segment of segments) walkSegment(walk, segment)
  judgeBegin(walk, removals)
  if (!isPart) missingOfCopies(copied, walk)
  if (legacy !== undefined) judgeLegacy(legacy, legacyNamed, found)
  const removedUpTo = walk.first === undefined ? 0 : walk.first.number - 1
  for (const one of [...own, ...given]) judgeCheckpoint(walk, one, { state: checked.get(one), removedUpTo })
  if (given.length === 0) found.note('no-checkpoint', '', 0)
  return reportOf(
    walk,
    given.filter((one) => checked.get(one) === 'agrees'),
  )
}

function reportOf({ found, records, first, last, stretch }: Walk, agree: readonly AuditCheckpoint[]): AuditReport {
  return {
    consoleId: stretch?.consoleId ?? null,
    ...{ records, first: first?.number ?? 0, last: last?.number ?? 0 },
    ...{ lastHash: last?.hash ?? null, lastAt: last?.at ?? null },
    ...{ problems: found.problems, notes: found.notes },
    checkpoints: { agree: agree.length, highest: Math.max(0, ...agree.map(({ number }) => number)) },
    endShownTo: agree.length === 0 ? null : Math.max(...agree.map(({ number }) => number)),
  }
}

function judgeBegin({ found, first, isPart }: Walk, removals: readonly SealedRecord[]): void {
  if (first === undefined || (first.number === 1 && first.act === ownActs.begin)) return
  if (isPart) {
    found.note('part', '', first.number)
    return
  }
  const isRemoved = removals.some(({ input }) =>
    retained
      .safeParse(input)
      .data?.removed.some(({ last, lastHash }) => last === first.number - 1 && lastHash === first.previous),
  )
  if (isRemoved && first.previous !== beforeAll) found.note('removed', '', first.number)
  else found.problem('begin-missing', '', first.number)
}

/** What a segment that is still there names is still there too. */
function judgeLegacy(there: ReadonlyMap<string, string>, named: readonly SealedRecord[], found: Walk['found']): void {
  const files = named.flatMap(({ number, input }) =>
    (stretchBegin.safeParse(input).data?.legacy ?? []).map((one) => ({ number, ...one })),
  )
  for (const { number, file, sha256 } of files) {
    const digest = there.get(file)
    if (digest === undefined) found.problem('legacy-missing', file, number)
    else if (digest !== sha256) found.problem('legacy-changed', file, number)
  }
}

type Judged = { readonly state: 'agrees' | 'differs' | undefined; readonly removedUpTo: number }

function judgeCheckpoint(walk: Walk, one: AuditCheckpoint, { state, removedUpTo }: Judged): void {
  const { found, isPart, last, stretch } = walk
  const { signature, ...said } = one
  const problem = (kind: Parameters<typeof found.problem>[0]) => found.problem(kind, checkpointsName, one.number)
  if (!isSignedBy(one.publicKey, checkpointText(said), signature)) problem('checkpoint-unsigned')
  else if (stretch !== undefined && one.consoleId !== stretch.consoleId) problem('checkpoint-of-other')
  else if (state === 'differs') problem('checkpoint-differs')
  else if (state === 'agrees' || isPart) return
  else if (one.number > (last?.number ?? 0)) problem('checkpoint-beyond')
  else if (one.number <= removedUpTo) found.note('checkpoint-of-removed', checkpointsName, one.number)
  else problem('checkpoint-differs')
}

type Copied = { readonly file: string; readonly hash: string; readonly isWhole: boolean }

function copiedRecords(copies: readonly SegmentBytes[]): Map<number, Copied[]> {
  const all = new Map<number, Copied[]>()
  for (const { file, bytes } of copies) {
    for (const { read } of linesOf(bytes)) {
      if (read === undefined) continue
      const { number, hash } = read.record
      all.set(number, [...(all.get(number) ?? []), { file, hash, isWhole: read.hashIsRight }])
    }
  }
  return all
}

function compareCopies(
  copies: readonly Copied[] | undefined,
  { number, hash }: SealedRecord,
  found: Walk['found'],
): void {
  for (const one of copies ?? []) {
    if (!one.isWhole || one.hash !== hash) found.problem('copy-differs', one.file, number)
  }
}

/** What was cut off at the end, an appliance still has. */
function missingOfCopies(copied: ReadonlyMap<number, readonly Copied[]>, { found, last }: Walk): void {
  for (const [number, copies] of copied) {
    if (number > (last?.number ?? 0)) for (const { file } of copies) found.problem('copy-differs', file, number)
  }
}

function grouped(checkpoints: readonly AuditCheckpoint[]): Map<number, AuditCheckpoint[]> {
  const groups = new Map<number, AuditCheckpoint[]>()
  for (const one of checkpoints) groups.set(one.number, [...(groups.get(one.number) ?? []), one])
  return groups
}
