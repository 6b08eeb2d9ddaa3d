// A worker that nobody asks: it counts in the same database for as long as it, the app and the model all answer, and is
// well while it does.
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { ask } from './database.mjs'

const [host, port, app, model] = process.argv.slice(2)
const password = readFileSync('/run/rackside/password', 'utf8')

process.on('SIGTERM', () => process.exit(0))
for (;;) {
  try {
    // The app starts after its parts: until then it is not there, and that is well.
    await fetch(`${app}/healthz`).catch(() => undefined)
    if (!(await fetch(`${model}/models`)).ok) throw new Error('the model does not answer')
    await ask({ host, port, password }, 'INCR', 'ticks')
    writeFileSync('/tmp/well', '')
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
  }
  await pause(500)
}
