// A bundle that is about to be handed over, looked at as a site does that has never heard of its publisher: nothing of it
// is learned or kept, whoever signed it. `rackside vendor verify` says the same.
import { basename } from 'node:path'
import type { Handover, HandoverProgress } from '../../../shared/contract/bundles.ts'
import { evidence, type Failure, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Core } from '../context.ts'
import { bundleFolder } from '../desk/bundles.ts'
import { followWork } from '../newest-value.ts'
import { type Handover as Looked, verifyHandover } from '../vendor/verify-handover.ts'
import { filesOfBrought } from './brought.ts'
import { licenceOf, privilegesOf, versionOf } from './look.ts'

/** Ends when it is read, or with its reader. */
export async function* checkHandover(
  core: Core,
  place: string,
  signal?: AbortSignal,
): AsyncGenerator<HandoverProgress> {
  const files = await filesAt(core, place)
  if (!files.ok) {
    yield { stage: 'failed', failure: files.failure }
    return
  }
  yield* followWork<HandoverProgress>(async (show, stop) => {
    let doneBytes = 0
    const onBytes = (bytes: number) => {
      doneBytes += bytes
      show({ stage: 'working', doneBytes, totalBytes: 0 })
    }
    const looked = await verifyHandover(core.tools, { files: files.value, onBytes, signal: stop })
    show(looked.ok ? { stage: 'done', handover: shown(looked.value) } : failed(looked.failure, files.value))
  }, signal)
}

async function filesAt(core: Core, place: string): Promise<Result<string[]>> {
  if (place.startsWith('import-')) return filesOfBrought(core, place)
  const folder = bundleFolder(core, place)
  return folder.ok ? ok([folder.value]) : folder
}

/** It was laid into a folder of ours for this look: a person knows it by the name of its file. */
function failed(failure: Failure, files: readonly string[]): HandoverProgress {
  const named = evidence(basename(files[0] ?? ''), 490)
  return { stage: 'failed', failure: 'folder' in failure ? { ...failure, folder: named } : failure }
}

function shown({ line, vouching, entries, blocked, carriedBytes, pieces }: Looked): Handover {
  const { publisher, fingerprint, version, expires, expired } = vouching
  return {
    ...{ line, publisher: { id: publisher.id, name: evidence(publisher.name, 250) } },
    ...{ fingerprint, version, expires, expired, carriedBytes, pieces: [...pieces] },
    blocked: [...blocked],
    entries: entries.map((one) => ({
      ...{ kind: one.kind, id: one.id, version: versionOf(one), licence: licenceOf(one) },
      privileges: privilegesOf(one),
    })),
  }
}
