// Canaries of a real server: what a setup asks of it, and what is noticed of a stand-in in its place that answers well, slowly,
// garbled, cut off. The stand-in is asked the clinical questions, the model of random weights the basic ones.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askService } from '../../main/core/canary/ask-service.ts'
import { findService } from '../../main/core/canary/services.ts'
import type { Core } from '../../main/core/context.ts'
import type { CanaryResult } from '../../shared/domain/canary.ts'
import type { CanarySet } from '../../shared/domain/canary-set.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import type { Result } from '../../shared/domain/failure.ts'
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

  describe('with a stand-in in the place of its model', () => {
    let core: Core
    beforeAll(async () => {
      if (!canRunLab) return
      core = labCore(appliance, folder)
      await standInFront(appliance, deployment, modelPort)
    })
    afterAll(async () => {
      if (canRunLab) await core.sessions.closeAll()
    })

    const ask = async (manner: Manner, set: CanarySet = 'clinical'): Promise<CanaryResult> => {
      await tellLab(appliance, manner)
      const { address: host, port, user } = appliance
      const opening = { address: { host, port, user }, credentialId: 'lab' }
      const asking = async (connection: Connection): Promise<Result<CanaryResult>> => {
        const found = await findService(core, connection, deployment)
        if (!found.ok) return found
        const service = { ...found.value.service, set, callsTools: true }
        const place = { address: opening.address, connection }
        return askService(
          core,
          place,
          { ...found.value, service },
          {
            ...{ canaryId: `canary-${core.tools.randomId()}`, who: 'lab', cause: 'asked' },
            signal: new AbortController().signal,
          },
        )
      }
      return must(await core.sessions.withConnection(opening, asking))
    }
    const problems = ({ questions }: CanaryResult, id: string) =>
      questions.find(({ question }) => question === id)?.problems

    it('passes one that is well, and says how slow a slow one is', async () => {
      const well = await ask('well')
      expect(well.verdict, JSON.stringify(well.questions)).toBe('passed')
      must(core.state.canaries.accept(well, { acceptedAt: core.tools.now(), who: 'lab' }))
      const slow = await ask('slow', 'basic')
      expect(slow.verdict).toBe('passed')
      expect(slow.questions[0]?.tokensPerSecond).toBeLessThan(10)
    })

    it.each([
      ['garbled', 'fever-zh', 'garbled'],
      ['cut-off', 'handwashing-en', 'cut-off'],
      ['looping', 'fever-en', 'repeats'],
      ['other-language', 'fasting-zh', 'wrong-language'],
      ['no-system-prompt', 'role-zh', 'system-prompt-lost'],
      // Beside the one that was accepted.
      ['no-system-prompt', 'dose-refused-en', 'not-refused'],
    ] as const)('notices one that answers %s: %s', async (manner, question, problem) => {
      expect(problems(await ask(manner), question)).toContain(problem)
    })

    it('is no silent green by the command line, until it passes again', async () => {
      await tellLab(appliance, 'garbled')
      expect((await canary('run', deployment)).code).toBe(70)
      const status = await console.run('status', appliance)
      expect(status.code).toBe(70)
      expect(JSON.stringify(status.json)).toContain('canary-failed')
      // Sound answers of another model than the accepted one are none of this.
      await tellLab(appliance, 'well')
      const other = await canary('run', deployment)
      expect(JSON.stringify(other.json)).toContain('drifted')
      expect(other.code).toBe(70)
      await standAside(appliance, modelPort)
      expect((await canary('run', deployment)).code).toBe(0)
      expect((await console.run('status', appliance)).code).toBe(0)
    })
  })
})
