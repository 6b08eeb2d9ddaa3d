// What the doctor can find on an appliance. A rule is one word here; the compiler then lists the rule itself and its
// texts in both languages as missing.
import * as z from 'zod'
import { stack } from './stack.ts'

/** `error`: something does not work or will soon not; `warning`: it works, and somebody should act; `hint`: worth knowing. */
export const severity = z.enum(['error', 'warning', 'hint'])
export type Severity = z.infer<typeof severity>

export const doctorRule = z.enum([
  // accelerators: bus, driver, tool
  'tool-missing',
  'tool-hung',
  'tool-timed-out',
  'tool-libraries-missing',
  'tool-permission',
  'nvml-mismatch',
  'nvidia-driver-silent',
  'nvidia-no-devices',
  'dcmi-no-access',
  'dcmi-device-used',
  'dcmi-failed',
  'devices-unreadable',
  'driver-not-bound',
  'vfio-bound',
  'nouveau-bound',
  'nouveau-loaded',
  'fewer-devices-than-bus',
  'node-missing',
  // one accelerator
  'device-lost',
  'device-needs-reset',
  'device-critical',
  'device-alarm',
  'device-warning',
  'device-faults',
  'device-hot',
  'thermal-throttling',
  'power-throttling',
  'ecc-uncorrected',
  'ecc-pending',
  'pcie-narrow',
  'pcie-slow',
  'persistence-off',
  'ascend-firmware-mismatch',
  'ascend-link-down',
  'toolkit-newer-than-driver',
  'fabric-manager-down',
  // containers
  'engine-missing',
  'podman-only',
  'engine-down',
  'engine-hung',
  'engine-permission',
  'engine-old',
  'engine-not-at-boot',
  'engine-rootless',
  'engine-from-snap',
  'storage-driver-slow',
  'nvidia-toolkit-missing',
  'nvidia-runtime-missing',
  'gpus-vanish-on-reload',
  'cdi-not-generated',
  'cdi-not-read',
  'ascend-runtime-missing',
  'ascend-runtime-unregistered',
  'container-stopped',
  'container-ill',
  'container-waits',
  'container-lost-devices',
  'container-fewer-devices',
  'version-taken-back',
  'sign-in-published',
  'parts-held',
  'certificate-ends-now',
  'certificate-ends',
  // the host
  'systemd-missing',
  'kernel-headers-missing',
  'secure-boot-unsigned',
  'reboot-wanted',
  'clock-not-synchronised',
  'clock-off',
  'swap-on',
  'memory-short',
  'huge-pages-held',
  'disk-full',
  'disk-almost-full',
  'disk-rotating',
  'numa-balancing',
  'iommu-translates',
  'network-slow',
  'unattended-upgrades',
  'login-only',
  // what the kernel said
  'xid-lost',
  'xid-memory',
  'xid-remapped',
  'xid-corrected',
  'xid-link',
  'xid-reset',
  'xid-application',
  'xid-other',
  'nvidia-init-failed',
  'ascend-kernel-errors',
  'amd-gpu-reset',
  'intel-gpu-hang',
  'pcie-errors',
  'machine-check',
  'out-of-memory',
  'disk-errors',
  'task-blocked',
])
export type DoctorRule = z.infer<typeof doctorRule>

/** `evidence`: what was read that says so, as it was read; at most eight lines. */
export const finding = z.strictObject({
  rule: doctorRule,
  severity,
  evidence: z.array(z.string().max(400)).min(1).max(8),
})
export type Finding = z.infer<typeof finding>

export const examination = z.strictObject({
  /** When the facts were taken (UTC, ISO 8601, console clock). */
  takenAt: z.iso.datetime(),
  /** The worst first. */
  findings: z.array(finding),
  /** What could not be looked at, so that nothing found there says nothing. */
  unread: z.array(z.strictObject({ fact: stack.keyof(), why: z.string().max(300) })),
})
export type Examination = z.infer<typeof examination>
