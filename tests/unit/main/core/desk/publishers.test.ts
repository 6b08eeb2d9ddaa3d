// Trusting a publisher and trusting it no more, as the calls of the contract: each in the audit before it is done, by the
// fingerprint and by the id that were typed.
import { describe, expect, it } from 'vitest'
import type { FailureOf } from '../../../../../shared/domain/failure.ts'
import { must } from '../../../../support/demo-core.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { newPublisher, rewriteHeader, signAs } from '../../../../support/signed-bundle.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

const wrong = `SHA256:${'A'.repeat(43)}`

async function strangersBundle() {
  const start = pretendCore(undefined, undefined, { allowsUnsigned: false })
  const folder = wholeBundle()
  signAs(newPublisher(), folder)
  const client = start.clientAs('admin')
  const opened = await client.desk.openBundle({ folder })
  if (opened.ok) throw new Error('it was taken')
  return { ...start, client, folder, stranger: opened.failure as FailureOf<'publisher-unknown'> }
}

describe('a publisher', () => {
  it('is trusted by its fingerprint, which is in the audit, and its bundle can be used from then on', async () => {
    const { client, folder, stranger, auditLines } = await strangersBundle()
    const { bundleId, fingerprint } = stranger
    expect(must(await client.product.publishers.list({}))).toEqual({ publishers: [], allowsUnsigned: false })
    expect(must(await client.product.publishers.pin({ bundleId, fingerprint }))).toEqual({
      ...{ id: 'lab', name: 'A publisher', fingerprint, rootVersion: 1, lines: ['ward'], blocked: [] },
      ...{ pinnedAt: '2026-11-20T08:00:00.000Z', pinnedBy: 'li' },
    })
    expect(auditLines()).toMatchObject([{ act: 'publisher-pin', who: 'li', input: { bundleId, fingerprint } }])
    expect(must(await client.desk.openBundle({ folder })).vouching).toMatchObject({ signed: true, fingerprint })
    const listed = must(await client.product.bundles.list({}))
    expect(listed).toMatchObject([{ bundleId, content: { ok: true, value: { vouching: { signed: true } } } }])
  })

  it('is not trusted by another fingerprint, nor by whoever only looks', async () => {
    const { client, clientAs, stranger } = await strangersBundle()
    const { bundleId, fingerprint } = stranger
    expect(await client.product.publishers.pin({ bundleId, fingerprint: wrong })).toMatchObject({
      ok: false,
      failure: { kind: 'publisher-key-mismatch', given: wrong, offered: fingerprint },
    })
    await expect(clientAs('viewer').product.publishers.pin({ bundleId, fingerprint })).rejects.toThrow()
    expect(must(await client.product.publishers.list({})).publishers).toEqual([])
  })

  it('is trusted no more when its id was typed, and its bundles are refused', async () => {
    const { client, folder, stranger, auditLines } = await strangersBundle()
    const { bundleId, fingerprint } = stranger
    must(await client.product.publishers.pin({ bundleId, fingerprint }))
    const remove = (typedPublisher: string, publisher = 'lab') =>
      client.product.publishers.remove({ publisher, typedPublisher })
    expect(await remove('Lab')).toMatchObject({ ok: false, failure: { kind: 'name-not-confirmed', asked: 'lab' } })
    expect(await remove('other', 'other')).toMatchObject({
      ok: false,
      failure: { kind: 'publisher-not-pinned', known: ['lab'] },
    })
    expect(must(await remove('lab'))).toEqual({ publisher: 'lab' })
    expect(auditLines().map(({ act }) => act)).toContain('publisher-remove')
    expect(await client.desk.openBundle({ folder })).toMatchObject({
      ok: false,
      failure: { kind: 'publisher-unknown' },
    })
  })

  it('is trusted in spite of a later time that the clock once showed only where somebody says so', async () => {
    const { client, core, stranger } = await strangersBundle()
    const { bundleId, fingerprint } = stranger
    const lastSeen = '2031-01-01T00:00:00.000Z'
    must(core.state.trust.write({ lastSeen, publishers: [] }))
    expect(must(await client.product.publishers.list({})).clockBehind).toBe(lastSeen)
    expect(await client.product.publishers.pin({ bundleId, fingerprint })).toMatchObject({
      ok: false,
      failure: { problem: 'clock-behind' },
    })
    must(await client.product.publishers.pin({ bundleId, fingerprint, acceptsClock: true }))
    expect(must(core.state.trust.read()).lastSeen).toBe(lastSeen)
  })

  it('that says it is the demo is nobody else than this console', async () => {
    const { client, core } = await strangersBundle()
    const folder = wholeBundle()
    rewriteHeader(folder, { id: 'rackside-demo' })
    signAs(newPublisher(), folder)
    const opened = await client.desk.openBundle({ folder })
    const { bundleId, fingerprint } = (opened as { failure: FailureOf<'publisher-unknown'> }).failure
    expect(await client.product.publishers.pin({ bundleId, fingerprint })).toMatchObject({
      ok: false,
      failure: { kind: 'bundle-for-demo' },
    })
    expect(must(core.state.trust.read()).publishers).toEqual([])
  })
})
