// The series of one appliance: a place for each name as long as this process runs, and the blocks that are being
// filled. What a series is in the database is a number that it gets when it is stored first.
import { type Block, blockColumns } from './block.ts'
import type { Sql } from './database.ts'

/** An appliance that invents names without end costs no more than this. */
const mostSeries = 1024

export type ApplianceSeries = {
  key: string
  /** Its number in the database; undefined until it is stored. */
  id: number | undefined
  /** By place. */
  readonly names: string[]
  readonly ids: (number | undefined)[]
  readonly places: Map<string, number>
  /** By place / 64: the one that is being filled. */
  readonly open: (Block | undefined)[]
}

/** With what the database knows of it. */
export function readAppliance(sql: Sql | undefined, key: string): ApplianceSeries {
  const id = sql?.all('SELECT id FROM appliance WHERE key = ?', key)[0]?.[0]
  const appliance: ApplianceSeries = {
    ...{ key, id: typeof id === 'number' ? id : undefined, names: [], ids: [], places: new Map(), open: [] },
  }
  if (sql === undefined || appliance.id === undefined) return appliance
  for (const [series, name] of sql.all('SELECT id, name FROM series WHERE appliance = ? ORDER BY id', appliance.id)) {
    appliance.places.set(String(name), appliance.names.length)
    appliance.names.push(String(name))
    appliance.ids.push(Number(series))
  }
  return appliance
}

/** Undefined for a name that is one too many. */
export function placeOf({ places, names }: ApplianceSeries, name: string): number | undefined {
  const known = places.get(name)
  if (known !== undefined || names.length >= mostSeries) return known
  places.set(name, names.length)
  return names.push(name) - 1
}

/** Numbers for what has none yet; that of the appliance. Within a transaction. */
export function ensureStored(sql: Sql, appliance: ApplianceSeries): number {
  const id = appliance.id ?? numberOf(sql, 'appliance(key)', [appliance.key])
  appliance.id = id
  for (const [place, name] of appliance.names.entries()) {
    appliance.ids[place] ??= numberOf(sql, 'series(appliance, name)', [id, name])
  }
  return id
}

function numberOf(sql: Sql, table: 'appliance(key)' | 'series(appliance, name)', values: (string | number)[]): number {
  const [insert, select] = {
    'appliance(key)': ['INSERT OR IGNORE INTO appliance(key) VALUES (?)', 'SELECT id FROM appliance WHERE key = ?'],
    'series(appliance, name)': [
      'INSERT OR IGNORE INTO series(appliance, name) VALUES (?, ?)',
      'SELECT id FROM series WHERE appliance = ? AND name = ?',
    ],
  }[table] as [string, string]
  sql.run(insert, ...values)
  return Number(sql.all(select, ...values)[0]?.[0])
}

/** Places of the columns of a block that is being filled. */
export function placesOfBlock(number: number): number[] {
  return Array.from({ length: blockColumns }, (_, column) => number * blockColumns + column)
}
