// Jobs and probes as steps of a plan, and what an appliance notes of how they ended: whether a job has run is read from
// the appliance itself, and so is what a probe said last.
import * as z from 'zod'
import { entryId, imageIdentity } from './artifact.ts'
import { absolutePath } from './service-address.ts'
import { engineVolumeName } from './service-volume.ts'
import { sha256Hex } from './sha256.ts'

export const taskRole = z.enum(['job', 'probe'])

/** A container that runs once to its end, in full. */
export const taskSpec = z.strictObject({
  task: entryId,
  entry: z.string().max(64),
  entryVersion: z.string().max(64),
  /** The deployment that it is for, and the version of that. */
  of: entryId,
  ofVersion: z.string().max(64),
  image: imageIdentity,
  program: absolutePath.optional(),
  arguments: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  /** A file on the appliance with those of its variables that hold secrets; missing where none does. */
  environmentFile: z.string().max(300).optional(),
  volumes: z.array(z.strictObject({ name: engineVolumeName, target: z.string() })),
  network: z.string(),
  /** A second network: of the solution that installed the model which it asks. */
  joins: z.string().optional(),
  /** What it may take of the host's memory. */
  memoryBytes: z.int().positive(),
  timeoutSeconds: z.int().positive(),
})
export type TaskSpec = z.infer<typeof taskSpec>

export const jobStep = z.strictObject({
  kind: z.literal('job'),
  spec: taskSpec,
  /** Of what it does: the same one is not done twice. Keys that are made anew are not in it. */
  digest: sha256Hex,
  /** The service that it is for does not run meanwhile. */
  pauses: z.boolean(),
})
export const probeStep = z.strictObject({
  kind: z.literal('probe'),
  spec: taskSpec,
  digest: sha256Hex,
  /** The spec digest of the service that it tries out. */
  against: sha256Hex,
  /** Deployments that it goes through, that one among them. */
  touches: z.array(entryId).min(1).max(10),
})
export type ProbeStep = z.infer<typeof probeStep>
export type TaskStep = z.infer<typeof jobStep> | ProbeStep

export const taskStepSpecs = [jobStep, probeStep] as const

/** How a task ended: well, with another exit status, or not by itself. */
export const taskOutcome = z.enum(['passed', 'exit', 'time-limit', 'memory', 'not-started', 'lost'])
export type TaskOutcome = z.infer<typeof taskOutcome>

/** What an appliance notes, and what a script says of a task that failed. */
export const taskResult = z.strictObject({
  role: taskRole,
  task: entryId,
  of: entryId,
  ofVersion: z.string().max(64),
  entry: z.string().max(64),
  entryVersion: z.string().max(64),
  digest: sha256Hex,
  /** Of a probe. */
  against: sha256Hex.optional(),
  run: z.string().max(100),
  /** UTC, the appliance's clock. */
  at: z.iso.datetime(),
  seconds: z.int().nonnegative(),
  outcome: taskOutcome,
  exitCode: z.int(),
  /** The end of what it printed, as base64; missing where only how it ended was asked. */
  output: z.string().max(8000).optional(),
})
export type TaskResult = z.infer<typeof taskResult>

/** Bytes of its output that are kept. */
export const taskOutputBytes = 2000
