// Sweeps over many alike cases run as a sample in CI: one half on even days, the other on odd ones. Without RACKSIDE_CI everything runs;
// RACKSIDE_SEED repeats the half of another day.
const day = Math.floor(Date.now() / 86_400_000)
const seed = Number(process.env['RACKSIDE_SEED'] ?? day)

export function inSample(place: number): boolean {
  return process.env['RACKSIDE_CI'] !== '1' || (place + seed) % 2 === 0
}
