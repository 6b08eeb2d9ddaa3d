// What a model of the catalog would be on an appliance: in which forms it fits, on how many devices, for how many people.
import * as z from 'zod'
import { vendor } from './accelerator.ts'
import { rejectedVariant } from './choice.ts'
import { measuredEvidence } from './entry/measured.ts'
import { modelLayout } from './model-layout.ts'

const text = z.string().max(400)
const count = z.int().nonnegative()
const evidence = z.enum(['none', 'lab'])

/** What is asked: so many tokens for a question and its answer, for so many people at once. */
export const outlookWish = z.strictObject({
  contextTokens: z.int().min(256).max(2_000_000),
  users: z.int().min(1).max(10_000),
})
export type OutlookWish = z.infer<typeof outlookWish>

/** Of the device that decides: usable x utilization - weights - overhead = kvRoom. In bytes. */
const deviceShare = z.strictObject({
  usableBytes: count,
  utilization: z.number(),
  weightsBytes: count,
  overheadBytes: count,
  kvRoomBytes: z.int(),
  kvNeededBytes: count,
})

const formFit = z.strictObject({
  runtime: text,
  variant: text,
  evidence,
  /** On such devices, by this runtime. */
  measured: measuredEvidence.optional(),
  /** Whose accelerators; missing where it is the processor. */
  vendor: vendor.optional(),
  layout: modelLayout,
  devices: count,
  perDevice: deviceShare,
  /** At once, with that many tokens each: on these devices, and with all of the appliance's. */
  users: count,
  mostUsers: count,
  longestContextTokens: count,
})

export const formOutlook = z.strictObject({
  form: text,
  quantization: text,
  bytes: count,
  evidence,
  /** Missing where it does not fit, or where the memory of the devices is not known. */
  fit: formFit.optional(),
  /** True where the devices are right and nobody knows how much memory they have. */
  memoryUnknown: z.boolean(),
  /** The nearest first: what lacks the least. */
  rejected: z.array(rejectedVariant),
})
export type FormOutlook = z.infer<typeof formOutlook>

export const modelOutlook = z.strictObject({ model: text, forms: z.array(formOutlook) })
export type ModelOutlook = z.infer<typeof modelOutlook>
