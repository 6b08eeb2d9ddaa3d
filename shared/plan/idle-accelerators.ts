// A model that runs on the processor of a server full of accelerators is well and slow: whoever bought those is told before.
import type { Facts } from '../domain/facts.ts'
import type { Plan } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import type { ServiceBuild } from './container-spec.ts'

/** By product. None where no model is served, where one uses an accelerator, or where the devices cannot be read. */
export function idleAccelerators(builds: readonly ServiceBuild[], { accelerators }: Facts): NonNullable<Plan['idle']> {
  const models = builds.filter(({ role }) => role === 'model')
  if (models.length === 0 || models.some(({ variant }) => variant.match.accelerator !== undefined)) return []
  const products = accelerators.flatMap(({ vendor, devices }) =>
    valueOr(devices, []).map(({ product }) => valueOr(product, vendor)),
  )
  return [...new Set(products)].map((product) => ({
    count: products.filter((one) => one === product).length,
    product,
  }))
}
