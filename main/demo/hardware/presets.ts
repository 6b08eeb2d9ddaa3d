// The three machines that the demo can be. Products, memory sizes, versions and identities are those of real
// servers (a 910B4 server with driver 25.2, an H20 server with driver 550, a workstation with two RTX 4090). All are
// amd64, Ascend too, so that one bundle serves them all.
import type { DemoPreset } from '../../../shared/domain/demo.ts'
import { devicesAt, type Preset } from './preset-shape.ts'

const gibibyte = 1024 ** 3
const kibibyte = 1024

const ascend: Preset = {
  vendor: 'ascend',
  driverVersion: '25.2.0',
  driverText: `Version=25.2.0
ascendhal_version=7.35.23
aicpu_version=1.0
tdt_version=1.0
log_version=1.0
prof_version=2.0
dvppkernels_version=1.1
tsfw_version=1.0
Innerversion=V100R001C22SPC005B219
compatible_version=[V100R001C18],[V100R001C19],[V100R001C20],[V100R001C21],[V100R001C22]
compatible_version_fw=[7.0.0,7.7.99]
package_version=25.2.0
`,
  osRelease: `NAME="openEuler"
VERSION="22.03 LTS"
ID="openEuler"
VERSION_ID="22.03"
PRETTY_NAME="openEuler 22.03 LTS"
ANSI_COLOR="0;31"
`,
  kernel: '5.10.0-60.139.0.166.oe2203.x86_64',
  systemd: 'systemd 255 (255-16.oe2203)',
  cpuModel: 'Hygon C86 7390 32-core Processor',
  logicalCores: 128,
  cpuBusyPercent: 9,
  memoryBytes: 1_056_291_280 * kibibyte,
  idleMemoryBytes: 21.4 * gibibyte,
  swapBytes: 4_194_300 * kibibyte,
  disks: [
    {
      filesystem: '/dev/mapper/openeuler-root',
      mount: '/',
      totalBytes: 438 * gibibyte,
      baseUsedBytes: 19.6 * gibibyte,
    },
    { filesystem: '/dev/nvme0n1p1', mount: '/var', totalBytes: 3521 * gibibyte, baseUsedBytes: 38.2 * gibibyte },
  ],
  boardDisplays: ['0000:06:00.0 0x19e5 0x1711 0x030000 hibmc-drm'],
  devices: devicesAt(['c1', 'c2', '81', '82', '01', '02', '41', '42'], {
    product: '910B4',
    pciVendor: '0x19e5',
    pciDevice: '0xd802',
    pciClass: '0x120000',
    memoryMib: 32_768,
    idleMemoryMib: 2871,
    powerIdleWatts: 82,
    powerBusyWatts: 331,
    powerLimitWatts: 350,
    idleCelsius: 34,
    busyCelsius: 68,
    criticalCelsius: 90,
    whenHot: 'alarm',
  }),
  modelShare: 0.81,
  tokensPerSecond: 42,
  ttftMs: 180,
}

const nvidia: Preset = {
  vendor: 'nvidia',
  driverVersion: '550.144.03',
  driverText: `NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.144.03  Mon Dec 30 17:44:08 UTC 2024
GCC version:  gcc version 12.3.0 (Ubuntu 12.3.0-1ubuntu1~22.04)
`,
  osRelease: ubuntu('22.04', '22.04.5 LTS', 'Jammy Jellyfish'),
  kernel: '5.15.0-131-generic',
  systemd: 'systemd 255 (255.4-1ubuntu8.6~22.04)',
  cpuModel: 'Intel(R) Xeon(R) Platinum 8480+',
  logicalCores: 224,
  cpuBusyPercent: 6,
  memoryBytes: 1_056_476_172 * kibibyte,
  idleMemoryBytes: 17.8 * gibibyte,
  swapBytes: 8_388_604 * kibibyte,
  disks: [
    { filesystem: '/dev/nvme0n1p2', mount: '/', totalBytes: 1757 * gibibyte, baseUsedBytes: 41.3 * gibibyte },
    { filesystem: '/dev/nvme1n1p1', mount: '/data', totalBytes: 7096 * gibibyte, baseUsedBytes: 0.4 * gibibyte },
  ],
  boardDisplays: ['0000:03:00.0 0x1a03 0x2000 0x030000 ast'],
  devices: devicesAt(['0f', '26', '44', '59', '86', 'a8', 'b7', 'dc'], {
    product: 'NVIDIA H20',
    pciVendor: '0x10de',
    pciDevice: '0x2329',
    pciClass: '0x030200',
    memoryMib: 97_871,
    idleMemoryMib: 4,
    powerIdleWatts: 72,
    powerBusyWatts: 468,
    powerLimitWatts: 500,
    idleCelsius: 33,
    busyCelsius: 74,
    criticalCelsius: 95,
    whenHot: 'slows',
  }),
  modelShare: 0.86,
  tokensPerSecond: 58,
  ttftMs: 140,
}

const workstation: Preset = {
  vendor: 'nvidia',
  driverVersion: '570.133.07',
  driverText: `NVRM version: NVIDIA UNIX x86_64 Kernel Module  570.133.07  Fri Mar 14 13:12:07 UTC 2025
GCC version:  gcc version 13.3.0 (Ubuntu 13.3.0-6ubuntu2~24.04)
`,
  osRelease: ubuntu('24.04', '24.04.2 LTS', 'Noble Numbat'),
  kernel: '6.8.0-57-generic',
  systemd: 'systemd 255 (255.4-1ubuntu8.6)',
  cpuModel: 'AMD Ryzen Threadripper PRO 5965WX 24-Cores',
  logicalCores: 48,
  cpuBusyPercent: 14,
  memoryBytes: 131_802_504 * kibibyte,
  idleMemoryBytes: 3.9 * gibibyte,
  swapBytes: 8_388_604 * kibibyte,
  disks: [{ filesystem: '/dev/nvme0n1p2', mount: '/', totalBytes: 1831 * gibibyte, baseUsedBytes: 64.7 * gibibyte }],
  boardDisplays: [],
  devices: devicesAt(['41', '61'], {
    product: 'NVIDIA GeForce RTX 4090',
    pciVendor: '0x10de',
    pciDevice: '0x2684',
    pciClass: '0x030000',
    memoryMib: 24_564,
    idleMemoryMib: 14,
    powerIdleWatts: 19,
    powerBusyWatts: 372,
    powerLimitWatts: 450,
    idleCelsius: 37,
    busyCelsius: 71,
    criticalCelsius: 95,
    whenHot: 'slows',
  }),
  modelShare: 0.74,
  tokensPerSecond: 36,
  ttftMs: 220,
}

export const presets: { readonly [P in DemoPreset]: Preset } = {
  'ascend-8': ascend,
  'nvidia-8': nvidia,
  'workstation-2': workstation,
}

/** Of the parts of /etc/os-release that anybody reads. */
function ubuntu(versionId: string, version: string, codename: string): string {
  const word = codename.split(' ')[0]?.toLowerCase()
  return `PRETTY_NAME="Ubuntu ${version}"
NAME="Ubuntu"
VERSION_ID="${versionId}"
VERSION="${version} (${codename})"
VERSION_CODENAME=${word}
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
UBUNTU_CODENAME=${word}
`
}
