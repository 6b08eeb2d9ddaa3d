// The file of the vault against damage, tampering and the disk: every byte counts (P14), nothing of it can be read
// without its key (P12), and it is this user's alone (P15).
import { createHash, randomBytes, scryptSync } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keyOf } from '../../../../main/vault/passphrase.ts'
import { seal, unseal } from '../../../../main/vault/sealing.ts'
import { readVaultText, vaultText } from '../../../../main/vault/vault-file.ts'
import { fail, ok } from '../../../../shared/domain/failure.ts'
import { passphrase, passwordEntry, pretendVault } from '../../../support/pretend-vault.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const canary = 'canary-7f3a-门诊'

async function kept() {
  const one = pretendVault()
  await one.vault.create(passphrase)
  await one.vault.keep({ ...passwordEntry('password-canary-id', canary), label: 'canary label' })
  one.vault.lock()
  return { ...one, text: readFileSync(one.file, 'utf8') }
}

/** With the checksum that belongs to it: what somebody does on purpose. */
function forged(text: string, change: (body: Record<string, object>) => void): string {
  const { body } = JSON.parse(text)
  change(body)
  return vaultText(body)
}

describe('damage (P14)', () => {
  it('to any single byte is found without the passphrase, and never taken for a healthy vault', async () => {
    const { vault, file, text } = await kept()
    const good = Buffer.from(text)
    const unnoticed: number[] = []
    for (let at = 0; at < good.length; at += 1) {
      for (const bits of [0x01, 0x20, 0x80, 0x07]) {
        const bad = Buffer.from(good)
        bad[at] = (bad[at] ?? 0) ^ bits
        const read = readVaultText(bad.toString('utf8'), 'vault.json')
        if (read.ok || read.failure.kind !== 'vault-damaged') unnoticed.push(at)
      }
    }
    expect(unnoticed).toEqual([])
    const flipped = Buffer.from(good)
    flipped[good.length >> 1] = (flipped[good.length >> 1] ?? 0) ^ 1
    writeFileSync(file, flipped)
    const damaged = { ok: false, failure: { kind: 'vault-damaged', file, detail: expect.any(String) } }
    const asked = [vault.state(), await vault.unlock(passphrase), await vault.create(passphrase), await vault.list()]
    expect(asked).toEqual([damaged, damaged, damaged, damaged])
    // Nothing is written over what might be mended.
    expect(readFileSync(file).equals(flipped)).toBe(true)
  })

  it('by being cut short anywhere, or by more behind it, is found', async () => {
    const { text } = await kept()
    const cuts = Array.from({ length: text.length }, (_, length) => text.slice(0, length))
    for (const bad of [...cuts, `${text}\n`, `${text}{}`, ` ${text}`, text.replace('{', '{ ')]) {
      expect(readVaultText(bad, 'v')).toMatchObject({ failure: { kind: 'vault-damaged' } })
    }
  })

  it('on purpose, with a new checksum, opens nothing', async () => {
    const { beside, file, text } = await kept()
    const { body: other } = JSON.parse((await kept()).text)
    const forgeries = [
      forged(text, (body) => Object.assign(body['entries'] ?? {}, { bytes: other.entries.bytes })),
      forged(text, (body) => Object.assign(body, { entries: other.entries })),
      forged(text, (body) => Object.assign(body, { keyId: '0123456789abcdef' })),
      forged(text, (body) => Object.assign(body['protection'] ?? {}, { logN: 15 })),
      forged(text, (body) => Object.assign(body['protection'] ?? {}, { salt: other.protection.salt })),
      forged(text, (body) => Object.assign(body['protection'] ?? {}, { dataKey: other.protection.dataKey })),
    ]
    for (const forgery of forgeries) {
      writeFileSync(file, forgery)
      const asked = await beside().unlock(passphrase)
      expect(['vault-damaged', 'vault-passphrase-wrong']).toContain(asked.ok ? 'ok' : asked.failure.kind)
    }
  })

  it.each([
    ['logN', 40],
    ['logN', 1],
    ['logN', 14.5],
    ['salt', ''],
  ])('by a header that asks for %s %s is refused before anything is derived', async (name, value) => {
    const { text } = await kept()
    const forgery = forged(text, (body) => Object.assign(body['protection'] ?? {}, { [name]: value }))
    expect(readVaultText(forgery, 'v')).toMatchObject({ failure: { kind: 'vault-damaged' } })
  })

  it('is not said of a vault of a newer version', async () => {
    const forgery = forged((await kept()).text, (body) => Object.assign(body, { format: 2, more: true }))
    expect(readVaultText(forgery, 'v')).toMatchObject({ failure: { kind: 'state-too-new', found: 2, supported: 1 } })
  })
})

describe('what lies in the state folder (P12)', () => {
  it('holds the secret in no form, nor its label or id', async () => {
    const { folder } = await kept()
    const whole = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
    const bytes = Buffer.concat(whole)
    for (const word of [canary, 'canary label', 'password-canary-id', passphrase]) {
      const raw = Buffer.from(word)
      const forms = [raw, ...[raw.toString('hex'), encodeURIComponent(word)].map((text) => Buffer.from(text))]
      // Base64 at each of the three places in a group where it can begin.
      const shifted = [0, 1, 2].map((pad) =>
        Buffer.concat([Buffer.alloc(pad), raw])
          .toString('base64')
          .slice(4, -4),
      )
      for (const form of [...forms, ...shifted.map((text) => Buffer.from(text))]) {
        expect(bytes.includes(form)).toBe(false)
      }
    }
  })

  it('does not say by its size whether there is one short secret or none', async () => {
    const { text } = await kept()
    const empty = pretendVault()
    await empty.vault.create(passphrase)
    expect(readFileSync(empty.file).length).toBe(text.length)
  })
})

