// What people paste as an address, and how a fingerprint is compared with what they read on the server.
import { describe, expect, it } from 'vitest'
import { compareFingerprint } from '../../renderer/console/compare-fingerprint.ts'
import { emptyForm, suggestedName } from '../../renderer/features/add-appliance/add-form.ts'
import { judgeAddress, parseAddress } from '../../renderer/features/add-appliance/parse-address.ts'
import { known } from '../../shared/domain/reading.ts'
import { factsWith } from './gallery/scripted-facts.ts'

describe('a pasted address', () => {
  it.each([
    ['ssh://ops@10.0.0.5:22', { host: '10.0.0.5', port: '22', user: 'ops' }],
    ['ops@radiology-01', { host: 'radiology-01', user: 'ops' }],
    ['ops@host:2222', { host: 'host', port: '2222', user: 'ops' }],
    ['host:2222', { host: 'host', port: '2222' }],
    ['ssh://root@[fe80::1]:2200/', { host: 'fe80::1', port: '2200', user: 'root' }],
    [' SSH://ops@10.0.0.5 ', { host: '10.0.0.5', user: 'ops' }],
  ])('%s is taken apart', (text, parts) => {
    expect(parseAddress(text)).toEqual(parts)
  })

  it('never takes a password over', () => {
    const parsed = parseAddress('ssh://ops:s3cret@10.0.0.5')
    expect(parsed).toEqual({ host: '10.0.0.5', user: 'ops', passwordDropped: true })
    expect(JSON.stringify(parsed)).not.toContain('s3cret')
  })

  it('leaves a bare host and an IPv6 address as they are', () => {
    expect(parseAddress('radiology-01')).toBeUndefined()
    expect(parseAddress('fe80::1')).toBeUndefined()
  })

  it('is judged field by field', () => {
    expect(judgeAddress({ host: '10.0.0.5', port: '22', user: 'ops' })).toEqual({
      ok: true,
      value: { host: '10.0.0.5', port: 22, user: 'ops' },
    })
    expect(judgeAddress({ host: '-x y', port: '22222222', user: 'ops' })).toEqual({
      ok: false,
      problems: { host: true, port: true, user: false },
    })
  })
})

describe('a fingerprint read on the server', () => {
  const digest = 'uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c'
  const shown = `SHA256:${digest}`

  it.each([[shown], [`  ${digest} `], [`256 ${shown} root@radiology-01 (ED25519)`], [`SHA256: ${digest}`]])(
    'is the same in the form %j',
    (given) => {
      expect(compareFingerprint(given, shown)).toBe('same')
    },
  )

  it.each([
    [`SHA256:${digest.toLowerCase()}`, 'differs'],
    [`SHA256:${digest.slice(0, -1)}d`, 'differs'],
    [`SHA256:${digest.slice(0, -1)}`, 'not-a-fingerprint'],
    [`SHA256:${digest}A`, 'not-a-fingerprint'],
    ['yes', 'not-a-fingerprint'],
    ['  ', 'nothing-given'],
  ] as const)('%j is judged %s', (given, comparison) => {
    expect(compareFingerprint(given, shown)).toBe(comparison)
  })
})

describe('the suggested name', () => {
  const greeted = { address: { host: '10.0.0.5', port: 22, user: 'ops' }, keyType: '', fingerprint: '', pinned: true }

  it("is the server's own, else its address", () => {
    const form = { ...emptyForm(undefined), greeted }
    const named = (hostname: string) => suggestedName({ ...form, facts: factsWith([], { hostname: known(hostname) }) })
    expect(named('radiology-01.hospital.lan')).toBe('radiology-01')
    expect(named('localhost')).toBe('10.0.0.5')
    expect(named('_odd name')).toBe('odd-name')
  })
})
