// Containers, images and networks as Docker's inspect shows them. Left out is what the simulated machine does
// not know (addresses, layers, times of making), and environments, which nobody asks for.
import type { ImageIdentity } from '../../../shared/domain/artifact.ts'
import { takesRequests } from '../container-life.ts'
import type { Ended, Machine } from '../machine.ts'
import type { MachineState, SimulatedContainer } from '../machine-state.ts'
import { findContainer } from './container-changes.ts'

/** Go's empty time: never started. */
const never = '0001-01-01T00:00:00Z'

export type Health = 'starting' | 'healthy' | 'unhealthy'

/**
 * Undefined before the first start. Docker calls a container that has ended unhealthy, whatever it was while it
 * ran (moby, container/health.go: "for compatibility reasons").
 */
export function healthOf(container: SimulatedContainer, nowMs: number): Health | undefined {
  if (container.state === 'created') return undefined
  if (container.state === 'exited') return 'unhealthy'
  return takesRequests(container, nowMs) ? 'healthy' : 'starting'
}

export function inspectContainer(machine: Machine, container: SimulatedContainer) {
  const { id, name, imageId, state } = container
  return {
    Id: id,
    Args: container.arguments,
    State: stateOf(container, machine.nowMs()),
    Image: imageId,
    Name: `/${name}`,
    RestartCount: container.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    HostConfig: {
      LogConfig: { Type: 'local', Config: { 'max-file': '5', 'max-size': '20m' } },
      NetworkMode: container.network,
      PortBindings: bindings(container),
      RestartPolicy: { Name: container.restartPolicy, MaximumRetryCount: 0 },
      ShmSize: container.shmBytes ?? 64 * 1024 ** 2,
      ...{ Memory: 0, NanoCpus: 0, CpusetCpus: '' },
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': '' },
      Runtime: 'runc',
      Devices: (container.devices ?? []).map(givenNode),
      DeviceRequests: requestsOf(container),
    },
    Config: {
      Hostname: id.slice(0, 12),
      Image: imageId,
      Cmd: container.arguments,
      ExposedPorts: { [portName(container)]: {} },
      Labels: container.labels,
    },
    NetworkSettings: {
      Ports: state === 'running' ? bindings(container) : {},
      Networks: networksOf(machine.state, container),
    },
  }
}

function givenNode(node: string) {
  return { PathOnHost: node, PathInContainer: node, CgroupPermissions: 'rwm' }
}

function requestsOf({ gpus = '' }: SimulatedContainer) {
  if (gpus === '') return null
  return [{ Driver: '', Count: -1, DeviceIDs: null, Capabilities: [['gpu']], Options: {} }]
}

function stateOf(container: SimulatedContainer, nowMs: number) {
  const health = healthOf(container, nowMs)
  return {
    Status: container.state,
    Running: container.state === 'running',
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    Dead: false,
    ExitCode: container.exitCode,
    Error: '',
    StartedAt: startedAt(container),
    ...(health === undefined ? {} : { Health: { Status: health, FailingStreak: 0, Log: [] } }),
  }
}

function startedAt({ startedAtMs }: SimulatedContainer): string {
  return startedAtMs === 0 ? never : new Date(startedAtMs).toISOString()
}

function portName({ containerPort }: SimulatedContainer): string {
  return `${containerPort}/tcp`
}

function bindings(container: SimulatedContainer) {
  if (container.hostPort === 0) return {}
  return { [portName(container)]: [{ HostIp: '127.0.0.1', HostPort: String(container.hostPort) }] }
}

export function networksOf({ networks }: MachineState, container: SimulatedContainer) {
  const id = (network: string) => networks.find(({ name }) => name === network)?.id ?? ''
  const entry = (network: string) => [
    network,
    { NetworkID: id(network), Aliases: [container.alias], DNSNames: dnsNames(container) },
  ]
  return Object.fromEntries([container.network, ...(container.joined ?? [])].map(entry))
}

function dnsNames({ id, name, alias }: SimulatedContainer): string[] {
  return [name, alias, id.slice(0, 12)]
}

/** The classic store: the id is the config digest, and an image that came as an archive has no digest by name. */
export function inspectImage(image: ImageIdentity) {
  return {
    Id: image.configDigest,
    RepoTags: [],
    RepoDigests: [],
    Architecture: image.platform.architecture,
    Os: image.platform.os,
    Size: image.unpackedBytes,
    GraphDriver: { Name: 'overlay2', Data: null },
    Config: {},
  }
}

export function inspectNetwork({ containers }: MachineState, network: MachineState['networks'][number]) {
  const attached = containers.filter(
    (one) => [one.network, ...(one.joined ?? [])].includes(network.name) && one.state === 'running',
  )
  return {
    Name: network.name,
    Id: network.id,
    Scope: 'local',
    Driver: 'bridge',
    EnableIPv4: true,
    EnableIPv6: false,
    Internal: false,
    Attachable: false,
    Ingress: false,
    ConfigOnly: false,
    Containers: Object.fromEntries(attached.map((one) => [one.id, { Name: one.name }])),
    Options: {},
    Labels: network.labels,
  }
}

/** `docker inspect NAME`: a container, an image or a network, in this order, as the CLI looks for them. */
export function inspectCommand(machine: Machine, name: string): Ended {
  const { state } = machine
  const container = findContainer(state, name)
  const image = state.images.find((one) => one.configDigest === name)
  const network = state.networks.find((one) => one.name === name || one.id === name)
  const found =
    (container && inspectContainer(machine, container)) ??
    (image && inspectImage(image)) ??
    (network && inspectNetwork(state, network))
  if (found === undefined) return { exitCode: 1, stdout: '[]\n', stderr: `Error: No such object: ${name}\n` }
  return { exitCode: 0, stdout: `${JSON.stringify([found], null, 4)}\n`, stderr: '' }
}
