// A vendor's app that brings no model, from a bundle of its own, on an appliance where another solution runs one: it asks
// that model, the model is not touched, and what its own solution does with it the app goes along with.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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
import { bundleAdding, bundleWith, otherBundle, removeOtherBundles } from '../support/other-bundle.ts'

const solution = 'solutions/clinic-note.yaml'
const catalog = fileURLToPath(new URL('../../resources/catalog/', import.meta.url))
const house = ['rackside-clinic-model', 'rackside-clinic-note-helper']

/** The app alone: no runtime, no model and no solution that has one. */
function vendorBundle(folder: string): string {
  const made = bundleAdding(folder, { [solution]: readFileSync(join(catalog, solution), 'utf8') })
  for (const file of ['runtimes', 'models', 'solutions/clinic-starter.yaml']) {
    rmSync(join(made, 'catalog', file), { recursive: true })
  }
  return made
}

describe('an app that uses an installed model', () => {
  let appliance: LabAppliance
  let folder = ''
  let vendor = ''
  const console = new TestConsole()
  const shell = (text: string) => inside(appliance, 'sh', '-c', text).then((said) => said.trim())
  const setUpHouse = (from: string, ...words: string[]) => console.setup(appliance, from, '--soak', '1', ...words).ended
  const note = (verb: string, ...words: string[]) =>
    console.run(verb, appliance, '--solution', 'clinic-note', '--from', vendor, ...words)
  /** With short drafts: the lab's model never ends by itself. */
  const setUpNote = (...words: string[]) =>
    note('setup', '--yes', '--soak', '1', '--set', 'clinic-note.longest-draft=50', ...words)
  const joins = 'clinic-note/join-network=rackside-clinic-starter'
  const starts = (...names: string[]) =>
    shell(`docker inspect --format '{{.Name}} {{.Id}} {{.State.StartedAt}} {{.RestartCount}}' ${names.join(' ')}`)
  const ask = `curl --silent --fail --max-time 60 --header 'content-type: application/json' --data '{"visit":"cough for three days","language":"en"}'`
  // Something of the site has the port that the solution says.
  const port = 8422
  const draft = () => shell(`${ask} http://127.0.0.1:${port}/api/draft`)
  const isReady = () => shell(`curl --silent --fail http://127.0.0.1:${port}/readyz || echo no`)
  const squat = (at: number) => shell(`systemd-run --quiet --unit squatter-${at} nc -lk 127.0.0.1 ${at}`)

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder()
    vendor = vendorBundle(folder)
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it('says what to do where nothing serves what it asks for', async () => {
    const { code, json } = await setUpNote()
    expect(code).toBe(112)
    expect(json).toMatchObject({ failure: { kind: 'choose-model', reason: 'none', serves: 'openai-chat' } })
  })

  it('is asked before it joins a network, and is offered another port where something of the site has its own', async () => {
    const { code, errors } = await setUpHouse(folder)
    expect(code, errors).toBe(0)
    const planned = await note('plan')
    expect(planned.json['uses']).toMatchObject([{ service: 'clinic-note', uses: { deployment: 'clinic-model' } }])
    const refused = await setUpNote()
    expect(refused.json).toMatchObject({ failure: { kind: 'privilege-not-agreed', privileges: [joins] } })
    await squat(8420)
    await squat(8421)
    const taken = await setUpNote()
    expect([taken.code, taken.json]).toEqual([
      38,
      expect.objectContaining({
        failure: { kind: 'port-taken', port: 8420, by: 'nc', neededBy: 'clinic-note', free: port },
      }),
    ])
    expect(taken.errors).toContain(`--port clinic-note=${port}`)
  })

  it('is set up beside the solution of the model, and touches nothing of that', async () => {
    const before = await starts(...house)
    // Agreed to once: nobody asks again.
    const set = await setUpNote('--allow-privilege', joins, '--port', `clinic-note=${port}`)
    expect(set.code, set.errors).toBe(0)
    expect(set.json).toMatchObject({ verdict: 'healthy' })
    expect(await starts(...house)).toBe(before)
    expect(await draft()).toContain('"done":true')
    const again = await setUpNote()
    expect(again.json).toMatchObject({ verdict: 'healthy', changed: 0 })
    expect((await setUpHouse(folder)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    expect(await starts(...house)).toBe(before)
  })

  it('finds the model by its name there, where nobody finds it by its own', async () => {
    const networks = `docker inspect --format '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}' rackside-clinic-note`
    expect(await shell(networks)).toBe('rackside-clinic-note rackside-clinic-starter')
    const found = (container: string, name: string) =>
      shell(
        `docker exec ${container} /usr/bin/node -e 'require("dns").lookup("${name}", (error) => console.log(error?.code ?? "found"))'`,
      )
    expect(await found('rackside-clinic-note', 'clinic-model')).toBe('found')
    expect(await found('rackside-clinic-note-helper', 'clinic-note')).not.toBe('found')
  })

  it.each([['beside it'], ['after it, at another port of the server', '--stop-first', '--port', 'clinic-model=8405']])(
    'goes on when its own solution replaces the model by one that starts %s',
    async (_how, ...words) => {
      const app = await starts('rackside-clinic-note')
      const model = await starts('rackside-clinic-model')
      const threads = words.length === 0 ? '2' : '3'
      const { code, json, errors } = await setUpHouse(
        otherBundle(folder, `"--metrics", "--threads-http", "${threads}"`),
        ...words,
      )
      expect(code, errors).toBe(0)
      expect(json).toMatchObject({ verdict: 'healthy' })
      expect(await starts('rackside-clinic-model')).not.toBe(model)
      expect(await draft()).toContain('"done":true')
      expect(await starts('rackside-clinic-note')).toBe(app)
      expect((await setUpNote()).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    },
  )

  it('keeps the port that was chosen, as the model does, and each goes back where somebody says so', async () => {
    const listening = () => shell(`ss -Hltn | awk '{print $4}' | grep -E '127.0.0.1:84' | sort | tr '\\n' ' '`)
    const others = '127.0.0.1:8410 127.0.0.1:8420 127.0.0.1:8421'
    expect(await listening()).toBe(`127.0.0.1:8405 ${others} 127.0.0.1:${port}`)
    const back = await setUpHouse(
      otherBundle(folder, '"--metrics", "--threads-http", "3"'),
      '--port',
      'clinic-model=default',
    )
    expect(back.json, back.errors).toMatchObject({ verdict: 'healthy' })
    expect(await listening()).toBe(`127.0.0.1:8400 ${others} 127.0.0.1:${port}`)
    expect(await draft()).toContain('"done":true')
    expect((await setUpNote()).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('is missed where the model has another name, and a set-up takes it along', async () => {
    const renamed = bundleWith(folder, 'models/rackside-tiny.yaml', (text) =>
      text.replace(/^servedName: .*$/m, 'servedName: rackside-small'),
    )
    const set = await setUpHouse(renamed)
    expect(set.code, set.errors).not.toBe(0)
    expect(set.json).toMatchObject({ verdict: 'down' })
    expect(await isReady()).toBe('no')
    const drift = await console.run('drift', appliance)
    expect(drift.json['drift']).toMatchObject([
      { deployment: 'clinic-note', what: 'used-model', of: 'clinic-model', now: 'clinic-model (rackside-small)' },
    ])
    const { json } = await setUpNote()
    expect(json).toMatchObject({ verdict: 'healthy' })
    expect(await draft()).toContain('"done":true')
  })

  it('goes with everything else, networks and all', async () => {
    const { code, json, errors } = await console.run(
      'uninstall',
      appliance,
      '--type-host',
      appliance.address,
      '--delete-data',
    )
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    const nothing =
      "docker ps -aq; docker volume ls -q; docker network ls --format '{{.Name}}' | grep rackside; docker images -q; ls -d /var/lib/rackside 2>/dev/null; echo end"
    expect(await shell(nothing)).toBe('end')
  })
})
