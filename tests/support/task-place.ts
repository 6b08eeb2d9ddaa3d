// An engine with one container at a time as files of a temporary folder, for the script of jobs and probes: a container
// that is started runs what a test says, as a process of its own.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../../shared/domain/command.ts'
import { remoteRuntime, remoteTasks, systemdFolder } from '../../shared/domain/remote-layout.ts'
import { makePlace } from '../unit/shared/facts/shells.ts'

/** Each container has another id. `ended` has its exit status; `starts` is sh text; a service that the task stops is told by `service`. */
const docker = (state: string) => `cd '${state}' || exit 1
echo "$*" >>said
for last; do :; done
case $1 in
  rm) [ "$last" = "$(cat id)" ] || [ "$last" = rackside-starter_task ] || exit 1
    [ ! -e pid ] || kill -9 "$(cat pid)" 2>/dev/null
    rm -f pid ended made ;;
  create) [ ! -e broken-create ] || { echo 'no such network' >&2; exit 1; }
    cat >environment; printf '%s\\n' "$@" >made; echo "c0ffee-$$" | tee id ;;
  network) [ ! -e broken-join ] || { cat broken-join >&2; exit 1; } ;;
  start) if [ "$last" != "$(cat id)" ]; then echo running >service; exit; fi
    [ ! -e broken-start ] || { cat broken-start >&2; exit 1; }
    ( sh ./starts >log 2>&1; echo $? >ended.new; mv ended.new ended ) </dev/null >/dev/null 2>&1 6>&- &
    echo $! >pid ;;
  stop) if [ "$last" != "$(cat id)" ]; then echo exited >service; exit; fi
    kill -9 "$(cat pid)" 2>/dev/null; echo 137 >ended ;;
  wait) while [ ! -e ended ]; do sleep 0.05; done; cat ended ;;
  logs) cat log ;;
  inspect) case "$*" in
    *State.Running*) [ "$(cat service 2>/dev/null)" = running ] && echo true || echo false ;;
    *) [ -e made ] || exit 1
      if [ -e ended ]; then echo "exited $(cat killed 2>/dev/null || echo false) $(cat ended)"; else echo 'running false 0'; fi ;;
  esac ;;
esac`

export function taskPlace(starts: string) {
  const place = makePlace()
  const root = join(place.tools, '..')
  const [state, tasks, runtime] = ['state', 'tasks', 'run'].map((name) => join(root, name)) as [string, string, string]
  mkdirSync(state)
  place.addTool('docker', docker(state))
  const set = (name: string, value: string) => writeFileSync(join(state, name), value)
  set('starts', starts)
  const read = (name: string) => (existsSync(join(state, name)) ? readFileSync(join(state, name), 'utf8') : '')
  const folder = join(tasks, 'ward-records')
  const here = (word: string) =>
    word.replaceAll(remoteTasks, tasks).replaceAll(remoteRuntime, runtime).replaceAll(systemdFolder, join(root, 'none'))
  return {
    set,
    read,
    remove: place.remove,
    /** What the engine was told to do. */
    acts: () =>
      read('said')
        .split('\n')
        .filter((line) => /^(rm|create|network|start|stop) /.test(line)),
    notes: () => (existsSync(folder) ? readdirSync(folder).sort() : []),
    note: (name: string) => readFileSync(join(folder, name), 'utf8'),
    modeOf: (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8),
    /** Left in the runtime folder besides locks. */
    leftovers: () => readdirSync(runtime).filter((name) => !/^task\.[a-z_-]+$/.test(name)),
    start([program, ...options]: readonly [string, ...string[]], command: Command | undefined) {
      const [, , text = '', ...words] = (command?.words ?? []).map(here)
      const child = spawn(program, [...options, '-c', text, ...words], {
        env: { PATH: `${place.tools}:/usr/sbin:/usr/bin:/sbin:/bin`, SHLVL: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (bytes: Buffer) => (stdout += bytes))
      child.stderr.on('data', (bytes: Buffer) => (stderr += bytes))
      const ended = new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
        child.on('exit', (status) => setTimeout(() => resolve({ status, stdout, stderr }), 50))
      })
      return { kill: () => child.kill('SIGKILL'), ended }
    },
  }
}
