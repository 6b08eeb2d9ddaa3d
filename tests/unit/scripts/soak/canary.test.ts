// The search for secrets finds each form it names: a search that finds nothing proves nothing otherwise.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { needlesOf, searchFolder, sightingsIn } from '../../../../scripts/soak/canary.ts'
import { markedSecret, needlesOfRun, secretHalf } from '../../../../scripts/soak/marked-secrets.ts'
import { generateKeyPair } from '../../../support/fake-ssh-server.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const secret = markedSecret('login')
const needles = needlesOf([
  { name: 'login', secret },
  { name: 'another', secret: markedSecret('another', 'of another run') },
])

const leaksOf = (secret: string): readonly (readonly [string, string])[] => [
  ['clear', `password is ${secret}!`],
  ['json', JSON.stringify({ deep: { password: secret } })],
  ['url', `http://127.0.0.1/?p=${encodeURIComponent(secret)}&x`],
  ['form', new URLSearchParams({ user: 'li', password: secret }).toString()],
  ['utf-16', Buffer.from(`x${secret}x`, 'utf16le').toString('latin1')],
  ['hex', `00ff${Buffer.from(secret).toString('hex')}00`],
  ['HEX', Buffer.from(secret).toString('hex').toUpperCase()],
  ...[0, 1, 2, 3, 4, 5].map((before): readonly [string, string] => [
    `base64 after ${before}`,
    Buffer.from(`${'u'.repeat(before)}${secret}: and more`).toString('base64'),
  ]),
  ...[0, 1, 2].map((before): readonly [string, string] => [
    `base64url after ${before}`,
    Buffer.from(`${'u'.repeat(before)}${secret}`).toString('base64url'),
  ]),
]

describe('the search for secrets', () => {
  it.each(leaksOf(secret))('finds one in %s form, and names it', (form, text) => {
    const found = sightingsIn(Buffer.from(text, form === 'utf-16' ? 'latin1' : 'utf8'), needles, 'here')
    expect(new Set(found.map((one) => one.canary))).toEqual(new Set(['login']))
  })

  it('finds nothing where there is none', () => {
    expect(sightingsIn(Buffer.from(`Cana"ry and ${secret.slice(0, -4)}`), needles, 'here')).toEqual([])
  })

  it('looks into every file below a folder, across blocks, and follows no link', () => {
    const folder = temporaryFolder()
    const outside = temporaryFolder()
    writeFileSync(join(outside, 'secret'), secret)
    mkdirSync(join(folder, 'a/b'), { recursive: true })
    symlinkSync(join(outside, 'secret'), join(folder, 'link'))
    const across = Buffer.alloc(9 * 1024 * 1024)
    across.write(secret, 8 * 1024 * 1024 - 5)
    writeFileSync(join(folder, 'a/b/large'), across)
    writeFileSync(join(folder, 'a/clean'), 'nothing')
    const { files, sightings } = searchFolder(folder, needles)
    expect(files).toBe(2)
    expect(sightings).toEqual([{ canary: 'login', form: 'clear', where: join(folder, 'a/b/large') }])
  })
})

describe('the secrets of a canary run', () => {
  const ofRun = needlesOfRun('7')
  const found = (bytes: Buffer) => sightingsIn(bytes, ofRun, 'here').map((one) => one.canary)

  it.each(leaksOf(markedSecret('any', '7')))('are found by the mark of the run alone in %s form', (form, text) => {
    expect(found(Buffer.from(text, form === 'utf-16' ? 'latin1' : 'utf8'))).toContain('marked secret')
  })

  it('are the same for the same seed, others for another one, and found when only half of one is there', () => {
    expect(markedSecret('any', '7')).toBe(markedSecret('any', '7'))
    expect(markedSecret('any', '7')).not.toBe(markedSecret('other', '7'))
    expect(found(Buffer.from(markedSecret('any', '7').slice(0, 28)))).toEqual(['marked secret'])
    expect(found(Buffer.from(markedSecret('any', '8')))).toEqual([])
  })

  it('have private keys without a passphrase beside them, and no others', () => {
    const [open, closed] = [generateKeyPair().private, generateKeyPair('a passphrase').private]
    expect(found(Buffer.from(open))).toEqual(['private key'])
    expect(found(Buffer.from(JSON.stringify({ open })))).toEqual(['private key'])
    expect(found(Buffer.from(Buffer.from(open).toString('base64')))).toEqual(['private key'])
    expect(found(Buffer.from(closed))).toEqual([])
  })

  it('know the secret half of a key, which its lines in base64 hold as well', () => {
    const pair = generateKeyPair()
    const half = secretHalf(pair.private)
    const needlesOfKey = needlesOf([{ name: 'login key', secret: half }])
    expect(half).toHaveLength(32)
    for (const bytes of [
      Buffer.from(pair.private),
      Buffer.from(half),
      Buffer.from(Buffer.from(half).toString('hex')),
    ]) {
      expect(sightingsIn(bytes, needlesOfKey, 'here').map((one) => one.canary)).toContain('login key')
    }
    expect(sightingsIn(Buffer.from(pair.public), needlesOfKey, 'here')).toEqual([])
  })
})
