// Results of benchmarks as they would have been measured, told apart by a number.
import type { BenchLevel, BenchResult, Distribution } from '../../shared/domain/bench.ts'

function distributionAt(p: number): Distribution {
  return { count: 9, mean: p, least: p, most: p, p50: p, p90: p, p95: p, p99: p }
}

export function benchLevelAt(users: number, ttftMs: number, more: Partial<BenchLevel> = {}): BenchLevel {
  return {
    ...{ users, seconds: 20, requests: 9, failed: {}, gaps: [[10, 9]], countedBy: 'usage', breaks: [] },
    ...{ ttftMs: distributionAt(ttftMs), tpotMs: distributionAt(20), itlMs: distributionAt(21) },
    ...{ e2eMs: distributionAt(ttftMs + 2000), promptTokens: 510, outputTokens: 128, tokensPerPiece: 1 },
    ...{
      outputTokensPerSecond: 45 * users,
      requestsPerSecond: users / 4,
      goodShare: 1,
      goodRequestsPerSecond: users / 4,
    },
    ...more,
  }
}

export function benchResultAt(at: number, more: Partial<BenchResult> = {}): BenchResult {
  return {
    ...{ format: 1, benchId: `bench-${at.toString(16).padStart(8, '0')}`, seconds: 60, who: 'li' },
    startedAt: new Date(Date.UTC(2026, 10, 28, 8, at)).toISOString(),
    subject: {
      ...{ host: 'h', port: 22, deployment: 'ward-model', entry: 'vllm', version: '1', model: 'qwen' },
      ...{ engine: 'vllm', accelerators: [{ product: 'Ascend 910B', count: 8 }] },
    },
    settings: { ttftLimitMs: 2000, tpotLimitMs: 100, inputTokens: 512, outputTokens: 128, seconds: 20, seed: at },
    ...{ outputIs: 'enforced', wayMs: 3, levels: [benchLevelAt(1, 100), benchLevelAt(2, 200)], end: 'done' },
    supports: { users: 2, atLeast: true },
    ...more,
  }
}
