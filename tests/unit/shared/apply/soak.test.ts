// What watches a replacement, in real shells: a docker that tells of the container what a list says, a line a look.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { specLabel } from '../../../../shared/domain/remote-layout.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'
import { installed, makePlace, type Place, shells } from '../facts/shells.ts'

const { facts } = planCase('installed')
const spec = planFor(facts).steps.find((s) => s.id === 'container.ward-model')?.spec as StepSpecOf<'container'>
const older = knownValue(facts.containers).map((one) => ({ ...one, labels: { ...one.labels, [specLabel]: 'older' } }))
const replaced = { ...facts, containers: known(older) }

/** The words of the watching command, or undefined where a replacement is not watched. */
function watching(soakSeconds: number) {
  const commands = actingKindOf(spec).commands({ ...spec, soakSeconds } as never, replaced, 'run-1')
  return commands.find(({ words }) => words[0] === 'sh' && readScriptHead(words[2] ?? '')?.block === 'soak')?.words
}

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

/** `told`: of the container, a line for each look, the last one again and again; "" where the engine does not answer. */
function watch(shell: readonly [string, ...string[]], told: readonly string[], seconds: number) {
  const place = makePlace()
  places.push(place)
  const list = join(place.tools, 'told')
  writeFileSync(list, told.map((line) => `${line}\n`).join(''))
  place.addTool(
    'docker',
    `[ "$1" = logs ] && { echo 'the end of its log'; exit; }
read -r line <'${list}'
[ "$(wc -l <'${list}')" -eq 1 ] || sed -i 1d '${list}'
[ -n "$line" ] || { echo 'Cannot connect to the Docker daemon' >&2; exit 1; }
echo "$line"`,
  )
  writeFileSync(`${list}.slept`, '')
  const [, , text = '', ...words] = watching(seconds) ?? []
  const [program, ...options] = shell
  const { status, stderr } = spawnSync(
    program,
    [...options, '-c', `sleep() { echo "$1" >>'${list}.slept'; }\n${text}`, ...words],
    {
      // Without a level bash takes itself for one that a network started, and reads its user's start-up files.
      env: { PATH: `${place.tools}:/usr/bin:/bin`, SHLVL: '1' },
      encoding: 'utf8',
    },
  )
  return { status, stderr, slept: readFileSync(`${list}.slept`, 'utf8').trim().split('\n').length }
}

const well = 'running healthy 0 2026-11-26T08:00:00Z'
const holds = { status: 0, stderr: '' }
const failed = (seconds: number, state: string) => ({
  status: 1,
  stderr: `it was healthy and did not hold for 5 s: after ${seconds} s it was ${state}\nthe end of its log\n`,
})

describe.each(shells.filter(([program]) => installed(program)).map((shell) => [shell.join(' '), shell] as const))(
  'watching a replacement in %s',
  (_name, shell) => {
    it('ends well when the container has held that long, whether or not it has a health check', () => {
      expect(watch(shell, [well], 5)).toEqual({ ...holds, slept: 5 })
      expect(watch(shell, ['running none 0 2026-11-26T08:00:00Z'], 5)).toMatchObject(holds)
    })

    it.each([
      ['ended', 'exited unhealthy 0 2026-11-26T08:00:00Z'],
      ['became unhealthy', 'running unhealthy 0 2026-11-26T08:00:00Z'],
      ['was started again by the engine', 'running starting 1 2026-11-26T08:00:02Z'],
      ['was started again by hand', 'running healthy 0 2026-11-26T08:00:02Z'],
      ['is restarted again and again', 'restarting unhealthy 7 2026-11-26T08:00:02Z'],
    ])('fails when it %s, at once, and says so with the end of its log', (_what, state) => {
      expect(watch(shell, [well, well, state, well], 5)).toMatchObject(failed(2, state))
    })

    it('goes on when the engine does not answer for a moment, and fails when it does not for half a minute', () => {
      expect(watch(shell, [well, '', '', '', well], 5)).toMatchObject(holds)
      expect(watch(shell, [well, ''], 5)).toMatchObject(failed(1, 'not to be seen'))
    })
  },
)

it('a replacement is not watched for no seconds, and what replaces nothing not at all', () => {
  expect(watching(0)).toBeUndefined()
  const first = actingKindOf(spec).commands(spec as never, { ...facts, containers: known([]) }, 'run-1')
  expect(first.map(({ words }) => words[0])).toEqual(['docker', 'sh', 'sh', 'sh'])
})
