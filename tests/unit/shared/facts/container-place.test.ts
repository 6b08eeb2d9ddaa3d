// Where a container of ours is reached by others: its network, and the port there that its host port leads to.
import { describe, expect, it } from 'vitest'
import { readContainers } from '../../../../shared/facts/engine-objects.ts'

const inspected = (host: unknown, port: string | undefined = '8400') => ({
  ...{ Id: 'a', Name: '/rackside-ward-model', Image: 'sha256:1', RestartCount: 0 },
  State: { Status: 'running', StartedAt: 'now' },
  Config: { Labels: { 'rackside.deployment': 'ward-model', ...(port !== undefined && { 'rackside.port': port }) } },
  HostConfig: host,
})
const binding = (HostPort: string) => [{ HostIp: '127.0.0.1', HostPort }]
const place = (host: unknown, port?: string) => {
  const read = readContainers([inspected(host, port)])
  return read.state === 'known' ? read.value[0]?.place : read
}
const NetworkMode = 'rackside-ward'

describe('the place of a container', () => {
  it('is the network that it was made in, and of several ports the one that is published as its label says', () => {
    const PortBindings = { '9000/tcp': binding('9000'), '8080/tcp': binding('8400'), '1/udp': null }
    expect(place({ NetworkMode, PortBindings })).toEqual({ network: 'rackside-ward', port: 8080 })
  })

  it.each<[string, unknown]>([
    ['nothing is said of the host', undefined],
    ['the engine says nothing of ports', { NetworkMode }],
    ['nothing is published', { NetworkMode, PortBindings: {} }],
    ['another port is published', { NetworkMode, PortBindings: { '8080/tcp': binding('8401') } }],
    ['what is published is no TCP', { NetworkMode, PortBindings: { '8080/udp': binding('8400') } }],
    ['it is of another shape', { NetworkMode, PortBindings: ['8080/tcp'] }],
  ])('is not known where %s', (_what, host) => {
    expect(place(host)).toBeUndefined()
  })

  it('is not known of one without a port of its own', () => {
    const read = readContainers([inspected({ NetworkMode, PortBindings: { '8080/tcp': binding('8400') } }, 'none')])
    expect(read).toMatchObject({ state: 'known', value: [expect.not.objectContaining({ place: expect.anything() })] })
  })
})
