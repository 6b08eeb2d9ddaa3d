// Whether what an image is started and checked by is in it. The engine of a server runs every health check by /bin/sh: an
// image without one, such as one of a single program, is never seen to be healthy there, and nothing before says why.
import * as z from 'zod'
import { type ImageArchive, jsonOf } from './image-archive.ts'
import { type LayerName, namesInLayer } from './layer-names.ts'

const mostNames = 500_000
/** Of Linux. */
const mostLinks = 40
const whiteout = '.wh.'
const opaque = '.wh..wh..opq'

const manifests = z.array(z.object({ Layers: z.array(z.string()).max(1000) })).length(1)

/** By their paths: what leads there, for symbolic links. Folders may be missing. */
type Names = Map<string, string | undefined>

/** Those that are not there; none where the image cannot be read so, as then nobody knows. */
export async function missingIn(archive: ImageArchive, programs: readonly string[]): Promise<string[]> {
  try {
    const names = await namesOf(archive)
    return programs.filter((one) => !isThere(names, one))
  } catch {
    return []
  }
}

async function namesOf({ file, files, text }: ImageArchive): Promise<Names> {
  const [manifest] = manifests.parse(jsonOf(await text('manifest.json')))
  const names: Names = new Map()
  for (const layer of manifest?.Layers ?? []) {
    const place = files.get(layer)
    if (place === undefined) throw new Error(`its layer ${layer} is missing`)
    const added: LayerName[] = []
    for await (const one of namesInLayer(file, place)) added.push(one)
    putOver(names, added)
    if (names.size > mostNames) throw new Error('it has too many names')
  }
  return names
}

/** What a layer takes away is of those below it. */
function putOver(names: Names, added: readonly LayerName[]): void {
  const [gone, emptied] = [new Set<string>(), new Set<string>()]
  for (const { path } of added) {
    const { folder, name } = split(path)
    if (name === opaque) emptied.add(folder)
    else if (name.startsWith(whiteout)) gone.add(within(folder, name.slice(whiteout.length)))
  }
  if (gone.size + emptied.size > 0) {
    for (const path of names.keys()) if (isTakenAway(path, gone, emptied)) names.delete(path)
  }
  for (const { path, target } of added) {
    if (!split(path).name.startsWith(whiteout)) names.set(path, target)
  }
}

function isTakenAway(path: string, gone: ReadonlySet<string>, emptied: ReadonlySet<string>): boolean {
  if (gone.has(path)) return true
  for (let { folder } = split(path); ; folder = split(folder).folder) {
    if (gone.has(folder) || emptied.has(folder)) return true
    if (folder === '') return false
  }
}

function split(path: string): { readonly folder: string; readonly name: string } {
  const at = path.lastIndexOf('/')
  return at === -1 ? { folder: '', name: path } : { folder: path.slice(0, at), name: path.slice(at + 1) }
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

function isThere(names: Names, program: string): boolean {
  let left = program.split('/')
  let at: string[] = []
  for (let links = 0; links <= mostLinks; ) {
    const part = left.shift()
    if (part === undefined) return names.has(at.join('/'))
    if (part === '' || part === '.') continue
    if (part === '..') {
      at.pop()
      continue
    }
    const target = names.get([...at, part].join('/'))
    if (target === undefined) {
      at.push(part)
      continue
    }
    links += 1
    if (target.startsWith('/')) at = []
    left = [...target.split('/'), ...left]
  }
  return false
}
