// What proves that a model turns texts into vectors: the answers to two texts, each of them twice, on OpenAI's
// POST /v1/embeddings. A status says nothing: a server may answer zeros, the same numbers for everything, or
// those of another model. The answers come from a process on the appliance, so whatever is in them is measured first.
import { type DeploymentProof, mostDimensions } from '../domain/deployment.ts'
import { jsonIn } from '../domain/json-text.ts'

export type EmbeddingsProof = Extract<DeploymentProof, { serves: 'openai-embeddings' }>
type Asked = Pick<EmbeddingsProof, 'modelName' | 'listsModels' | 'dimensions'>

export type Vector = readonly number[]
type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string }

/** The one vector of an answer: `{"model": ..., "data": [{"embedding": [...]}]}`. */
export function readVector(text: string, { modelName, listsModels, dimensions }: Asked): Read<Vector> {
  const body = record(jsonIn(text))
  if (body === undefined) return no('the answer is not a JSON object')
  // Where there is no list of models, only the answer says whose it is.
  if (listsModels === false && body['model'] !== modelName) return no(`the answer is not of ${modelName}`)
  const data = body['data']
  if (!Array.isArray(data) || data.length !== 1) return no('the answer is not one vector')
  const vector: unknown = record(data[0])?.['embedding']
  if (!Array.isArray(vector) || vector.length === 0) return no('the answer has no numbers')
  if (vector.length > mostDimensions) return no(`the vector has more than ${mostDimensions} numbers`)
  if (!vector.every(isFiniteNumber)) return no('the vector has something else than finite numbers')
  if (dimensions !== undefined && vector.length !== dimensions) {
    return no(`the vector has ${vector.length} numbers, and the model's have ${dimensions}`)
  }
  if (vector.every((one) => one === 0)) return no('the vector is all zero')
  return { ok: true, value: vector }
}

/**
 * The cosine from which on two vectors say the same. In 8 bits and in batches of other sizes the same text gives a
 * little less than 1; texts without a word in common are far below in every model that can search.
 */
const sameFrom = 0.99

/** Of the vectors of `embeddedTexts`: undefined where they are those of a model that tells texts apart. */
export function problemOfVectors(vectors: readonly Vector[]): string | undefined {
  const [one = [], other = [], otherAgain = [], again = []] = vectors
  if (vectors.some(({ length }) => length !== one.length)) return 'the vectors have different lengths'
  const [same, sameOther, different] = [cosine(one, again), cosine(other, otherAgain), cosine(one, other)]
  const least = Math.min(same, sameOther)
  // NaN is on neither side.
  if (!(least >= sameFrom)) return `the same text twice gives different vectors (cosine ${shown(least)})`
  if (!(different < sameFrom)) return `different texts give the same vector (cosine ${shown(different)})`
  return undefined
}

/** Scaled before they are multiplied: numbers near the largest would become infinite. */
export function cosine(a: Vector, b: Vector): number {
  const [largestA, largestB] = [largest(a), largest(b)]
  let [product, squaresA, squaresB] = [0, 0, 0]
  for (const [at, value] of a.entries()) {
    const [x, y] = [value / largestA, (b[at] ?? 0) / largestB]
    product += x * y
    squaresA += x * x
    squaresB += y * y
  }
  return product / Math.sqrt(squaresA * squaresB)
}

function largest(vector: Vector): number {
  return vector.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function shown(cosine: number): string {
  return cosine.toFixed(4)
}

function no(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem }
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
