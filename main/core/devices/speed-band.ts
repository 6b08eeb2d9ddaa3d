// How fast this model is usually on this appliance: what a benchmark measured here with one user, of the same version; or
// else what its catalog measured on such hardware. There is no estimate for hardware that nobody has measured: then nothing
// is called slow.
import type { Address } from '../../../shared/domain/appliance.ts'
import type { DeviceProof, SpeedBand } from '../../../shared/domain/device-proof.ts'
import type { MeasuredEvidence } from '../../../shared/domain/entry/measured.ts'
import type { Core } from '../context.ts'

/** Another answer than the benchmark's, of another length: half and double of it are the same speed. */
const factor = 2

type Named = Pick<DeviceProof, 'deployment' | 'entry' | 'version' | 'model'>

export function speedBand(
  { state }: Pick<Core, 'state'>,
  { host, port }: Pick<Address, 'host' | 'port'>,
  { evidence, ...named }: Named & { readonly evidence: MeasuredEvidence | undefined },
): SpeedBand | undefined {
  const heads = state.benches.list().filter(({ subject, end }) => {
    const isSame = subject.host === host && subject.port === port && subject.deployment === named.deployment
    return end === 'done' && isSame && subject.version === named.version && subject.model === named.model
  })
  for (const { benchId } of heads) {
    const read = state.benches.read(benchId)
    const alone = read.ok ? read.value?.levels.find(({ users }) => users === 1) : undefined
    const milliseconds = alone?.tpotMs?.p50 ?? 0
    if (milliseconds <= 0) continue
    const rate = 1000 / milliseconds
    return { least: rate / factor, most: rate * factor, from: 'benchmark' }
  }
  const { tokensPerSecond: rate = 0 } = evidence ?? {}
  return rate > 0 ? { least: rate / factor, most: rate * factor, from: 'evidence' } : undefined
}
