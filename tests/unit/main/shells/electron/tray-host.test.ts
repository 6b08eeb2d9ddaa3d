// Whether an icon in the tray would be seen, asked with stand-ins for the programs of a desktop.
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { showsTray } from '../../../../../main/shells/electron/tray-host.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const bus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }

/** A folder for PATH with one program that prints something. */
function desktopWith(program: string, script: string): NodeJS.ProcessEnv {
  const folder = temporaryFolder()
  writeFileSync(join(folder, program), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, program), 0o755)
  return { ...bus, PATH: folder }
}

describe('a tray', () => {
  it('is there on Windows, and not needed on macOS', async () => {
    expect(await showsTray('win32', {})).toBe(true)
    expect(await showsTray('darwin', {})).toBe(false)
  })

  it.each([
    ['busctl', "echo 'b true'"],
    ['gdbus', "echo '(<true>,)'"],
    ['dbus-send', "echo '   variant       boolean true'"],
  ])('is there when %s says so', async (program, script) => {
    expect(await showsTray('linux', desktopWith(program, script))).toBe(true)
  })

  it.each([
    ['nobody shows icons', 'busctl', "echo 'b false'"],
    ['nobody answers on the bus', 'gdbus', 'echo "Error: the name is not activatable" >&2; exit 1'],
    ['the program fails although it says true', 'busctl', 'echo true; exit 1'],
    ['the answer is endless', 'busctl', 'while :; do echo false; done'],
    ['the program hangs', 'busctl', 'while :; do :; done'],
  ])('is not there when %s', async (_when, program, script) => {
    expect(await showsTray('linux', desktopWith(program, script))).toBe(false)
  })

  it('is not there without a session bus, and no program is started that would begin one', async () => {
    const { PATH } = desktopWith('busctl', "echo 'b true'")
    expect(await showsTray('linux', { PATH })).toBe(false)
    expect(await showsTray('linux', { PATH, XDG_RUNTIME_DIR: temporaryFolder() })).toBe(false)
  })

  it('is not there where none of the programs is', async () => {
    expect(await showsTray('linux', { ...bus, PATH: temporaryFolder() })).toBe(false)
  })
})
