// What a simulated machine is between two starts of the console: plain data, saved whole after every change.
// What ends with the power (requests in flight, links, the run lock) is not in it.
import * as z from 'zod'
import { imageIdentity } from '../../shared/domain/artifact.ts'
import { demoPreset, drillName } from '../../shared/domain/demo.ts'
import { sha256Hex } from '../../shared/domain/sha256.ts'

/** What an older console kept of it besides is left out. */
const simulatedContainer = z.object({
  /** 64 hex digits, as the engine gives them. */
  id: z.string(),
  name: z.string(),
  /** The image's config digest, `sha256:...`: the demo's engine has the classic store. */
  imageId: z.string(),
  labels: z.record(z.string(), z.string()),
  network: z.string(),
  alias: z.string(),
  hostPort: z.int(),
  containerPort: z.int(),
  arguments: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  /** Accelerators: the text of `--gpus`, and nodes. Missing where it was made before the demo knew of them. */
  gpus: z.string().optional(),
  devices: z.array(z.string()).optional(),
  /** Missing: the engine's own. */
  shmBytes: z.number().optional(),
  state: z.enum(['created', 'running', 'exited']),
  exitCode: z.int(),
  restartCount: z.int(),
  /** 0: never started. */
  startedAtMs: z.number(),
  restartPolicy: z.enum(['always', 'no']).default('always'),
  /** It is proven beside the one that it replaces: it has left its network and publishes nothing. */
  isBeside: z.boolean().optional(),
  /** Other networks that it is in. */
  joined: z.array(z.string()).optional(),
  /** The newest lines. */
  log: z.array(z.string()),
  /** When each was written (milliseconds since 1970, each later than the one before). Missing in what an older console kept. */
  logTimes: z.array(z.number()).optional(),
})
export type SimulatedContainer = z.infer<typeof simulatedContainer>

const staged = z.strictObject({
  bytes: z.int(),
  /** Indexes of the chunks that arrived and agreed, each with its sha256. */
  chunks: z.record(z.string(), sha256Hex),
  image: imageIdentity.optional(),
})

export const machineState = z.strictObject({
  format: z.literal(1),
  preset: demoPreset,
  /** The name under which the appliance is saved on this console; also its host name. */
  name: z.string(),
  /** The machine's own id, 32 hex digits. */
  machineId: z.string(),
  bootedAtMs: z.number(),
  /** The port that the SSH server had last; another one only where it is taken. */
  port: z.int(),
  /** OpenSSH private keys: the host key, and the one it shows while that drill is on. */
  hostKey: z.string(),
  otherHostKey: z.string(),
  /** Small text files by whole path. */
  files: z.record(z.string(), z.string()),
  /** By sha256. The bytes themselves are hashed as they arrive and thrown away. */
  artifacts: z.record(z.string(), z.strictObject({ bytes: z.int(), image: imageIdentity.optional() })),
  staged: z.record(z.string(), staged),
  images: z.array(imageIdentity),
  networks: z.array(z.strictObject({ id: z.string(), name: z.string(), labels: z.record(z.string(), z.string()) })),
  /** Names. Missing where it was made before the demo knew of them. */
  volumes: z.array(z.string()).default([]),
  containers: z.array(simulatedContainer),
  /** Drills that are on, with the time they began. */
  drills: z.partialRecord(drillName, z.strictObject({ sinceMs: z.number() })),
})
export type MachineState = z.infer<typeof machineState>
