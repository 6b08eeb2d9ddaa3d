// Written by `npm run vendors` from the files of this folder: every vendor that Rackside reads.
import { ascend } from './ascend.ts'
import { cambricon } from './cambricon.ts'
import { iluvatar } from './iluvatar.ts'
import { metax } from './metax.ts'
import { mthreads } from './mthreads.ts'
import { nvidia } from './nvidia.ts'
import type { VendorReader } from './vendor.ts'

export const vendorReaders: readonly VendorReader[] = [ascend, cambricon, iluvatar, metax, mthreads, nvidia]
