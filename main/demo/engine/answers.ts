// The engine's answers to the facts script: what docker's CLI prints for the probes' own templates, in the
// order of their fields.
import { deploymentLabel } from '../../../shared/domain/remote-layout.ts'
import { spaceText } from '../hardware/spaces.ts'
import type { Machine } from '../machine.ts'
import { type AnswerTable, notThere } from '../probe-answer.ts'
import { containerLook } from './container-look.ts'
import { deviceLook } from './device-look.ts'
import { clientAbout, engineInfo, rootFolder, serverAbout } from './engine-about.ts'
import { inspectContainer, inspectImage, inspectNetwork } from './inspect.ts'
import { hasLabels } from './labels.ts'

export const engineAnswers: AnswerTable = {
  'docker-version': () => ({ stdout: lines([{ Client: clientAbout, Server: serverAbout }]) }),
  'docker-info': (machine) => ({
    stdout: `${lines([engineInfo(machine)])}${spaceText(machine, 'engine', rootFolder)}`,
  }),
  podman: () => notThere,
  'container-devices': containerLook,
  'device-look': deviceLook,
  containers: (machine) => ({ stdout: lines(containers(machine)) }),
  images: ({ state }) => ({ stdout: lines(state.images.map(imageLine)) }),
  networks: ({ state }) => ({
    stdout: lines(state.networks.filter(isOurs).map((one) => networkLine(inspectNetwork(state, one)))),
  }),
}

function lines(objects: readonly object[]): string {
  return objects.map((one) => `${JSON.stringify(one)}\n`).join('')
}

function isOurs(thing: { labels: Readonly<Record<string, string>> }): boolean {
  return hasLabels(thing, [deploymentLabel])
}

function containers(machine: Machine): object[] {
  return machine.state.containers.filter(isOurs).map((one) => {
    const { Id, Name, Image, RestartCount, State, HostConfig, Config } = inspectContainer(machine, one)
    const Health = State.Health === undefined ? null : { Status: State.Health.Status }
    return {
      ...{ Id, Name, Image, RestartCount },
      State: { Status: State.Status, StartedAt: State.StartedAt, Health },
      HostConfig,
      Config: { Labels: Config.Labels, Cmd: Config.Cmd },
    }
  })
}

function imageLine(image: Parameters<typeof inspectImage>[0]): object {
  const { Id, Architecture, RepoDigests } = inspectImage(image)
  return { Id, Architecture, RepoDigests }
}

function networkLine({ Name, Labels }: ReturnType<typeof inspectNetwork>): object {
  return { Name, Labels }
}
