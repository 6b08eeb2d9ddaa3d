// `nvidia-smi -q -x` of the simulated machine, in the layout of its drivers (550 and 570): what a reader asks of it
// beside the CSV query.
import type { Machine } from '../machine.ts'
import type { Answered } from '../probe-answer.ts'
import { lostExit, lostWords } from './nvidia-lost.ts'
import { presets } from './presets.ts'
import { type FoundDevice, foundDevices } from './vendor-tool.ts'

const cudaVersions: Readonly<Record<string, string>> = { '550': '12.4', '570': '12.8' }

export function nvidiaXml(machine: Machine): Answered {
  const { driverVersion, devices } = presets[machine.state.preset]
  const lost = lostWords(machine)
  const head = [
    '<?xml version="1.0" ?>',
    '<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">',
    '<nvidia_smi_log>',
    `\t<driver_version>${driverVersion}</driver_version>`,
    `\t<cuda_version>${cudaVersions[driverVersion.slice(0, 3)] ?? 'N/A'}</cuda_version>`,
    `\t<attached_gpus>${devices.length}</attached_gpus>`,
  ]
  const lines = [...lost, ...head, ...foundDevices(machine).map(gpu), '</nvidia_smi_log>']
  return { stdout: lines.map((line) => `${line}\n`).join(''), exitCode: lost.length === 0 ? 0 : lostExit }
}

/** GeForce boards have no ECC memory, no partitions and no serial number. */
function gpu(device: FoundDevice): string {
  const isGeForce = device.product.includes('GeForce')
  const onBoards = (value: string) => (isGeForce ? 'N/A' : value)
  const isSlow = device.whenHot === 'slows' && device.temperatureCelsius >= device.criticalCelsius
  const reasons = {
    gpu_idle: device.utilizationPercent === 0,
    applications_clocks_setting: false,
    sw_power_cap: false,
    hw_slowdown: isSlow,
    hw_thermal_slowdown: isSlow,
    sw_thermal_slowdown: false,
  }
  const errors = ['sram_correctable', 'sram_uncorrectable_parity', 'sram_uncorrectable_secded']
  const memoryErrors = [...errors, 'dram_correctable', 'dram_uncorrectable']
  return element(`gpu id="0000${device.pciAddress.toUpperCase()}"`, [
    element('product_name', device.product),
    element('persistence_mode', 'Enabled'),
    element('mig_mode', [element('current_mig', onBoards('Disabled')), element('pending_mig', onBoards('Disabled'))]),
    element('serial', onBoards(`165292400${1000 + device.index}`)),
    element('minor_number', `${device.index}`),
    element('vbios_version', onBoards('96.00.9F.00.02').replace('N/A', '95.02.3C.00.B4')),
    element('pci', [
      element('pci_bus_id', `0000${device.pciAddress.toUpperCase()}`),
      element('pci_gpu_link_info', [
        element('pcie_gen', [element('max_link_gen', '4'), element('current_link_gen', '4')]),
        element('link_widths', [element('max_link_width', '16x'), element('current_link_width', '16x')]),
      ]),
    ]),
    element(
      'clocks_event_reasons',
      Object.entries(reasons).map(([name, is]) => element(`clocks_event_reason_${name}`, is ? 'Active' : 'Not Active')),
    ),
    element('ecc_errors', [
      element(
        'volatile',
        memoryErrors.map((name) => element(name, onBoards('0'))),
      ),
    ]),
    element('remapped_rows', [
      element('remapped_row_pending', onBoards('No')),
      element('remapped_row_failure', onBoards('No')),
    ]),
    element('clocks', [
      element('graphics_clock', `${clock(device, isSlow)} MHz`),
      element('mem_clock', device.utilizationPercent === 0 ? '405 MHz' : '2619 MHz'),
    ]),
    element('processes', []),
  ])
}

function clock({ utilizationPercent }: FoundDevice, isSlow: boolean): number {
  if (isSlow) return 1005
  return utilizationPercent === 0 ? 210 : 1980
}

/** `head` is its name, and its attributes after a space. */
function element(head: string, inside: string | readonly string[]): string {
  const text = typeof inside === 'string' ? inside : `\n${inside.map((line) => `${line}\n`).join('')}`
  return `<${head}>${text}</${head.split(' ')[0] ?? head}>`
}
