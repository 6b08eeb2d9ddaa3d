// Families of chips by the names that tools and lists of PCI ids print.
import { describe, expect, it } from 'vitest'
import { familyOf } from '../../../../shared/domain/accelerator-family.ts'

const named: readonly [vendor: string, family: string, ...products: string[]][] = [
  ['nvidia', 'blackwell', 'NVIDIA GB10', 'NVIDIA B200', 'NVIDIA RTX PRO 6000 Blackwell Server Edition', 'GB300'],
  ['nvidia', 'hopper', 'NVIDIA H20', 'H100 PCIe', 'NVIDIA H100 80GB HBM3', 'NVIDIA H200', 'NVIDIA H800', 'GH200 480GB'],
  ['nvidia', 'ada', 'NVIDIA L20', 'NVIDIA L40S', 'NVIDIA L4', 'NVIDIA GeForce RTX 4090', 'GeForce RTX 4090 D'],
  ['nvidia', 'ada', 'NVIDIA RTX 4000 SFF Ada Generation', 'NVIDIA RTX 6000 Ada Generation'],
  ['nvidia', 'ampere', 'NVIDIA A100-SXM4-80GB', 'A100 SXM4 80GB', 'A800', 'NVIDIA A30', 'NVIDIA A10', 'NVIDIA A10G'],
  ['nvidia', 'turing', 'Tesla T4', 'Quadro RTX 6000'],
  ['nvidia', 'volta', 'Tesla V100-SXM2-32GB', 'V100'],
  ['ascend', 'ascend-910b', '910B4', '910B4-1', '910B2C', 'Ascend 910B'],
  ['ascend', 'ascend-910c', 'Ascend910', 'Ascend 910C', '910_9391'],
  ['ascend', 'ascend-910a', '910A', 'Ascend 910A'],
  ['ascend', 'ascend-310p', '310P3', 'Ascend 310P'],
  ['ascend', 'ascend-950', 'Ascend950PR', 'Ascend950DT'],
  ['kunlunxin', 'kunlun-p800', 'P800 OAM'],
  ['thead', 'ppu-810', 'PPU-ZW810E', 'PPU-ZW810'],
  ['amd', 'cdna3', 'AMD Instinct MI300X OAM', 'MI325X', 'MI308X'],
  ['hygon', 'k100-ai', 'K100_AI'],
  ['hygon', 'bw1000', 'BW1000'],
]

describe('the family of a product', () => {
  it.each(named)('of %s is %s for each of its names', (vendor, family, ...products) => {
    for (const product of products) expect([product, familyOf(vendor, product)]).toEqual([product, family])
  })

  it.each([
    ['nvidia', 'NVIDIA X1000'],
    ['nvidia', 'Tesla P100-PCIE-16GB'],
    ['ascend', '310'],
    ['ascend', '310B4'],
    ['amd', 'Strix Halo'],
    ['hygon', 'BW101'],
    ['nobody', 'H20'],
    ['nvidia', ''],
  ])('is not guessed for %s "%s"', (vendor, product) => {
    expect(familyOf(vendor, product)).toBeUndefined()
  })
})
