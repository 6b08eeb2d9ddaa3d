// The history beside plain rows in the same SQLite: what it takes on the disk, and how soon a chart is there. Thirty
// days of twenty appliances, by a clock that runs as fast as the history takes them; and what storing 200 appliances
// of eight accelerators costs once a second.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import { benchTools } from './bench-tools.ts'
import { type Bench, type Figures, median } from './frame.ts'

const dayMs = 24 * 3_600_000
const begin = Date.UTC(2026, 0, 1)
const appliances = 20
const days = 30
/** A chart of a day has a point a minute, however often was measured. */
const everyMs = 60_000
const series = Array.from({ length: 8 }, (_, at) => `accelerator/ascend ${at}/utilization`)
const pixels = 1440
const charts = 15
/** What a console with everything on it stores each second. */
const load = { appliances: 200, seconds: 300 }
const loadSeries = [
  'host/cpu',
  'host/memory-used',
  ...Array.from({ length: 8 }, (_, at) =>
    ['utilization', 'memory-used', 'temperature', 'power', 'health'].map((word) => `accelerator/ascend ${at}/${word}`),
  ).flat(),
]

export const historyBench: Bench = {
  name: 'history',
  about: `a chart of 24 h from ${days} days of ${appliances} appliances, beside plain rows of SQLite; and storing ${load.appliances} appliances of 8 accelerators once a second`,
  targets: [
    { figure: 'chartMs', atMost: 100 },
    { figure: 'rowsTimesBytes', atLeast: 3 },
    { figure: 'loadCorePercent', atMost: 15 },
    { figure: 'loadAddedMegabytes', atMost: 150 },
    { figure: 'addP999Ms', atMost: 20 },
    { figure: 'keepP999Ms', atMost: 20 },
    { figure: 'lost', atMost: 0 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  try {
    const stored = await loaded(join(folder, 'load'))
    return { ...stored, ...(await charted(join(folder, 'charts'), join(folder, 'rows.db'))) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A core whose time is what the bench says. */
function historyAt(folder: string) {
  const time = { wallMs: begin }
  const now = () => new Date(time.wallMs).toISOString()
  const core = openCore(folder, { ...benchTools(folder), now, clock: () => time.wallMs - begin })
  return { core, time, history: core.history.open() }
}

/** The same for every run: a day's wave and some noise, in whole percents. */
function percentAt(atMs: number, place: number): number {
  const wave = 50 + 40 * Math.sin(atMs / 13_000_000 + place)
  const noise = ((Math.imul(atMs / 1000 + place * 7919, 2654435761) >>> 16) % 20) - 10
  return Math.max(0, Math.min(100, Math.round(wave + noise)))
}

async function loaded(folder: string): Promise<Figures> {
  const { core, time, history } = openFolder(folder)
  const layouts = Array.from({ length: load.appliances }, (_, at) => history.layout(`appliance-${at}:22`, loadSeries))
  const values = new Float64Array(loadSeries.length)
  const emptyBytes = process.memoryUsage().rss
  const before = process.cpuUsage()
  const blocks: number[] = []
  for (let second = 0; second < load.seconds; second++) {
    for (const [place, layout] of layouts.entries()) {
      time.wallMs = begin + second * 1000 + Math.floor((place * 1000) / load.appliances)
      for (let at = 0; at < values.length; at++)
        values[at] = percentAt(time.wallMs, place + at) * (at % 5 === 1 ? 2 ** 28 : 1)
      blocks.push(timed(() => history.add(layout, time.wallMs, values)))
    }
  }
  const { user, system } = process.cpuUsage(before)
  const sorted = Float64Array.from(blocks).sort()
  const figures = {
    loadCorePercent: (user + system) / 1e4 / load.seconds,
    loadAddedMegabytes: (process.memoryUsage().rss - emptyBytes) / 1e6,
    addP999Ms: at999(sorted),
    addLongestMs: sorted.at(-1) ?? Number.NaN,
    lost: (await history.state()).lost,
  }
  await closeCore(core)
  return figures
}

async function charted(folder: string, rowsFile: string): Promise<Figures> {
  const { core, time, history } = openFolder(folder)
  const rows = plainRows(rowsFile)
  const layouts = Array.from({ length: appliances }, (_, at) => history.layout(`appliance-${at}:22`, series))
  const values = new Float64Array(series.length)
  const kept: number[] = []
  for (let atMs = begin; atMs < begin + days * dayMs; atMs += everyMs) {
    for (const [place, layout] of layouts.entries()) {
      time.wallMs = atMs + place
      for (let at = 0; at < values.length; at++) values[at] = percentAt(atMs, place * 8 + at)
      kept.push(timed(() => history.add(layout, time.wallMs, values)))
      rows.add(place, time.wallMs, values)
    }
  }
  history.commit()
  const { bytes } = await history.state()
  const [mine, theirs]: [number[], number[]] = [[], []]
  let points = 0
  for (let chart = 0; chart < charts; chart++) {
    const fromMs = begin + chart * dayMs
    const range = { fromMs, toMs: fromMs + dayMs, width: pixels }
    mine.push(
      timed(
        () => (points = history.ask({ appliance: `appliance-${chart}:22`, series, ...range }).series[0]?.n.length ?? 0),
      ),
    )
    theirs.push(timed(() => rows.chart(chart, range)))
  }
  await closeCore(core)
  const rowsBytes = rows.close()
  const sorted = Float64Array.from(kept).sort()
  return {
    // Packing, and what is too old going, are among these.
    ...{ keepP999Ms: at999(sorted), keepLongestMs: sorted.at(-1) ?? Number.NaN },
    ...{ chartMs: median(mine), rowsChartMs: median(theirs), rowsTimesChart: median(theirs) / median(mine), points },
    ...{ megabytes: bytes / 1e6, rowsMegabytes: rowsBytes / 1e6, rowsTimesBytes: rowsBytes / bytes },
  }
}

function openFolder(folder: string) {
  return historyAt(mkdtempSync(`${folder}-`))
}

function at999(sorted: Float64Array): number {
  return sorted[Math.floor(sorted.length * 0.999)] ?? Number.NaN
}

function timed(work: () => unknown): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

/** What one would write without a history: a row for each value, in order of series and time. */
function plainRows(file: string) {
  const database = new Database(file)
  database.pragma('journal_mode=WAL')
  database.exec('CREATE TABLE sample(series INTEGER, at INTEGER, value REAL, PRIMARY KEY(series, at)) WITHOUT ROWID')
  const insert = database.prepare('INSERT INTO sample VALUES (?, ?, ?)')
  const select = database
    .prepare(
      'SELECT at / 60000, min(value), max(value), avg(value) FROM sample WHERE series = ? AND at >= ? AND at < ? GROUP BY 1',
    )
    .raw(true)
  let pending = 0
  return {
    add(place: number, atMs: number, values: Float64Array) {
      if (pending === 0) database.exec('BEGIN')
      for (const [at, value] of values.entries()) insert.run([place * 8 + at, atMs, value])
      pending += 1
      if (pending < 2000) return
      database.exec('COMMIT')
      pending = 0
    },
    chart(place: number, { fromMs, toMs }: { fromMs: number; toMs: number }) {
      if (pending > 0) database.exec('COMMIT')
      pending = 0
      return series.map((_, at) => select.all([place * 8 + at, fromMs, toMs]))
    },
    /** Bytes on the disk. */
    close() {
      database.pragma('wal_checkpoint(TRUNCATE)')
      const { size } = statSync(file)
      database.close()
      return size
    },
  }
}
