// Sweeps over many alike cases run as a sample in CI, another part each day. Without RACKSIDE_CI, and in `npm run soak`,
// everything runs; RACKSIDE_SEED repeats the part of another day.
const day = Math.floor(Date.now() / 86_400_000)
const seed = Number(process.env['RACKSIDE_SEED'] ?? day)

/** Whether the case at this place of its sweep runs today: one of so many parts. */
export function inSample(place: number, parts = 2): boolean {
  return process.env['RACKSIDE_CI'] !== '1' || (place + seed) % parts === 0
}
