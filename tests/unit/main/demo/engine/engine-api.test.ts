// The simulated engine's REST API as dockerode, the product's own client, asks it.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Docker from 'dockerode'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { logText } from '../../../../../main/connect/engine-log.ts'
import { engineRequests } from '../../../../../main/demo/engine/engine-api.ts'
import { killRuntime } from '../../../../../main/demo/engine/power.ts'
import { deploymentLabel } from '../../../../../shared/domain/remote-layout.ts'
import { readContainers, readImages, readNetworks } from '../../../../../shared/facts/engine-objects.ts'
import { knownValue } from '../../../../support/known-value.ts'
import { asked, containerNamed, type PretendMachine, wardMachine } from './pretend-machine.ts'

const ours = { label: [deploymentLabel] }
const name = 'rackside-ward-model'
let machine: PretendMachine
let server: Server
let docker: Docker
let address: string

beforeEach(async () => {
  machine = await wardMachine()
  server = createServer(engineRequests(machine))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  address = `http://127.0.0.1:${port}`
  docker = new Docker({ protocol: 'http', host: '127.0.0.1', port })
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const get = async (path: string, method = 'GET') => {
  const response = await fetch(`${address}${path}`, { method })
  return { status: response.status, body: await response.text() }
}

describe('dockerode', () => {
  it('hears that the engine is there, and which one', async () => {
    expect(String(await docker.ping())).toBe('OK')
    expect(await docker.version()).toMatchObject({ Version: '28.5.2', ApiVersion: '1.51' })
    expect(await docker.info()).toMatchObject({ Driver: 'overlay2', Containers: 2, ContainersRunning: 2, Images: 2 })
  })

  it('lists and inspects containers that the readers understand', async () => {
    const list = await docker.listContainers({ all: true, filters: ours })
    expect(list.map((one) => one.Names)).toEqual([['/rackside-note-helper'], [`/${name}`]])
    const inspected = await Promise.all(list.map((one) => docker.getContainer(one.Id).inspect()))
    expect(readContainers(inspected)).toEqual(asked(machine).containers)
    expect(inspected[1]).toMatchObject({
      Config: { Cmd: expect.arrayContaining(['--alias', 'qwen3-8b']) },
      HostConfig: { PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '8400' }] } },
    })
  })

  it('sees a container starting, then healthy, then ended', async () => {
    const state = async () => (await docker.getContainer(name).inspect()).State
    const status = async () => (await docker.listContainers({ all: true })).find((one) => one.Names[0] === `/${name}`)
    expect(await state()).toMatchObject({ Status: 'running', Health: { Status: 'starting' } })
    expect((await status())?.Status).toMatch(/^Up \d+ seconds \(health: starting\)$/)
    machine.passTime(3000)
    expect(await state()).toMatchObject({ Status: 'running', Health: { Status: 'healthy' } })
    expect((await status())?.Status).toMatch(/ \(healthy\)$/)
    killRuntime(machine)
    expect(await state()).toMatchObject({ Status: 'exited', ExitCode: 137, Health: { Status: 'unhealthy' } })
    expect((await status())?.Status).toBe('Exited (137)')
  })

  it('is shown what runs, unless it asks for all', async () => {
    killRuntime(machine)
    expect((await docker.listContainers()).map((one) => one.Names[0])).toEqual(['/rackside-note-helper'])
    expect(await docker.listContainers({ all: true })).toHaveLength(2)
    expect(await docker.listContainers({ all: true, filters: { label: ['rackside.deployment=none'] } })).toEqual([])
  })

  it('lists and inspects images that the readers understand', async () => {
    const list = await docker.listImages()
    const inspected = await Promise.all(list.map((one) => docker.getImage(one.Id).inspect()))
    expect(readImages(inspected)).toEqual(asked(machine).images)
    expect(list.map((one) => one.Containers)).toEqual([1, 1])
  })

  it('lists networks by their label', async () => {
    machine.state.networks.push({ id: 'f'.repeat(64), name: 'foreign', labels: {} })
    const list = await docker.listNetworks({ filters: ours })
    expect(list.map((one) => one.Name)).toEqual(['rackside-ward'])
    expect(knownValue(readNetworks(list))).toEqual(['rackside-ward'])
    expect(await docker.listNetworks()).toHaveLength(2)
  })

  it('gets the end of a log in frames', async () => {
    const log = async (tail: number) =>
      logText(await docker.getContainer(name).logs({ stdout: true, stderr: true, follow: false, tail }))
    const lines = containerNamed(machine, name).log.map((line) => `${line}\n`)
    expect(await log(1)).toBe(lines.at(-1))
    expect(await log(100)).toBe(lines.join(''))
    expect(await log(0)).toBe('')
  })

  it('hears what is not there', async () => {
    await expect(docker.getContainer('x').inspect()).rejects.toMatchObject({
      statusCode: 404,
      json: { message: 'No such container: x' },
    })
    await expect(docker.getContainer('x').logs({ stdout: true })).rejects.toMatchObject({ statusCode: 404 })
    await expect(docker.getImage('sha256:x').inspect()).rejects.toMatchObject({ statusCode: 404 })
  })
})

describe('a request', () => {
  it('may name a version of the API, and the filters of an older client', async () => {
    expect(await get('/v1.51/_ping')).toEqual({ status: 200, body: 'OK' })
    expect(await get('/_ping', 'HEAD')).toEqual({ status: 200, body: '' })
    const filters = encodeURIComponent(JSON.stringify({ label: { [deploymentLabel]: true } }))
    expect(JSON.parse((await get(`/v1.24/networks?filters=${filters}`)).body)).toHaveLength(1)
    expect((await get(`/images/${encodeURIComponent(machine.state.images[0]?.configDigest ?? '')}/json`)).status).toBe(
      200,
    )
  })

  it.each([
    [
      '/containers/json?filters=%7B%22name%22%3A%5B%22x%22%5D%7D',
      501,
      'the demo does not know the filters: {"name":["x"]}',
    ],
    ['/networks?filters=broken', 501, 'the demo does not know the filters: broken'],
    ['/v1.51/swarm', 501, 'the demo does not know the request: GET /swarm'],
    [`/containers/${name}/logs`, 400, 'Bad parameters: you must choose at least one stream'],
    ['/containers/%ff/json', 400, 'invalid path: /containers/%ff/json'],
  ])('that is not understood is refused with its reason: %s', async (path, status, message) => {
    const answer = await get(path)
    expect({ status: answer.status, ...JSON.parse(answer.body) }).toEqual({ status, message })
  })

  it('that would change something is refused', async () => {
    const { status, body } = await get('/containers/create', 'POST')
    expect([status, JSON.parse(body)]).toEqual([
      501,
      { message: 'the demo does not know the request: POST /containers/create' },
    ])
  })
})
