// The table of benchmarks: the last result of each, a figure with its target where it has one.
import { withRow } from '../results/last-runs.ts'
import { type BenchReport, readable, wanted } from './frame.ts'

export type KeptBench = {
  readonly bench: string
  readonly date: string
  readonly commit: string
  readonly machine: string
  /** Undefined: it ended before it had measured. */
  readonly report: BenchReport | undefined
}

export const emptyBenchTable = `# Benchmarks: the last run of each

Written by \`npm run bench -- all\`; what each of them measures, against which peers, is said by \`npm run bench\`. A commit with a
plus sign had changes that were not committed. A name ends with its unit; \`times\` is the ratio to the peer of the same run.

| bench | date | commit | result | figures | machine |
|---|---|---|---|---|---|
`

/** The table with this run in the place of the last one of the same name; the others stay as they are. */
export function withBench(table: string, { bench, date, commit, machine, report }: KeptBench): string {
  const result = report === undefined ? 'not measured' : report.met ? 'met' : 'NOT MET'
  return withRow(table, [bench, date, commit, result, figuresOf(report), machine])
}

function figuresOf(report: BenchReport | undefined): string {
  return Object.entries(report?.figures ?? {})
    .map(([name, value]) => {
      const target = report?.targets.find(({ figure }) => figure === name)
      const verdict = target === undefined ? '' : ` (${wanted(target)}${target.met ? '' : ': NOT MET'})`
      return `${name} ${readable(value)}${verdict}`
    })
    .join(', ')
}
