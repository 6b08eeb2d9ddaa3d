// Three models behind one endpoint: a key for each who asks, wrong ones refused, new ones without anybody waiting, and
// the keys themselves nowhere but where they belong. Their apps are opened to the local network, and nothing else is.

import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { repositoryFolder } from '../../scripts/lab/folders.ts'
import { readPrometheus } from '../../shared/observe/prometheus.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { today } from '../support/today.ts'

const gateway = 'http://127.0.0.1:8500/v1'
const models = ['rackside-tiny', 'rackside-tiny-b', 'rackside-tiny-c']
const consumers = ['letters', 'rackside', 'visit-notes']
const keys = '/var/lib/rackside/secrets/gateway'

/** Asks one model after the other as the app does, with the key that its container finds then; a line an answer. */
const asking = `touch /run/asking; rm -f /run/answers
ask() {
  key=$(docker exec rackside-visit-notes cat /run/rackside/model-key)
  curl --silent --max-time 5 -o /dev/null -w '%{http_code}\\n' -H "Authorization: Bearer $key" -H 'content-type: application/json' \\
    -d '{"model":"'$1'","messages":[{"role":"user","content":"x"}],"max_tokens":40,"stream":true}' ${gateway}/chat/completions
}
while [ -e /run/asking ]; do for model in ${models.join(' ')}; do ask $model; done; done >/run/answers 2>/dev/null </dev/null &`

const run = promisify(execFile)

/** Of all there are, those where somebody answers. */
async function openPorts(host: string): Promise<number[]> {
  const open: number[] = []
  let next = 1
  const worker = async () => {
    while (next <= 65_535) {
      const port = next++
      if (await answers(host, port)) open.push(port)
    }
  }
  await Promise.all(Array.from({ length: 200 }, worker))
  return open.sort((a, b) => a - b)
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3000 })
    const end = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false))
  })
}

