// Containers, images and networks as the engine's inspect answers them. The same readers serve the
// facts script (docker CLI) and dockerode: both print the API's own shape. Only needed fields are
// asked for, so that environments of containers, which may hold secrets, never leave the appliance.
import * as z from 'zod'
import { type Container, container, type Image } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import { deploymentLabel, portLabel } from '../domain/remote-layout.ts'
import { parsed, shapeProblem } from './engine.ts'
import { engineGroup } from './engine-api.ts'
import { type Answers, answerText, needs, type Probe } from './probe.ts'

// Names of the CLI's own Go fields (`.ID`, not `.Id`): with any other name the CLI falls back to the raw
// answer, where a container without a health check has no `Health` at all, and gives up on all of them.
const containerTemplate =
  '{"Id":{{json .ID}},"Name":{{json .Name}},"Image":{{json .Image}},"RestartCount":{{json .RestartCount}},' +
  '"State":{"Status":{{json .State.Status}},"StartedAt":{{json .State.StartedAt}},' +
  '"Health":{{if .State.Health}}{"Status":{{json .State.Health.Status}}}{{else}}null{{end}}},' +
  '"HostConfig":{"NetworkMode":{{json .HostConfig.NetworkMode}},"PortBindings":{{json .HostConfig.PortBindings}},' +
  '"RestartPolicy":{"Name":{{json .HostConfig.RestartPolicy.Name}}},"Memory":{{json .HostConfig.Memory}},' +
  '"NanoCpus":{{json .HostConfig.NanoCPUs}},"CpusetCpus":{{json .HostConfig.CpusetCpus}},"ShmSize":{{json .HostConfig.ShmSize}}},' +
  '"Config":{"Labels":{{json .Config.Labels}},"Cmd":{{json .Config.Cmd}}}}'
const imageTemplate = '{"Id":{{json .ID}},"Architecture":{{json .Architecture}},"RepoDigests":{{json .RepoDigests}}}'
const networkTemplate = '{"Name":{{json .Name}},"Labels":{{json .Labels}}}'

/**
 * Asks for ids first, where the engine has not told them; what goes away between the two questions is not an error.
 * `isTold`: sh text that sets them, or ends with the answer.
 */
function inspectProbe(id: string, kind: string, isTold: string, list: string, template: string): Probe {
  const shell = `${needs('docker')}
if [ -e "$answers/engine.${id}" ]; then ${isTold}
else ids=$(${list}) || exit 1
fi
[ -n "$ids" ] || exit 0
{ said=$(docker ${kind} inspect --format '${template}' $ids 2>&1 >&3); } 3>&1 && exit 0
rest=$(printf '%s\\n' "$said" | grep -iv 'no such')
[ -z "$rest" ] && exit 0
printf '%s\\n' "$rest" >&2
exit 1`
  return { id, shell, deadlineSeconds: 12, group: engineGroup }
}

const idsOf = (id: string) => `read -r ids <"$answers/engine.${id}"`

export const engineObjectProbes: readonly Probe[] = [
  inspectProbe(
    'containers',
    'container',
    idsOf('containers'),
    `docker ps -aq --no-trunc --filter label=${deploymentLabel}`,
    containerTemplate,
  ),
  inspectProbe('images', 'image', idsOf('images'), 'docker image ls -q --no-trunc', imageTemplate),
  inspectProbe(
    'networks',
    'network',
    // The list itself has all that is asked for.
    'print_file "$answers/engine.networks"; exit',
    `docker network ls -q --no-trunc --filter label=${deploymentLabel}`,
    networkTemplate,
  ),
]

const text = z.string().max(500)
const labels = z.record(z.string(), z.string()).nullish()
const inspectedContainer = z.object({
  Id: text,
  Name: text,
  Image: text,
  RestartCount: z.int().nonnegative(),
  State: z.object({ Status: container.shape.state, StartedAt: text, Health: z.object({ Status: text }).nullish() }),
  Config: z.object({ Labels: labels, Cmd: z.array(z.string()).nullish().catch(undefined) }),
  HostConfig: z.unknown().optional(),
})
/** Of another shape: not told, as by an engine that does not know these. */
const hostSettings = z.object({
  RestartPolicy: z.object({ Name: z.string().max(40) }),
  Memory: z.number(),
  NanoCpus: z.number(),
  CpusetCpus: z.string().max(200),
  ShmSize: z.number().optional(),
})
/** Ports as the engine writes them: "8080/tcp". */
const hostPlace = z.object({
  NetworkMode: z.string().min(1).max(200),
  PortBindings: z.record(z.string().max(40), z.array(z.object({ HostPort: z.string().max(10) })).nullable()),
})
const inspectedImage = z.object({ Id: text, Architecture: text, RepoDigests: z.array(text).nullish() })
const listedNetwork = z.object({ Name: text, Labels: labels })

/**
 * Inspect answers of containers; those without a deployment label are not ours and left out. One of another
 * shape makes all unreadable, unless its name says that it is not ours: anyone may label a container.
 */
