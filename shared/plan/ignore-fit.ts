// A sum of memory that says no and that somebody ignores becomes a warning; every other refusal stays one.
import type { Failure } from '../domain/failure.ts'
import type { IgnoredFit } from '../domain/ignored-fit.ts'
import type { ChosenServices } from './choose/choose-services.ts'

type Refused = {
  readonly problems: readonly Failure[]
  readonly ignored: readonly IgnoredFit[]
  readonly may: string[]
}

/**
 * `blockers`: of memory that is not free at the moment. `may`: services whose refusal is of memory alone, so that it could
 * be ignored.
 */
export function ignoringFits(
  { services, misfits }: ChosenServices,
  blockers: readonly Failure[],
  wanted: readonly string[],
): Refused {
  const placed = services.flatMap(({ service, chosen }): IgnoredFit[] => {
    if (!('ignored' in chosen) || chosen.ignored === undefined) return []
    return [{ service: service.name, ...chosen.ignored }]
  })
  const busy = blockers.flatMap((one): IgnoredFit[] => {
    if (one.kind !== 'memory-too-small') return []
    const { entry: service, needBytes, availableBytes } = one
    return [{ service, needBytes, availableBytes }]
  })
  const isWanted = ({ service }: IgnoredFit) => wanted.includes(service)
  const isPlaced = ({ service }: IgnoredFit) => placed.some((one) => one.service === service)
  return {
    problems: blockers.filter((one) => one.kind !== 'memory-too-small' || !wanted.includes(one.entry)),
    ignored: [...placed, ...busy.filter((one) => isWanted(one) && !isPlaced(one))],
    may: [...misfits, ...busy.filter((one) => !isWanted(one)).map(({ service }) => service)],
  }
}
