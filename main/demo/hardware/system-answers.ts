// The operating system of the simulated machine: who it is, its processor, memory, PCI bus and service manager.
import type { Machine } from '../machine.ts'
import type { AnswerTable } from '../probe-answer.ts'
import { memoryKibibytes } from './host-text.ts'
import { presets } from './presets.ts'

export const systemAnswers: AnswerTable = {
  'machine-id': ({ state }) => ({ stdout: `${state.machineId}\n` }),
  uname: (machine) => ({ stdout: `${hostName(machine)}\n${presets[machine.state.preset].kernel}\nx86_64\n` }),
  'os-release': ({ state }) => ({ stdout: presets[state.preset].osRelease }),
  cpu: (machine) => ({ stdout: cpuText(machine) }),
  memory: (machine) => ({ stdout: memoryText(machine) }),
  pci: (machine) => ({ stdout: pciText(machine) }),
  systemd: ({ state }) => ({ stdout: `${presets[state.preset].systemd}\n${systemdFeatures}\n` }),
}

/** An appliance's name may hold Chinese letters; a host name may not. */
function hostName({ state }: Machine): string {
  const plain = state.name.replaceAll(/[^A-Za-z0-9-]+/g, '-').replaceAll(/^-+|-+$/g, '')
  return plain === '' ? `demo-${state.preset}` : plain.toLowerCase()
}

/** The lines of /proc/cpuinfo that the probe keeps. */
function cpuText({ state }: Machine): string {
  const { cpuModel, logicalCores } = presets[state.preset]
  return Array.from({ length: logicalCores }, (_, core) => `processor\t: ${core}\nmodel name\t: ${cpuModel}\n`).join('')
}

/** The first lines of /proc/meminfo, and what readers look for. */
function memoryText(machine: Machine): string {
  const { total, available } = memoryKibibytes(machine)
  const swap = Math.floor(presets[machine.state.preset].swapBytes / 1024)
  const buffers = Math.floor(available / 400)
  const cached = Math.floor(available / 9)
  const lines = [
    ['MemTotal', total],
    ['MemFree', available - buffers - cached],
    ['MemAvailable', available],
    ['Buffers', buffers],
    ['Cached', cached],
    ['SwapCached', 0],
    ['Dirty', 312],
    ['Writeback', 0],
    ['SwapTotal', swap],
    ['SwapFree', swap],
  ] as const
  return lines.map(([name, amount]) => `${`${name}:`.padEnd(15)} ${String(amount).padStart(8)} kB\n`).join('')
}

/** The accelerators that are still in their slots and the board's own display, as a shell lists the folder. */
function pciText(machine: Machine): string {
  const { vendor, devices, boardDisplays } = presets[machine.state.preset]
  const driver = vendor === 'nvidia' ? 'nvidia' : 'devdrv_device_driver'
  const accelerators = devices.map(
    ({ pciAddress, pciVendor, pciDevice, pciClass }) => `${pciAddress} ${pciVendor} ${pciDevice} ${pciClass} ${driver}`,
  )
  const lines = [...accelerators, ...boardDisplays].sort()
  return `pci\n${lines.map((line) => `${line}\n`).join('')}`
}

const systemdFeatures =
  '+PAM +AUDIT +SELINUX +APPARMOR +IMA +SMACK +SECCOMP +GCRYPT -GNUTLS +OPENSSL +ACL +BLKID +CURL +ELFUTILS ' +
  '+FIDO2 +IDN2 -IDN +IPTC +KMOD +LIBCRYPTSETUP +LIBFDISK +PCRE2 -PWQUALITY +P11KIT +QRENCODE +TPM2 +BZIP2 +LZ4 ' +
  '+XZ +ZLIB +ZSTD -BPF_FRAMEWORK -XKBCOMMON +UTMP +SYSVINIT default-hierarchy=unified'