export function readContainers(inspect: readonly unknown[]): Reading<Container[]> {
  const read: Container[] = []
  for (const item of inspect) {
    const one = readContainer(item)
    if (one.state === 'known') read.push(one.value)
    if (one.state === 'unreadable' && !isForeign(item)) return one
  }
  return known(read)
}

/** Absent where it is well-formed and not ours. */
function readContainer(item: unknown): Reading<Container> {
  const result = inspectedContainer.safeParse(item)
  if (!result.success) return unreadable(`container: ${shapeProblem(result.error)}`)
  const one = result.data
  if (one.Config.Labels?.[deploymentLabel] === undefined) return absent
  const health = container.shape.health.safeParse(one.State.Health?.Status || 'none')
  if (!health.success) return unreadable('container: a health status that is not known')
  return known({
    id: one.Id,
    name: one.Name.replace(/^\//, ''),
    imageId: one.Image,
    state: one.State.Status,
    health: health.data,
    startedAt: one.State.StartedAt,
    restartCount: one.RestartCount,
    labels: Object.fromEntries(Object.entries(one.Config.Labels).filter(([name]) => name.startsWith('rackside.'))),
    ...settingsOf(one),
    ...placeOf(one),
  })
}

function settingsOf({ Config, HostConfig }: z.infer<typeof inspectedContainer>): Pick<Container, 'settings'> {
  const host = hostSettings.safeParse(HostConfig).data
  if (host === undefined) return {}
  const settings = container.shape.settings.safeParse({
    restartPolicy: host.RestartPolicy.Name,
    memoryLimitBytes: host.Memory,
    cpuLimitNano: host.NanoCpus,
    cpuSet: host.CpusetCpus,
    command: Config.Cmd ?? [],
    ...(host.ShmSize !== undefined && { shmBytes: host.ShmSize }),
  }).data
  return settings === undefined ? {} : { settings }
}

/** Of the port that is published as its label says. */
function placeOf({ Config, HostConfig }: z.infer<typeof inspectedContainer>): Pick<Container, 'place'> {
  const host = hostPlace.safeParse(HostConfig).data
  const published = Config.Labels?.[portLabel]
  if (host === undefined || published === undefined || published === '') return {}
  const found = Object.entries(host.PortBindings).find(([, all]) => all?.some(({ HostPort }) => HostPort === published))
  const port = Number(/^([0-9]{1,5})\/tcp$/.exec(found?.[0] ?? '')?.[1] ?? 0)
  return port === 0 ? {} : { place: { network: host.NetworkMode, port } }
}

const named = z.object({ Name: z.string().min(1) })

/** Only a name that can be read and is not one of ours says so. */
function isForeign(item: unknown): boolean {
  const { data } = named.safeParse(item)
  return data !== undefined && !/^\/?rackside-/.test(data.Name)
}

/** Inspect answers of images, each id once; of `name@sha256:...` only the digest is kept. */
export function readImages(inspect: readonly unknown[]): Reading<Image[]> {
  const all = readAll(inspect, inspectedImage, 'image')
  if (all.state !== 'known') return all
  const images = new Map<string, Image>()
  for (const one of all.value) {
    const digests = (one.RepoDigests ?? []).map((reference) => reference.slice(reference.lastIndexOf('@') + 1))
    const before = images.get(one.Id)?.repoDigests ?? []
    images.set(one.Id, {
      id: one.Id,
      architecture: one.Architecture,
      repoDigests: [...new Set([...before, ...digests])],
    })
  }
  return known([...images.values()])
}

/** Names of networks with a deployment label, from list or inspect answers. */
export function readNetworks(list: readonly unknown[]): Reading<string[]> {
  const all = readAll(list, listedNetwork, 'network')
  if (all.state !== 'known') return all
  return known(all.value.filter((one) => one.Labels?.[deploymentLabel] !== undefined).map((one) => one.Name))
}

/** One object of another shape makes all unreadable: a list with a silent gap would be a wrong answer. */
function readAll<S extends z.ZodType>(list: readonly unknown[], shape: S, what: string): Reading<z.infer<S>[]> {
  const read: z.infer<S>[] = []
  for (const item of list) {
    const result = shape.safeParse(item)
    if (!result.success) return unreadable(`${what}: ${shapeProblem(result.error)}`)
    read.push(result.data)
  }
  return known(read)
}

/** The three probes' texts: one JSON object, or an array of them, a line. */
export function readEngineObjects(answers: Answers) {
  return {
    containers: readText(answerText(answers, 'containers'), readContainers),
    images: readText(answerText(answers, 'images'), readImages),
    networks: readText(answerText(answers, 'networks'), readNetworks),
  }
}

/** One JSON object, or an array of them, a line. Stops at the first line that is no JSON. */
export function readText<T>(text: Reading<string>, reader: (list: readonly unknown[]) => Reading<T>): Reading<T> {
  if (text.state !== 'known') return text
  const list: unknown[] = []
  for (const line of text.value.slice(0, 1024 * 1024).split('\n')) {
    if (line.trim() === '') continue
    const item = parsed(line)
    if (item === undefined) return unreadable(`not JSON: ${evidence(line.slice(0, 1000), 150)}`)
    list.push(...(Array.isArray(item) ? item : [item]))
  }
  return reader(list)
}
