// A signed update as it is carried on a stick, and everything that can be wrong with it (P27, P34): each has its own
// answer, in both languages, and nothing is kept.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { UpdateQuestion } from '../../../../../main/core/update/read-release.ts'
import { checkUpdate, takeUpdate } from '../../../../../main/core/update/take-update.ts'
import { writeUpdate } from '../../../../../main/core/update/write-update.ts'
import { publicKeyHex, signRelease } from '../../../../../main/trust/release-signature.ts'
import { newSigningKey } from '../../../../../main/trust/sign.ts'
import { isNewer } from '../../../../../shared/domain/update-file.ts'
import type { UpdateReason } from '../../../../../shared/domain/update-reason.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const name = 'rackside-0.3.0-linux-amd64.deb'
const bytes = Buffer.alloc(3_000_000, 'a package ')
const key = newSigningKey()
const pem = (one: KeyObject) => one.export({ format: 'pem', type: 'pkcs8' }).toString()

type Stick = { readonly folder: string; readonly file: string; readonly question: UpdateQuestion }

function stick(wish: { readonly version?: string; readonly expires?: string; readonly key?: KeyObject } = {}): Stick {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), bytes)
  const { file } = writeUpdate({
    version: wish.version ?? '0.3.0',
    packages: [join(folder, name)],
    key: pem(wish.key ?? key),
    publishedAt: '2026-11-01T00:00:00Z',
    expires: wish.expires ?? '2027-11-01T00:00:00Z',
  })
  const target = { version: '0.2.9', platform: 'linux', arch: 'x64', now: '2026-12-01T00:00:00.000Z' }
  return { folder, file, question: { file, keys: [publicKeyHex(key)], target } }
}

/** Signed anew, with this change. */
function resigned({ file }: Stick, change: Readonly<Record<string, unknown>>): void {
  const { signed } = JSON.parse(readFileSync(file, 'utf8'))
  const changed = { ...signed, ...change }
  writeFileSync(file, JSON.stringify({ signed: changed, signature: signRelease(changed, key) }))
}

function edited({ file }: Stick, edit: (text: string) => string): void {
  writeFileSync(file, edit(readFileSync(file, 'utf8')))
}

type Attack = readonly [title: string, reason: UpdateReason, spoil: (one: Stick) => Partial<UpdateQuestion> | undefined]

const target = { version: '0.2.9', platform: 'linux', arch: 'x64', now: '2026-12-01T00:00:00.000Z' }
const packageOf = ({ folder }: Stick) => join(folder, name)

