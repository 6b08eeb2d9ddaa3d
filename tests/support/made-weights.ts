// Weights in a folder for tests: the artifacts of its files, and the one that lists them.
import { createHash } from 'node:crypto'
import { type Artifact, artifact } from '../../shared/domain/artifact.ts'
import { filesListText, type WeightsFile } from '../../shared/domain/weights-folder.ts'

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** What the files hold, by their paths: as many bytes as the text has letters. */
export type FolderTexts = Readonly<Record<string, string>>

export type MadeWeights = {
  readonly files: readonly Artifact[]
  readonly list: Extract<Artifact, { kind: 'weights' }>
  readonly text: string
  /** Everything that lies under artifacts, by its sha256. */
  readonly contents: ReadonlyMap<string, string>
}

const shape = {
  ...{ architecture: 'llama', layers: 4, maxContextTokens: 8192 },
  attention: { kind: 'grouped-query', attentionHeads: 4, kvHeads: 4, headDimension: 64 },
}

export function madeWeights(id: string, texts: FolderTexts): MadeWeights {
  const contents = new Map(Object.values(texts).map((text) => [digestOf(text), text]))
  const files = [...contents].map(([sha256, text], at) => {
    const file = { kind: 'file', id: `${id}.${at + 1}`, sha256, bytes: text.length, chunks: [sha256] }
    return artifact.parse(file)
  })
  const paths: WeightsFile[] = Object.entries(texts).map(([path, text]) => ({ path, sha256: digestOf(text) }))
  const text = filesListText(paths)
  const sha256 = digestOf(text)
  const bytes = Object.values(texts).reduce((sum, one) => sum + one.length, 0)
  const weights = { format: 'safetensors', shape, bytes, files: paths }
  const list = artifact.parse({ kind: 'weights', id, sha256, bytes: text.length, chunks: [sha256], weights })
  return { files, list: list as MadeWeights['list'], text, contents: contents.set(sha256, text) }
}