describe('the file (P15)', () => {
  it('is 0600 whatever the umask, and becomes so again when it was put back with other rights', async () => {
    const umask = process.umask(0)
    onTestFinished(() => void process.umask(umask))
    const { vault, file, folder } = await kept()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['vault.json'])
    chmodSync(file, 0o644)
    vault.state()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each(['to a file', 'to nothing'])('that is a link %s is neither read nor written through', async (where) => {
    const { vault, file } = pretendVault()
    const target = join(temporaryFolder(), 'elsewhere')
    if (where === 'to a file') writeFileSync(target, (await kept()).text)
    symlinkSync(target, file)
    const refused = { ok: false, failure: { kind: 'secret-file-unusable', file, problem: 'not-a-file' } }
    expect([vault.state(), await vault.create(passphrase), await vault.unlock(passphrase)]).toEqual([
      refused,
      refused,
      refused,
    ])
    expect(readdirSync(join(target, '..'))).toEqual(where === 'to a file' ? ['elsewhere'] : [])
  })

  it('is not written through a link that lies where its new content is prepared', async () => {
    const { vault, folder } = pretendVault()
    const target = join(temporaryFolder(), 'elsewhere')
    writeFileSync(target, 'mine')
    symlinkSync(target, join(folder, `vault.json.${process.pid}.new`))
    expect(await vault.create(passphrase)).toEqual(ok(undefined))
    expect([readFileSync(target, 'utf8'), readdirSync(folder)]).toEqual(['mine', ['vault.json']])
  })

  it('that is a folder is refused', async () => {
    const { vault, file } = pretendVault()
    mkdirSync(file)
    expect(vault.state()).toMatchObject({ failure: { kind: 'secret-file-unusable', problem: 'not-a-file' } })
  })
})

describe('a disk that takes no more', () => {
  it('leaves the vault as it was, under its old passphrase, and says so', async () => {
    let text: string | undefined
    let full = false
    const disk = {
      file: 'vault.json',
      read: () => ok(text),
      write(next: string) {
        if (full) return fail({ kind: 'state-unwritable', folder: 'f', detail: 'ENOSPC' })
        text = next
        return ok(undefined)
      },
    }
    const { vault, beside } = pretendVault({ disk })
    full = true
    expect(await vault.create(passphrase)).toMatchObject({ failure: { kind: 'state-unwritable' } })
    expect(vault.state()).toMatchObject({ value: { state: 'none' } })
    full = false
    await vault.create(passphrase)
    await vault.keep(passwordEntry('password-1', canary))
    const before = text
    full = true
    for (const refused of [
      await vault.keep(passwordEntry('password-2', 'x')),
      await vault.remove('password-1'),
      await vault.changePassphrase(passphrase, 'a new passphrase'),
    ]) {
      expect(refused).toMatchObject({ failure: { kind: 'state-unwritable' } })
    }
    expect(text).toBe(before)
    expect(await vault.read('password-1')).toMatchObject({ ok: true })
    expect(await beside().unlock(passphrase)).toEqual(ok(undefined))
  })
})

describe('the primitives', () => {
  it('scrypt is the one of RFC 7914, and does not hold up the event loop', async () => {
    const salt = Buffer.from('SodiumChloride').toString('base64')
    const cost = { salt, logN: 14 }
    const expected = scryptSync('pleaseletmein', 'SodiumChloride', 32, { N: 2 ** 14, r: 8, p: 1 })
    expect(expected.toString('hex')).toBe('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2')
    let turns = 0
    const turning = setInterval(() => {
      turns += 1
    }, 1)
    const key = await keyOf('pleaseletmein', cost)
    clearInterval(turning)
    expect(key.equals(expected)).toBe(true)
    expect(turns).toBeGreaterThan(0)
  })

  it('the cipher is AES-256-GCM as NIST has it (GCM test case 16, with its tag)', () => {
    const hex = (text: string) => Buffer.from(text, 'hex')
    const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308')
    const plain = hex(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    )
    // The bound text of the vault is text; the vector's is bytes, so its cipher text alone is compared here.
    const box = seal(plain, key, { bound: 'header', random: () => hex('cafebabefacedbaddecaf888') })
    const cipherText = Buffer.from(box.bytes, 'base64').subarray(0, -16).toString('hex')
    expect(cipherText).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    )
    expect(unseal(box, key, 'header')?.equals(plain)).toBe(true)
    expect([unseal(box, key, 'another header'), unseal(box, randomBytes(32), 'header')]).toEqual([undefined, undefined])
    expect(unseal({ ...box, bytes: '' }, key, 'header')).toBeUndefined()
  })

  it('the checksum is the sha256 of what stands behind it', async () => {
    const { sha256, body } = JSON.parse((await kept()).text)
    expect(sha256).toBe(createHash('sha256').update(JSON.stringify(body)).digest('hex'))
  })
})
