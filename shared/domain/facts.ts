// Facts: one snapshot of what is on an appliance, as answered by its own tools in one round trip.
// Everything a plan is made from is in here; a plan never asks the machine anything else.
import * as z from 'zod'
import { acceleratorReport } from './accelerator.ts'
import { storedCertificate } from './certificate.ts'
import { deploymentRecord } from './deployment.ts'
import { owner } from './origin.ts'
import { partialPlatform } from './partial-platform.ts'
import { readingOf } from './reading.ts'
import { secretReference } from './service-file.ts'
import { signInNote } from './sign-in-note.ts'
import { stack } from './stack.ts'
import { taskResult } from './task-step.ts'

export const listeningPort = z.strictObject({
  /** The local address as bound: "0.0.0.0", "127.0.0.1", "::", "*". */
  address: z.string(),
  port: z.int().min(1).max(65_535),
  process: readingOf(z.string()),
})
export type ListeningPort = z.infer<typeof listeningPort>

/** Free space where something will be written: the filesystem of the nearest existing parent folder. */
export const space = z.strictObject({
  path: z.string(),
  filesystem: z.string(),
  totalBytes: z.int().nonnegative(),
  freeBytes: z.int().nonnegative(),
  /** Files that can still be made; absent where the filesystem has no such limit, or nobody counts. */
  freeInodes: z.int().nonnegative().optional(),
})
export type Space = z.infer<typeof space>

export const engine = z.strictObject({
  kind: z.literal('docker'),
  version: z.string(),
  apiVersion: z.string(),
  rootFolder: z.string(),
  storageDriver: z.string(),
  /** Docker's two image stores name images by different digests. */
  imageStore: z.enum(['classic', 'containerd']),
})
export type Engine = z.infer<typeof engine>

const containerHealth = z.enum(['none', 'starting', 'healthy', 'unhealthy'])

/** 0 and the empty text: no limit. */
const containerSettings = z.strictObject({
  restartPolicy: z.string().max(40),
  memoryLimitBytes: z.number(),
  cpuLimitNano: z.number(),
  cpuSet: z.string().max(200),
  command: z.array(z.string().max(4096)).max(500),
  /** Missing in recordings from before it was asked for. */
  shmBytes: z.number().optional(),
})
export type ContainerSettings = z.infer<typeof containerSettings>

/** A container as the engine's inspect answers it; only what plans and verdicts read. */
export const container = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The image's own id (`sha256:...`), never a tag. */
  imageId: z.string(),
  state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
  health: containerHealth,
  startedAt: z.string(),
  restartCount: z.int().nonnegative(),
  /** Only `rackside.*` labels are kept. */
  labels: z.record(z.string(), z.string()),
  /** What a person can change by hand and no label shows; missing in recordings and where the engine does not say. */
  settings: containerSettings.optional(),
  /** The network that it was made in, and the port there that its host port leads to; missing as those may be. */
  place: z.strictObject({ network: z.string().max(200), port: z.int().positive() }).optional(),
})
export type Container = z.infer<typeof container>

/** The engine has it up, or starts it again by itself. */
export function isUp({ state }: Pick<Container, 'state'>): boolean {
  return state === 'running' || state === 'restarting'
}

export const image = z.strictObject({
  id: z.string(),
  architecture: z.string(),
  /** Digests of `name@sha256:...` references: with the containerd store, the manifest digest. */
  repoDigests: z.array(z.string()),
})
export type Image = z.infer<typeof image>

const storedFile = z.strictObject({ sha256: z.string(), bytes: z.int().nonnegative() })
export type StoredFile = z.infer<typeof storedFile>

/** `unchecked`: what a console put there that believed publishers how their files are called. */
const storedArtifact = storedFile.extend({ unchecked: z.literal(true).optional() })
export type StoredArtifact = z.infer<typeof storedArtifact>

/** A folder of weights there, by the sha256 of the list of its files. `differs`: the first file that is not as the list says. */
const modelFolder = z.strictObject({ sha256: z.string(), isWhole: z.boolean(), differs: z.string().max(300) })
export type ModelFolder = z.infer<typeof modelFolder>

