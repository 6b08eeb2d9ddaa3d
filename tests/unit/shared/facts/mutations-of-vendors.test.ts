// The readers of vendors against answers that went wrong in ways nobody recorded, as in mutations.test.ts.
import { describe } from 'vitest'
import { vendorReaders } from '../../../../shared/facts/accelerators/all.ts'
import { standsMutations } from './mutation-runs.ts'

describe.each(vendorReaders.map(({ vendor }) => vendor))('%s', standsMutations)