const attacks: readonly Attack[] = [
  ['of another key', 'signature-wrong', () => ({ keys: [publicKeyHex(newSigningKey())] })],
  ['for a program without keys', 'no-release-key', () => ({ keys: [] })],
  ['with a key that is none', 'signature-wrong', () => ({ keys: ['f'.repeat(64)] })],
  ['with a changed version', 'signature-wrong', (one) => void edited(one, (text) => text.replace('0.3.0"', '0.4.0"'))],
  [
    'with a digit of its signature changed',
    'signature-wrong',
    (one) =>
      void edited(one, (text) =>
        text.replace(/("signature": ")(.)/, (_all, head, digit) => `${head}${digit === '0' ? '1' : '0'}`),
      ),
  ],
  [
    'with a field that nobody signed',
    'signature-wrong',
    (one) => void edited(one, (text) => text.replace('"version"', '"mirror": "elsewhere", "version"')),
  ],
  ['of the version that is here', 'not-newer', () => ({ target: { ...target, version: '0.3.0' } })],
  ['of an older version', 'not-newer', () => ({ target: { ...target, version: '0.10.0' } })],
  ['onto a version that cannot be read', 'not-newer', () => ({ target: { ...target, version: 'unknown' } })],
  ['of another system', 'other-platform', () => ({ target: { ...target, platform: 'darwin' } })],
  ['of another processor', 'other-platform', () => ({ target: { ...target, arch: 'arm64' } })],
  ['that has expired', 'expired', () => ({ target: { ...target, now: '2027-11-01T00:00:00.000Z' } })],
  ['of a newer format', 'newer-format', (one) => void resigned(one, { format: 2 })],
  ['that is something else, signed all the same', 'not-an-update', (one) => void resigned(one, { type: 'other' })],
  [
    'with a name that leads elsewhere',
    'not-an-update',
    (one) => {
      const { signed } = JSON.parse(readFileSync(one.file, 'utf8'))
      resigned(one, { packages: [{ ...signed.packages[0], name: '../etc/passwd' }] })
      return undefined
    },
  ],
  ['that is no JSON', 'not-an-update', (one) => void edited(one, (text) => text.slice(0, -20))],
  ['that is the package itself', 'unreadable', (one) => ({ file: packageOf(one) })],
  ['that is not there', 'missing', (one) => ({ file: `${one.file}.gone` })],
  [
    'whose package was renamed',
    'package-missing',
    (one) => void renameSync(packageOf(one), join(one.folder, 'other.deb')),
  ],
  [
    'whose package is a link',
    'package-missing',
    (one) => {
      renameSync(packageOf(one), join(one.folder, 'other.deb'))
      symlinkSync(join(one.folder, 'other.deb'), packageOf(one))
      return undefined
    },
  ],
  [
    'whose package is a folder',
    'package-missing',
    (one) => {
      renameSync(packageOf(one), join(one.folder, 'other.deb'))
      mkdirSync(packageOf(one))
      return undefined
    },
  ],
  ['whose package was cut short', 'package-shorter', (one) => void writeFileSync(packageOf(one), bytes.subarray(1))],
  [
    'whose package has one byte more',
    'package-longer',
    (one) => void writeFileSync(packageOf(one), Buffer.concat([bytes, Buffer.from('x')])),
  ],
  [
    'whose package was swapped',
    'package-differs',
    (one) => void writeFileSync(packageOf(one), Buffer.alloc(bytes.length, 'b')),
  ],
  [
    'whose package has one bit changed',
    'package-differs',
    (one) => {
      const changed = Buffer.from(bytes)
      changed[2_999_999] = (changed[2_999_999] ?? 0) ^ 1
      writeFileSync(packageOf(one), changed)
      return undefined
    },
  ],
]

describe('an update', () => {
  it.each(attacks)('%s is refused: %s', (_title, reason, spoil) => {
    const one = stick()
    const question = { ...one.question, ...spoil(one) }
    const state = join(temporaryFolder(), 'state')
    for (const answer of [checkUpdate(question), takeUpdate(question, state)]) {
      expect(answer).toMatchObject({ ok: false, failure: { kind: 'update-unusable', reason } })
      if (answer.ok || answer.failure.kind !== 'update-unusable') continue
      const texts = (['en', 'zh-CN'] as const).map((language) =>
        wordsOf(language).failures['update-unusable'](answer.failure as never),
      )
      for (const text of texts) expect(text.what.length).toBeGreaterThan(10)
    }
    const kept = existsSync(join(state, 'updates')) ? readdirSync(join(state, 'updates')) : []
    expect(kept).toEqual([])
  })

  it('has an attack for every reason that it can be refused for', () => {
    const reasons = new Set(attacks.map(([, reason]) => reason))
    expect([...reasons].sort()).toEqual(
      [
        ...['expired', 'missing', 'newer-format', 'no-release-key', 'not-an-update', 'not-newer', 'other-platform'],
        ...['package-differs', 'package-longer', 'package-missing', 'package-shorter', 'signature-wrong', 'unreadable'],
      ].sort(),
    )
  })

  it('that is as it was signed is checked, and written nowhere', () => {
    const one = stick()
    expect(checkUpdate(one.question)).toMatchObject({
      ok: true,
      value: { version: '0.3.0', package: { name, kind: 'deb' } },
    })
    expect(readdirSync(one.folder).sort()).toEqual(['rackside-0.3.0.update.json', name].sort())
  })

  it('is kept where only this user can write: the bytes that were checked', () => {
    const one = stick()
    const state = join(temporaryFolder(), 'state')
    const taken = takeUpdate(one.question, state)
    if (!taken.ok) throw new Error(JSON.stringify(taken.failure))
    expect(taken.value.path).toBe(join(state, 'updates', name))
    expect(statSync(join(state, 'updates')).mode & 0o777).toBe(0o700)
    expect(statSync(taken.value.path).mode & 0o777).toBe(0o600)
    expect(readFileSync(taken.value.path).equals(bytes)).toBe(true)
    expect(readdirSync(join(state, 'updates'))).toEqual([name])
    // What happens to the stick afterwards makes no difference; a second time is the same.
    expect(takeUpdate(one.question, state).ok).toBe(true)
  })

  it('is written through no link that lies in its place', () => {
    const one = stick()
    const state = join(temporaryFolder(), 'state')
    const target = join(temporaryFolder(), 'somebody-elses')
    writeFileSync(target, 'as it was')
    mkdirSync(join(state, 'updates'), { recursive: true, mode: 0o700 })
    symlinkSync(target, join(state, 'updates', name))
    expect(takeUpdate(one.question, state).ok).toBe(true)
    expect(readFileSync(target, 'utf8')).toBe('as it was')
  })

  it('is signed by the one key or by the other of those who release', () => {
    const other = newSigningKey()
    const one = stick({ key: other })
    const keys = [publicKeyHex(key), publicKeyHex(other)]
    expect(checkUpdate({ ...one.question, keys }).ok).toBe(true)
  })

  it('cannot be made of what no console would take', () => {
    expect(() => stick({ version: '1.0' })).toThrow()
    expect(() => stick({ expires: 'tomorrow' })).toThrow()
    expect(() => stick({ key: createPrivateKey(pem(newSigningKey())) })).not.toThrow()
  })
})

describe('a version', () => {
  it.each([
    ['0.3.0', '0.2.9', true],
    ['0.10.0', '0.9.9', true],
    ['1.0.0', '0.99.99', true],
    ['0.3.0', '0.3.0', false],
    ['0.2.10', '0.3.0', false],
    ['0.3.0-beta', '0.2.0', false],
    ['00.3.0', '0.2.0', false],
    ['0.3.0', '', false],
  ])('%s over %s is newer: %s', (offered, installed, newer) => {
    expect(isNewer(offered, installed)).toBe(newer)
  })
})
