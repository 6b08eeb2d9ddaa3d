// Puts the stand-in vendor tools of one hardware kind into an appliance's disk before it boots, and takes
// those of the other kinds out. Device nodes are made on every boot by a small unit inside.
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { labSourceFolder } from '../folders.ts'
import type { AcceleratorKind, StandInTool } from './accelerator-kinds.ts'
import { type PretendedHardware, pretendedHardware } from './hardware.ts'
import { packageFiles } from './package-files.ts'

const toolsFolder = join(labSourceFolder, 'stand-ins', 'tools')
const libraryFolder = 'usr/lib/rackside-lab'
const stateFolder = 'var/lib/rackside-lab'
/** One file for each tool: several vendors' cards may be in one appliance. */
const hardwareFolder = join(stateFolder, 'hardware')
const unit = 'etc/systemd/system/rackside-lab-accelerators.service'
const wanted = 'etc/systemd/system/sysinit.target.wants/rackside-lab-accelerators.service'

/** Where the vendor's package puts its program, and what only this stand-in needs beside it. */
const programs: Record<StandInTool, { readonly path: string; readonly modules: readonly string[] }> = {
  'nvidia-smi': { path: 'usr/bin/nvidia-smi', modules: ['nvidiapages.py'] },
  'npu-smi': { path: 'usr/local/bin/npu-smi', modules: ['npupages.py'] },
  'hy-smi': { path: 'opt/hyhal/bin/hy-smi', modules: [] },
  cnmon: { path: 'usr/bin/cnmon', modules: [] },
}
const sharedModules = ['load.py', 'stuck.py']

/** Everything any kind may have left; removed before another kind goes in. A fault of the tools stays. */
const leftovers = [
  ...Object.values(programs).map(({ path }) => path),
  ...['usr/local/Ascend', 'usr/local/dcmi', 'etc/ascend_install.info', 'opt/hyhal', 'opt/dtk', 'usr/local/neuware'],
  ...[libraryFolder, hardwareFolder, unit, wanted],
]

/** `root` is the mounted disk of an appliance that is off. */
export async function installStandIns(root: string, kind: AcceleratorKind, applianceName: string): Promise<void> {
  for (const path of leftovers) await rm(join(root, path), { recursive: true, force: true })
  const groups = pretendedHardware(kind, applianceName)
  if (groups.length === 0) return
  for (const name of sharedModules) await putTool(root, name, join(libraryFolder, name), 0o644)
  for (const hardware of groups) await putGroup(root, hardware)
  await put(root, join(libraryFolder, 'make-nodes'), nodeScript(groups), 0o755)
  await put(root, unit, unitText)
  await mkdir(dirname(join(root, wanted)), { recursive: true })
  await symlink('../rackside-lab-accelerators.service', join(root, wanted))
}

async function putGroup(root: string, hardware: PretendedHardware): Promise<void> {
  const { path, modules } = programs[hardware.tool]
  await put(root, join(hardwareFolder, `${hardware.tool}.json`), `${JSON.stringify(hardware, null, 2)}\n`)
  for (const name of modules) await putTool(root, name, join(libraryFolder, name), 0o644)
  await putTool(root, `${hardware.tool}.py`, path, 0o755)
  for (const [file, content] of Object.entries(packageFiles(hardware))) await put(root, file, content)
}

async function putTool(root: string, name: string, path: string, mode: number): Promise<void> {
  await put(root, path, await readFile(join(toolsFolder, name), 'utf8'), mode)
}

async function put(root: string, path: string, content: string, mode = 0o644): Promise<void> {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true, mode: 0o755 })
  await writeFile(file, content)
  await chmod(file, mode)
}

const unitText = `[Unit]
Description=Device nodes of the pretended accelerators (Rackside lab)
DefaultDependencies=no
After=systemd-tmpfiles-setup-dev.service
Before=sysinit.target docker.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/${libraryFolder}/make-nodes
`

/** Nodes that behave like /dev/null: enough to be listed, and to be given to a container. */
export function nodeScript(groups: readonly PretendedHardware[]): string {
  const names = groups.flatMap(({ devices, nodePrefix, otherNodes }) => [
    ...devices.map((device) => `${nodePrefix}${device.index}`),
    ...otherNodes,
  ])
  return `#!/bin/sh
# Makes the device nodes again: /dev is new on every boot.
mkdir -p -m 0777 /run/rackside-lab
chmod 0777 /run/rackside-lab
for name in ${names.join(' ')}; do
  case $name in */*) mkdir -p "/dev/\${name%/*}" ;; esac
  [ -e "/dev/$name" ] || mknod -m 0666 "/dev/$name" c 1 3
done
`
}
