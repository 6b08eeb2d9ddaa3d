// A server is accepted on the demo: all of it is measured over its real link, and what comes of it is signed with a key that
// lies in the vault and nowhere else; one whose model writes garbage is refused, and signed by nobody.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acceptAppliance } from '../../../main/core/acceptance/run.ts'
import { drillDemo } from '../../../main/core/demo/demo.ts'
import { type AcceptanceEvent, acceptanceEvent, type KeptAcceptance } from '../../../shared/domain/acceptance.ts'
import { canonicalJson } from '../../../shared/plan/canonical.ts'
import { demoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

const wish = {
  users: 2,
  seconds: 2,
  soakSeconds: 10,
  inputTokens: 100,
  outputTokens: 16,
  ttftLimitMs: 60_000,
  tpotLimitMs: 10_000,
}

async function accepted(events: AsyncIterable<AcceptanceEvent>): Promise<KeptAcceptance> {
  let kept: KeptAcceptance | undefined
  for await (const event of events) {
    acceptanceEvent.parse(event)
    if (event.event === 'result') kept = event.result
  }
  if (kept === undefined) throw new Error('no result')
  return kept
}

describe('accepting a demo appliance', () => {
  it('is signed where nothing speaks against it, checked by another console, and compared with a later one', async () => {
    const one = demoCore()
    const made = await makeDemo(one.core)
    const { target } = made
    // Nothing is measured that could not be signed.
    await expect(accepted(acceptAppliance(one.context, { target, wish }))).rejects.toMatchObject({
      data: { kind: 'vault-missing' },
    })
    must(await one.core.vault.create('correct horse battery staple'))
    expect(await setUpDemo(one, made)).toBe('healthy')
    const first = await accepted(acceptAppliance(one.context, { target, wish }))
    expect(first.document.points.filter(({ weight }) => weight === 'refuses')).toEqual([])
    expect(first.document).toMatchObject({ verdict: 'open', appliance: { demo: true } })
    expect(first.document.points).toContainEqual(expect.objectContaining({ point: 'short-soak' }))
    expect(first.document.devices.map(({ state }) => state)).toEqual(['proven'])
    expect(first.document.canaries.map(({ verdict }) => verdict)).toEqual(['passed'])
    expect(first.document.soak?.devices.every(({ highestCelsius }) => highestCelsius.state === 'known')).toBe(true)
    expect(first.signature?.signature).toMatch(/^[0-9a-f]{128}$/)

    const { acceptanceId } = first.document
    const product = one.client.product.acceptance
    const files = must(await product.files({ acceptanceId, language: 'zh-CN' }))
    expect(files?.document).toBe(canonicalJson(first.document))
    expect(files?.page).toContain('验收证书')
    const texts = { document: files?.document ?? '', signature: files?.signature ?? '' }
    const other = demoCore()
    expect(must(await other.client.product.acceptance.check(texts))).toMatchObject({ valid: true, key: 'first' })
    const changed = { ...texts, document: texts.document.replace('"users":2', '"users":9') }
    expect(must(await other.client.product.acceptance.check(changed))).toMatchObject({ valid: false, fault: 'changed' })
    expect(must(await product.check(texts))).toMatchObject({ valid: true })

    const second = await accepted(acceptAppliance(one.context, { target, wish }))
    expect(second.document.points.filter(({ weight }) => weight === 'refuses')).toEqual([])
    expect(second.signature?.publicKey).toBe(first.signature?.publicKey)
    const after = second.document.acceptanceId
    const compared = must(await product.compare({ before: acceptanceId, after }))
    expect(compared).toMatchObject({ otherMachine: false, otherSettings: [], changes: [] })
    expect(compared?.rows.length).toBeGreaterThan(5)
    expect(must(await product.list({})).map((head) => head.acceptanceId)).toEqual([after, acceptanceId])
    // Nobody logs in with the key, sends it somewhere, or takes it away.
    const credentialId = 'installation-signing-key'
    expect(await one.core.vault.read(credentialId)).toMatchObject({
      ok: false,
      failure: { kind: 'credential-unknown' },
    })
    const removed = await one.client.product.vault.remove({ credentialId })
    expect(removed).toMatchObject({ ok: false, failure: { kind: 'credential-in-use' } })
    // The key is in the vault alone, and in no file in clear.
    const folder = one.core.state.folder
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      // What a demo server itself is, with its host keys, is no secret of anybody.
      if (name.startsWith('demo') || !/\.(json|jsonl|last)$/.test(name)) continue
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain('PRIVATE KEY')
    }
  })

  it('is refused where the model writes garbage, and signed by nobody; what is stopped is not kept', async () => {
    const one = demoCore()
    const made = await makeDemo(one.core)
    must(await one.core.vault.create('correct horse battery staple'))
    expect(await setUpDemo(one, made)).toBe('healthy')
    must(await drillDemo(one.core, { name: made.demo.name, drill: 'garble-model', on: true }))
    const refused = await accepted(acceptAppliance(one.context, { target: made.target, wish }))
    expect(refused).not.toHaveProperty('signature')
    expect(refused.document.verdict).toBe('refused')
    expect(refused.document.points.map(({ point }) => point)).toContain('canary-failed')

    const kept = must(await one.client.product.acceptance.list({})).length
    let acceptanceId = ''
    const stopped = async () => {
      for await (const event of acceptAppliance(one.context, { target: made.target, wish })) {
        if (event.event === 'begin') acceptanceId = event.acceptanceId
        if (event.event !== 'stage' || event.stage !== 'load') continue
        expect(must(await one.client.product.acceptance.stop({ acceptanceId }))).toEqual({ running: true })
      }
    }
    await expect(stopped()).rejects.toMatchObject({ data: { kind: 'cancelled' } })
    expect(must(await one.client.product.acceptance.list({}))).toHaveLength(kept)
  })
})
