// How many mutated answers each reader gets: 2,000, or as many as a soak says, from the soak's seed.
const seed = process.env['RACKSIDE_SEED']
const numRuns = Number(process.env['RACKSIDE_MUTATIONS'] ?? 2000)

export const mutationRuns = { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) }

/** Milliseconds: usual are 0.3 a run. */
export const mutationTimeout = 20_000 + numRuns * 10
