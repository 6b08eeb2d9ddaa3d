// Facts, samples and verdicts for scenes and tests: one whole appliance, of which a scene changes what matters.
import type { Accelerator, AcceleratorReport, Vendor } from '../../../shared/domain/accelerator.ts'
import { acceleratorTroubles } from '../../../shared/domain/accelerator-trouble.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { absent, known } from '../../../shared/domain/reading.ts'
import type { Sample } from '../../../shared/domain/sample.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../shared/domain/verdict.ts'
import { judgeAppliance } from '../../../shared/verify/ladder.ts'

export const gibibyte = 1024 ** 3

export type Cards = {
  readonly vendor: Vendor
  readonly product: string
  readonly count: number
  readonly memoryBytes: number
}

const kindOf = (vendor: Vendor) => (vendor === 'ascend' ? 'npu' : 'gpu')

function acceleratorOf({ vendor, product, memoryBytes }: Cards, index: number): Accelerator {
  return {
    vendor,
    kind: kindOf(vendor),
    index,
    chip: 0,
    product: known(product),
    uuid: known(`${vendor}-${index}`),
    pciAddress: known(`0000:${(0xc1 + index).toString(16)}:00.0`),
    memoryTotalBytes: known(memoryBytes),
    memoryUsedBytes: known(Math.round(memoryBytes * (0.3 + 0.06 * index))),
    utilizationPercent: known((index * 23 + 11) % 100),
    temperatureCelsius: known(41 + index),
    powerWatts: known(92.5 + index),
    powerLimitWatts: known(310),
    health: known('ok'),
  }
}

export function reportOf(cards: Cards): AcceleratorReport {
  return {
    vendor: cards.vendor,
    kind: kindOf(cards.vendor),
    pciCount: known(cards.count),
    driverVersion: known(cards.vendor === 'ascend' ? '25.2.1' : '580.65.06'),
    devices: known(Array.from({ length: cards.count }, (_, index) => acceleratorOf(cards, index))),
  }
}

export function factsWith(accelerators: readonly AcceleratorReport[], changes: Partial<Facts> = {}): Facts {
  return {
    format: 1,
    takenAt: '2026-11-22T09:00:00.000Z',
    privilege: 'root',
    machineId: known('0f4a9b7c6d5e4f3a2b1c0d9e8f7a6b5c'),
    hostname: known('radiology-01'),
    os: known({ id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)' }),
    kernel: known('6.1.0-28-amd64'),
    architecture: known('amd64'),
    cpu: known({ model: 'Intel Xeon Gold 6338', logicalCores: 128 }),
    memory: known({ totalBytes: 1024 * gibibyte, availableBytes: 840 * gibibyte, swapTotalBytes: 0 }),
    spaces: known({
      root: { path: '/', filesystem: '/dev/sda2', totalBytes: 400 * gibibyte, freeBytes: 310 * gibibyte },
      rackside: {
        path: '/var/lib',
        filesystem: '/dev/nvme0n1',
        totalBytes: 3600 * gibibyte,
        freeBytes: 3100 * gibibyte,
      },
      engine: {
        path: '/var/lib/docker',
        filesystem: '/dev/nvme0n1',
        totalBytes: 3600 * gibibyte,
        freeBytes: 3100 * gibibyte,
      },
    }),
    systemd: known('252'),
    engine: known({
      kind: 'docker',
      version: '28.5.1',
      apiVersion: '1.51',
      rootFolder: '/var/lib/docker',
      storageDriver: 'overlay2',
      imageStore: 'classic',
    }),
    podman: absent,
    listeningPorts: known([{ address: '0.0.0.0', port: 22, process: known('sshd') }]),
    accelerators: [...accelerators],
    containers: known([]),
    images: known([]),
    networks: known([]),
    artifacts: known([]),
    staged: known([]),
    deployments: known([]),
    probes: [],
    ...changes,
  }
}

export function sampleOf(accelerators: readonly Accelerator[], atMs: number, sequence = 0): Sample {
  return {
    sequence,
    atMs,
    host: {
      cpuPercent: known(17.5),
      memoryUsedBytes: known(184 * gibibyte),
      memoryTotalBytes: known(1024 * gibibyte),
    },
    silent: [],
    accelerators: accelerators.map(
      ({ vendor, kind, index, chip, utilizationPercent, memoryUsedBytes, memoryTotalBytes, ...rest }) => ({
        ...{ vendor, kind, index, chip, utilizationPercent, memoryUsedBytes, memoryTotalBytes },
        temperatureCelsius: rest.temperatureCelsius,
        powerWatts: rest.powerWatts,
        health: rest.health,
      }),
    ),
  }
}

export function healthyDeployment(deployment: string, ttftMs = 420, tokensPerSecond = 48.6): DeploymentVerdict {
  const names = ['process', 'port', 'ready', 'model-listed', 'one-token', 'metrics'] as const
  return {
    deployment,
    entry: 'llama-cpp',
    version: '1.0.0',
    state: 'healthy',
    reason: 'answers',
    rungs: names.map((name) => ({ name, passed: true, detail: '', milliseconds: 12 })),
    proof: {
      ttftMs,
      tokensPerSecond: known(tokensPerSecond),
      outputTokens: 16,
      finishReason: 'length',
      answer: 'Blood pressure 148/92 mmHg, heart rate 78 per minute, regular.',
    },
  }
}

/** As the console judges it; `facts` where the hardware counts too. */
export function verdictOf(deployments: readonly DeploymentVerdict[], facts?: Facts): ApplianceVerdict {
  return judgeAppliance(deployments, acceleratorTroubles(facts?.accelerators ?? []))
}
