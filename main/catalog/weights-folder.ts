// A folder of safetensors as its maker publishes it, looked through for a bundle: what the model says of itself, and every
// file that goes along, also those in folders below. Whoever made it is not trusted: links and the like are refused.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { ModelShape } from '../../shared/domain/model-shape.ts'
import { weightsPath } from '../../shared/domain/weights-folder.ts'
import { plainSize, problemOfKind } from '../files/plain-file.ts'
import { readModel } from './read-model.ts'

export type FolderFile = { readonly path: string; readonly bytes: number }
export type WeightsFolder = { readonly shape: ModelShape; readonly files: readonly FolderFile[] }

/** A folder that goes round in itself, or is none of a model, ends the walk. */
const mostFiles = 10_000

/**
 * Hidden files (.git, .cache) are left out, and so are weights beside those that the model's own index names: some makers
 * publish the same once more. Fails with `bundle-unusable`, which names the folder and what is wrong.
 */
export function readWeightsFolder(folder: string): Result<WeightsFolder> {
  const model = readModel(folder)
  if (!model.ok) return model
  const unusable = (problem: string) =>
    fail({ kind: 'bundle-unusable', folder: evidence(folder, 490), problem: evidence(problem, 490) })
  const loaded = model.value.files.map(({ name }) => name)
  if (!loaded.every((name) => name.endsWith('.safetensors'))) return unusable('its weights are no safetensors')
  const found = filesBelow(folder, '')
  if (typeof found === 'string') return unusable(found)
  const files = found.filter(({ path }) => !/^[^/]*\.safetensors$/.test(path) || loaded.includes(path))
  const empty = files.find(({ bytes }) => bytes === 0)
  if (empty !== undefined) return unusable(`${empty.path}: it is empty, and no artifact is`)
  return ok({ shape: model.value.shape, files })
}

/** Sorted by path; a text says what is wrong. */
function filesBelow(folder: string, below: string): FolderFile[] | string {
  const files: FolderFile[] = []
  const entries = readdirSync(join(folder, below), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (!weightsPath.safeParse(path).success) return `${path}: no name that a file of a model may have`
    const found = entry.isDirectory() ? filesBelow(folder, path) : fileAt(folder, path, problemOfKind(entry))
    if (typeof found === 'string') return found
    files.push(...found)
    if (files.length > mostFiles) return 'there are too many files'
  }
  return files
}

function fileAt(folder: string, path: string, problem: string | undefined): FolderFile[] | string {
  if (problem !== undefined) return `${path}: ${problem}`
  const size = plainSize(join(folder, path))
  return 'problem' in size ? `${path}: ${size.why}` : [{ path, bytes: size.read }]
}
