// An engine with one volume of a service and the container that was set aside, as files of a temporary folder, for the
// scripts that save volumes and put them back.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../../shared/domain/command.ts'
import { remoteBackups, remoteTasks } from '../../shared/domain/remote-layout.ts'
import { makePlace } from '../unit/shared/facts/shells.ts'

export const deployment = 'ward-records'
export const volume = 'rackside-ward-records_notes'
export const specDigest = 'b'.repeat(64)

/** `is FILE` prints what a test wrote there, or nothing. */
const docker = (state: string, data: string) => `is() { cat '${state}/'"$1" 2>/dev/null; }
echo "$*" >>'${state}/said'
for last; do :; done
case "$1 $2" in
  'volume inspect') [ "$last" = ${volume} ] || { echo "no such volume: $last"; exit 1; }
    echo "$(is label) ${data}" ;;
  'inspect --type') case "$*" in
    *Config.Labels*) echo ${specDigest} ;;
    *) echo "c0ffee $(is started)" ;;
  esac ;;
  'ps --quiet') is users || : ;;
  *) [ ! -e '${state}/broken' ] ;;
esac`

export function volumePlace() {
  const place = makePlace()
  const folders = ['state', 'data', 'backups', 'tasks'].map((name) => join(place.tools, '..', name))
  const [state, data, backups, tasks] = folders as [string, string, string, string]
  for (const folder of [state, data]) mkdirSync(folder)
  place.addTool('docker', docker(state, data))
  const set = (name: string, value: string) => writeFileSync(join(state, name), value)
  set('label', volume)
  set('started', '2026-11-20T08:00:00Z')
  const folder = join(backups, deployment)
  return {
    data,
    /** `label`, `started`, `users`, `broken`: what the engine says. */
    set,
    /** How its tasks ended. */
    notes: join(tasks, deployment),
    addTool: place.addTool,
    remove: place.remove,
    /** What the engine was told to do, without what it was only asked. */
    acts: () => {
      const lines = existsSync(join(state, 'said')) ? readFileSync(join(state, 'said'), 'utf8').split('\n') : []
      return lines.filter((line) => /^(update|start|stop|rm) /.test(line))
    },
    archives: () => (existsSync(folder) ? readdirSync(folder).sort() : []),
    archiveIn: (name: string) => join(folder, name, `${volume}.tar`),
    filesIn: (name: string) => readdirSync(join(folder, name)).sort(),
    run([program, ...options]: readonly [string, ...string[]], command: Command | undefined) {
      const [, , text = '', ...words] = (command?.words ?? []).map((word) =>
        word.replaceAll(remoteBackups, backups).replaceAll(remoteTasks, tasks),
      )
      const { status, stderr } = spawnSync(program, [...options, '-c', text, ...words], {
        env: { PATH: `${place.tools}:/usr/bin:/bin`, SHLVL: '1' },
        encoding: 'utf8',
      })
      return { status, stderr }
    },
  }
}
