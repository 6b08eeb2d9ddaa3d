// The looks that tests take at what they throw away, as they come back from their processes: a line each in one file.
import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod'

/** Names the file. */
export const reportVariable = 'RACKSIDE_CANARY_REPORT'

const lastLook = z.strictObject({
  what: z.enum(['folder', 'appliance']),
  files: z.int(),
  sightings: z.array(z.strictObject({ canary: z.string(), form: z.string(), where: z.string() })),
})
export type LastLook = z.infer<typeof lastLook>

export function readLastLooks(file: string): LastLook[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => lastLook.parse(JSON.parse(line)))
}
