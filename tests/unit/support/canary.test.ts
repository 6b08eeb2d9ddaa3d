// The search for secrets finds each form it names: a search that finds nothing proves nothing otherwise.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { needlesOf, newCanary, searchFolder, sightingsIn, watchProcesses } from '../../support/canary.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const canary = newCanary('login')
const needles = needlesOf([canary, newCanary('another')])
const { secret } = canary

const leaks: readonly (readonly [string, string])[] = [
  ['clear', `password is ${secret}!`],
  ['json', JSON.stringify({ deep: { password: secret } })],
  ['url', `http://127.0.0.1/?p=${encodeURIComponent(secret)}&x`],
  ['form', new URLSearchParams({ user: 'li', password: secret }).toString()],
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

/** Only Linux shows them as files. */
const showsProcesses = process.platform === 'linux'

describe('the search for secrets', () => {
  it.each(leaks)('finds one in %s form, and names it', (_form, text) => {
    const found = sightingsIn(Buffer.from(text), needles, 'here')
    expect(new Set(found.map((one) => one.canary))).toEqual(new Set(['login']))
  })

  it('finds nothing where there is none', () => {
    expect(sightingsIn(Buffer.from(`Cana"ry login/ and ${secret.slice(0, -4)}`), needles, 'here')).toEqual([])
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

  it.runIf(showsProcesses).each(['words', 'environment'])('sees one in the %s of a process', async (place) => {
    const watch = watchProcesses(needles)
    const child = spawn('sleep', ['30'], {
      argv0: place === 'words' ? `sleep ${secret}` : 'sleep',
      env: { ...process.env, ...(place === 'environment' ? { LOGIN: secret } : {}) },
    })
    onTestFinished(() => void child.kill())
    await once(child, 'spawn')
    const { looks, sightings } = watch.stop()
    expect(looks).toBeGreaterThan(0)
    expect(sightings.map((one) => one.canary)).toContain('login')
  })
})
