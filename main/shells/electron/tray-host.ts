// Whether this desktop shows tray icons. Windows always does; on Linux an icon may be made and never be seen
// (GNOME has none by itself), so the desktop's session bus is asked whether anybody shows them.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const watcher = 'org.kde.StatusNotifierWatcher'
const property = 'IsStatusNotifierHostRegistered'
const properties = 'org.freedesktop.DBus.Properties.Get'
const patienceMilliseconds = 1500

/** One of these is on nearly every desktop; each prints a line with "true" where icons are shown. */
const questions: readonly (readonly [program: string, ...words: string[]])[] = [
  ['busctl', '--user', 'get-property', watcher, '/StatusNotifierWatcher', watcher, property],
  ['gdbus', 'call', '--session', '-d', watcher, '-o', '/StatusNotifierWatcher', '-m', properties, watcher, property],
  [
    ...(['dbus-send', '--session', '--print-reply=literal', `--dest=${watcher}`] as const),
    ...['/StatusNotifierWatcher', properties, `string:${watcher}`, `string:${property}`],
  ],
]

export async function showsTray(system: NodeJS.Platform, environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (system !== 'linux') return system === 'win32'
  // Without a bus of this session the programs would start one.
  if (!hasBus(environment)) return false
  const answers = await Promise.all(questions.map(([program, ...words]) => saysTrue(program, words, environment)))
  return answers.includes(true)
}

function hasBus(environment: NodeJS.ProcessEnv): boolean {
  const folder = environment['XDG_RUNTIME_DIR'] ?? ''
  return (environment['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '' || (folder !== '' && existsSync(join(folder, 'bus')))
}

function saysTrue(program: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { env, timeout: patienceMilliseconds, killSignal: 'SIGKILL' as const, maxBuffer: 4096 }
    execFile(program, [...words], options, (error, output) => resolve(error === null && /\btrue\b/.test(output)))
  })
}
