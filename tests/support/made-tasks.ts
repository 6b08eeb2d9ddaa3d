// A job and a probe of one service, whole, and different where a test says so.
import type { Image } from '../../shared/domain/facts.ts'
import { known } from '../../shared/domain/reading.ts'
import type { ProbeStep, TaskSpec, TaskStep } from '../../shared/domain/task-step.ts'

const configDigest = `sha256:${'1'.repeat(64)}`

const spec: TaskSpec = {
  ...{ task: 'starter', entry: 'starter-set', entryVersion: '1', of: 'ward-records', ofVersion: '7' },
  image: {
    configDigest,
    manifestDigest: `sha256:${'2'.repeat(64)}`,
    platform: { os: 'linux', architecture: 'amd64' },
    unpackedBytes: 1000,
  },
  program: '/bin/fill-in',
  arguments: ['--into', '/notes'],
  environment: { LANGUAGE: 'zh CN', EMPTY: '' },
  volumes: [{ name: 'rackside-ward-records_notes', target: '/notes' }],
  ...{ network: 'rackside-ward', memoryBytes: 64 * 1024 ** 2, timeoutSeconds: 60 },
}

/** An engine that has the image of both. */
export const taskImages = {
  images: known<Image[]>([{ id: configDigest, architecture: 'amd64', repoDigests: [] }]),
}

export function madeJob(changes: Partial<TaskSpec> = {}): Extract<TaskStep, { kind: 'job' }> {
  return { kind: 'job', spec: { ...spec, ...changes }, digest: 'd'.repeat(64), pauses: false }
}

export function madeProbe({
  against = 'a'.repeat(64),
  ...changes
}: Partial<TaskSpec & { against: string }> = {}): ProbeStep {
  const probed = { ...spec, task: 'smoke', volumes: [], ...changes }
  return { kind: 'probe', spec: probed, digest: 'e'.repeat(64), against, touches: ['ward-records'] }
}
