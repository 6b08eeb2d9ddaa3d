// English: what the doctor says about lines of the kernel's log.
import type { DoctorTexts } from '../doctor-words.ts'

export const kernel = {
  'xid-lost': {
    title: 'Xid 79: a GPU has fallen off the bus',
    cause: 'The card stopped answering on PCIe: power, heat, its seat in the slot, or a defect.',
    fix: 'Move the work away, power the server off completely and on again. If it happens again, check power and cooling, and have the card replaced.',
  },
  'xid-memory': {
    title: 'A GPU’s memory had errors that could not be corrected (Xid 48, 64, 94, 95, 140)',
    cause:
      'Memory cells fail. 94 was contained to one program, after 64 a bad row could not be replaced; the others can have touched more.',
    fix: 'Restart the server so that the cells are taken out of use. If it happens again, have the card replaced.',
  },
  'xid-remapped': {
    title: 'A GPU replaced a row of its memory (Xid 63)',
    cause: 'The row is exchanged at the next reset.',
    fix: 'Plan a restart. A single one is no reason to replace the card.',
  },
  'xid-corrected': {
    title: 'A GPU corrects very many errors of its memory (Xid 92)',
    cause:
      'Nothing is lost yet: each error was corrected. So many of them are often the first sign of cells that fail.',
    fix: 'Watch the counts (“nvidia-smi -q -d ECC”). If they go on rising, or errors come that cannot be corrected, have the card replaced.',
  },
  'xid-link': {
    title: 'NVLink had errors (Xid 74, 144 to 150)',
    cause: 'The link between GPUs is disturbed: a bridge, a baseboard, or a GPU.',
    fix: 'Restart the server; “nvidia-smi nvlink -e” counts the errors. If they rise, call the vendor.',
  },
  'xid-reset': {
    title: 'A GPU stopped responding and has to be reset (Xid 61, 62, 109, 119, 120)',
    cause: 'Its firmware (GSP) or a computation got stuck.',
    fix: 'Stop what uses it and reset it (“nvidia-smi --gpu-reset -i N”) or restart the server. Repeated ones are often cured by a newer driver.',
  },
  'xid-application': {
    title: 'A program made an error on a GPU (Xid 13, 31, 43, 45)',
    cause: 'Mostly a defect of the program, or the end of a program that was killed.',
    fix: 'Nothing at the hardware. If one card has it again and again with different programs, have it checked.',
  },
  'xid-other': {
    title: 'The NVIDIA driver reported an error (Xid)',
    cause: 'The number stands in the line below; NVIDIA’s list of Xid errors explains it.',
    fix: 'Look the number up in NVIDIA’s documentation. If it repeats, send “nvidia-bug-report.sh” to support.',
  },
  'nvidia-init-failed': {
    title: 'The NVIDIA driver could not start a GPU',
    cause: 'Its firmware did not load, its memory addresses do not fit, or the card is defective.',
    fix: 'Power the server off and on; check “Above 4G decoding” in the firmware setup and that the driver supports the card.',
  },
  'ascend-kernel-errors': {
    title: 'The Ascend driver reported errors',
    cause: 'The lines below are what it said; a device may have stopped answering.',
    fix: 'Compare with “npu-smi info”. If a card is missing there, power the server off and on; else send the lines to the vendor’s support.',
  },
  'amd-gpu-reset': {
    title: 'An AMD GPU got stuck and was reset',
    cause: 'A computation did not end; programs that used it were ended.',
    fix: 'Look for a newer driver; if it repeats with different programs, have the card checked.',
  },
  'intel-gpu-hang': {
    title: 'An Intel GPU got stuck',
    cause: 'A computation did not end and the driver reset an engine or gave the card up.',
    fix: 'Restart the server if the card is “wedged”; update kernel and firmware.',
  },
  'pcie-errors': {
    title: 'PCIe reported errors that could not be corrected',
    cause: 'A card, its seat, a riser or a cable.',
    fix: 'Find the address in “lspci”, reseat that card while the server is off, and look whether the errors come back.',
  },
  'machine-check': {
    title: 'The processor or memory reported hardware errors',
    cause: 'Memory modules or a processor are failing or on their way to it.',
    fix: 'Look in the server’s management (BMC) which module it is, and have it replaced.',
  },
  'out-of-memory': {
    title: 'The kernel ended programs because memory ran out',
    cause: 'A program, or a container beyond its limit, asked for more than there was.',
    fix: 'See in the lines which one it was; lower its use, raise the container’s limit, or add memory.',
  },
  'disk-errors': {
    title: 'A disk or its filesystem has errors',
    cause: 'The disk fails, or its filesystem is damaged. Data may be lost.',
    fix: 'Save what matters now. Look at “smartctl -a” and the RAID’s state, replace the disk, then check the filesystem.',
  },
  'task-blocked': {
    title: 'Programs waited for minutes in the kernel',
    cause: 'A disk, a network drive or a device did not answer.',
    fix: 'The lines name the program. Look for errors of disk or card around the same time.',
  },
} as const satisfies Partial<DoctorTexts>
