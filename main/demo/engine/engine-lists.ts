// Rows of the engine's lists, which show less than inspect and word some of it for people.
import type { ImageIdentity } from '../../../shared/domain/artifact.ts'
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import { healthOf, networksOf } from './inspect.ts'

export function containerRow(machine: Machine, container: SimulatedContainer) {
  const running = container.state === 'running'
  const port = { IP: '127.0.0.1', PrivatePort: container.containerPort, PublicPort: container.hostPort, Type: 'tcp' }
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: container.imageId,
    ImageID: container.imageId,
    Command: container.arguments.join(' '),
    Ports: running && container.hostPort > 0 ? [port] : [],
    Labels: container.labels,
    State: container.state,
    Status: statusText(container, machine.nowMs()),
    HostConfig: { NetworkMode: container.network },
    NetworkSettings: { Networks: networksOf(machine.state, container) },
    Mounts: [],
  }
}

function statusText(container: SimulatedContainer, nowMs: number): string {
  if (container.state === 'created') return 'Created'
  if (container.state === 'exited') return `Exited (${container.exitCode})`
  const seconds = Math.max(0, Math.floor((nowMs - container.startedAtMs) / 1000))
  const health = healthOf(container, nowMs)
  return `Up ${seconds} seconds (${health === 'starting' ? 'health: starting' : health})`
}

export function imageRow({ configDigest, unpackedBytes }: ImageIdentity, containers: readonly SimulatedContainer[]) {
  return {
    Id: configDigest,
    ParentId: '',
    RepoTags: [],
    RepoDigests: [],
    Created: 0,
    Size: unpackedBytes,
    SharedSize: -1,
    Labels: null,
    Containers: containers.filter((one) => one.imageId === configDigest).length,
  }
}
