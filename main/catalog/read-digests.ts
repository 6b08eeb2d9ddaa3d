// The header and the digest list of a bundle, from bytes that nobody has vouched for yet: one artifact after the other,
// and the first bad one ends it.
import * as z from 'zod'
import {
  type Artifact,
  artifact,
  type BundleHeader,
  brokenFolder,
  bundleHeader,
  mostArtifacts,
} from '../../shared/domain/artifact.ts'
import { boundedJson, type Read, readJson, readValue } from './bounded-json.ts'

const missing = { problem: 'it is missing' }
const headerBytes = 64 * 1024
const headerBounds = { mostItems: 20, mostValues: 50, deepest: 3 }
/** An artifact of 4 TiB has 65,536 chunks. 16 MiB with as many artifacts as there may be have fewer values. */
const digestBounds = { mostItems: 65_536, mostValues: 1_000_000, deepest: 10 }

const list = z.strictObject({ format: z.literal(1), artifacts: z.array(z.unknown()).max(mostArtifacts) })

export function readHeader(bytes: Uint8Array | string | undefined): Read<BundleHeader> {
  if (bytes === undefined) return missing
  if (bytes.length > headerBytes) return { problem: 'it is too large' }
  return readJson(bytes, bundleHeader, headerBounds)
}

export function readDigests(bytes: Uint8Array | string | undefined): Read<Artifact[]> {
  if (bytes === undefined) return missing
  const json = boundedJson(bytes, digestBounds)
  if ('problem' in json) return json
  const listed = readValue(json.value, list)
  if ('problem' in listed) return listed
  const artifacts: Artifact[] = []
  for (const [at, one] of listed.value.artifacts.entries()) {
    const read = readValue(one, artifact, `artifacts.${at}`)
    if ('problem' in read) return read
    artifacts.push(read.value)
  }
  const broken = brokenFolder(artifacts)
  return broken === undefined ? { value: artifacts } : { problem: `artifacts: ${broken}` }
}
