// Which accelerators macOS or Windows names among its display controllers. Names and makers are all that is certain
// there: no index, no address, and nothing of what draws no picture. So a device is a note of its maker's report, and
// the devices themselves stay unreadable.
import * as z from 'zod'
import type { AcceleratorReport } from '../domain/accelerator.ts'
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import { vendorReaders } from './accelerators/all.ts'
import type { VendorReader } from './accelerators/vendor.ts'

const controller = z.object({
  ...{ vendor: z.string(), model: z.string() },
  /** "0x10de"; only macOS tells them. */
  ...{ vendorId: z.string().optional(), deviceId: z.string().optional() },
  /** By nvidia-smi, where it is there; memory in MiB. */
  ...{ driverVersion: z.string().optional(), memoryTotal: z.number().positive().optional().catch(undefined) },
})
type Controller = z.infer<typeof controller>
export const controllersAnswer = z.object({ controllers: z.array(controller) })

/** A report a vendor; `notRead` for what nobody asked. */
export function partialReports(
  answer: Reading<z.infer<typeof controllersAnswer>>,
  notRead: Reading<never>,
): AcceleratorReport[] {
  const controllers = answer.state === 'known' ? answer.value.controllers : []
  const why = answer.state === 'known' ? notRead : answer
  return vendorReaders.map((reader) => {
    const seen = controllers.filter((one) => isOf(reader, one))
    return {
      ...{
        vendor: reader.vendor,
        kind: reader.kind,
        pciCount: why,
        driverVersion: driverOf(seen) ?? why,
        devices: why,
      },
      ...(seen.length === 0 ? {} : { notes: notesOf(seen) }),
    }
  })
}

/** How systeminformation writes makers; ids that it does not tell it guesses from a piece of the name. */
const makers: ReadonlyMap<string, RegExp> = new Map([
  ['nvidia', /^nvidia\b/i],
  ['amd', /^(?:amd|advanced micro devices)\b/i],
  ['intel', /^intel\b/i],
])

/** By the vendor's own rule of what on the bus is an accelerator; one that goes by device ids needs them. */
function isOf({ vendor, bus }: VendorReader, { vendor: maker, ...told }: Controller): boolean {
  if (makers.get(vendor)?.test(maker) !== true) return false
  const [ownId = ''] = bus.vendorIds
  const vendorId = hexDigits(told.vendorId) ?? ownId
  const deviceId = hexDigits(told.deviceId) ?? ''
  const untold = { driver: absent, numaNode: absent, link: absent }
  const row = { address: '', vendorId, deviceId, deviceClass: '030000', ...untold }
  return bus.vendorIds.includes(vendorId) && bus.isDevice(row)
}

function hexDigits(id: string | undefined): string | undefined {
  return /^0x([0-9a-f]{4})$/i.exec(id ?? '')?.[1]?.toLowerCase()
}

function driverOf(seen: readonly Controller[]): Reading<string> | undefined {
  const versions = new Set(seen.flatMap(({ driverVersion = '' }) => (driverVersion === '' ? [] : [driverVersion])))
  const [version] = versions
  if (version === undefined) return undefined
  return versions.size === 1 ? known(evidence(version, 60)) : unreadable(evidence([...versions].join(', '), 200))
}

/** "2 x NVIDIA GeForce RTX 4090, 24564 MiB" */
function notesOf(seen: readonly Controller[]): string[] {
  const counts = new Map<string, number>()
  for (const { vendor, model, memoryTotal } of seen) {
    const name = evidence(model === '' ? vendor : model, 150)
    const note = memoryTotal === undefined ? name : `${name}, ${memoryTotal} MiB`
    counts.set(note, (counts.get(note) ?? 0) + 1)
  }
  return [...counts].map(([note, count]) => (count === 1 ? note : `${count} x ${note}`))
}
