// Huawei Ascend NPUs by npu-smi: the table for all values, the mapping for nodes, and the pages of a chip that is not
// well; versions by the files of the packages. accelerators.md section 2.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { known, type Reading, unreadable } from '../../domain/reading.ts'
import { type Answers, type Probe, type ProbeAnswer, silence, toolProbe } from '../probe.ts'
import { chipsProbe, readChips } from './ascend-chips.ts'
import type { ChipPlace } from './ascend-map.ts'
import { networkProbe, readNetworkLinks } from './ascend-network.ts'
import { nodeOf, readNpuTable } from './ascend-table.ts'
import { readVersions, versionsProbe } from './ascend-versions.ts'
import { nodesOf } from './report.ts'
import { devicesBy, sampleBy } from './tool-answer.ts'
import type { VendorFindings, VendorReader, VendorSample } from './vendor.ts'

const driverFolder = '/usr/local/Ascend/driver'
// What set_env.sh of the driver does: without it npu-smi may not find libc_sec.so or libdcmi.so.
const libraries = `export LD_LIBRARY_PATH=${driverFolder}/lib64/common:${driverFolder}/lib64/driver\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}`

const tableProbe = toolProbe('npu-smi', command('npu-smi', 'info'), 15, libraries)
const probes: readonly Probe[] = [tableProbe, chipsProbe(libraries), versionsProbe, networkProbe]

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answers.get(tableProbe.id)
  const { driver, firmware, toolkit } = readVersions(answers)
  const version = silence(answer) === undefined ? readNpuTable(answer?.stdout ?? '').version : undefined
  const found = devicesBy(answer, { tool: 'npu-smi', onBus, table: readNpuTable })
  const devices = explained(found.devices)
  const chips = readChips(answers)
  const places = placesOf(chips.places, new Set(nodesOf(answers, 'ascend')))
  const networkLink = readNetworkLinks(answers)
  const detailed = (device: Accelerator): Accelerator => {
    const isWell = device.health.state === 'known' && device.health.value === 'ok'
    const place = places(device)
    const link = place?.node?.state === 'known' ? networkLink(place.node.value) : undefined
    const detail = {
      ...(firmware === undefined ? {} : { firmware }),
      ...place,
      ...(link === undefined ? {} : { networkLink: link }),
      ...(isWell ? {} : chips.troubleOf(device)),
      ...device.detail,
    }
    return Object.keys(detail).length === 0 ? device : { ...device, detail }
  }
  return {
    driverVersion: driver.state === 'known' || version === undefined ? driver : known(version),
    ...(toolkit === undefined ? {} : { toolkit }),
    ...found,
    devices: devices.state === 'known' ? known(devices.value.map(detailed)) : devices,
  }
}

/**
 * The node of a chip by its physical id. Drivers that do not print it count chips as nodes are counted, unless only
 * some were handed in: then the nodes are others than the logical ids, and which is which nobody says.
 */
function placesOf(places: readonly ChipPlace[] | undefined, nodes: ReadonlySet<string>) {
  const chips = places ?? []
  const logicIds = chips.flatMap(({ logicId }) => (logicId === undefined ? [] : [logicId]))
  const isWhole = logicIds.length === nodes.size && logicIds.every((id) => nodes.has(nodeOf(id)))
  return ({ index, chip }: Accelerator): Accelerator['detail'] => {
    const place = chips.find((one) => one.index === index && one.chip === chip)
    const id = place?.physicalId ?? (isWhole ? place?.logicId : undefined)
    if (places === undefined) return {}
    return { node: id === undefined ? unreadable('npu-smi does not say which node this chip is') : known(nodeOf(id)) }
  }
}

// Of DCMI and the loader: what a person has to look at. The rest of the sentence is the tool's own words.
const meanings: readonly (readonly [RegExp, string])[] = [
  [
    /\bret is -8005\b/,
    'the driver cannot be reached (not root or in group HwHiAiUser, no device nodes, or changed without a reboot)',
  ],
  [/\bret is -8020\b/, 'another container or virtual machine holds the device'],
  [/error while loading shared libraries/i, 'npu-smi does not find the libraries of the driver'],
]

function explained<T>(reading: Reading<T>): Reading<T> {
  if (reading.state !== 'unreadable') return reading
  const meaning = meanings.find(([pattern]) => pattern.test(reading.why))?.[1]
  return meaning === undefined ? reading : unreadable(`${meaning}: ${reading.why}`)
}

function readSample(answer: ProbeAnswer): VendorSample {
  const { devices, notes } = sampleBy(answer, 'npu-smi', readNpuTable)
  return { devices: explained(devices), notes }
}

const accessPaths = [
  '/dev/davinci_manager',
  '/dev/devmm_svm',
  '/dev/hisi_hdc',
  '/usr/local/dcmi',
  '/usr/local/bin/npu-smi',
  `${driverFolder}/lib64`,
  `${driverFolder}/version.info`,
  '/etc/ascend_install.info',
]

/**
 * Node by node, which works without the Ascend Docker Runtime too (the vendor's container guide). All nodes where it
 * is not known which of them the devices are.
 */
function container(devices: readonly Accelerator[], there: readonly string[]): ContainerAccess {
  const own = devices.flatMap(({ detail }) => (detail?.node?.state === 'known' ? [detail.node.value] : []))
  const [nodes, others] = [true, false].map((isNode) => there.filter((path) => /davinci\d+$/.test(path) === isNode))
  const wanted = own.length === devices.length ? [...new Set(own)] : (nodes ?? [])
  const [managers, mounts] = [true, false].map((isDevice) =>
    others?.filter((path) => path.startsWith('/dev/') === isDevice),
  )
  return { ...noAccess, devices: [...wanted, ...(managers ?? [])], mounts: mounts ?? [] }
}

export const ascend: VendorReader = {
  vendor: 'ascend',
  kind: 'npu',
  bus: {
    vendorIds: ['19e5'],
    // The board's own VGA (1711) and network chips carry the same vendor id.
    isDevice: ({ deviceClass }) => deviceClass.startsWith('1200'),
    products: {
      'Ascend 310': 'd100',
      'Ascend 310P': 'd500',
      'Ascend 910A': 'd801',
      'Ascend 910B': 'd802',
      'Ascend 910C': 'd803',
      'Ascend 950': 'd806',
    },
  },
  nodeGlobs: ['/dev/davinci[0-9]*'],
  runtime: { name: 'ascend', variable: 'ASCEND_VISIBLE_DEVICES' },
  accessPaths,
  brings: { driver: 'Ascend-hdk-*-npu-driver_*.run', tool: 'Ascend-hdk-*-npu-driver_*.run (npu-smi)' },
  probes,
  read,
  container,
  sampleProbe: tableProbe,
  readSample,
  // The second line of a chip: "| 0     | 0000:C1:00.0  | 0 ...".
  deviceRow: "'|'*[0-9]*'|'*' '????:??:??.?' '*",
}
