// Certificates that somebody brings: genuine ones, and everything else.
import { describe, expect, it } from 'vitest'
import { checkAcceptance } from '../../../../../main/core/acceptance/check.ts'
import { acceptancePage } from '../../../../../main/core/acceptance/page.ts'
import { openState } from '../../../../../main/store/state.ts'
import { newDocumentKey, signDocument } from '../../../../../main/trust/document-signature.ts'
import type { Acceptance } from '../../../../../shared/domain/acceptance.ts'
import { known, unreadable } from '../../../../../shared/domain/reading.ts'
import { rightsOf } from '../../../../../shared/domain/role.ts'
import { canonicalJson } from '../../../../../shared/plan/canonical.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { acceptanceOf, soundParts } from '../../../../support/acceptance-cases.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const head = { kind: 'rackside-acceptance-signature', format: 1, algorithm: 'ed25519' }
const signed = (document: unknown, key = newDocumentKey()) => {
  const text = typeof document === 'string' ? document : canonicalJson(document)
  return { document: text, signature: JSON.stringify({ ...head, ...signDocument(text, key) }) }
}
const consoleHere = () =>
  ({
    who: { operator: 'li', rights: rightsOf(['operator']), roles: ['operator'] },
    core: { state: openState(temporaryFolder()), tools: { now: () => '2026-11-28T10:00:00.000Z' } },
  }) as unknown as Parameters<typeof checkAcceptance>[0]
type Texts = ReturnType<typeof signed> & { fingerprint?: string }
const checkIn = (core: ReturnType<typeof consoleHere>, texts: Texts) => {
  const checked = checkAcceptance(core, texts)
  if (!checked.ok) throw new Error(checked.failure.kind)
  return checked.value
}

describe('a certificate', () => {
  it('is genuine anywhere, and its key is remembered', () => {
    const core = consoleHere()
    const key = newDocumentKey()
    expect(checkIn(core, signed(acceptanceOf(), key))).toMatchObject({ valid: true, key: 'first' })
    expect(checkIn(core, signed(acceptanceOf(), key))).toMatchObject({ valid: true, key: 'known' })
  })

  it('of the same server by another key says so, each time', () => {
    const core = consoleHere()
    const first = checkIn(core, signed(acceptanceOf()))
    const fingerprint = first.valid ? first.fingerprint : ''
    const key = newDocumentKey()
    const other = { key: 'other', otherKey: fingerprint }
    expect(checkIn(core, signed(acceptanceOf(), key))).toMatchObject(other)
    // Also once certificates of another server were seen signed with it.
    const inventory = { ...soundParts.inventory, machineId: known('other') }
    expect(checkIn(core, signed(acceptanceOf({ inventory }), key))).toMatchObject({ key: 'first' })
    expect(checkIn(core, signed(acceptanceOf(), key))).toMatchObject(other)
  })

  it('by a key that was not expected, or for who only looks, leaves nothing to remember', () => {
    const core = consoleHere()
    const forged = signed(acceptanceOf())
    expect(checkIn(core, { ...forged, fingerprint: 'SHA256:good' })).toMatchObject({ key: 'first' })
    expect(checkIn({ ...core, who: { ...core.who, rights: rightsOf(['viewer']) } }, forged)).toMatchObject({
      key: 'first',
    })
    expect(checkIn(core, signed(acceptanceOf()))).toMatchObject({ key: 'first' })
    expect(checkIn(core, forged)).toMatchObject({ key: 'other' })
  })

  it('that names no server is never one of a key that is known', () => {
    const core = consoleHere()
    const inventory = { ...soundParts.inventory, machineId: unreadable('permission') }
    const [one, key] = [acceptanceOf({ inventory }), newDocumentKey()]
    for (let tries = 0; tries < 2; tries += 1) expect(checkIn(core, signed(one, key))).toMatchObject({ key: 'unnamed' })
  })

  it('of which one digit or one letter is another one is caught', () => {
    const whole = signed(acceptanceOf())
    const step = Math.ceil(whole.document.length / 97)
    for (let at = 0; at < whole.document.length; at += step) {
      const other = whole.document[at] === '7' ? '8' : '7'
      const document = whole.document.slice(0, at) + other + whole.document.slice(at + 1)
      expect(checkIn(consoleHere(), { ...whole, document })).toMatchObject({ valid: false, fault: 'changed' })
    }
    expect(checkIn(consoleHere(), { ...whole, document: `${whole.document}\n` })).toMatchObject({ fault: 'changed' })
  })

  it('under the signature of another one, or of another key, is none', () => {
    const key = newDocumentKey()
    const [one, other] = [signed(acceptanceOf(), key), signed(acceptanceOf({ who: 'somebody' }), key)]
    expect(checkIn(consoleHere(), { ...one, signature: other.signature })).toMatchObject({ fault: 'changed' })
    const own = JSON.parse(one.signature)
    const wrong = { ...own, signature: JSON.parse(other.signature).signature }
    expect(checkIn(consoleHere(), { ...one, signature: JSON.stringify(wrong) })).toMatchObject({
      fault: 'signature-wrong',
    })
    const stranger = { ...own, publicKey: JSON.parse(signed('x').signature).publicKey }
    expect(checkIn(consoleHere(), { ...one, signature: JSON.stringify(stranger) })).toMatchObject({
      fault: 'signature-wrong',
    })
    const noPoint = { ...own, publicKey: 'f'.repeat(64) }
    expect(checkIn(consoleHere(), { ...one, signature: JSON.stringify(noPoint) })).toMatchObject({
      fault: 'signature-wrong',
    })
  })

  it.each<[string, string | unknown, string]>([
    ['nothing', '', 'not-a-certificate'],
    ['another document', { kind: 'something' }, 'not-a-certificate'],
    ['more than it may have', { ...acceptanceOf(), approved: true }, 'not-a-certificate'],
    ['a name twice', canonicalJson(acceptanceOf()).replace('{', '{"verdict":"refused",'), 'not-a-certificate'],
    ['a newer form', { ...acceptanceOf(), format: 2 }, 'newer'],
  ])('that is well signed and is %s is none', (_name, document, fault) => {
    expect(checkIn(consoleHere(), signed(document))).toMatchObject({ valid: false, fault })
  })

  it('with a signature file that is none says so', () => {
    const { document } = signed(acceptanceOf())
    for (const signature of ['', '[]', '{"signature":"00"}', 'x'.repeat(9000)]) {
      expect(checkIn(consoleHere(), { document, signature })).toMatchObject({ valid: false, fault: 'not-a-signature' })
    }
  })
})

