// The questions about chips in real shells: which node is which chip, and only of an unwell chip what is wrong with it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ascend } from '../../../../../shared/facts/accelerators/ascend.ts'
import { installed, makePlace, type Place, type Ran, shells, startScript } from '../shells.ts'

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

type Machine = { readonly place: Place; run(): Promise<Ran>; calls(): string[] }

/** A machine whose npu-smi prints this table, writes down what it is asked, and answers other pages with their name. */
function machine(shell: readonly [string, ...string[]], table: string, exitCode = 0): Machine {
  const place = makePlace()
  places.push(place)
  const log = join(place.tools, 'calls')
  place.addTool(
    'npu-smi',
    `echo "$*" >>'${log}'
[ $# -gt 1 ] && { echo "page of $*"; exit 3; }
cat <<'TABLE'
${table}
TABLE
exit ${exitCode}`,
  )
  return {
    place,
    run: () => startScript(shell, ascend.probes, place, 8).ended,
    calls: () => readFileSync(log, 'utf8').trim().split('\n').sort(),
  }
}

const header = `| npu-smi 25.2.0 Version: 25.2.0 |
| NPU   Name                | Health        | Power(W)    Temp(C)           Hugepages-Usage(page)|
| Chip                      | Bus-Id        | AICore(%)   Memory-Usage(MB)  HBM-Usage(MB)        |`

const mixed = `${header}
| 0     910B4               | OK            | 82.6        34                0    / 0             |
| 0                         | 0000:C1:00.0  | 0           0    / 0          2871 / 32768         |
| 5     910B4               | Warning       | NA          84                0    / 0             |
| 0                         | 0000:C2:00.0  | 0           0    / 0          2871 / 32768         |
| 6     910B4               | UNKNOWN       | -           -                 0    / 0             |
| 1                         | NA            | 0           0    / 0          2871 / 32768         |
| NPU     Chip              | Process id    | Process name             | Process memory(MB)      |
| 7       0                 | Alarm         | python                   | 25540                   |
| 0                         | 0000:C3:00.0  | 0           0    / 0          2871 / 32768         |`

const here = shells.filter((shell) => installed(shell[0]))

describe.each(here.map((shell) => [shell.join(' '), shell] as const))('in %s', (_name, shell) => {
  it('asks for codes and memory errors of unwell chips, and of no other row', async () => {
    const { run, calls } = machine(shell, mixed)
    const answer = (await run()).answers.get('npu-smi-chips')
    expect(calls()).toEqual([
      'info',
      'info -m',
      'info -t ecc -i 5 -c 0',
      'info -t ecc -i 6 -c 1',
      'info -t health -i 5 -c 0',
      'info -t health -i 6 -c 1',
    ])
    expect(answer?.stdout.split('\n').filter((line) => line !== '')).toEqual([
      'page of info -m',
      '== map - - 3',
      ...['health', 'ecc'].flatMap((page) => [`page of info -t ${page} -i 5 -c 0`, `== ${page} 5 0 3`]),
      ...['health', 'ecc'].flatMap((page) => [`page of info -t ${page} -i 6 -c 1`, `== ${page} 6 1 3`]),
    ])
  })

  it('names no chip where the table names none, as on 950', async () => {
    const rows = `| 3      | Ascend950DT | Alarm  | 120.0 45 0 / 0         |
|        |             | NA     | 0 0 / 0 2048 / 98304   |`
    const { run, calls } = machine(shell, `${header}\n${rows}`)
    await run()
    expect(calls()).toEqual(['info', 'info -m', 'info -t ecc -i 3', 'info -t health -i 3'])
  })
})

describe('the questions about chips', () => {
  it('are eight chips at most', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => [
      `| ${index}     910B4               | Alarm         | 82.6        34                0    / 0             |`,
      '| 0                         | 0000:C1:00.0  | 0           0    / 0          2871 / 32768         |',
    ])
    const { run, calls } = machine(['sh'], [header, ...rows.flat()].join('\n'))
    await run()
    expect(calls().filter((call) => call.includes('-t health'))).toHaveLength(8)
  })

  it('are the mapping alone where the table was an error, and text in it is never a command', async () => {
    const { place, run, calls } = machine(['sh'], '| $(touch x) * | Alarm | `touch x` | -8005 |', 250)
    const { answers } = await run()
    expect(calls()).toEqual(['info', 'info -m'])
    expect(answers.get('npu-smi-chips')?.exitCode).toEqual({ state: 'known', value: 0 })
    expect(place.leftovers()).toEqual([])
  })
})
