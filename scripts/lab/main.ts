// `npm run lab -- COMMAND`: real appliances on this machine. Reads the words, calls one verb, prints
// its result: sentences for people, or one line of JSON with --json.
import { labAnswer, readyHost } from './answer.ts'
import { readCommandLine } from './command-line.ts'
import { LabFailure } from './lab-failure.ts'
import { attachInside } from './machine/inside.ts'
import { requireMachine } from './machine/machine-record.ts'
import { usage } from './usage.ts'

async function main(argv: readonly string[]): Promise<number> {
  const line = readCommandLine(argv)
  if (line.verb === 'help') {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  if (line.verb === 'exec') {
    const words = line.rest.length > 0 ? line.rest : line.words.slice(1)
    if (words.length === 0) throw new LabFailure('usage', 'exec NAME -- WORDS...')
    await readyHost()
    return attachInside(await requireMachine(line.words[0]), words)
  }
  const result = await labAnswer(line)
  process.stdout.write(`${line.json ? JSON.stringify(result.json) : result.text}\n`)
  return 0
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof LabFailure)) throw error
  process.stderr.write(`lab: ${error.code}: ${error.message}\n`)
  return 1
})