describe('the page of a certificate', () => {
  const seal = { sha256: 'a'.repeat(64), signature: 'b'.repeat(128), fingerprint: 'SHA256:x' }
  const pageOf = (document: Acceptance, lang: 'en' | 'zh-CN' = 'en') =>
    acceptancePage(document, { name: document.acceptanceId, seal, words: wordsOf(lang) })

  it('brings nothing of a hostile server but its letters', () => {
    const evil = '"><script>alert(1)</script><img src=http://evil onerror=x>'
    const inventory = { ...soundParts.inventory, hostname: known(evil), os: known(evil) }
    const [service] = soundParts.services
    const services = service === undefined ? [] : [{ ...service, deployment: evil, version: "'; </style>" }]
    const page = pageOf(acceptanceOf({ inventory, services }))
    expect(page).not.toMatch(/<script|<img|onerror=x>/)
    expect(page.match(/<\/style>/g)).toHaveLength(1)
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toMatch(/<[^>]*(src|href)=/)
  })

  it.each(['en', 'zh-CN'] as const)('says all of it in %s, with its digest and how it is checked', (lang) => {
    const page = pageOf(acceptanceOf({ soak: undefined } as Partial<Acceptance>), lang)
    const { acceptance: said } = wordsOf(lang)
    for (const title of Object.values(said.sections)) expect(page).toContain(title)
    for (const one of [seal.sha256, seal.signature, 'rackside acceptance verify acceptance-0123abcd.json']) {
      expect(page).toContain(one)
    }
    expect(page).not.toMatch(/undefined|\[object|NaN/)
  })

  it('of one that is refused says why, and has nothing to sign', () => {
    const page = acceptancePage(acceptanceOf({ services: [] }), {
      ...{ name: 'acceptance-0123abcd', seal: { sha256: seal.sha256 }, words: wordsOf('en') },
    })
    expect(page).toContain('nothing is installed that could be accepted')
    expect(page).toContain('Not signed')
    expect(page).not.toContain('For the hospital')
  })
})
