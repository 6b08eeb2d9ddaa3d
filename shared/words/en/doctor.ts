// English: what the doctor says.
import type { DoctorWords } from '../doctor-words.ts'
import { accelerators } from './doctor-accelerators.ts'
import { containers } from './doctor-containers.ts'
import { host } from './doctor-host.ts'
import { kernel } from './doctor-kernel.ts'
import { many } from './many.ts'

export const doctor: DoctorWords = {
  rules: { ...accelerators, ...containers, ...host, ...kernel },
  severities: { error: 'Error', warning: 'Warning', hint: 'Hint' },
  nothing: 'Nothing found: as far as could be looked, all is well.',
  sum: (errors, warnings, hints) => `${many(errors, 'error')}, ${many(warnings, 'warning')}, ${many(hints, 'hint')}`,
  cause: 'Cause',
  evidence: 'Seen',
  fix: 'What helps',
  unread: 'Could not be looked at',
  facts: {
    runtimes: 'container runtimes',
    cdiSpecs: 'CDI descriptions',
    programs: 'installed programs',
    services: 'system services',
    kernelHeaders: 'kernel headers',
    secureBoot: 'Secure Boot',
    modules: 'kernel modules',
    kernelOptions: 'kernel command line',
    iommu: 'IOMMU',
    hugePages: 'huge pages',
    numa: 'NUMA',
    selinux: 'SELinux',
    appArmor: 'AppArmor',
    rebootWanted: 'pending restart',
    clockSynchronised: 'clock synchronisation',
    clockSeconds: 'clock',
    disks: 'disks',
    diskUnder: 'disks under the folders',
    networkCards: 'network cards',
    ascendFirmware: 'Ascend firmware',
    containerDevices: 'accelerators inside containers',
    kernelLog: 'kernel log',
  },
}
