// `npu-smi info -m`: columns by their names, controllers are no chips, and nothing is taken from a layout that does not fit.
import { describe, expect, it } from 'vitest'
import { readMapping } from '../../../../../shared/facts/accelerators/ascend-map.ts'

const header = '        NPU ID        Chip ID        Chip Logic ID        Chip Name'
const physical = 'NPU ID   Chip ID   Chip Logic ID   Chip Phy-ID   Chip Name'
const chip = (index: number, logicId: number | undefined, physicalId?: number, number = 0) => ({
  ...{ index, chip: number, logicId, physicalId },
})

describe('readMapping', () => {
  it.each([
    [
      'chips and a controller',
      [header, '  0  0  0  Ascend 910B', '  0  1  -  Mcu', '  3  0  1  Ascend 910B'],
      [chip(0, 0), chip(3, 1)],
    ],
    ['physical ids', [physical, '2 1 0 5 Ascend910'], [chip(2, 0, 5, 1)]],
    [
      'a physical id in other words',
      ['NPU ID Chip ID Logic ID Chip Physical ID Name', '2 1 0 5 910'],
      [chip(2, 0, 5, 1)],
    ],
    ['cards of one chip each', ['NPU ID  Slot ID  Logic ID  Name', '7 1 4 910'], [chip(7, 4)]],
    ['a logical id that is not told', [header, '0 0 - Ascend 910B'], [chip(0, undefined)]],
    ['lines before it', ['npu-smi 24.1', 'Name of the NPU', header, '0 0 0 910'], [chip(0, 0)]],
    ['lines that are no rows', [header, '', 'x 0 0 910', '0 0 0 910', 'total 1'], [chip(0, 0)]],
    ['a chip whose name begins like the controller', [header, '0 0 0 Mcu2'], [chip(0, 0)]],
    ['a chip whose name ends like the controller', [header, '0 0 0 Super Mcu'], [chip(0, 0)]],
    ['no rows', [header], []],
  ])('with %s', (_what, lines, places) => {
    expect(readMapping(lines)).toEqual(places)
  })

  it.each([
    ['no header', ['0 0 0 910']],
    ['nothing', []],
    ['a header without a name', ['NPU ID  Chip ID', '0 0']],
    ['a header without the card', ['Chip ID  Chip Name', '0 910']],
    ['a column that is not known', ['NPU ID  Chip ID  Colour  Chip Name', '0 0 3 910']],
    ['a name that is not the last column', ['NPU ID  Chip Name  Chip ID', '0 910 0']],
    ['a row with too few words', [header, '0 0 910']],
    ['a card that is no number', [header, '0x 0 0 910']],
    ['a chip that is no number', [header, '0 - 0 910']],
  ])('does not understand %s', (_what, lines) => {
    expect(readMapping(lines)).toBeUndefined()
  })

  it('reads 1024 rows, and rows that stand far to the right', () => {
    const rows = Array.from({ length: 1100 }, (_, at) => `${' '.repeat(60)}${at} 0 0 910`)
    expect(readMapping([header, ...rows])).toHaveLength(1024)
    expect(readMapping([header, `${' '.repeat(81)}0 0 0 910`])).toEqual([])
  })
})
