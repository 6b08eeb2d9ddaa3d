// The boards that the lab can pretend to have. Products, memory sizes, versions and idle values are those of real
// servers; what tells one board from another follows from a digest.
import type { StandInTool } from './accelerator-kinds.ts'

export interface BoardModel {
  tool: StandInTool
  name: string
  driver: string
  firmware: string
  cuda: string
  /** Device node names are this and a number. */
  nodePrefix: string
  /** Of all boards together, beside the numbered ones. */
  otherNodes: (count: number) => string[]
  chipsPerCard: number
  /** Memory stands in the column of HBM, not in that of DDR. */
  hasHbm: boolean
  memoryTotalMib: number
  memoryIdleMib: number
  /** Watts. */
  powerIdle: number
  powerBusy: number
  /** Degrees Celsius. */
  temperatureIdle: number
  temperatureBusy: number
  identity: (digest: string) => { uuid: string; serial: string }
}

const plain = { firmware: '', cuda: '', chipsPerCard: 1, hasHbm: true }

export const h20: BoardModel = {
  ...{ ...plain, tool: 'nvidia-smi', name: 'NVIDIA H20', driver: '550.144.03', cuda: '12.4', nodePrefix: 'nvidia' },
  otherNodes: () => ['nvidiactl', 'nvidia-uvm', 'nvidia-uvm-tools', 'nvidia-modeset'],
  ...{ memoryTotalMib: 97871, memoryIdleMib: 4 },
  ...{ powerIdle: 72, powerBusy: 500, temperatureIdle: 33, temperatureBusy: 74 },
  identity: (digest) => ({
    uuid: `GPU-${[digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-')}`,
    serial: `165${decimal(digest)}`,
  }),
}

const ascend = {
  ...plain,
  ...{ tool: 'npu-smi' as const, driver: '25.2.0', nodePrefix: 'davinci' },
  otherNodes: () => ['davinci_manager', 'devmm_svm', 'hisi_hdc'],
  identity: (digest: string) => ({ uuid: '', serial: `1024${digest.slice(0, 8).toUpperCase()}` }),
}

export const ascend910b4: BoardModel = {
  ...{ ...ascend, name: '910B4', firmware: '7.7.0.6.236', memoryTotalMib: 32768, memoryIdleMib: 2871 },
  ...{ powerIdle: 82, powerBusy: 331, temperatureIdle: 34, temperatureBusy: 68 },
}

/** Atlas 300I Duo: two chips on one address, memory in the column that is 0 / 0 on a 910B, and no power of their own. */
export const ascend310pDuo: BoardModel = {
  ...{ ...ascend, name: '310P3', firmware: '7.7.0.6.236', memoryTotalMib: 44280, memoryIdleMib: 1655 },
  ...{ chipsPerCard: 2, hasHbm: false },
  ...{ powerIdle: 20, powerBusy: 72, temperatureIdle: 45, temperatureBusy: 71 },
}

export const hygonBw1000: BoardModel = {
  ...{ ...plain, tool: 'hy-smi', name: 'BW1000', driver: '6.3.8-V1.9.2', nodePrefix: 'dri/card' },
  otherNodes: (count) => ['kfd', 'mkfd', ...numbered(count, (index) => `dri/renderD${128 + index}`)],
  ...{ memoryTotalMib: 65520, memoryIdleMib: 12 },
  ...{ powerIdle: 91, powerBusy: 800, temperatureIdle: 51, temperatureBusy: 66 },
  identity: (digest) => ({ uuid: digest.slice(0, 16), serial: `T${digest.slice(16, 22).toUpperCase()}` }),
}

export const mlu370x8: BoardModel = {
  ...{ ...plain, tool: 'cnmon', name: 'MLU370-X8', driver: '5.10.22', firmware: '1.1.6', nodePrefix: 'cambricon_dev' },
  otherNodes: (count) => ['cambricon_ctl', ...numbered(count, (index) => `cambricon_ipcm${index}`)],
  ...{ memoryTotalMib: 20638, memoryIdleMib: 0 },
  ...{ powerIdle: 104, powerBusy: 250, temperatureIdle: 28, temperatureBusy: 62 },
  identity: (digest) => ({
    uuid: `${digest.slice(0, 8)}-${digest.slice(8, 12)}-0000-0000-${digest.slice(12, 24)}`,
    serial: decimal(digest),
  }),
}

function decimal(digest: string): string {
  return (Number.parseInt(digest.slice(0, 8), 16) % 1e10).toString().padStart(10, '0')
}

function numbered(count: number, name: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => name(index))
}
