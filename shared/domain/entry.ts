// Entries are what a catalog offers: runtimes, models, gateways, apps, an ingress, jobs, probes, packages of the system, and solutions that wire them
// together. Hardware decides between an entry's variants. Entries are data: arguments and environment are single words
// with typed variables in braces, and no field is ever read by a shell.
import * as z from 'zod'
import { appEntry } from './entry/app-entry.ts'
import { gatewayEntry } from './entry/gateway-entry.ts'
import { hostPackageEntry } from './entry/host-package-entry.ts'
import { ingressEntry } from './entry/ingress-entry.ts'
import { modelEntry } from './entry/model-entry.ts'
import { runtimeEntry } from './entry/runtime-entry.ts'
import { solutionEntry } from './entry/solution-entry.ts'
import { jobEntry, probeEntry } from './entry/task-entry.ts'

export const entry = z.discriminatedUnion('kind', [
  runtimeEntry,
  modelEntry,
  gatewayEntry,
  appEntry,
  ingressEntry,
  jobEntry,
  probeEntry,
  hostPackageEntry,
  solutionEntry,
])
export type Entry = z.infer<typeof entry>
