// Running containers with accelerators: what each was given, as its engine was told, and what is seen inside it. What
// could not be looked at is unreadable with the reason, never "sees nothing".
import * as z from 'zod'
import type { Vendor } from '../domain/accelerator.ts'
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import type { DeviceContainer, DeviceRequest, Stack } from '../domain/stack.ts'
import { vendorReaders } from './accelerators/all.ts'
import { accessFolders, accessGlobs, containerLookProbe, namedLimit } from './container-look.ts'
import { parsed, readEngine, shapeProblem } from './engine.ts'
import { wholeNumber } from './lines.ts'
import { type Answers, answerText } from './probe.ts'

const textLimit = 512 * 1024
const lineCount = 8000
const givenLimit = 64
const pairLimit = 200
const nodeLimit = 256

/** Globs as the readers write them: `[0-9]*` at the end, or none. */
function patternsOf(globs: readonly string[]): RegExp[] {
  return globs.map((glob) => new RegExp(`^${glob.replaceAll('.', '\\.').replace('[0-9]*', '\\d{1,6}')}$`))
}

const accessNodes = patternsOf(accessGlobs)
const nodesOfNvidia = patternsOf(vendorReaders.find(({ vendor }) => vendor === 'nvidia')?.nodeGlobs ?? [])

/** What one container's part of the answer has. */
type Look = {
  readonly about: string
  readonly nodes: string[]
  nodesListed: boolean
  tooMany: boolean
  lingers: boolean
  exitCode: number | undefined
  readonly said: string[]
}

/** Absent without Docker; an answer of another shape makes all unreadable. Total. */
export function readContainerDevices(answers: Answers): NonNullable<Stack['containerDevices']> {
  // Podman's stand-in for the docker command.
  if (readEngine(answers).state === 'absent') return absent
  const text = answerText(answers, containerLookProbe.id)
  if (text.state !== 'known') return text
  const lines = text.value.slice(0, textLimit).split('\n', lineCount)
  if (lines[0] === 'more') return unreadable(`more than ${namedLimit} running containers have accelerators`)
  const host: string[] = []
  const looks: Look[] = []
  // A line that is not understood may have been a container.
  const understood = lines.every((line) => readLine(line, looks, host))
  if (!understood || lines.at(-1) !== '' || lines.at(-2) !== 'end')
    return unreadable(`${containerLookProbe.id}: the answer has another shape, or breaks off`)
  const read = looks.map((look) => readContainer(look, host))
  const broken = read.find((one) => one.state === 'unreadable')
  return broken ?? known(read.flatMap((one) => (one.state === 'known' ? [one.value] : [])))
}

/** Notes a line where it belongs; false where it is none of the look's. */
function readLine(line: string, looks: Look[], host: string[]): boolean {
  const [, word = '', rest = ''] = /^([a-z>]{1,10})(?: (.*))?$/s.exec(line) ?? []
  if (word === 'container' && looks.length < namedLimit) return looks.push(newLook(rest)) > 0
  const look = looks.at(-1)
  if (word === 'node' && /^\/dev\/[A-Za-z0-9._/-]{1,90}$/.test(rest)) return put(look?.nodes ?? host, rest)
  if (['', 'host', 'end'].includes(line)) return true
  if (look === undefined) return false
  if (word === '>') return look.said.push(rest.slice(0, 300)) > 0
  if (word === 'said') look.exitCode = wholeNumber(rest)
  if (word === 'nodes') look.nodesListed = true
  if (word === 'many') look.tooMany = true
  if (word === 'lingers') look.lingers = true
  return ['said', 'nodes', 'many', 'lingers'].includes(word)
}

function put(nodes: string[], node: string): true {
  if (nodes.length < nodeLimit) nodes.push(node)
  return true
}

function newLook(about: string): Look {
  return { about, nodes: [], nodesListed: false, tooMany: false, lingers: false, exitCode: undefined, said: [] }
}

const text = z.string().max(4000)
const deviceAsked = z.object({
  Driver: text.nullish(),
  Count: z.int().nullish(),
  DeviceIDs: z.array(text).nullish(),
  Capabilities: z.array(z.array(text).nullish()).nullish(),
})
const inspected = z.object({
  Runtime: text.nullish(),
  Devices: z.array(z.tuple([text, text]).nullable()),
  Requests: z.array(deviceAsked.nullable()),
  Visible: z.array(text.nullable()),
  Name: text,
  Deployment: text.nullish(),
})
type Inspected = z.infer<typeof inspected>

