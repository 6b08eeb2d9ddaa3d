// `npm run check`: all gates at once, one line each as it ends, then what the failed ones said, or how long
// files and functions are.
// Another folder as the only argument is checked instead: how a test plants faults.
import { join } from 'node:path'
import { gateNames, runGate } from './gates.ts'
import { shapeLines } from './shape.ts'

const root = process.argv[2] ?? join(import.meta.dirname, '..', '..')
const results = await Promise.all(
  gateNames.map(async (gate) => {
    const result = await runGate(gate, root)
    console.log(`${result.passed ? 'ok    ' : 'FAILED'}  ${result.seconds.toFixed(1).padStart(5)} s  ${gate}`)
    return result
  }),
)
const failed = results.filter((result) => !result.passed)
for (const { gate, output } of failed) console.log(`\n--- ${gate}\n${output.trim()}`)
if (failed.length > 0) process.exitCode = 1
else console.log(`\n${shapeLines(root).join('\n')}`)
