// Every vendor that Rackside reads.
import { ascend } from './ascend.ts'
import { nvidia } from './nvidia.ts'
import type { VendorReader } from './vendor.ts'

export const vendorReaders: readonly VendorReader[] = [nvidia, ascend]
