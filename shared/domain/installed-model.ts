// A model service that another solution installed, as an app uses it that brings no model: which interface it asks for,
// which deployments of the appliance serve that, and what is kept of the one that it uses.
import * as z from 'zod'
import { entryId } from './artifact.ts'

/** As proofs say what a model service serves. */
export const installedInterface = z.enum(['openai-chat', 'openai-embeddings', 'rerank'])
export type InstalledInterface = z.infer<typeof installedInterface>

/** The name of it that entries require. */
export function requiredName(one: InstalledInterface): string {
  return `${one}@1`
}

/** Of a solution's own network: that of its parts has a "_" in its name, and nobody else gets into it. */
export const solutionNetwork = z
  .string()
  .regex(/^rackside-[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(120)

/** The name that a model is asked for by: it stands in environments and files. */
export const servedName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/)

/** What a container, a record and a spec say of the model service that an app uses. */
export const usedModelService = z.strictObject({
  deployment: entryId,
  /** The network of the solution that installed it, where it is found under its name. */
  network: solutionNetwork,
  modelName: servedName,
})
export type UsedModelService = z.infer<typeof usedModelService>

/** The solution that installed it. */
export function solutionOf({ network }: Pick<UsedModelService, 'network'>): string {
  return network.replace(/^rackside-/, '')
}

/** Which deployment a service is to ask; without a service the only one that asks. */
export const useWishes = z.array(z.strictObject({ service: entryId.optional(), deployment: entryId })).max(50)
export type UseWishes = z.infer<typeof useWishes>

/** An app of another solution that asks a service which the plan starts or replaces; `finds`: afterwards too. */
export const planUser = z.strictObject({ service: entryId, user: z.string().max(100), finds: z.boolean() })
export type PlanUser = z.infer<typeof planUser>

/** Of a service of a plan that uses what is installed: what it uses, and what it could use. */
export const planUse = z.strictObject({
  service: entryId,
  serves: installedInterface,
  /** Missing where it could not be told: a blocker says why. */
  uses: usedModelService.optional(),
  /** By name of the deployment. */
  candidates: z.array(usedModelService).max(100),
})
export type PlanUse = z.infer<typeof planUse>
