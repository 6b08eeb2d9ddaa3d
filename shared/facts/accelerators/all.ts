// Written by `npm run vendors` from the files of this folder: every vendor that Rackside reads.
import { amd } from './amd.ts'
import { ascend } from './ascend.ts'
import { biren } from './biren.ts'
import { cambricon } from './cambricon.ts'
import { enflame } from './enflame.ts'
import { hygon } from './hygon.ts'
import { iluvatar } from './iluvatar.ts'
import { intel } from './intel.ts'
import { kunlunxin } from './kunlunxin.ts'
import { metax } from './metax.ts'
import { mthreads } from './mthreads.ts'
import { nvidia } from './nvidia.ts'
import { thead } from './thead.ts'
import type { VendorReader } from './vendor.ts'

export const vendorReaders: readonly VendorReader[] = [
  amd,
  ascend,
  biren,
  cambricon,
  enflame,
  hygon,
  iluvatar,
  intel,
  kunlunxin,
  metax,
  mthreads,
  nvidia,
  thead,
]
