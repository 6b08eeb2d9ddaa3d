// Where a model is computed, proven on a real llama.cpp server: this machine has none but its processor, so that is what is
// proven where it was planned, and what refutes a container that claims accelerators, with them or without.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest'
import { ownContext } from '../../main/core/context.ts'
import { proveLive } from '../../main/core/runs/prove-live.ts'
import type { DeviceProof } from '../../shared/domain/device-proof.ts'
import type { ProofEvent } from '../../shared/domain/proof-event.ts'
import { artifactsFolder, bareAppliance, canRunLab, type LabAppliance, labNeeds, TestConsole } from '../support/lab.ts'
import { labCore, labTarget } from '../support/lab-core.ts'
import { removeAfterLastLook } from '../support/last-look.ts'
import { needs } from '../support/needs.ts'
import { plantModel } from '../support/planted-model.ts'
import { today } from '../support/today.ts'

describe('where a model is computed', () => {
  const console = new TestConsole()
  const folder = mkdtempSync(join(tmpdir(), 'rackside-lab-devices-'))
  let appliance: LabAppliance

  beforeAll(async () => {
    if (!canRunLab) return
    appliance = await bareAppliance()
    const { code, errors } = await console.setup(appliance, await artifactsFolder(), '--soak', '1').ended
    if (code !== 0) throw new Error(errors)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeAfterLastLook(folder)
  })

  async function proof(): Promise<{ code: number | null; proof: DeviceProof }> {
    const { code, json, errors } = await console.run('probe', appliance, '--devices')
    const [first, ...rest] = (json['devices'] ?? []) as DeviceProof[]
    if (first === undefined || rest.length > 0) throw new Error(`not one proof: ${JSON.stringify(json)} ${errors}`)
    return { code, proof: first }
  }

  const planted = (given: readonly string[], asked: readonly string[]) => plantModel(appliance, given, asked)

  today(0, 3)('is proven for the processor, where it was planned', async () => {
    const { code, proof: found } = await proof()
    expect(found, JSON.stringify(found)).toMatchObject({
      deployment: 'clinic-model',
      expected: { on: 'processor' },
      inside: { state: 'absent' },
      findings: [],
      state: 'proven',
      reason: 'processor-as-planned',
    })
    expect(found.speed.tokensPerSecond.state).toBe('known')
    expect(code).toBe(0)
  })

  today(1, 3)('is refuted where the container has accelerators and the engine takes the processor', async () => {
    await planted(['--device', '/dev/nvidia0', '--device', '/dev/nvidia1'], ['--n-gpu-layers', '99'])
    const { code, proof: found } = await proof()
    expect(found, JSON.stringify(found)).toMatchObject({
      expected: { on: 'accelerators', from: 'given', vendor: 'nvidia', count: 2 },
      inside: { state: 'known', value: { by: 'nodes', count: 2 } },
      log: { state: 'known', value: { computesOn: 'processor' } },
      state: 'refuted',
      reason: 'computes-on-processor',
    })
    expect(code).toBe(70)
  })

  today(1, 3)('is degraded in the verdict of whoever proves it, for that reason', async () => {
    const core = labCore(appliance, folder)
    const asked = ownContext(core, 'lab')
    const events: ProofEvent[] = []
    for await (const event of proveLive(asked, labTarget(appliance))) events.push(event)
    await core.sessions.closeAll()
    const last = events.at(-1)
    const verdict = last?.event === 'verdict' ? last.verdict : undefined
    // What else is there may not be well yet beside a model that was just put in place of another.
    expect(verdict?.state).not.toBe('healthy')
    const found = verdict?.deployments.find(({ deployment }) => deployment === 'clinic-model')
    expect(found, JSON.stringify(verdict)).toMatchObject({
      state: 'degraded',
      reason: 'on-processor',
    })
  })

  today(2, 3)('is refuted where the command wants accelerators and the container was given none', async () => {
    await planted([], ['--n-gpu-layers', '99'])
    const { proof: found } = await proof()
    expect(found, JSON.stringify(found)).toMatchObject({
      expected: { on: 'accelerators', from: 'command' },
      state: 'refuted',
      reason: 'none-given',
    })
  })
})
