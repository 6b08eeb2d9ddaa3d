// No call of the contract reaches the login of a server whose host key nobody knows (P1): every one that can dial is
// made against a real socket, and the server says what arrived. A call that is new has to be added here.
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { received } from '../../../../../main/core/refusal.ts'
import { contract } from '../../../../../shared/contract/contract.ts'
import { desk } from '../../../../../shared/contract/desk.ts'
import { ok, type Result } from '../../../../../shared/domain/failure.ts'
import type { PlanPurpose } from '../../../../../shared/domain/plan.ts'
import { callsOf, objectsIn } from '../../../../support/contract-calls.ts'
import { evaluationResultOf } from '../../../../support/evaluation-results.ts'
import { type FakeSsh, startFakeSsh } from '../../../../support/fake-ssh-server.ts'
import { bareFacts, madeFor, planFor } from '../../../../support/plan-cases.ts'
import { settingUp } from '../../../../support/set-up-purpose.ts'
import { openingTo, trustingCore } from '../../../../support/trusting-core.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

const fingerprint = `SHA256:${'A'.repeat(43)}`
const plan = planFor(bareFacts())

/**
 * What each call that names an appliance is given; `quiet`: it dials nobody, as nothing of it needs the appliance; `vault`: it needs an open
 * one; `uninstalls`: the plan takes everything away.
 */
type Saved = { readonly bundleId: string; readonly planId: string; readonly setDigest: string }
type How = { quiet?: true; vault?: true; uninstalls?: true; input: (server: FakeSsh, saved: Saved) => object }
const inputs: Record<string, How> = {
  'product.appliances.save': { quiet: true, input: (s) => ({ name: 'ward', target: targetOf(s) }) },
  'product.appliances.greet': { input: ({ address }) => ({ address }) },
  'product.appliances.trust': { input: (s) => ({ ...openingTo(s), fingerprint }) },
  'product.appliances.detect': { input: (s) => ({ target: targetOf(s) }) },
  'product.appliances.doctor': { input: (s) => ({ target: targetOf(s) }) },
  'product.appliances.status': { input: (s) => ({ target: targetOf(s) }) },
  'product.appliances.retry': { quiet: true, input: (s) => ({ target: targetOf(s) }) },
  'product.catalog.outlook': { input: (s) => ({ target: targetOf(s), wish: { contextTokens: 8192, users: 1 } }) },
  'product.catalog.fits': { input: (s) => ({ target: targetOf(s) }) },
  'product.acceptance.run': { vault: true, input: (s) => ({ target: targetOf(s), wish: {} }) },
  'product.bench.candidates': { input: (s) => ({ target: targetOf(s) }) },
  'product.bench.run': { input: (s) => ({ target: targetOf(s), deployment: 'ward-model', wish: {} }) },
  'product.canary.candidates': { input: (s) => ({ target: targetOf(s) }) },
  'product.canary.run': { input: (s) => ({ target: targetOf(s), deployment: 'ward-model' }) },
  'product.evaluation.candidates': { input: (s) => ({ target: targetOf(s) }) },
  'product.evaluation.run': {
    input: (s, { setDigest }) => ({ target: targetOf(s), deployment: 'ward-model', setDigest, wish: {} }),
  },
  'product.evaluation.resume': {
    input: (s) => ({ target: targetOf(s), evaluationId: stoppedEvaluation.evaluationId }),
  },
  'product.logs.sources': { input: (s) => ({ target: targetOf(s) }) },
  'product.logs.follow': {
    input: (s) => ({ target: targetOf(s), container: 'rackside-ward-model', follow: false, tailLines: 1 }),
  },
  'product.terminal.open': { input: (s) => ({ target: targetOf(s), size: { columns: 80, rows: 24 } }) },
  'product.connect.test': { input: (s) => ({ target: targetOf(s) }) },
  'product.recorder.state': { input: (s) => ({ target: targetOf(s) }) },
  'product.recorder.fetch': { input: (s) => ({ target: targetOf(s) }) },
  'product.recorder.remove': { input: (s) => ({ target: targetOf(s) }) },
  'product.recordings.record': { input: (s) => ({ target: targetOf(s) }) },
  'product.privilege.installWatchHelper': { input: (s) => ({ target: targetOf(s), user: 'ward' }) },
  'product.privilege.removeWatchHelper': { input: (s) => ({ target: targetOf(s) }) },
  'product.ownKey.install': { vault: true, input: (s) => ({ name: 'ward', login: openingTo(s), keepForSudo: false }) },
  'product.hostKeys.retrust': { input: ({ address }) => ({ address, fingerprint, typedHost: address.host }) },
  'product.setup.propose': { input: (s, { bundleId }) => ({ target: targetOf(s), bundleId }) },
  'product.setup.plan': { input: (s, { bundleId }) => ({ target: targetOf(s), bundleId, solution: 'ward' }) },
  'product.setup.apply': { input: (s, { planId }) => ({ target: targetOf(s), planId }) },
  'product.upkeep.versions': { input: (s) => ({ target: targetOf(s) }) },
  'product.upkeep.planRollBack': {
    input: (s) => ({ target: targetOf(s), deployment: 'ward-model', specDigest: plan.digest }),
  },
  'product.upkeep.planRenewal': { input: (s) => ({ target: targetOf(s) }) },
  'product.upkeep.planUninstall': { input: (s) => ({ target: targetOf(s), deletesData: false }) },
  'product.upkeep.uninstall': {
    uninstalls: true,
    input: (s, { planId }) => ({ target: targetOf(s), planId, typedHost: s.address.host }),
  },
  'product.upkeep.published': { input: (s) => ({ target: targetOf(s) }) },
  'product.upkeep.signIns': { input: (s) => ({ target: targetOf(s) }) },
  'product.upkeep.showSecret': {
    input: (s) => ({ target: targetOf(s), deployment: 'chat', name: 'administrator' }),
  },
  'product.upkeep.confirmSignIn': { input: (s) => ({ target: targetOf(s), deployment: 'knowledge' }) },
  'product.upkeep.giveCertificate': {
    input: (s) => ({ target: targetOf(s), certificate: 'x', credentialId: 'certificate-key-1' }),
  },
  'product.upkeep.drift': { input: (s) => ({ target: targetOf(s) }) },
  'product.upkeep.acceptDrift': { input: (s) => ({ target: targetOf(s) }) },
  'product.setup.lastRun': { input: (s) => ({ target: targetOf(s) }) },
  'product.setup.prove': { input: (s) => ({ target: targetOf(s) }) },
  'product.setup.proveDevices': { input: (s) => ({ target: targetOf(s) }) },
  'product.observe.watch': { input: (s) => ({ target: targetOf(s) }) },
  'product.observe.recent': { quiet: true, input: (s) => ({ target: targetOf(s) }) },
  'product.observe.history': {
    quiet: true,
    input: (s) => ({ target: targetOf(s), series: ['host/cpu'], fromMs: 0, toMs: 1, width: 1 }),
  },
  'product.observe.historySeries': { quiet: true, input: (s) => ({ target: targetOf(s) }) },
}

