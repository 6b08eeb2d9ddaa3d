// An appliance's folder for services in a temporary one, with an engine and a curl that say what a test wrote, for the
// scripts that make secrets and files.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Command } from '../../shared/domain/command.ts'
import type { StepSpec } from '../../shared/domain/plan.ts'
import { known } from '../../shared/domain/reading.ts'
import { remoteRoot } from '../../shared/domain/remote-layout.ts'
import { makePlace } from '../unit/shared/facts/shells.ts'
import { bareFacts } from './plan-cases.ts'

type Shell = readonly [string, ...string[]]

export function servicePlace(shell: Shell) {
  const place = makePlace()
  const [root, state] = [join(place.tools, '..', 'rackside'), join(place.tools, '..', 'state')]
  for (const folder of [root, state]) mkdirSync(folder)
  const tool = (name: string, text: string) => place.addTool(name, `echo "${name} $*" >>'${state}/said'\n${text}`)
  tool(
    'docker',
    `case $*" " in
  *State.Running*) cat '${state}/running' ;;
  *Mounts*) cat '${state}/mounts' ;;
  port*) cat '${state}/ports' 2>/dev/null ;;
  *Labels*) cat '${state}/port' ;;
  kill*) [ ! -e '${state}/broken' ] ;;
esac`,
  )
  tool(
    'curl',
    `cat >'${state}/header'; if grep -qF "$(cut -d ' ' -f 3 '${state}/header')" '${state}/refused'; then printf 401; else cat '${state}/status'; fi`,
  )
  // Whoever runs the tests is root there.
  place.addTool('stat', `/usr/bin/stat "$@" | sed "s/^$(id -un) /root /"`)
  place.addTool('sleep', ':')
  const set = (name: string, value: string) => writeFileSync(join(state, name), value)
  set('running', 'true')
  set('mounts', `${join(root, 'services/gateway/files-0123456789ab')}\n`)
  set('port', '8500')
  set('refused', 'nobody\n')
  set('status', '200')
  const run = (text: string, words: readonly string[], input = '') => {
    const [program, ...options] = shell
    // It asks four times instead of many: each is a handful of processes, and time does not pass here anyway.
    const there = [text, ...words].map((word) =>
      word.replaceAll(remoteRoot, root).replace(/\[ \$n -lt (?:60|15) \]/g, '[ $n -lt 4 ]'),
    )
    const { status, stdout, stderr } = spawnSync(program, [...options, '-c', ...there], {
      env: { PATH: `${place.tools}:/usr/bin:/bin`, SHLVL: '1' },
      encoding: 'utf8',
      input,
    })
    return { status, stdout, stderr }
  }
  const runAll = (commands: readonly Command[]) => {
    for (const { words } of commands) {
      const [, , text = '', ...rest] = words
      const ended = run(text, rest)
      if (ended.status !== 0) return ended
    }
    return { status: 0, stdout: '', stderr: '' }
  }
  const asked = (spec: StepSpec) => {
    const question = kindOf(spec).look?.(spec) ?? ''
    const { stdout } = run(question, ['sh'])
    return { ...bareFacts(), host: new Map([[question, known(stdout)]]) }
  }
  return {
    set,
    addTool: place.addTool,
    remove: place.remove,
    isTrue: (spec: StepSpec) => kindOf(spec).isTrue(spec, asked(spec)),
    does: (spec: StepSpec) => runAll(acting(spec).commands(spec, asked(spec), 'run-1')),
    undoes: (spec: StepSpec) => runAll(acting(spec).undo(spec, asked(spec), { runId: 'run-1', failedAt: 0 })),
    /** A whole script, with what it gets by standard input. */
    asRoot: (text: string, input: string) => run(text, [], input),
    said: () => (existsSync(join(state, 'said')) ? readFileSync(join(state, 'said'), 'utf8').trim().split('\n') : []),
    header: () => readFileSync(join(state, 'header'), 'utf8'),
    path: (name: string) => join(root, name),
    read: (name: string) => readFileSync(join(root, name), 'utf8'),
    mode: (name: string) => (statSync(join(root, name)).mode & 0o777).toString(8),
    names: (folder: string) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : []),
  }
}

function acting(spec: StepSpec) {
  const kind = kindOf(spec)
  if (kind.by !== 'commands') throw new Error(`${spec.kind} is not made true by commands`)
  return kind
}
