// What the simulated engine says of itself: Docker 28.5.2 with the classic image store.
import { presets } from '../hardware/presets.ts'
import type { Machine } from '../machine.ts'

const version = '28.5.2'
const apiVersion = '1.51'
export const rootFolder = '/var/lib/docker'

export const serverHeaders = {
  'Api-Version': apiVersion,
  'Docker-Experimental': 'false',
  Ostype: 'linux',
  Server: `Docker/${version} (linux)`,
} as const

export const clientAbout = {
  Version: version,
  ApiVersion: apiVersion,
  DefaultAPIVersion: apiVersion,
  Os: 'linux',
  Arch: 'amd64',
}

export const serverAbout = {
  Platform: { Name: 'Docker Engine - Community' },
  Version: version,
  ApiVersion: apiVersion,
  MinAPIVersion: '1.24',
  Os: 'linux',
  Arch: 'amd64',
}

/** The vendor's own, as its installer registers it. */
const runtimes = {
  nvidia: { nvidia: { path: 'nvidia-container-runtime' } },
  ascend: { ascend: { path: '/usr/local/Ascend/Ascend-Docker-Runtime/ascend-docker-runtime' } },
}

export function engineInfo({ state }: Machine) {
  const running = state.containers.filter((one) => one.state === 'running').length
  return {
    ID: state.machineId,
    Containers: state.containers.length,
    ContainersRunning: running,
    ContainersPaused: 0,
    ContainersStopped: state.containers.length - running,
    Images: state.images.length,
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
      ['Using metacopy', 'false'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    OSType: 'linux',
    Architecture: 'x86_64',
    DockerRootDir: rootFolder,
    Name: state.name,
    ServerVersion: version,
    Runtimes: { ...runtimes[presets[state.preset].vendor === 'nvidia' ? 'nvidia' : 'ascend'], runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Swarm: { LocalNodeState: 'inactive' },
  }
}
