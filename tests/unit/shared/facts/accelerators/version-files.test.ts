// The fragments that read version files, on folders like those of the packages, in real shells.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readVersions, versionsProbe } from '../../../../../shared/facts/accelerators/ascend-versions.ts'
import { hygon } from '../../../../../shared/facts/accelerators/hygon.ts'
import { answer } from '../recorded.ts'
import { installed, shells } from '../shells.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-versions-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const here = shells.filter((shell) => installed(shell[0]))
type Shell = (typeof shells)[number]

function run([program, ...words]: Shell, text: string): string {
  // bash reads the start-up file of whoever tests where its input is a socket, which spawnSync makes it.
  const ran = spawnSync(program, [...words, '-c', text], { encoding: 'utf8', env: { ...process.env, HOME: '/' } })
  expect(ran).toMatchObject({ status: 0, stderr: '' })
  return ran.stdout
}

/** What Ascend's files say where the driver's package was installed to this folder. */
function ascendVersions(shell: Shell, folder: string) {
  writeFileSync(join(folder, 'install.info'), `UserName=HwHiAiUser\nDriver_Install_Path_Param=${folder}`)
  const text = versionsProbe.shell.replaceAll('/etc/ascend_install.info', `'${folder}/install.info'`)
  return readVersions(new Map([[versionsProbe.id, answer(versionsProbe.id, run(shell, text))]]))
}

const known = (value: string) => ({ state: 'known', value })

describe.each(here.map((shell) => [shell.join(' '), shell] as const))('in %s', (_name, shell) => {
  it('driver, firmware and CANN of Ascend are found where the driver says it was installed', () => {
    const folder = folderOf({
      'driver/version.info': 'Version=25.5.0\npackage_version=25.5.0\n',
      'firmware/version.info': 'Version=7.8.0.5.216',
      'ascend-toolkit/8.3.RC2/aarch64-linux/ascend_toolkit_install.info': 'version=8.3.RC2\n',
      'ascend-toolkit/8.3.RC2/version.cfg': 'runtime_running_version=[7.8.0.1:8.1.RC1]\n',
    })
    symlinkSync('8.3.RC2', join(folder, 'ascend-toolkit/latest'))
    expect(ascendVersions(shell, folder)).toEqual({
      driver: known('25.5.0'),
      firmware: known('7.8.0.5.216'),
      toolkit: known('CANN 8.3.RC2'),
    })
  })

  it('a CANN of the new layout goes before an older one, and what is not there is absent', () => {
    const folder = folderOf({
      'cann-8.5.0/x86_64-linux/ascend_toolkit_install.info': 'package_name=Ascend-cann-toolkit\nversion=8.5.0\n',
      'ascend-toolkit/latest/x86_64-linux/ascend_toolkit_install.info': 'version=8.0.RC3\n',
    })
    symlinkSync('cann-8.5.0', join(folder, 'cann'))
    expect(ascendVersions(shell, folder)).toEqual({
      driver: { state: 'absent' },
      firmware: { state: 'absent' },
      toolkit: known('CANN 8.5.0'),
    })
  })

  it('driver and DTK of Hygon are one line each', () => {
    const folder = folderOf({
      'hycu/version': '6.3.8-V1.9.2',
      'dtk/rocm_version': '25.04.1\n',
      'dtk/version-dev': '5.4',
    })
    const fragment = hygon.probes.find((probe) => probe.id === 'hygon-versions')?.shell ?? ''
    const text = fragment.replaceAll('/sys/module', `'${folder}'`).replaceAll('/opt/dtk/.info', `'${folder}'/dtk`)
    expect(run(shell, text)).toBe('driver 6.3.8-V1.9.2\ndtk 25.04.1\ndtk 5.4\n')
  })
})