describe('three models behind one endpoint', () => {
  let appliance: LabAppliance
  let folder = ''
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder('--families')
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => console.remove())

  const begin = (...words: string[]) =>
    console.start(
      'setup',
      appliance,
      '--solution',
      'three-families',
      '--from',
      folder,
      '--yes',
      '--soak',
      '1',
      ...words,
    )
  const sh = async (text: string) => (await inside(appliance, 'sh', '-c', text)).trim()
  const keyOf = (consumer: string) => sh(`cat ${keys}/for-${consumer}.* | tail -c 64`)
  const status = (key: string, path = '/models', body = '') =>
    sh(
      `curl -s -o /dev/null -w '%{http_code}' ${key === '' ? '' : `-H 'Authorization: Bearer ${key}'`} ${body === '' ? '' : `-d '${body}'`} ${gateway}${path}`,
    )
  const publishedNow = async () =>
    ((await console.run('published', appliance)).json['published'] ?? []) as { authority?: string }[]
  const generations = async () => (await sh(`ls ${keys}`)).split('\n')

  it('are set up and proven: each answers through it, and nobody gets in without a key', async () => {
    const { code, json, errors } = await begin().ended
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    const again = await begin().ended
    expect(again.json, again.errors).toMatchObject({ verdict: 'healthy', changed: 0 })
    expect(await generations()).toEqual(consumers.map((one) => `for-${one}.1`))
  })

  it('have one address, three names, and a key of its own for each app', async () => {
    const own = await Promise.all(consumers.map(keyOf))
    expect(new Set(own).size).toBe(3)
    for (const key of own) expect(await status(key)).toBe('200')
    const [key = ''] = own
    const listed = await sh(`curl -s -H 'Authorization: Bearer ${key}' ${gateway}/models`)
    expect((JSON.parse(listed) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(models)
    const ask = (model: string) => JSON.stringify({ model, messages: [{ role: 'user', content: 'x' }], max_tokens: 1 })
    for (const model of models) expect(await status(key, '/chat/completions', ask(model))).toBe('200')
    expect(await status(key, '/chat/completions', ask('gpt-4'))).toBe('404')
    expect(await status(key, '/chat/completions', '{"messages":[]}')).toBe('404')
    expect(await status('', '/models')).toBe('401')
    expect(await status('0'.repeat(64))).toBe('401')
    expect(await status(`${key}x`)).toBe('401')
    expect(await status('', '/chat/completions', ask('rackside-tiny'))).toBe('401')
    // Another address of the model's server is not reached through it, however it is written.
    for (const path of ['/v1/../metrics', '/v1/%2e%2e/metrics', '/v1/load_lora_adapter', '//metrics']) {
      const asked = `curl -s --path-as-is -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer ${key}' -d '${ask('rackside-tiny')}' 'http://127.0.0.1:8500${path}'`
      expect([path, await sh(asked)]).toEqual([path, '404'])
    }
  })

  it('have their keys nowhere else: not in words, labels, variables, logs, nor on the console', async () => {
    const own = await Promise.all(consumers.map(keyOf))
    const told = await sh(
      'docker inspect $(docker ps -aq); docker logs rackside-gateway 2>&1; ps -eo args; cat /var/lib/rackside/journal/* /var/lib/rackside/versions/*/* /var/lib/rackside/deployments/*; journalctl -q --no-pager',
    )
    const files = readdirSync(console.home, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    const kept = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n')
    expect(told.length).toBeGreaterThan(10_000)
    for (const key of own) {
      expect(told.includes(key)).toBe(false)
      expect(kept.includes(key)).toBe(false)
    }
    // Whoever logs in reads none of them without being root.
    expect(await sh(`su ops -s /bin/sh -c 'cat ${keys}/* /var/lib/rackside/services/*/*/* 2>/dev/null | wc -c'`)).toBe(
      '0',
    )
  })

  today(0, 3)('get new keys while somebody asks all the time, and nobody is refused', async () => {
    const old = await Promise.all(consumers.map(keyOf))
    await sh(asking)
    const { code, json, errors } = await begin('--rotate-keys').ended
    await sh('rm /run/asking; sleep 3')
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    const answers = (await sh('cat /run/answers')).split('\n')
    globalThis.console.log(`asked while keys were made anew: ${answers.length}`)
    expect(answers.length).toBeGreaterThan(20)
    expect(answers.filter((one) => one !== '200')).toEqual([])
    for (const key of old) expect(await status(key)).toBe('401')
    expect(await generations()).toEqual(consumers.map((one) => `for-${one}.2`))
    for (const one of consumers) expect(await status(await keyOf(one))).toBe('200')
    const after = await begin().ended
    expect(after.json, after.errors).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  today(0, 3)('end a change of keys that broke off with the next set-up', async () => {
    const rotating = begin('--rotate-keys')
    await expect.poll(async () => (await generations()).length, { timeout: 30_000 }).toBeGreaterThan(3)
    rotating.process.kill('SIGKILL')
    await rotating.ended
    // Whoever asks meanwhile has a key that works.
    expect(await status(await sh('docker exec rackside-visit-notes cat /run/rackside/model-key'))).toBe('200')
    await expect
      .poll(async () => (await begin().ended).json, { timeout: 120_000 })
      .toMatchObject({ verdict: 'healthy' })
    // Each has one that counts: the first ones were made anew before it broke off, the others not yet.
    const left = await generations()
    expect(left.map((one) => one.replace(/\.[123]$/, ''))).toEqual(consumers.map((one) => `for-${one}`))
  })

  const name = 'ai.ward.example'
  const password = async () => (await console.run('sign-ins', appliance, '--show', 'ingress')).json['secret'] as string
  /** From here: another machine of that network. */
  const byName = async (trusted: string, ...words: string[]) => {
    const trusting = ['-s', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', '60', '--cacert', trusted]
    return (await run('curl', [...trusting, '--resolve', `${name}:443:${appliance.address}`, ...words])).stdout
  }

  today(1, 3)('are opened to who has the password, by a name of the site', async () => {
    const { code, json, errors } = await begin('--publish', appliance.address, '--publish-name', name).ended
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    const [one] = await publishedNow()
    const authority = join(console.home, 'named.crt')
    writeFileSync(authority, one?.authority ?? '')
    const secret = await password()
    expect(secret).toMatch(/^(?:[2-9a-hjkmnp-z]{5}-){3}[2-9a-hjkmnp-z]{5}$/)
    for (const path of ['/', '/letters/']) {
      expect(await byName(authority, `https://${name}${path}`)).toBe('401')
      expect(await byName(authority, '-u', `hospital:${secret.slice(1)}`, `https://${name}${path}`)).toBe('401')
      expect(await byName(authority, '-u', `hospital:${secret}`, `https://${name}${path}`)).toBe('200')
    }
    // Whoever is let in by it hands it to no app, and nobody else is told of it.
    const all =
      'docker inspect rackside-ingress rackside-letters; docker logs rackside-ingress 2>&1; docker logs rackside-letters 2>&1; cat /var/lib/rackside/journal/*/*; journalctl --no-pager | tail -n 2000'
    expect(await sh(`{ ${all}; } | grep -cF ${secret} || :`)).toBe('0')
    const told = await console.run('sign-ins', appliance)
    expect(JSON.stringify(told.json)).not.toContain(secret)
    expect(told.json['signIns']).toContainEqual({
      ...{ for: 'app', deployment: 'gateway', consumer: 'letters', secret: 'for-letters' },
      ...{ baseUrl: expect.stringMatching(/^http:\/\/gateway:[0-9]+\/v1$/), models },
    })
    expect(readFileSync(join(console.home, 'audit.jsonl'), 'utf8')).not.toContain(secret)
  })

  today(1, 3)('have a certificate of the site where it gives one, until that ends', async () => {
    const [key, file] = [join(console.home, 'site.key'), join(console.home, 'site.crt')]
    const made = (days: string, names = `DNS:${name}`) =>
      run('openssl', [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', days],
        ...['-subj', '/CN=ward', '-addext', `subjectAltName=${names}`, '-keyout', key, '-out', file],
      ])
    const give = () => console.run('certificate', appliance, '--certificate', file, '--key', key)
    await made('30', 'DNS:other.example')
    expect(await give()).toMatchObject({ code: 113, json: { failure: { problem: 'other-name' } } })
    await made('30')
    const given = await give()
    expect(given.code, given.errors).toBe(0)
    const secret = await password()
    expect(await byName(file, '-u', `hospital:${secret}`, `https://${name}/`)).toBe('200')
    const [one] = await publishedNow()
    expect(one?.authority).toBeUndefined()
    expect((await begin().ended).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    expect(await sh('journalctl --no-pager | grep -c "PRIVATE KEY" || :')).toBe('0')
    // Somebody spoils it: the appliance makes one of its own again.
    await sh(`echo x >>/var/lib/rackside/services/ingress/tls-${appliance.address}-${name}/server.crt`)
    const again = await begin().ended
    expect(again.json, again.errors).toMatchObject({ verdict: 'healthy', changed: 1 })
    expect((await publishedNow())[0]?.authority).toContain('BEGIN CERTIFICATE')
    expect((await begin('--publish', 'none').ended).code).toBe(0)
  })

  today(2, 3)(
    'are opened to the local network where somebody says at which address, and nothing else of the appliance is',
    async () => {
      expect(await openPorts(appliance.address)).toEqual([22])
      const { code, json, errors } = await begin('--publish', appliance.address, '--without-password').ended
      expect(code, errors).toBe(0)
      expect(json).toMatchObject({ verdict: 'healthy' })
      expect(errors).toContain(`${appliance.address}:443`)
      // From here: another machine of that network.
      expect(await openPorts(appliance.address)).toEqual([22, 443])
      const [one] = await publishedNow()
      expect(one).toMatchObject({
        deployment: 'ingress',
        sites: [
          { app: 'visit-notes', at: '/' },
          { app: 'letters', at: '/letters/' },
        ],
      })
      const authority = join(console.home, 'authority.crt')
      writeFileSync(authority, one?.authority ?? '')
      const ask = async (path: string, ...words: string[]) => {
        const trusting = ['-sN', '--fail', '--max-time', '60', '--cacert', authority]
        return (await run('curl', [...trusting, ...words, `https://${appliance.address}${path}`])).stdout
      }
      expect(await ask('/')).toMatch(/<html/)
      const visit = JSON.stringify({ visit: 'Cough for three days, no fever.', language: 'en' })
      for (const path of ['/api/draft', '/letters/api/draft']) {
        const events = (await ask(path, '-H', 'content-type: application/json', '-d', visit)).split('\n')
        expect(events.filter((line) => line.startsWith('data: ')).length).toBeGreaterThan(2)
        expect(events.join('')).toContain('"done":true')
      }
      // Whoever does not know the authority does not trust it, and it speaks for no other name.
      await expect(run('curl', ['-s', `https://${appliance.address}/`])).rejects.toMatchObject({ code: 60 })
      const elsewhere = ['-s', '--cacert', authority, '--connect-to', `bank.example:443:${appliance.address}:443`]
      await expect(run('curl', [...elsewhere, 'https://bank.example/'])).rejects.toMatchObject({ code: 60 })
      const told = await sh('docker logs rackside-ingress 2>&1')
      expect(told).toContain(' letters 200 ')
      expect(told).not.toContain('draft')
    },
  )

  today(2, 3)(
    'get a new certificate before the old one ends, by the same authority, while somebody asks all the time',
    async () => {
      const folder = `/var/lib/rackside/services/ingress/tls-${appliance.address}`
      const served = () =>
        sh(`openssl s_client -connect ${appliance.address}:443 </dev/null 2>/dev/null | openssl x509 -noout -enddate`)
      const days = async () => (Date.parse((await served()).replace('notAfter=', '')) - Date.now()) / 86_400_000
      // As it is in two years.
      await sh(`cd ${folder} && printf 'subjectAltName=IP:${appliance.address}\\nextendedKeyUsage=serverAuth\\n' >/run/ext &&
      openssl req -new -key server.key -subj /CN=old -out /run/request && openssl x509 -req -in /run/request -CA ca.crt \\
      -CAkey /var/lib/rackside/secrets/ingress/tls-${appliance.address}.key -set_serial 9 -days 20 -extfile /run/ext -out /run/old.crt &&
      cp --remove-destination /run/old.crt server.crt && sha256sum <server.crt | cut -c 1-64 >../read.tls-${appliance.address} &&
      docker kill --signal HUP rackside-ingress`)
      await expect.poll(days, { timeout: 20_000 }).toBeLessThan(21)
      const [old] = await publishedNow()
      const doctor = await console.run('doctor', appliance)
      expect(doctor.json['findings']).toContainEqual(
        expect.objectContaining({ rule: 'certificate-ends', severity: 'warning' }),
      )
      globalThis.console.log(`before: ${await served()}`)
      const authority = join(console.home, 'renewed.crt')
      writeFileSync(authority, old?.authority ?? '')
      const asked: string[] = []
      let isAsking = true
      const asking = async () => {
        const words = ['-s', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', '20', '--cacert', authority]
        while (isAsking) {
          const one = await run('curl', [...words, `https://${appliance.address}/`]).catch((error) => ({
            stdout: String(error),
          }))
          asked.push(one.stdout)
        }
      }
      const ends = asking()
      const renewed = await console.run('certificate', appliance, '--renew', '--yes')
      isAsking = false
      await ends
      expect(renewed.code, renewed.errors).toBe(0)
      expect(renewed.json).toMatchObject({ verdict: 'healthy', changed: 1 })
      globalThis.console.log(`after: ${await served()}; asked meanwhile: ${asked.length}`)
      expect(await days()).toBeGreaterThan(790)
      expect(asked.filter((one) => one !== '200')).toEqual([])
      expect((await publishedNow())[0]?.authority).toBe(old?.authority)
      expect((await begin().ended).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    },
  )

  today(2, 3)('stay open as they are, and are closed by one word', async () => {
    const again = await begin().ended
    expect(again.json, again.errors).toMatchObject({ verdict: 'healthy', changed: 0 })
    const { code, errors } = await begin('--publish', 'none').ended
    expect(code, errors).toBe(0)
    expect(await openPorts(appliance.address)).toEqual([22])
    expect(await publishedNow()).toEqual([])
    expect((await begin().ended).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  today(0, 3)(
    'stand beside what gives the figures of the server to the monitoring of the site, for its password',
    async () => {
      const monitoring = ['--solution', 'site-monitoring', '--from', folder, '--yes', '--soak', '1']
      const set = await console.run('setup', appliance, ...monitoring, '--publish', `${appliance.address}:9443`)
      expect(set.code, set.errors).toBe(0)
      expect(set.json).toMatchObject({ verdict: 'healthy' })
      const ways = (await console.run('published', appliance)).json['published'] as {
        deployment: string
        authority: string
      }[]
      const authority = join(console.home, 'monitoring.crt')
      writeFileSync(authority, ways.find(({ deployment }) => deployment === 'monitoring-ingress')?.authority ?? '')
      const way = await console.run('sign-ins', appliance, '--show', 'monitoring-ingress')
      const scrape = async (...words: string[]) => {
        const trusting = ['-s', '--max-time', '60', '--cacert', authority, ...words]
        return (await run('curl', [...trusting, `https://${appliance.address}:9443/node/metrics`])).stdout
      }
      expect(await scrape('-o', '/dev/null', '-w', '%{http_code}')).toBe('401')
      const told = await scrape('-u', `hospital:${way.json['secret'] as string}`)
      const series = readPrometheus(told)
      const valuesOf = (name: string) => series.filter((one) => one.name === name).map(({ value }) => value)
      // The server's own, not a container's.
      const total = Number(await sh(`awk '/^MemTotal/ { print $2 * 1024 }' /proc/meminfo`))
      expect(valuesOf('node_memory_MemTotal_bytes')).toEqual([total])
      const shown = readFileSync(join(repositoryFolder, 'resources', 'grafana', 'exporters.json'), 'utf8')
      const asked = [...new Set(shown.match(/\bnode_[a-z0-9_]+/gi))]
      expect(asked.length).toBeGreaterThan(4)
      expect(asked.filter((name) => valuesOf(name).length === 0)).toEqual([])
      const gone = await console.run('setup', appliance, ...monitoring, '--publish', 'none')
      expect(gone.code, gone.errors).toBe(0)
    },
  )

  it('leave nothing behind', async () => {
    const { code, json, errors } = await console.run('uninstall', appliance, '--yes', '--type-host', appliance.address)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    expect(await sh('docker ps -aq; ls -d /var/lib/rackside 2>/dev/null; echo end')).toBe('end')
  })
})
