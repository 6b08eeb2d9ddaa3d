// The ward's catalog, whose app is made of a page, a database and a worker.

import type { Artifact } from '../../shared/domain/artifact.ts'
import { type AppEntry, appEntry } from '../../shared/domain/entry/app-entry.ts'
import type { Catalog } from '../../shared/plan/catalog.ts'
import { wardCatalog } from './plan-cases.ts'

const database = {
  name: 'db',
  images: { amd64: { artifact: 'database-amd64' } },
  arguments: ['--port', '{part.db.port}'],
  environment: { PASSWORD: '{secret.database}' },
  files: [{ name: 'database.conf', text: 'for {{service.host}}:{{service.port}}, {{secret.database}}\n' }],
  containerPort: 5432,
  user: '999:999',
  healthCommand: ['/bin/ping-database'],
  startTimeoutSeconds: 30,
  volumes: [{ name: 'data', target: '/var/lib/database', backUp: true }],
  overheadBytes: 64 * 1024 ** 2,
  sharedMemoryBytes: 128 * 1024 ** 2,
}
const worker = {
  name: 'worker',
  images: { amd64: { artifact: 'note-helper-amd64' } },
  arguments: ['{needs.model.baseUrl}', '{part.db.host}'],
  environment: { KEY: '{needs.model.key}' },
  asksModel: true,
  healthCommand: ['/bin/true'],
  startTimeoutSeconds: 30,
  overheadBytes: 32 * 1024 ** 2,
}

/** As somebody would write it. */
export const writtenParts = [database, worker]

/** The app of the ward in the form of an entry, with these fields besides. */
function appWith(changes: Record<string, unknown>): AppEntry {
  return appEntry.parse({ ...noteHelper(), ...changes })
}

export function noteHelper(): AppEntry {
  const found = wardCatalog().entries.find((one) => one.kind === 'app')
  if (found?.kind !== 'app') throw new Error('the ward has no app')
  return found
}

export function catalogWithParts(changes: Record<string, unknown> = {}): Catalog {
  const { entries, artifacts } = wardCatalog()
  const app = appWith({
    version: '4',
    configuration: { secrets: [{ name: 'database' }] },
    variants: noteHelper().variants.map((one) => ({
      ...one,
      environment: { ...one.environment, DATABASE: 'db://x:{secret.database}@{part.db.host}:{part.db.port}' },
    })),
    parts: writtenParts,
    ...changes,
  })
  return { entries: entries.map((one) => (one.kind === 'app' ? app : one)), artifacts: [...artifacts, databaseImage()] }
}

function databaseImage(): Artifact {
  const found = wardCatalog().artifacts.find(({ id }) => id === 'note-helper-amd64')
  if (found?.kind !== 'image') throw new Error('the ward has no image of its app')
  const digest = `sha256:${'d'.repeat(64)}`
  return {
    ...found,
    ...{ id: 'database-amd64', sha256: 'd'.repeat(64), chunks: found.chunks.map(() => 'd'.repeat(64)) },
    image: { ...found.image, configDigest: digest, manifestDigest: digest },
  }
}
