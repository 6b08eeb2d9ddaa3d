// English: what the doctor says about the host: kernel, clock, memory, disks and network.
import type { DoctorTexts } from '../doctor-words.ts'

export const host = {
  'systemd-missing': {
    title: 'systemd does not run this server',
    cause:
      'It is a container, or a system with another service manager. Rackside can set up the stack here, but cannot start services of the system.',
    fix: 'Point Rackside at the host itself; on a system without systemd, install the container engine and drivers in its own way.',
  },
  'kernel-headers-missing': {
    title: 'The headers of the running kernel are not installed',
    cause: 'No driver can be built for this kernel; after a kernel update the accelerators stay without one.',
    fix: 'Install linux-headers-$(uname -r) (Debian, Ubuntu) or kernel-devel-$(uname -r) (openEuler, Kylin, RHEL), then “dkms autoinstall”.',
  },
  'secure-boot-unsigned': {
    title: 'Secure Boot refuses the accelerator’s driver',
    cause: 'The module is not signed by a key that the firmware trusts.',
    fix: 'Sign the module and enrol the key (“mokutil --import”, confirm at the next start), or switch Secure Boot off in the firmware setup.',
  },
  'reboot-wanted': {
    title: 'The server waits for a restart',
    cause: 'Updates of the kernel or of libraries take effect only then; a driver may fit only the new kernel.',
    fix: 'Restart it in a maintenance window, then look again.',
  },
  'clock-not-synchronised': {
    title: 'The clock is not kept right by a time server',
    cause:
      'No time server is set up or reachable. A clock that drifts breaks certificates, logins and the order of logs.',
    fix: 'Enter the hospital’s time server in chrony or systemd-timesyncd and start the service (“systemctl enable --now chronyd”).',
  },
  'clock-off': {
    title: 'The clock is wrong by minutes',
    cause: 'It differs from this console’s clock; certificates and tokens are refused because of it.',
    fix: 'Check which of both is wrong, set up a time server, and step the clock once (“chronyc makestep”).',
  },
  'swap-on': {
    title: 'Swap is on',
    cause: 'A model that is swapped out answers many times slower, and nothing shows why.',
    fix: 'Where memory is enough: “swapoff -a”, and take the line out of /etc/fstab.',
  },
  'memory-short': {
    title: 'The server is almost out of memory',
    cause: 'Less than a twentieth is available; the kernel will soon end programs.',
    fix: 'Find what uses it (“ps aux --sort=-rss | head”), stop what is not needed, or add memory.',
  },
  'huge-pages-held': {
    title: 'Huge pages hold most of the memory',
    cause: 'More than half of the memory is reserved for programs that ask for huge pages; models cannot use it.',
    fix: 'Lower vm.nr_hugepages in /etc/sysctl.conf or on the kernel’s command line.',
  },
  'disk-full': {
    title: 'A disk is full',
    cause: 'Nothing can be written, or soon will not be: containers, logs and runs fail.',
    fix: 'Remove what is not needed: “docker system df” and “docker image prune”, old logs (“journalctl --vacuum-size=1G”), or enlarge the disk.',
  },
  'disk-almost-full': {
    title: 'A disk is almost full',
    cause: 'Images and models are large; the next one may not fit.',
    fix: 'Remove images that are not used (“docker image prune”), or move Docker’s folder to a larger disk (data-root).',
  },
  'disk-rotating': {
    title: 'Models or images lie on a rotating disk',
    cause: 'Loading a model of 60 GiB from it takes 5 to 10 minutes at every start.',
    fix: 'Move Docker’s folder and /var/lib/rackside to an SSD.',
  },
  'numa-balancing': {
    title: 'Automatic NUMA balancing is on',
    cause: 'The kernel moves memory between processors while accelerators use it, which costs speed.',
    fix: '“sysctl kernel.numa_balancing=0”, and the same line in /etc/sysctl.d.',
  },
  'iommu-translates': {
    title: 'The IOMMU stands between the GPUs',
    cause: 'It translates every address; direct transfers between GPUs become slow or hang.',
    fix: 'Without virtual machines on this server: add “iommu=pt” to the kernel’s command line and restart.',
  },
  'network-slow': {
    title: 'A network card runs below 1 Gbit/s',
    cause: 'A bad cable or switch port, or a speed that was set by hand. Sending models takes hours.',
    fix: 'Change cable or port, and let both sides negotiate the speed.',
  },
  'unattended-upgrades': {
    title: 'Automatic updates may replace the NVIDIA driver while it is in use',
    cause: 'Then libraries and kernel module no longer fit, and GPUs are unusable until a restart.',
    fix: 'Hold the driver’s packages (“apt-mark hold”), or list them under Unattended-Upgrade::Package-Blacklist.',
  },
  'login-only': {
    title: 'The server was examined without root rights',
    cause: 'Some things show only to root: the kernel’s log, owners of ports, some devices.',
    fix: 'Give the login sudo rights, then look again.',
  },
} as const satisfies Partial<DoctorTexts>
