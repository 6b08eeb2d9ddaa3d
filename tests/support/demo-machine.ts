// A simulated machine for tests: plain state, a clock that the test sets, and pauses that pass at once.
import { setImmediate as settled } from 'node:timers/promises'
import { newPrivateKey } from '../../main/connect/new-key-pair.ts'
import { type Machine, noTraffic } from '../../main/demo/machine.ts'
import type { MachineState, SimulatedContainer } from '../../main/demo/machine-state.ts'
import { newMachine } from '../../main/demo/new-machine.ts'
import type { DemoPreset } from '../../shared/domain/demo.ts'
import { type DeploymentProof, isAsked } from '../../shared/domain/deployment.ts'
import { proofLabel } from '../../shared/domain/remote-layout.ts'

export type TestMachine = Machine & {
  /** Milliseconds since 1970. */
  setNow(nowMs: number): void
  advance(milliseconds: number): void
  /** How often the state was changed. */
  changes(): number
}

const bootedAtMs = Date.parse('2026-11-22T07:00:00Z')

/** Nothing is installed; it booted an hour ago. `pause` moves the clock to its end, unless it was aborted before. */
export function testMachine(preset: DemoPreset, overrides: Partial<MachineState> = {}): TestMachine {
  const state: MachineState = { ...bare(preset), ...overrides }
  let now = state.bootedAtMs + 3_600_000
  let changes = 0
  return {
    state,
    change(act) {
      changes += 1
      act(state)
    },
    nowMs: () => now,
    async pause(milliseconds, signal) {
      const end = now + milliseconds
      await settled()
      if (signal?.aborted !== true) now = Math.max(now, end)
    },
    traffic: noTraffic(),
    setNow(nowMs) {
      now = nowMs
    },
    advance(milliseconds) {
      now += milliseconds
    },
    changes: () => changes,
  }
}

function bare(preset: DemoPreset): MachineState {
  return newMachine({
    preset,
    name: 'ward-3',
    nowMs: bootedAtMs,
    randomHex: (bytes) => '0123456789abcdef'.repeat(bytes).slice(0, bytes * 2),
    makeKey: () => newPrivateKey().reveal(),
  })
}

export const chatProof: DeploymentProof = {
  serves: 'openai-chat',
  deployment: 'chat-model',
  hostPort: 8080,
  readyPath: '/health',
  modelName: 'demo-model',
  metricsPath: '/metrics',
  metricsReader: 'llama-cpp',
}

/** A container that runs since `startedAtMs` and serves what its proof says. */
export function testContainer(
  startedAtMs: number,
  overrides: Partial<SimulatedContainer> = {},
  proof: DeploymentProof = chatProof,
): SimulatedContainer {
  return {
    id: 'c0ffee'.padEnd(64, '0'),
    name: `rackside-${proof.deployment}`,
    imageId: `sha256:${'a'.repeat(64)}`,
    labels: { [proofLabel]: JSON.stringify(proof) },
    network: 'rackside-net',
    alias: proof.deployment,
    hostPort: isAsked(proof) ? proof.hostPort : 0,
    containerPort: 8080,
    arguments: [],
    environment: {},
    state: 'running',
    exitCode: 0,
    restartCount: 0,
    startedAtMs,
    restartPolicy: 'always',
    log: [],
    ...overrides,
  }
}
