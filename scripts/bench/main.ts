// `npm run bench -- NAME`: runs one benchmark, or `all` of them. Peers run in the same run; the last line is JSON.
import { bundleBench } from './bundle.ts'
import { chartsBench } from './charts.ts'
import { connectBench } from './connect.ts'
import { convergeBench } from './converge.ts'
import { demoCost } from './demo-cost.ts'
import { desktopBench } from './desktop.ts'
import { detectBench } from './detect.ts'
import { measureAll } from './every-bench.ts'
import { type Bench, judge, reportLines } from './frame.ts'
import { historyBench } from './history.ts'
import { loadgenBench } from './loadgen.ts'
import { observeBench } from './observe.ts'
import { setupBench } from './setup.ts'
import { startUp } from './start-up.ts'
import { transferBench } from './transfer.ts'
import { uiBench } from './ui.ts'
import { webStart } from './web-start.ts'

const benches: readonly Bench[] = [
  startUp,
  webStart,
  desktopBench,
  uiBench,
  demoCost,
  connectBench,
  detectBench,
  setupBench,
  convergeBench,
  transferBench,
  bundleBench,
  historyBench,
  observeBench,
  chartsBench,
  loadgenBench,
]

const name = process.argv[2]
const bench = benches.find((known) => known.name === name)
if (name === 'all') process.exitCode = (await measureAll(benches)) ? 0 : 1
else if (bench === undefined) {
  const known = benches.map((one) => `  ${one.name}: ${one.about}`)
  console.error(['usage: npm run bench -- NAME', '  all: each of them, kept in tests/bench.md', ...known].join('\n'))
  process.exitCode = 2
} else {
  const report = judge(bench, await bench.measure())
  for (const line of reportLines(bench, report)) console.log(line)
  if (!report.met) process.exitCode = 1
}
