// A login that only watches, on a real appliance with eight accelerators: the helper is shown, installed and removed
// by a login that is root, and its user has facts and samples and nothing else of root (P16, P17).
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { watchHelper } from '../../main/core/access/known-watch-program.ts'
import { gatherFacts } from '../../main/facts/gather.ts'
import { sampleUntilLost } from '../../main/observe/sampler.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import type { Sample } from '../../shared/domain/sample.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  pause,
  processLines,
  strangers,
  TestConsole,
} from '../support/lab.ts'
import { connectAs, makeUser } from '../support/lab-user.ts'
import { needs } from '../support/needs.ts'

const user = 'ward-watch'

describe('a login that only watches', () => {
  let appliance: LabAppliance
  let watched: LabAppliance
  const console = new TestConsole()
  const sh = (text: string) => inside(appliance, 'sh', '-c', text)

  beforeAll(async () => {
    if (!canRunLab) return
    appliance = await bareAppliance('nvidia-h20x8')
    watched = { ...appliance, user }
    await makeUser(appliance, user, {})
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => console.remove())

  const helper = (...words: string[]) => {
    const { user: login, address, port, identityFile, hostKeyFingerprint } = appliance
    const there = [`ssh://${login}@${address}:${port}`, '--identity', identityFile, '--fingerprint', hostKeyFingerprint]
    const [act = '', ...rest] = words
    return console.startWords('watch-helper', act, ...there, '--json', ...rest).ended
  }

  it('is told what is missing before anything is installed', async () => {
    const { code, json } = await console.run('detect', watched, '--watch-only')
    expect([code, json]).toMatchObject([89, { failure: { kind: 'watch-helper-missing', user } }])
  })

  it('gets exactly the files that are shown, and a sudo that shows nothing else', async () => {
    const shown = await console.startWords('watch-helper', 'show', '--user', user, '--json').ended
    expect(shown.code).toBe(0)
    const installed = await helper('install', '--user', user)
    expect(installed).toMatchObject({ code: 0, json: { installed: true, user } })
    for (const file of [shown.json['script'], shown.json['sudoers']] as {
      path: string
      mode: string
      text: string
    }[]) {
      const hash = createHash('sha256').update(file.text).digest('hex')
      expect(await sh(`sha256sum ${file.path} | cut -d ' ' -f 1; stat -c '%U:%G 0%a' ${file.path}`)).toBe(
        `${hash}\nroot:root ${file.mode}\n`,
      )
    }
    const rights = (await sh(`sudo -l -U ${user}`)).split('may run the following commands')[1]
    expect(rights?.replace(/\s+/g, ' ').split(': ').slice(1).join(': ').trim()).toBe(
      '(root) NOPASSWD: /usr/local/sbin/rackside-watch facts, /usr/local/sbin/rackside-watch sample',
    )
    expect(await sh('ls -A /etc/sudoers.d /usr/local/sbin | grep -c "rackside-watch[.]" || true')).toBe('0\n')
    expect((await helper('install', '--user', user)).code).toBe(0)
  })

  it('is not given to a user who is not there, nor to everybody', async () => {
    expect(await helper('install', '--user', 'nobody-here')).toMatchObject({
      code: 55,
      json: { failure: { kind: 'step-failed', detail: expect.stringContaining('there is no user nobody-here') } },
    })
    expect((await helper('install', '--user', 'ALL')).code).toBe(5)
    expect(await sh('cat /etc/sudoers.d/rackside-watch')).toContain(`${user} ALL=(root)`)
  })

  it('sees the same facts as root does', async () => {
    const ask = { now: () => new Date(0), nonce: () => '0123456789abcdef' }
    const [one, other] = [await connectAs(appliance, 'ops'), await connectAs(appliance, user, { watch: watchHelper() })]
    const [full, seen] = [await gatherFacts(one, ask), await gatherFacts(other, ask)]
    await Promise.all([one.close(), other.close()])
    if (!full.ok || !seen.ok) throw new Error(JSON.stringify([full, seen]))
    expect(seen.value.privilege).toBe('root')
    expect(lasting(seen.value)).toEqual(lasting(full.value))
    const { code, json } = await console.run('detect', watched, '--watch-only')
    expect([code, json]).toMatchObject([0, { privilege: 'root' }])
  })

  it('has a sample a second of all eight accelerators, and leaves nothing behind', async () => {
    const before = new Set(await processLines(appliance))
    const link = await connectAs(appliance, user, { watch: watchHelper() })
    const stop = new AbortController()
    const samples: Sample[] = []
    const sampling = sampleUntilLost(link, {
      pace: () => ({ seconds: 1, over: new AbortController().signal }),
      nowMs: Date.now,
      clock: () => performance.now(),
      pause: (milliseconds) => pause(milliseconds),
      nonce: () => '0123456789abcdef',
      nextSequence: () => samples.length,
      onSample: (sample) => samples.push(sample),
      place: { host: appliance.address, port: appliance.port },
      signal: stop.signal,
    })
    await pause(8000)
    stop.abort()
    await sampling
    await link.close()
    expect(samples.length).toBeGreaterThanOrEqual(5)
    expect(samples.length).toBeLessThanOrEqual(10)
    expect(samples.at(-1)?.accelerators).toHaveLength(8)
    await expect.poll(() => strangers(appliance, before), { timeout: 10_000 }).toEqual([])
  })

  it('gets nothing of root by any other word, argument or variable', async () => {
    const link = await connectAs(appliance, user)
    const path = '/usr/local/sbin/rackside-watch'
    const tries = [
      'sudo -n id',
      `sudo -n ${path}`,
      `sudo -n ${path} facts id`,
      `sudo -n ${path} 'facts; id'`,
      `sudo -n ${path} sample facts`,
      `sudo -n BASH_ENV=/tmp/trap ${path} facts`,
      `sudo -n -E ${path} facts`,
      `sudo -n -u ops ${path} facts`,
      `echo 'x $(id) y' | sudo -n ${path} facts`,
      `echo 'id; id; id' | sudo -n ${path} facts`,
      `ENV=/tmp/trap BASH_ENV=/tmp/trap IFS=/ PATH=/tmp/planted:$PATH sudo -n ${path} facts </dev/null`,
      `echo id >>${path}`,
    ]
    await sh(
      'mkdir -p /tmp/planted; for p in id dd sleep timeout; do printf "#!/bin/sh\\necho uid=0 trapped\\n" >/tmp/planted/$p; chmod 755 /tmp/planted/$p; done; echo "echo uid=0 trapped" >/tmp/trap',
    )
    for (const text of tries) {
      const ran = await link.run({ name: 'try', text }, { as: 'login', deadlineSeconds: 15 })
      if (!ran.ok) throw new Error(`${text}: ${JSON.stringify(ran.failure)}`)
      expect([text, ran.value.exitCode === 0]).toEqual([text, false])
      expect(`${ran.value.stdout}${ran.value.stderr}`).not.toContain('uid=0')
    }
    await link.close()
  })

  it('has a verdict that claims nothing, and no setup', async () => {
    const status = await console.run('status', watched, '--watch-only')
    expect([status.code, status.json]).toMatchObject([72, { verdict: 'unknown' }])
    const folder = await artifactsFolder()
    const setup = await console.setup(watched, folder, '--watch-only').ended
    expect([setup.code, setup.json]).toMatchObject([88, { failure: { kind: 'watch-only' } }])
  })

  it('has nothing any more once the helper was removed', async () => {
    expect(await helper('remove')).toMatchObject({ code: 0, json: { removed: true } })
    expect(await sh('ls /usr/local/sbin /etc/sudoers.d')).not.toContain('rackside-watch')
    expect((await console.run('detect', watched, '--watch-only')).code).toBe(89)
  })
})

/** What does not move from one look to the next. */
function lasting(facts: Facts): unknown {
  const { takenAt: _, memory: _memory, spaces: _spaces, cpu, ...rest } = facts
  return JSON.parse(
    JSON.stringify({ ...rest, cpu }, (key, value) =>
      /utilization|temperature|power|memoryUsed|uptime|freeBytes|availableBytes|load|clockSeconds/i.test(key)
        ? undefined
        : value,
    ),
  )
}
