// Opens the default browser, where there is one, and never waits for it: the command may hang, or be the browser.
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program and its words; the address comes last. */
export type BrowserCommand = readonly [program: string, ...words: string[]]

type Computer = { readonly platform: NodeJS.Platform; readonly environment: NodeJS.ProcessEnv }

export function browserCommand({ platform, environment }: Computer): BrowserCommand | undefined {
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  if (platform === 'darwin') return ['open']
  // Without a display xdg-open would put a text browser into this very terminal.
  const display = environment['WAYLAND_DISPLAY'] || environment['DISPLAY']
  const program = display ? onPath('xdg-open', environment['PATH'] ?? '') : undefined
  return program === undefined ? undefined : [program]
}

function onPath(name: string, path: string): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder.startsWith('/'))
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** `onFailure` is called at most once: when it cannot be started, or ends saying that it failed. */
export function openBrowser([program, ...words]: BrowserCommand, address: string, onFailure: () => void): void {
  const child = spawn(program, [...words, address], { detached: true, stdio: 'ignore' })
  child.once('error', onFailure)
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) onFailure()
  })
  child.unref()
}
