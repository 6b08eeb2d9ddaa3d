// Bundles as the console opens them: signed ones as far as their publisher is trusted, others only where a developer
// said so. What an attack is refused with is in trust/attacks.test.ts; here nothing of it reaches the state (P34, P38).
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundleNamed, registerBundle } from '../../../../../main/core/desk/bundles.ts'
import { openTrusted } from '../../../../../main/core/desk/trusted-bundle.ts'
import { answerOf, attacks, pinnedBy } from '../../../../support/bundle-attacks.ts'
import { must } from '../../../../support/demo-core.ts'
import { type PretendCore, pretendCore } from '../../../../support/pretend-core.ts'
import { newPublisher, signAs } from '../../../../support/signed-bundle.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

const strict = (): PretendCore => pretendCore(undefined, undefined, { allowsUnsigned: false })

function signedWard(by = newPublisher(), version = 1): string {
  const folder = wholeBundle()
  signAs(by, folder, { version })
  return folder
}

describe('a bundle that nobody signed', () => {
  it('is refused, and the answer says so', () => {
    const { core } = strict()
    const folder = wholeBundle()
    expect(registerBundle(core, folder)).toEqual({
      ok: false,
      failure: { kind: 'bundle-not-trusted', folder, problem: 'unsigned', file: '', detail: '' },
    })
  })

  it('is refused before its digest list is read, which nobody vouches for', () => {
    const { core } = strict()
    const folder = wholeBundle()
    writeFileSync(join(folder, 'digests.json'), '{')
    expect(registerBundle(core, folder)).toMatchObject({ failure: { problem: 'unsigned' } })
    writeFileSync(join(folder, 'bundle.json'), '{')
    expect(registerBundle(core, folder)).toMatchObject({ failure: { kind: 'bundle-unusable' } })
  })

  it('is opened by the developer switch, and nobody vouches for it', () => {
    const opened = registerBundle(pretendCore().core, wholeBundle())
    expect(opened).toMatchObject({ ok: true, value: { vouching: { signed: false } } })
  })

  it('is not made one by taking away what does not fit: signatures that are there have to be right', () => {
    const { core } = pretendCore()
    const folder = signedWard()
    writeFileSync(join(folder, 'trust/timestamp.json'), '{')
    expect(openTrusted(core, folder)).toMatchObject({ ok: false, failure: { problem: 'unreadable' } })
  })
})

describe('a signed bundle', () => {
  it('of a stranger is refused with the fingerprint, and can be named by its id from then on', () => {
    const { core } = strict()
    const folder = signedWard()
    const refused = registerBundle(core, folder)
    if (refused.ok || refused.failure.kind !== 'publisher-unknown') throw new Error('it was taken')
    expect(refused.failure).toMatchObject({ publisher: 'lab', name: 'A publisher' })
    expect(bundleNamed(core, refused.failure.bundleId)).toEqual(refused)
  })

  it('of a trusted publisher is opened, and what was seen of it is on disk', () => {
    const { core, folder: state } = strict()
    const by = newPublisher()
    const [first, second] = [signedWard(by), signedWard(by, 2)]
    must(core.state.trust.write(pinnedBy(first)))
    expect(registerBundle(core, second)).toMatchObject({ ok: true, value: { vouching: { signed: true, version: 2 } } })
    expect(readFileSync(join(state, 'publishers.json'), 'utf8')).toContain('version')
    expect(registerBundle(core, first)).toMatchObject({ ok: false, failure: { problem: 'rolled-back' } })
  })

  it('is not opened where what was seen of it cannot be kept', () => {
    const { core, folder: state } = strict()
    const by = newPublisher()
    must(core.state.trust.write(pinnedBy(signedWard(by))))
    writeFileSync(join(state, 'publishers.json'), '{')
    expect(registerBundle(core, signedWard(by, 2))).toMatchObject({ ok: false, failure: { kind: 'state-unwritable' } })
  })

  it('whose signatures were taken away is one that nobody signed', () => {
    const { core } = strict()
    const folder = signedWard()
    rmSync(join(folder, 'trust'), { recursive: true })
    expect(registerBundle(core, folder)).toMatchObject({ ok: false, failure: { problem: 'unsigned' } })
  })
})

it.each(attacks)('$name changes nothing of what this console knows', ({ expected, make }) => {
  const { core, folder: place } = strict()
  const { folder, state } = make()
  const file = join(place, 'publishers.json')
  if (state.publishers.length > 0) must(core.state.trust.write(state))
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const opened = registerBundle(core, folder)
  expect(opened.ok ? 'taken' : answerOf(opened.failure)).toBe(expected)
  expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(before)
  expect(existsSync(join(place, 'bundles.json'))).toBe(expected === 'publisher-unknown')
})
