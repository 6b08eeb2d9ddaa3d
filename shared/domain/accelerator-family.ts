// Which family of chips a product belongs to: what an image is built for and what a model's numbers hold for. By the
// names that the vendors' own tools print (facts of the vendors' lists of products, 2026-08). A product that is not
// here has no family: it is never guessed from what it resembles.
import * as z from 'zod'
import type { Vendor } from './accelerator.ts'

export const acceleratorFamily = z.enum([
  'volta',
  'turing',
  'ampere',
  'ada',
  'hopper',
  'blackwell',
  'ascend-310p',
  'ascend-910a',
  'ascend-910b',
  'ascend-910c',
  'ascend-950',
  'kunlun-p800',
  'ppu-810',
  'cdna3',
  'k100-ai',
  'bw1000',
])
export type AcceleratorFamily = z.infer<typeof acceleratorFamily>

type Names = readonly (readonly [AcceleratorFamily, RegExp])[]

/** The first that matches; later lines may be wider. Names as the vendors' tools and lists of PCI ids print them. */
const names: Readonly<Record<Vendor, Names>> = {
  nvidia: [
    ['blackwell', /\b(?:G?B[123]00|GB10|RTX PRO \d{4}|RTX 50\d\d)\b/],
    ['hopper', /\b(?:H100|H200|H800|H20|GH200)\b/],
    ['ada', /\b(?:L2|L4|L20|L40S?|RTX 40\d\d|RTX [2456]\d00 (?:SFF )?Ada)\b/],
    ['ampere', /\b(?:A100|A800|A30|A10G?|A40|A2|A16|RTX 30\d\d|RTX A\d{4})\b/],
    ['turing', /\b(?:T4|RTX 20\d\d|Quadro RTX \d{4})\b/],
    ['volta', /\bV100S?\b/],
  ],
  ascend: [
    ['ascend-950', /^(?:Ascend ?)?950/],
    // A die of an A3 is called "Ascend910" by npu-smi 24.1 to 26.0; the first 910 is "910A" there.
    ['ascend-910c', /^(?:Ascend910|(?:Ascend ?)?910C|(?:Ascend ?)?910_93\w*)$/],
    ['ascend-910b', /^(?:Ascend ?)?910B/],
    ['ascend-910a', /^(?:Ascend ?)?910A$/],
    ['ascend-310p', /^(?:Ascend ?)?310P/],
  ],
  kunlunxin: [['kunlun-p800', /\bP800\b/]],
  thead: [['ppu-810', /\bPPU-ZW810/]],
  amd: [['cdna3', /\bMI3[02]\d[AX]?\b/]],
  hygon: [
    ['k100-ai', /\bK100[_ ]AI\b/],
    ['bw1000', /\bBW1000\b/],
  ],
}

export function familyOf(vendor: Vendor, product: string): AcceleratorFamily | undefined {
  return names[vendor]?.find(([, pattern]) => pattern.test(product))?.[0]
}
