// Traces of one series, from files: runs of the same value ("null": nobody could look), and what was said at which look.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', 'fixtures', 'alerts', 'traces')

type Trace = {
  readonly about: string
  readonly rule: string
  readonly series: string
  readonly everySeconds: number
  readonly runs: readonly (readonly [looks: number, value: number | null])[]
  readonly says: readonly (readonly [at: number, is: string])[]
}

export function alertTraces() {
  return readdirSync(folder).map((file) => {
    const { runs, ...trace } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Trace
    return { ...trace, file, values: runs.flatMap(([looks, value]) => Array<number | null>(looks).fill(value)) }
  })
}
