// The stack around the simulated hardware: a server that was set up with care, and whose kernel says so when a drill
// breaks something.
import type { Machine } from '../machine.ts'
import type { AnswerTable } from '../probe-answer.ts'
import { pulledDevice } from './drilled-devices.ts'
import type { Preset } from './preset-shape.ts'
import { presets } from './presets.ts'

export const stackAnswers: AnswerTable = {
  'host-state': ({ state }) => ({
    stdout: lines([
      ...['host', ...hostState(presets[state.preset]), 'end'],
      ...['toolkits', ...toolkits(presets[state.preset]), 'end'],
    ]),
  }),
  'host-services': (machine) => ({
    stdout: lines([`now ${Math.floor(machine.nowMs() / 1000)}`, 'NTPSynchronized=yes', 'units', ...units, 'end']),
  }),
  'kernel-log': (machine) => ({ stdout: lines(['journal', ...kernelLog(machine), 'end']) }),
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('')
}

const modules = {
  nvidia: ['nvidia_uvm (POE)', 'nvidia_drm (POE)', 'nvidia_modeset (POE)', 'nvidia (POE)'],
  ascend: ['drv_vascend (OE)', 'drv_davinci_intf_host (OE)', 'drv_devmm_host (OE)', 'drv_pcie_host (OE)'],
}

function hostState({ vendor, disks, devices, osRelease }: Preset): string[] {
  const ubuntu = osRelease.includes('ID=ubuntu')
  const rack = devices.length > 2
  return [
    'headers yes',
    'secure-boot 0',
    'modules',
    ...modules[vendor === 'nvidia' ? 'nvidia' : 'ascend'].map((name) => `module ${name}`),
    'options',
    'option iommu=pt',
    'iommu identity',
    `numa ${rack ? 2 : 1} 0`,
    'transparent always [madvise] never',
    `selinux ${ubuntu ? '-' : '0'}`,
    `apparmor ${ubuntu ? 'Y' : '-'}`,
    `reboot ${ubuntu ? 'no' : 'none'}`,
    ...disks.flatMap(({ filesystem, totalBytes }) => diskLines(filesystem, totalBytes)),
    ...(rack ? ['nic ens1f0np0 up 25000', 'nic ens1f1np1 down -1'] : []),
    'nic eno1 up 1000',
  ]
}

/** "/dev/nvme0n1p2" is a part of nvme0n1; what the volume manager made is a disk of its own. */
function diskLines(filesystem: string, bytes: number): string[] {
  const sectors = Math.floor(bytes / 512)
  const name = filesystem.slice(filesystem.lastIndexOf('/') + 1)
  if (filesystem.startsWith('/dev/mapper/')) return [`disk dm-0 0 ${sectors} ${name}`]
  const disk = name.replace(/p\d+$/, '')
  return [`disk ${disk} 0 ${sectors} -`, `part ${name} ${disk}`]
}

const programs = {
  nvidia: ['nvidia-ctk', 'nvidia-container-runtime', 'nvidia-container-runtime-hook', 'nvidia-container-cli', 'dkms'],
  ascend: ['ascend-docker-runtime', 'dkms'],
}

function toolkits({ vendor }: Preset): string[] {
  const nvidia = vendor === 'nvidia'
  const files = nvidia
    ? ['cdi nvidia.com/gpu /etc/cdi/nvidia.yaml']
    : [
        'ascend driver Version=25.2.0',
        'ascend driver compatible_version_fw=[7.0.0,7.7.99]',
        'ascend firmware Version=7.7.0.6.236',
      ]
  return [...programs[nvidia ? 'nvidia' : 'ascend'].map((name) => `program ${name}`), ...files]
}

const units = ['docker', 'containerd'].flatMap((name) => [
  ...[`Id=${name}.service`, 'LoadState=loaded', 'ActiveState=active', 'UnitFileState=enabled'],
  '',
])

function kernelLog(machine: Machine): string[] {
  const { vendor, driverText } = presets[machine.state.preset]
  if (vendor !== 'nvidia') return []
  const line = (atMs: number, text: string) =>
    `${new Date(atMs).toISOString().slice(0, 19)}+0000 ${machine.state.preset} kernel: ${text}`
  const loading = driverText.slice(0, driverText.indexOf('\n')).replace('NVRM version:', 'NVRM: loading')
  const lost = pulledDevice(machine)
  const since = machine.state.drills['pull-card']?.sinceMs
  return [
    line(machine.state.bootedAtMs + 11_000, loading),
    ...(lost === undefined || since === undefined
      ? []
      : [line(since, `NVRM: Xid (PCI:${lost.pciAddress.slice(0, -2)}): 79, GPU has fallen off the bus.`)]),
  ]
}
