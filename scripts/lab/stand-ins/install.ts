// Puts the stand-in vendor tools of one hardware kind into an appliance's disk before it boots, and takes
// those of the other kinds out. Device nodes are made on every boot by a small unit inside.
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { labSourceFolder } from '../folders.ts'
import type { AcceleratorKind } from './accelerator-kinds.ts'
import { type PretendedHardware, pretendedHardware } from './hardware.ts'

const toolsFolder = join(labSourceFolder, 'stand-ins', 'tools')
const libraryFolder = 'usr/lib/rackside-lab'
const stateFolder = 'var/lib/rackside-lab'
const unit = 'etc/systemd/system/rackside-lab-accelerators.service'
const wanted = 'etc/systemd/system/sysinit.target.wants/rackside-lab-accelerators.service'

/** Everything any kind may have left; removed before another kind goes in. A fault of the tools stays. */
const leftovers = [
  ...['usr/bin/nvidia-smi', 'usr/local/bin/npu-smi', 'usr/local/Ascend', 'usr/local/dcmi'],
  ...['etc/ascend_install.info', libraryFolder, join(stateFolder, 'accelerators.json'), unit, wanted],
]

/** `root` is the mounted disk of an appliance that is off. */
export async function installStandIns(root: string, kind: AcceleratorKind, applianceName: string): Promise<void> {
  for (const path of leftovers) await rm(join(root, path), { recursive: true, force: true })
  const hardware = pretendedHardware(kind, applianceName)
  if (hardware === null) return
  await put(root, join(stateFolder, 'accelerators.json'), `${JSON.stringify(hardware, null, 2)}\n`)
  const isNvidia = hardware.nodePrefix === 'nvidia'
  for (const name of isNvidia ? ['load.py', 'nvidiapages.py'] : ['load.py']) {
    await put(root, join(libraryFolder, name), await readFile(join(toolsFolder, name), 'utf8'))
  }
  const [tool, path] = isNvidia ? ['nvidia-smi.py', 'usr/bin/nvidia-smi'] : ['npu-smi.py', 'usr/local/bin/npu-smi']
  await put(root, path, await readFile(join(toolsFolder, tool), 'utf8'), 0o755)
  await put(root, join(libraryFolder, 'make-nodes'), nodeScript(hardware), 0o755)
  await put(root, unit, unitText)
  await mkdir(dirname(join(root, wanted)), { recursive: true })
  await symlink('../rackside-lab-accelerators.service', join(root, wanted))
  if (!isNvidia) await putAscendFiles(root, hardware)
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
export function nodeScript(hardware: PretendedHardware): string {
  const numbered = hardware.devices.map((device) => `${hardware.nodePrefix}${device.index}`)
  return `#!/bin/sh
# Makes the device nodes again: /dev is new on every boot.
mkdir -p -m 0777 /run/rackside-lab
chmod 0777 /run/rackside-lab
for name in ${[...numbered, ...hardware.otherNodes].join(' ')}; do
  [ -e "/dev/$name" ] || mknod -m 0666 "/dev/$name" c 1 3
done
`
}

async function putAscendFiles(root: string, hardware: PretendedHardware): Promise<void> {
  const driver = 'usr/local/Ascend/driver'
  await put(
    root,
    join(driver, 'version.info'),
    `Version=${hardware.driver}\nInnerversion=V100R001C22SPC002B210\nascendhal_version=7.35.23\naicpu_version=1.0\ntdt_version=1.0\ncompatible_version_fw=[7.0.0,7.9.9]\n`,
  )
  await put(
    root,
    'usr/local/Ascend/firmware/version.info',
    `Version=${hardware.firmware}\nfirmware_version=1.0\npackage_version=${hardware.driver}\n`,
  )
  await put(
    root,
    'etc/ascend_install.info',
    'UserName=HwHiAiUser\nUserGroup=HwHiAiUser\nDriver_Install_Type=full\nDriver_Install_Path_Param=/usr/local/Ascend\nDriver_Install_For_All=no\nDriver_Install_Mode=normal\nDriver_Install_Status=complete\n',
  )
  await put(root, join(driver, 'lib64/driver/libdcmi.so'), '')
  await put(root, 'usr/local/dcmi/libdcmi.so', '')
}
