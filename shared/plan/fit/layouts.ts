// Which layouts an engine could use on these devices: tensor splits inside one machine, pipelines and whole copies
// of them beyond. Of equal layouts the one on the emptiest devices is taken.

import type { ModelLayout } from '../../domain/model-layout.ts'
import type { ModelShape } from '../../domain/model-shape.ts'
import { freeBytes, type Place } from './places.ts'
import type { FitRules } from './rules.ts'

/** More copies or stages than this nobody runs on what one console looks after. */
const mostParts = 64

export type PlacedLayout = { readonly layout: ModelLayout; readonly places: readonly Place[] }

export function possibleLayouts(shape: ModelShape, places: readonly Place[], rules: FitRules): PlacedLayout[] {
  const most = Math.min(mostParts, places.length)
  return tensorSizes(shape, rules, most).flatMap((tensor) => {
    const groups = tensorGroups(places, tensor, rules).slice(0, mostParts)
    return replicaSplits(shape, groups.length, rules).flatMap(({ pipeline, data }) => {
      const used = groupsOf(groups, { pipeline, data }, rules)?.flat()
      // Of a unit none may be left over: nobody else could have it.
      if (used === undefined || used.length % rules.devicesPerUnit !== 0) return []
      return attentionSplits(shape, tensor, rules).map((attentionGroups) => ({
        layout: { tensor, pipeline, data, attentionGroups },
        places: used,
      }))
    })
  })
}

/**
 * A split divides the attention heads; KV heads are divided by it, or copied evenly (vLLM asserts both); so are the
 * heads of a fixed state.
 */
export function tensorSizes({ attention }: ModelShape, { tensor }: FitRules, most: number): number[] {
  const sizes = Array.from({ length: tensor === 'one' ? 1 : most }, (_, at) => at + 1)
  return sizes.filter((size) => {
    if (tensor === 'powers-of-two' && !Number.isInteger(Math.log2(size))) return false
    if (attention.attentionHeads % size !== 0) return false
    if (attention.kind !== 'grouped-query') return true
    const { kvHeads, state } = attention
    if (kvHeads % size !== 0 && size % kvHeads !== 0) return false
    return state === undefined || state.heads % size === 0
  })
}

type Replicas = Pick<ModelLayout, 'pipeline' | 'data'>

function replicaSplits(shape: ModelShape, groups: number, rules: FitRules): Replicas[] {
  const pipelines = rules.pipeline === 'none' ? Math.min(1, groups) : Math.min(groups, shape.layers)
  return counted(pipelines).flatMap((pipeline) =>
    counted(rules.data ? Math.floor(groups / pipeline) : 1).map((data) => ({ pipeline, data })),
  )
}

/** The emptiest; of stages that are machines, the same number in each. Undefined where there are not as many. */
function groupsOf(groups: readonly Place[][], { pipeline, data }: Replicas, rules: FitRules): Place[][] | undefined {
  if (pipeline === 1 || rules.pipeline === 'anywhere') return groups.slice(0, pipeline * data)
  const machines = [...new Set(groups.map(([first]) => first?.machine))]
  const stages = machines
    .map((name) => groups.filter(([first]) => first?.machine === name).slice(0, data))
    .filter((inside) => inside.length === data)
    .sort((a, b) => leastFree(b.flat(), rules) - leastFree(a.flat(), rules))
  return stages.length < pipeline ? undefined : stages.slice(0, pipeline).flat()
}

/** Only where it is known what the copies of the attention weigh, and something is won: a latent cache is not split. */
function attentionSplits({ attention }: ModelShape, tensor: number, rules: FitRules): number[] {
  const canSplit = rules.attentionGroups && attention.kind === 'latent' && attention.attentionWeightsBytes !== undefined
  return canSplit ? counted(tensor).filter((groups) => tensor % groups === 0) : [1]
}

/** Places of one machine each, emptiest first, so that the smallest of a mixed machine come together at the end. */
function tensorGroups(places: readonly Place[], tensor: number, rules: FitRules): Place[][] {
  const { devicesPerUnit } = rules
  const emptiest = (groups: Place[][]) => groups.sort((a, b) => leastFree(b, rules) - leastFree(a, rules))
  const machines = [...new Set(places.map(({ machine }) => machine))]
  const units = machines.map((name) =>
    emptiest(
      pieces(
        places.filter(({ machine }) => machine === name),
        devicesPerUnit,
      ),
    ),
  )
  if (devicesPerUnit % tensor === 0) return emptiest(units.flat()).flatMap((unit) => pieces(unit, tensor))
  if (tensor % devicesPerUnit !== 0) return []
  return emptiest(units.flatMap((inside) => pieces(inside.flat(), tensor)))
}

function leastFree(places: readonly Place[], { utilization }: FitRules): number {
  return Math.min(...places.map((one) => freeBytes(one, utilization)))
}

function pieces(places: readonly Place[], size: number): Place[][] {
  return counted(Math.floor(places.length / size)).map((at) => places.slice((at - 1) * size, at * size))
}

function counted(to: number): number[] {
  return Array.from({ length: to }, (_, at) => at + 1)
}
