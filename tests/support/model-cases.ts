// The one loader of models for the memory arithmetic. tests/fixtures/models/configs/MODEL.json is a config.json cut down to
// what counts; kv-per-token.json and worked-rows.json are the figures that were worked out for them, in GiB as they are
// told, with a word where the formulas say something else; refused-configs.json has changes that make one unusable.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ModelShape } from '../../shared/domain/model-shape.ts'
import { shapeOfConfig } from '../../shared/plan/shape/config-json.ts'
import { knownValue } from './known-value.ts'

const folder = fileURLToPath(new URL('../fixtures/models/', import.meta.url))

function json<T>(file: string): T {
  return JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as T
}

export const modelNames = readdirSync(`${folder}configs`).map((file) => file.replace(/\.json$/, ''))

export function configText(model: string): string {
  return readFileSync(`${folder}configs/${model}.json`, 'utf8')
}

export function shapeNamed(model: string): ModelShape {
  return knownValue(shapeOfConfig(configText(model)))
}

export type KvCase = { readonly model: string; readonly kibibytesPerToken: number; readonly gibibytesAt32k?: number }
export const kvCases: readonly KvCase[] = json('kv-per-token.json')

export type WorkedRow = {
  readonly model: string
  readonly config: string
  readonly weightsGigabytes: number
  readonly devices: string
  readonly usableGibibytes: number
  readonly count: number
  readonly weightsPerDeviceGibibytes: number
  readonly kvRoomGibibytes: number
  readonly tokens?: number
  readonly tokensWithin?: number
  readonly users?: number
  /** What the facts say, where it is not what comes out. */
  readonly differs?: string
}
export const workedRows: readonly WorkedRow[] = json('worked-rows.json')

type Fields = Readonly<Record<string, unknown>>
type Refused = { readonly name: string; readonly of: string; readonly change: Fields; readonly why: string }

/** Texts of config.json, each with a piece of what is said against it. */
export function refusedConfigs(): readonly (readonly [name: string, text: string, why: string])[] {
  return json<Refused[]>('refused-configs.json').map(({ name, of, change, why }) => {
    const config = JSON.parse(configText(of)) as Fields
    const inner = { ...(config['text_config'] as Fields | undefined), ...(change['text_config'] as Fields | undefined) }
    const nested = 'text_config' in config && { text_config: inner }
    return [name, JSON.stringify({ ...config, ...change, ...nested }), why]
  })
}
