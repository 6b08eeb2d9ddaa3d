// The files of weights that are a folder, as models in safetensors are published. Their paths come from whoever made the
// bundle, and become names under /var/lib/rackside that root makes: they allow no more than what such files are called.
import * as z from 'zod'
import { remoteModels } from './remote-layout.ts'
import { sha256Hex } from './sha256.ts'

/** The largest published models have about 200. An appliance tells of at most 8,000 files of all its artifacts. */
const mostWeightsFiles = 2000
const deepest = 8

/** Never hidden, never an option, never the folder above; nothing that a list with one file a line could not carry. */
const part = /^[A-Za-z0-9_][A-Za-z0-9._+=@,~()-]{0,127}$/

export const weightsPath = z
  .string()
  .max(250)
  .refine((path) => path.split('/').length <= deepest && path.split('/').every((one) => part.test(one)), {
    message: 'no path below a folder that a file of a model may have',
  })

const weightsFile = z.strictObject({ path: weightsPath, sha256: sha256Hex })
export type WeightsFile = z.infer<typeof weightsFile>

export const weightsFiles = z
  .array(weightsFile)
  .min(1)
  .max(mostWeightsFiles)
  .superRefine((files, context) => {
    for (const path of clashes(files)) context.addIssue({ code: 'custom', message: `${path} is there twice` })
  })

/** Also in another letter case, and as a file and as a folder. */
function clashes(files: readonly WeightsFile[]): string[] {
  const paths = files.map(({ path }) => path.toLowerCase())
  const folders = new Set(paths.flatMap(foldersAbove))
  return files
    .filter((_, at) => folders.has(paths[at] ?? '') || paths.indexOf(paths[at] ?? '') !== at)
    .map((f) => f.path)
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

/**
 * The artifact that such weights are: a line "sha256  path" a file, by path, as sha256sum prints and checks it. Its own
 * sha256 therefore names exactly this folder.
 */
export function filesListText(files: readonly WeightsFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1))
  return sorted.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')
}

/** Where it lies on an appliance, by the sha256 of its list. */
export function modelFolderPath(sha256: string): string {
  return `${remoteModels}/sha256-${sha256}`
}

/** The sha256 of the folder that this path is; undefined where it is none. */
export function modelFolderAt(path: string): string | undefined {
  return path.startsWith(modelFolderPath('')) ? path.slice(modelFolderPath('').length) : undefined
}
