// A measurement of a model on real hardware, as an entry of a catalog has it. Cases say what is other.
import type { MeasuredEvidence } from '../../shared/domain/entry/measured.ts'

export function measuredCase(changes: Partial<MeasuredEvidence> = {}): MeasuredEvidence {
  return {
    hardware: { on: 'accelerators', vendor: 'ascend', product: '910B4', count: 1, memoryBytes: 32 * 2 ** 30 },
    ...{ runtime: 'vllm', runtimeVersion: '1', tokensPerSecond: 30 },
    ...{ users: 8, inputTokens: 512, outputTokens: 128 },
    ...{ ttftP95Ms: 400, tpotP95Ms: 40, outputTokensPerSecond: 240 },
    ...{ measuredOn: '2026-11-28', certificate: 'ab'.repeat(32), signedBy: `SHA256:${'A'.repeat(43)}` },
    ...changes,
  }
}