export const probeOutcome = z.strictObject({
  id: z.string(),
  state: z.enum(['answered', 'timed-out', 'still-hung', 'missing']),
  exitCode: readingOf(z.int()),
  /** For `still-hung`: when the process that still hangs was started (UTC, ISO 8601). */
  since: readingOf(z.string()),
})
export type ProbeOutcome = z.infer<typeof probeOutcome>

export const facts = z.strictObject({
  format: z.literal(1),
  /**
   * There only where a part was read: this computer is meant, and runs this system instead of Linux. What is not part
   * of it is unreadable.
   */
  partial: z.strictObject({ platform: partialPlatform }).optional(),
  /** When the console took the snapshot (UTC, ISO 8601, console clock). */
  takenAt: z.iso.datetime(),
  privilege: z.enum(['root', 'login']),
  machineId: readingOf(z.string()),
  hostname: readingOf(z.string()),
  os: readingOf(z.strictObject({ id: z.string(), versionId: z.string(), prettyName: z.string() })),
  kernel: readingOf(z.string()),
  /** In OCI words ("amd64", "arm64"); anything else stays as `uname -m` says. */
  architecture: readingOf(z.string()),
  cpu: readingOf(z.strictObject({ model: z.string(), logicalCores: z.int().positive() })),
  memory: readingOf(
    z.strictObject({
      totalBytes: z.int().nonnegative(),
      availableBytes: z.int().nonnegative(),
      /** Missing where it is not known, which only partial facts have. */
      swapTotalBytes: z.int().nonnegative().optional(),
    }),
  ),
  /** Spaces by purpose: `rackside` (/var/lib/rackside), `engine` (the engine's root folder), `root` (/). */
  spaces: readingOf(z.record(z.string(), space)),
  /** The systemd version where systemd is PID 1. */
  systemd: readingOf(z.string()),
  engine: readingOf(engine),
  /** Version of Podman where its command exists: detected and explained, not driven. */
  podman: readingOf(z.string()),
  listeningPorts: readingOf(z.array(listeningPort)),
  /** Under which others may reach it; missing in what was seen before it was asked. */
  addresses: readingOf(z.array(z.string().max(60))).optional(),
  accelerators: z.array(acceleratorReport),
  /** Containers with a `rackside.deployment` label, running or not. */
  containers: readingOf(z.array(container)),
  images: readingOf(z.array(image)),
  /** Names of the engine's networks with a `rackside.deployment` label. */
  networks: readingOf(z.array(z.string())),
  /** Files under /var/lib/rackside/artifacts: put there complete, with the size they have now. */
  artifacts: readingOf(z.array(storedArtifact)),
  /** Folders under /var/lib/rackside/models; missing in recordings from before there were any. */
  modelFolders: readingOf(z.array(modelFolder)).optional(),
  /** Artifacts that lie half-sent: the bytes that are recorded as arrived and checked. */
  staged: readingOf(z.array(storedFile)),
  /** What was installed and should be running, as the runs recorded it. */
  deployments: readingOf(z.array(deploymentRecord)),
  /** Whose names, data and networks are; missing in what was seen before it was noted. */
  owners: readingOf(z.array(owner)).optional(),
  /** Names of what the appliance keeps secret for its services; missing in what was seen before there were any. */
  secrets: readingOf(z.array(secretReference)).optional(),
  /** Paths of what containers are given besides their images and data: folders of files, environments, certificates. */
  serviceFiles: readingOf(z.array(z.string())).optional(),
  /** Of ways in, those of earlier addresses too; missing in what was seen before it was asked. */
  certificates: readingOf(z.array(storedCertificate)).optional(),
  /** Of which services somebody said that the password of their maker was changed; missing in what was seen before that. */
  changedSignIns: readingOf(z.array(signInNote)).optional(),
  /** How jobs and probes ended there last; missing in what was seen before there were any. */
  tasks: readingOf(z.array(taskResult)).optional(),
  /** Missing where it was not asked for. */
  stack: stack.optional(),
  probes: z.array(probeOutcome),
})
export type Facts = z.infer<typeof facts>

/** Reports that say something: of partial facts only those of makers whose devices the system itself names. */
export function toldReports({ accelerators, partial }: Facts): Facts['accelerators'] {
  return partial === undefined ? accelerators : accelerators.filter(({ notes = [] }) => notes.length > 0)
}
