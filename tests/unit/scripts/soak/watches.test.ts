// The watches of a canary run see what is planted: in a process's words and environment, in a file that is gone again,
// in what a test throws away.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { leaksIn } from '../../../../scripts/soak/allowed-places.ts'
import { watchFolder } from '../../../../scripts/soak/folder-watch.ts'
import { readLastLooks, reportVariable } from '../../../../scripts/soak/last-looks.ts'
import { markedSecret, needlesOfRun } from '../../../../scripts/soak/marked-secrets.ts'
import { watchProcesses } from '../../../../scripts/soak/process-watch.ts'
import { removeAfterLastLook } from '../../../support/last-look.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const secret = markedSecret('planted')

/** Only Linux shows processes as files. */
const showsProcesses = process.platform === 'linux'

describe('the watch over processes', () => {
  it.runIf(showsProcesses).each([
    ['words', 'cmdline of sleep'],
    ['environment', 'environ of sleep'],
  ])('sees one in the %s of a process, and says whose it is without the secret', async (place, where) => {
    const watch = watchProcesses(needlesOfRun())
    const child = spawn('sleep', ['30'], {
      argv0: place === 'words' ? `sleep ${secret}` : 'sleep',
      env: { ...process.env, ...(place === 'environment' ? { LOGIN: secret } : {}) },
    })
    // Until it is gone: the next test looks at every process there is.
    onTestFinished(async () => {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    })
    await once(child, 'spawn')
    const { looks, processes, sightings } = watch.stop()
    expect(Math.min(looks, processes)).toBeGreaterThan(0)
    expect(sightings.map((one) => one.where).join()).toContain(where)
    expect(JSON.stringify(sightings)).not.toContain(secret)
  })

  it.runIf(showsProcesses)('sees nothing where nothing is', () => {
    expect(watchProcesses(needlesOfRun()).stop().sightings).toEqual([])
  })
})

describe('the watch over a folder', () => {
  it('sees one in a file that is gone again before it ends, and in one that is written anew', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'deep'))
    const [passing, changing] = [join(folder, 'deep/passing'), join(folder, 'changing')]
    writeFileSync(changing, 'nothing')
    const watch = watchFolder(folder, needlesOfRun(), 5)
    writeFileSync(passing, Buffer.from(secret).toString('hex'))
    const seen = () => watch.stop().sightings.map(({ form, where }) => `${form} ${where}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    rmSync(passing)
    writeFileSync(changing, JSON.stringify({ deep: secret }))
    expect(seen().sort()).toEqual([`clear ${changing}`, `hex ${passing}`])
  })
})

describe('what a test throws away', () => {
  it('is searched first in a canary run, and the look written down without the secret', async () => {
    const report = join(temporaryFolder(), 'looks')
    vi.stubEnv(reportVariable, report)
    onTestFinished(() => void vi.unstubAllEnvs())
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'audit.jsonl'), JSON.stringify({ act: secret }))
    removeAfterLastLook(folder)
    expect(existsSync(folder)).toBe(false)
    const where = join(folder, 'audit.jsonl')
    expect(readLastLooks(report)).toEqual([
      { what: 'folder', files: 1, sightings: [{ canary: 'marked secret', form: 'clear', where }] },
    ])
    expect(readFileSync(report, 'utf8')).not.toContain(secret)
  })
})

describe('the places where a secret may be', () => {
  const at = (where: string, canary = 'marked secret') => ({ canary, form: 'clear', where })

  it.each([
    ['the file that a person reads a passphrase from', at('/tmp/x/passphrase-of-a-person')],
    ["a person's own key", at('/tmp/rackside-person-x1/.ssh/id_ed25519', 'login key')],
    ['a key of a simulated server', at('/tmp/x/demo/machines/demo-ascend-8.json', 'private key')],
    ['the same while it is written', at('/tmp/x/demo/machines/demo-ascend-8.json.16875.new', 'private key')],
    ['a host key of an appliance', at('rackside-lab-1/etc/ssh/ssh_host_ed25519_key', 'private key')],
  ])('are %s', (_what, sighting) => {
    expect(leaksIn([sighting])).toEqual([])
  })

  it.each([
    ['a host key with a password in it', at('rackside-lab-1/etc/ssh/ssh_host_ed25519_key')],
    ['the login key on the appliance', at('rackside-lab-1/etc/ssh/ssh_host_ed25519_key', 'login key')],
    ['another file of that person', at('/tmp/rackside-person-x1/state/audit.jsonl', 'login key')],
    ['a copy beside the passphrase', at('/tmp/x/passphrase-of-a-person.bak')],
  ])('are not %s', (_what, sighting) => {
    expect(leaksIn([sighting])).toEqual([sighting])
  })
})
