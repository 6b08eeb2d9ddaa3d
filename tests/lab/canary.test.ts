// Canaries of a real server: what a setup asks of it, and what is noticed of a stand-in in its place that answers well, slowly,
// garbled, cut off. The stand-in is asked the clinical questions, the model of random weights the basic ones.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askService } from '../../main/core/canary/ask-service.ts'
import { findService } from '../../main/core/canary/services.ts'
import type { CanaryResult } from '../../shared/domain/canary.ts'
import { must } from '../support/demo-core.ts'
import { artifactsFolder, bareAppliance, canRunLab, type LabAppliance, labNeeds, TestConsole } from '../support/lab.ts'
import { labCore } from '../support/lab-core.ts'
import { removeAfterLastLook } from '../support/last-look.ts'
import { needs } from '../support/needs.ts'
import { type Manner, standAside, standInFront, tellLab } from '../support/told-model.ts'

const [deployment, modelPort] = ['clinic-model', 8400]

describe('a canary of a real server', () => {
  let appliance: LabAppliance
  const console = new TestConsole()
  const folder = mkdtempSync(join(tmpdir(), 'rackside-lab-canary-'))

  const canary = (act: string, ...words: string[]) => {
    const { user, address, port, identityFile, hostKeyFingerprint } = appliance
    const login = ['--identity', identityFile, '--fingerprint', hostKeyFingerprint, '--json']
    return console.startWords('canary', act, `ssh://${user}@${address}:${port}`, ...words, ...login).ended
  }

  beforeAll(async () => {
    if (!canRunLab) return
    const artifacts = await artifactsFolder()
    appliance = await bareAppliance()
    const { code, errors } = await console.setup(appliance, artifacts, '--soak', '1').ended
    if (code !== 0) throw new Error(errors)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeAfterLastLook(folder)
  })

  it('was asked after the setup, and passes again when somebody asks', async () => {
    const listed = await canary('list')
    expect(listed.json, listed.errors).toMatchObject({
      canaries: [{ cause: 'setup', set: 'basic', verdict: 'passed' }],
    })
    const { code, json, errors } = await canary('run', deployment)
    globalThis.console.log(JSON.stringify(json['canaries']))
    expect(code, errors).toBe(0)
    const [result] = json['canaries'] as CanaryResult[]
    expect(result).toMatchObject({ set: 'basic', verdict: 'passed', end: 'done', subject: { deployment } })
    // Its weights are the same, and so is what it writes.
    const digestOf = (id: string) => result?.questions.find(({ question }) => question === id)?.answerDigest
    expect(digestOf('same-twice')).toBe(digestOf('answers-en'))
    const accepted = await canary('accept', result?.canaryId ?? '')
    expect(accepted.code, accepted.errors).toBe(0)
    const again = await canary('run', deployment)
    expect(again.json).toMatchObject({ canaries: [{ baseline: { canaryId: result?.canaryId, drift: 0 } }] })
  })

  it('notices a runtime that garbles, truncates, loops, loses its instructions, and passes one that is well', async () => {
    const core = labCore(appliance, folder)
    await standInFront(appliance, deployment, modelPort)
    try {
      const { host, port, user } = { host: appliance.address, port: appliance.port, user: appliance.user }
      const opening = { address: { host, port, user }, credentialId: 'lab' }
      const ask = async (manner: Manner): Promise<CanaryResult> => {
        await tellLab(appliance, manner)
        return must(
          await core.sessions.withConnection(opening, async (connection) => {
            const found = await findService(core, connection, deployment)
            if (!found.ok) return found
            const service = { ...found.value.service, set: 'clinical' as const, callsTools: true }
            return askService(
              core,
              { address: opening.address, connection },
              { ...found.value, service },
              {
                ...{ canaryId: `canary-${core.tools.randomId()}`, who: 'lab', cause: 'asked' },
                signal: new AbortController().signal,
              },
            )
          }),
        )
      }
      const of = ({ questions }: CanaryResult, id: string) => questions.find(({ question }) => question === id)
      const well = await ask('well')
      expect(well.verdict, JSON.stringify(well.questions)).toBe('passed')
      const slow = await ask('slow')
      expect(slow.verdict).toBe('passed')
      expect(of(slow, 'fever-en')?.tokensPerSecond).toBeLessThan(10)
      expect(of(await ask('garbled'), 'fever-zh')?.problems).toContain('garbled')
      expect(of(await ask('cut-off'), 'handwashing-en')?.problems).toContain('cut-off')
      expect(of(await ask('looping'), 'fever-en')?.problems).toContain('repeats')
      expect(of(await ask('other-language'), 'fasting-zh')?.problems).toContain('wrong-language')
      expect(of(await ask('no-system-prompt'), 'role-zh')?.problems).toContain('system-prompt-lost')
      must(core.state.canaries.accept(well, { acceptedAt: core.tools.now(), who: 'lab' }))
      const lost = await ask('no-system-prompt')
      expect(of(lost, 'dose-refused-en')?.problems).toEqual(expect.arrayContaining(['not-refused', 'drifted']))
      // By the command line it is no silent green either.
      await tellLab(appliance, 'garbled')
      const { code } = await canary('run', deployment)
      expect(code).toBe(70)
      const status = await console.run('status', appliance)
      expect(status.code).toBe(70)
      expect(JSON.stringify(status.json)).toContain('canary-failed')
    } finally {
      await standAside(appliance, modelPort)
      await core.sessions.closeAll()
    }
    expect((await canary('run', deployment)).code).toBe(0)
    expect((await console.run('status', appliance)).code).toBe(0)
  })
})
