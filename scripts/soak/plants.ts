// A search that finds nothing proves nothing unless it would have found something: one leak for each kind of place is
// planted, with a mark of its own, and each must be found in its place.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { mustRunInside } from '../lab/machine/inside.ts'
import { requireMachine } from '../lab/machine/machine-record.ts'
import { searchAppliance } from './appliance-search.ts'
import { type Sighting, searchFolder } from './canary.ts'
import { watchFolder } from './folder-watch.ts'
import { markedSecret, needlesOfRun } from './marked-secrets.ts'
import { watchProcesses } from './process-watch.ts'

type Plant = { readonly place: string; readonly found: (one: Sighting) => boolean }

/** What was planted where, and was not found there. */
export async function plantsNotFound(appliance: string, folder: string, seed: string): Promise<string[]> {
  const needles = needlesOfRun(seed)
  const secret = (name: string) => markedSecret(name, seed)
  const inside = async (text: string, stdin: string) =>
    mustRunInside(await requireMachine(appliance), ['sh', '-c', text], { stdin, deadlineMs: 60_000 })

  const processes = watchProcesses(needles)
  const files = watchFolder(folder, needles)
  const here = spawn('sleep', ['60'], { argv0: `sleep ${secret('words-here')}` })
  const around = spawn('sleep', ['61'], { env: { ...process.env, PLANT: secret('environment-here') } })
  await Promise.all([once(here, 'spawn'), once(around, 'spawn')])
  writeFileSync(join(folder, 'planted'), Buffer.from(secret('file')).toString('base64'))
  await inside(
    `read -r secret; sh -c 'sleep 5; :' "$secret" & PLANT="$secret" sleep 5 & wait`,
    `${secret('words-there')}\n`,
  )
  await inside('mkdir -p /var/lib/rackside; od -An -v -tx1 | tr -d " \\n" >/var/lib/rackside/planted', secret('disk'))
  await inside('cat >/run/planted', JSON.stringify({ deep: secret('memory') }))
  await inside('logger -t planted', secret('journal'))
  await inside(
    'cat >/run/planted-environment; tar -C /etc -c hostname | docker import - planted:1; docker create --name planted --env-file /run/planted-environment planted:1 true',
    `PLANT=${secret('container')}\n`,
  )
  await pause(1000)
  for (const child of [here, around]) child.kill()
  const sightings = [
    ...[processes.stop(), files.stop(), searchFolder(folder, needles)].flatMap((one) => one.sightings),
    ...(await searchAppliance(appliance, needles)).sightings,
  ].filter(({ canary }) => canary === 'marked secret')
  return plants(appliance)
    .filter(({ found }) => !sightings.some(found))
    .map(({ place }) => place)
}

function plants(appliance: string): Plant[] {
  const at = (place: string, where: RegExp, form = /^clear$/): Plant => ({
    place,
    found: (one) => where.test(one.where) && form.test(one.form),
  })
  const there = (where: string) => new RegExp(`^${appliance}${where}`)
  return [
    at('the words of a process here', /^cmdline of sleep/),
    at('the environment of a process here', /^environ of sleep/),
    at('the words of a process of the appliance', /^cmdline of sh,/),
    at('a file here, in base64', /\/planted$/, /^base64/),
    at('a file on the disk of the appliance, in hex', there('/var/lib/rackside/planted$'), /^hex$/),
    at('a file in the memory of the appliance', there('/run/planted$')),
    at('the journal of the appliance', there(' journal$')),
    at('the environment of a container', there(' engine$')),
  ]
}
