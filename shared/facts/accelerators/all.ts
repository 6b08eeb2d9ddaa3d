// Written by `npm run vendors` from the files of this folder: every vendor that Rackside reads.
import { ascend } from './ascend.ts'
import { hygon } from './hygon.ts'
import { nvidia } from './nvidia.ts'
import type { VendorReader } from './vendor.ts'

export const vendorReaders: readonly VendorReader[] = [ascend, hygon, nvidia]
