// The frame of every soak: a long run that is too long for each change. A soak gives counts and what went wrong; the
// frame prints them, and keeps the last result of each in a table.
import { withRow } from '../results/last-runs.ts'

export type SoakReport = {
  /** In the order they are shown: "412 processes". */
  readonly counts: Readonly<Record<string, number>>
  /** A sentence each; none: it held. */
  readonly problems: readonly string[]
}

export type Soak = {
  readonly name: string
  /** One sentence: what runs, and what must hold. */
  readonly about: string
  run(seed: string): Promise<SoakReport>
}

export type Kept = {
  readonly soak: string
  readonly date: string
  readonly commit: string
  readonly seed: string
  readonly report: SoakReport
}

export function reportText(soak: Soak, seed: string, { counts, problems }: SoakReport): string {
  const rows = Object.entries(counts).map(([what, count]) => `  ${String(count).padStart(8)}  ${what}`)
  const verdict = problems.length === 0 ? 'held' : `did not hold: ${problems.length} problems`
  const found = problems.map((problem) => `  - ${problem}`)
  return [`${soak.name}: ${soak.about}`, ...rows, `seed ${seed}: ${verdict}`, ...found].join('\n')
}

export const emptyTable = `# Soaks: the last run of each

Written by \`npm run soak -- NAME\`; what each of them runs is said by \`npm run soak\`. A commit with a plus sign had changes
that were not committed.

| soak | date | commit | seed | result | counts |
|---|---|---|---|---|---|
`

/** The table with this run in the place of the last one of the same name; the others stay as they are. */
export function withResult(table: string, { soak, date, commit, seed, report }: Kept): string {
  const counts = Object.entries(report.counts).map(([what, count]) => `${count} ${what}`)
  const result = report.problems.length === 0 ? 'held' : `${report.problems.length} problems`
  return withRow(table, [soak, date, commit, seed, result, counts.join(', ')])
}