/** Absent where what it was given is no accelerator. */
function readContainer(look: Look, host: readonly string[]): Reading<DeviceContainer> {
  const read = inspected.safeParse(parsed(look.about))
  if (!read.success) return unreadable(`container: ${shapeProblem(read.error)}`)
  const given = givenTo(read.data, host)
  if (given.length === 0) return absent
  const { Name, Deployment } = read.data
  return known({
    name: evidence(Name.replace(/^\//, ''), 180),
    deployment: Deployment ? known(evidence(Deployment, 180)) : absent,
    given: given.slice(0, givenLimit),
    sees: seenBy(look, given),
  })
}

/** The engine's own requests go before the variables, which an image may bring with it. */
function givenTo(one: Inspected, host: readonly string[]): DeviceRequest[] {
  const nodes = one.Devices.slice(0, pairLimit).flatMap((pair) => (pair === null ? [] : nodesIn(pair, host)))
  const asked = one.Requests.slice(0, pairLimit).flatMap((request) => (request === null ? [] : askedOf(request)))
  const requests = asked.length > 0 ? asked : byRuntime(one)
  const byTool = requests.some((request) => isOf(request, 'nvidia'))
  const own = byTool ? nodes.filter((node) => !isOfNvidia(node)) : nodes
  const all = [...requests, ...own.map((node): DeviceRequest => ({ by: 'node', node: evidence(node, 180) }))]
  return [...new Map(all.map((request) => [JSON.stringify(request), request])).values()]
}

/** Of a folder the nodes that the host has in it. */
function nodesIn([from, to]: readonly [string, string], host: readonly string[]): string[] {
  if (accessFolders.includes(from))
    return host.filter((node) => node.startsWith(`${from}/`)).map((node) => to + node.slice(from.length))
  return accessNodes.some((pattern) => pattern.test(from)) ? [to] : []
}

function askedOf({ Driver, Count, DeviceIDs, Capabilities }: z.infer<typeof deviceAsked>): DeviceRequest[] {
  const names = (DeviceIDs ?? []).slice(0, givenLimit)
  if (Driver === 'cdi') return names.flatMap(byInterface)
  if (Driver !== 'nvidia' && !(Capabilities ?? []).some((all) => all?.includes('gpu'))) return []
  if (names.length > 0) return names.map((name) => byName('nvidia', name))
  if (Count === undefined || Count === null || Count === 0) return []
  return [Count < 0 ? { by: 'all', vendor: 'nvidia' } : { by: 'count', vendor: 'nvidia', count: Count }]
}

/** "nvidia.com/gpu=all"; other things have such names too. */
function byInterface(name: string): DeviceRequest[] {
  const [, kind = '', device = ''] = /^([A-Za-z0-9._/-]{1,150})=(.{1,150})$/s.exec(name) ?? []
  if (/^nvidia\.com\/(?:gpu|mig)$/.test(kind)) return [byName('nvidia', device)]
  return /\/(?:gpu|npu|dcu|mlu|xpu|gcu|ppu|vgpu)$/i.test(kind) ? [{ by: 'name', name: evidence(name, 180) }] : []
}

function byRuntime({ Runtime, Visible }: Inspected): DeviceRequest[] {
  const reader = vendorReaders.find(({ runtime }) => runtime !== undefined && Runtime?.startsWith(runtime.name))
  if (reader?.runtime === undefined) return []
  const start = `${reader.runtime.variable}=`
  // Of two settings of one variable the last counts.
  const value = Visible.findLast((one) => one?.startsWith(start))?.slice(start.length) ?? ''
  const words = value.split(',', givenLimit).map((word) => word.trim())
  return words.flatMap((word) => {
    if (['', 'none', 'void'].includes(word)) return []
    return reader.vendor === 'ascend' ? ofAscend(word) : [byName(reader.vendor, word.slice(word.lastIndexOf('=') + 1))]
  })
}

/** "3", "0-3" and "Ascend910-3" are nodes; numbers from 100 on are parts of a chip (its runtime's documentation). */
function ofAscend(word: string): DeviceRequest[] {
  const [, from, to] = /^(?:Ascend\w{1,20}-)?(\d{1,2})$/.exec(word) ?? /^(\d{1,2})-(\d{1,2})$/.exec(word) ?? []
  if (from === undefined) return [byName('ascend', word)]
  const count = Math.max(0, Number(to ?? from) - Number(from)) + 1
  return Array.from({ length: count }, (_, place) => ({ by: 'node', node: `/dev/davinci${Number(from) + place}` }))
}

function byName(vendor: Vendor, name: string): DeviceRequest {
  return name === 'all' ? { by: 'all', vendor } : { by: 'name', vendor, name: evidence(name, 180) }
}

function seenBy(look: Look, given: readonly DeviceRequest[]): DeviceContainer['sees'] {
  if (look.tooMany) return unreadable('more containers have accelerators than are looked into')
  const asked = given.some((request) => isOf(request, 'nvidia'))
  // A node that is there says nothing where the tool beside it cannot reach its driver.
  const gpus = asked || look.said.some((line) => /Failed to initialize NVML/.test(line)) ? gpusIn(look) : known([])
  const needsNodes = given.some((request) => !isOf(request, 'nvidia'))
  if (gpus.state !== 'known' || !needsNodes) return gpus
  if (!look.nodesListed) return unreadable('its processes cannot be looked into')
  const nodes = asked ? look.nodes.filter((node) => !isOfNvidia(node)) : look.nodes
  return known([...gpus.value, ...nodes].slice(0, nodeLimit))
}

/** `nvidia-smi -L`: "GPU 0: NVIDIA H20 (UUID: GPU-...)", a part of it below, "  MIG 1g.10gb  Device  0: (UUID: MIG-...)". */
function gpusIn({ said, exitCode, lingers }: Look): Reading<string[]> {
  if (lingers) return unreadable('an earlier call of nvidia-smi in it still hangs')
  if (exitCode === undefined)
    return unreadable('its processes cannot be looked into, so nvidia-smi was not asked in it')
  if ([124, 137, 143].includes(exitCode)) return unreadable('nvidia-smi did not answer in time in it')
  const ids = said.flatMap((line) => /^\s{0,8}(?:GPU|MIG) .{1,200}\(UUID: ([\w/-]{4,150})\)\s*$/.exec(line)?.[1] ?? [])
  if (ids.length > 0) return known([...new Set(ids)])
  if (said.some((line) => /^No devices (?:were )?found/.test(line))) return known([])
  return unreadable(`${evidence(said.join(' ').trim(), 200) || 'nvidia-smi said nothing'} (exit ${exitCode})`)
}

function isOf(request: DeviceRequest, vendor: Vendor): boolean {
  return 'vendor' in request && request.vendor === vendor
}

function isOfNvidia(node: string): boolean {
  return nodesOfNvidia.some((pattern) => pattern.test(node))
}