const stoppedEvaluation = evaluationResultOf({ end: 'stopped' })
const setFile = fileURLToPath(new URL('../../../../fixtures/evaluation/sets/cmb.json', import.meta.url))

const targetOf = (server: FakeSsh) => ({ by: 'address', ...openingTo(server) })

const dialling = callsOf({ product: contract, desk }).filter(({ input }) =>
  objectsIn(input).some(({ fields }) => fields.includes('target') || fields.includes('address')),
)

describe('a server whose host key nobody knows (P1)', () => {
  it.each(dialling.map(({ path }) => path))('hears no byte of a login from %s', async (path) => {
    const how = inputs[path]
    if (how === undefined) throw new Error(`no input for the new call ${path}`)
    const { core, client } = trustingCore()
    // Time does not pass here, so a real vault would lock itself at once.
    if (how.vault === true) Object.assign(core.vault, { list: async () => ok([]), keep: async () => ok(undefined) })
    let dials = 0
    const server = await startFakeSsh({
      onSocket: () => {
        dials += 1
      },
    })
    const bundle = await client.desk.openBundle({ folder: wholeBundle() })
    if (!bundle.ok) throw new Error('no bundle')
    const brought = await client.desk.openEvaluationSet({ file: setFile })
    if (!brought.ok) throw new Error('no set')
    core.state.evaluations.save({ ...stoppedEvaluation, set: brought.value.set })
    const purpose: PlanPurpose =
      how.uninstalls === true ? { act: 'uninstall', deletesData: false } : settingUp('ward', bundle.value.bundleId)
    const { bundleId } = bundle.value
    const made = madeFor(plan, purpose, server.address)
    core.state.savePlan(made)
    const found = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], client)
    const call = found as (input: object) => Promise<object>
    await received(
      path,
      firstOf(call(how.input(server, { bundleId, planId: made.id, setDigest: brought.value.set.digest }))),
    )
    expect(server.authentications).toEqual([])
    expect(dials > 0).toBe(how.quiet !== true)
  })
})

/** A stream is left after its first item that tells of the server, or at its end. */
async function firstOf(answering: Promise<object>): Promise<Result<unknown>> {
  const answer = await answering
  if (!(Symbol.asyncIterator in answer)) return answer as Result<unknown>
  for await (const item of answer as AsyncIterable<unknown>) if (JSON.stringify(item).includes('host-key')) break
  return ok(undefined)
}
