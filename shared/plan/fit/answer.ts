// The question of whoever sets a model up: how does it go on these devices, best first, or what exactly is missing. And
// the two that come before buying: how many cards for so many users, how many users on these cards.
import { possibleLayouts } from './layouts.ts'
import { type Place, placesOfKind } from './places.ts'
import { deviceSum, type FitModel, type FitWish, type LayoutFit, layoutFit } from './room.ts'
import type { FitRules } from './rules.ts'

/** What a caller took in spite of: too little memory, or a context that the model was not made for. */
type Overridden = 'memory' | 'context'
export type ChosenFit = LayoutFit & { readonly overridden?: readonly Overridden[] }

/** Nearest first: where the fewest bytes are missing on each device. */
type Nearest = { readonly nearest: LayoutFit }

export type FitAnswer =
  | { readonly kind: 'fits'; readonly fits: readonly [ChosenFit, ...ChosenFit[]] }
  /** `cardsNeeded`: of the kind of the smallest device here; missing where no number of them would do. */
  | ({ readonly kind: 'memory-missing'; readonly cardsNeeded?: number } & Nearest)
  | ({ readonly kind: 'context-too-long'; readonly maxContextTokens: number } & Nearest)
  /** There are no devices, or no split that the engine takes uses them. */
  | { readonly kind: 'no-layout' }

type Where = { readonly places: readonly Place[]; readonly rules: FitRules }

/** `override`: every layout is listed, those that do not fit with what they lack. */
export function fitModel(
  model: FitModel,
  where: Where,
  wish: FitWish,
  { override = false }: { readonly override?: boolean } = {},
): FitAnswer {
  const all = layoutFits(model, where, wish)
  const [nearest, ...others] = all.toSorted((a, b) => a.missingBytes - b.missingBytes || byWorth(a, b))
  if (nearest === undefined) return { kind: 'no-layout' }
  const { maxContextTokens } = model.shape
  const tooLong = wish.contextTokens > maxContextTokens
  const fitting = [nearest, ...others].filter(({ missingBytes }) => override || missingBytes === 0)
  const chosen = fitting.map((one) => withOverridden(one, tooLong))
  const [best, ...rest] = chosen
  if (tooLong && !override) return { kind: 'context-too-long', maxContextTokens, nearest }
  if (best !== undefined) return { kind: 'fits', fits: [best, ...rest] }
  const cardsNeeded = cardsFor(model, kindOf(where), wish)
  return { kind: 'memory-missing', nearest, ...(cardsNeeded !== undefined && { cardsNeeded }) }
}

/** The most users with a context of this length; 0 where not one fits. */
export function usersOn(model: FitModel, where: Where, wish: Omit<FitWish, 'users'>): number {
  return layoutFits(model, where, { ...wish, users: 1 }).reduce((most, { users }) => Math.max(most, users), 0)
}

/** Cards beyond this are a purchase that nobody plans here. */
const mostCards = 64

export type CardKind = { readonly usableBytes: number; readonly perMachine: number; readonly rules: FitRules }

/** The fewest empty cards of one kind that serve the wish; undefined where not even 64 do. */
export function cardsFor(model: FitModel, { rules, ...kind }: CardKind, wish: FitWish): number | undefined {
  for (let count = rules.devicesPerUnit; count <= mostCards; count += rules.devicesPerUnit) {
    const fits = possibleLayouts(model.shape, placesOfKind(kind, count), rules).some(({ layout, places }) => {
      const { kvRoomBytes, kvNeededBytes } = deviceSum(model, layout, { places, rules, wish })
      return kvNeededBytes <= kvRoomBytes
    })
    if (fits) return count
  }
  return undefined
}

function layoutFits({ shape, weightsBytes }: FitModel, { places, rules }: Where, wish: FitWish): LayoutFit[] {
  return possibleLayouts(shape, places, rules).map(({ layout, places: used }) =>
    layoutFit({ shape, weightsBytes }, layout, { places: used, rules, wish }),
  )
}

/** Stages wait for each other and copies of a cache are waste, so few devices, no pipeline, and then the most users. */
function byWorth(a: LayoutFit, b: LayoutFit): number {
  return (
    a.layout.pipeline - b.layout.pipeline ||
    a.devices.length - b.devices.length ||
    b.users - a.users ||
    b.tokens - a.tokens ||
    a.layout.tensor - b.layout.tensor
  )
}

function withOverridden(fit: LayoutFit, tooLong: boolean): ChosenFit {
  const memory: Overridden[] = fit.missingBytes > 0 ? ['memory'] : []
  const overridden: Overridden[] = tooLong ? [...memory, 'context'] : memory
  return overridden.length === 0 ? fit : { ...fit, overridden }
}

/** Of mixed devices the smallest, in machines that take eight, or as many as the fullest here has. */
function kindOf({ places, rules }: Where): CardKind {
  const usableBytes = Math.min(...places.map((one) => one.usableBytes))
  const perMachine = Math.max(8, ...places.map(({ machine }) => places.filter((one) => one.machine === machine).length))
  return { usableBytes, perMachine, rules }
}
