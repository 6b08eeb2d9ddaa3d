// The pretended hardware as data: for each vendor's tool what it prints, and the device nodes that exist.
import { createHash } from 'node:crypto'
import type { AcceleratorKind, StandInTool } from './accelerator-kinds.ts'
import { ascend310pDuo, ascend910b4, type BoardModel, h20, hygonBw1000, mlu370x8 } from './models.ts'

type BoardFigures =
  | 'name'
  | 'memoryTotalMib'
  | 'memoryIdleMib'
  | 'powerIdle'
  | 'powerBusy'
  | 'temperatureIdle'
  | 'temperatureBusy'

export interface PretendedDevice extends Pick<BoardModel, BoardFigures> {
  /** Counted without gaps; also the number of its device node. */
  index: number
  /** As the tool counts cards: Ascend's leaves gaps where a card has two chips. */
  card: number
  /** On its card. */
  chip: number
  bus: string
  uuid: string
  serial: string
  health: string
}

/** What one tool of an appliance speaks for. */
export interface PretendedHardware extends Pick<BoardModel, 'driver' | 'firmware' | 'cuda' | 'nodePrefix' | 'hasHbm'> {
  tool: StandInTool
  otherNodes: string[]
  devices: PretendedDevice[]
}

interface Group {
  model: BoardModel
  /** One for each card, in the order of the tool. */
  buses: string[]
}

const groups: Record<AcceleratorKind, readonly Group[]> = {
  'nvidia-h20x8': [{ model: h20, buses: ['0F', '26', '44', '59', '86', 'A8', 'B7', 'DC'] }],
  'ascend-910b4x8': [{ model: ascend910b4, buses: ['C1', 'C2', '81', '82', '01', '02', '41', '42'] }],
  'mixed-four-vendors': [
    { model: h20, buses: ['0F', '26'] },
    { model: ascend310pDuo, buses: ['01', '02'] },
    { model: hygonBw1000, buses: ['9F', 'E3'] },
    { model: mlu370x8, buses: ['13', '16'] },
  ],
  none: [],
}

/** Identities follow from the appliance's name, so that two appliances never share one. */
export function pretendedHardware(kind: AcceleratorKind, applianceName: string): PretendedHardware[] {
  return groups[kind].map(({ model, buses }) => {
    const { tool, driver, firmware, cuda, nodePrefix, hasHbm } = model
    const devices = buses.flatMap((bus, place) =>
      Array.from({ length: model.chipsPerCard }, (_, chip) => {
        const index = place * model.chipsPerCard + chip
        const digest = createHash('sha256').update(`${applianceName}/${kind}/${tool}/${index}`).digest('hex')
        return deviceOf(model, { index, place, chip, bus, digest })
      }),
    )
    const otherNodes = model.otherNodes(devices.length)
    return { tool, driver, firmware, cuda, nodePrefix, hasHbm, otherNodes, devices }
  })
}

type Slot = Pick<PretendedDevice, 'index' | 'chip' | 'bus'> & { place: number; digest: string }

function deviceOf(model: BoardModel, { index, place, chip, bus, digest }: Slot): PretendedDevice {
  const { name, chipsPerCard, memoryTotalMib, memoryIdleMib, powerBusy, temperatureBusy } = model
  return {
    ...{ index, chip, name, ...model.identity(digest), health: 'OK' },
    // As on servers with these cards: 1, then 32.
    card: chipsPerCard === 1 ? place : place * 31 + 1,
    bus: `${model.tool === 'nvidia-smi' ? '00000000' : '0000'}:${bus}:00.0`,
    ...{ memoryTotalMib, memoryIdleMib, powerBusy, temperatureBusy },
    // No two real boards idle at the same values.
    powerIdle: model.powerIdle + ((index * 5) % 7),
    temperatureIdle: model.temperatureIdle + ((index * 3) % 5),
  }
}
