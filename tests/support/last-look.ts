// In a canary run, what a test throws away is searched for secrets first: folders, and appliances with their disks.
// In any other run it is just thrown away.
import { appendFileSync, rmSync } from 'node:fs'
import { searchAppliance } from '../../scripts/soak/appliance-search.ts'
import { type Looked, searchFolder } from '../../scripts/soak/canary.ts'
import { reportVariable } from '../../scripts/soak/last-looks.ts'
import { needlesOfRun } from '../../scripts/soak/marked-secrets.ts'

/** Undefined: this is no canary run. */
const reportFile = () => process.env[reportVariable]

export function removeAfterLastLook(folder: string): void {
  const report = reportFile()
  if (report !== undefined) write({ what: 'folder', ...searchFolder(folder, needlesOfRun()) }, report)
  rmSync(folder, { recursive: true, force: true })
}

export async function lastLookAtAppliance(name: string): Promise<void> {
  const report = reportFile()
  if (report !== undefined) write({ what: 'appliance', ...(await searchAppliance(name, needlesOfRun())) }, report)
}

function write(look: { readonly what: string } & Looked, file: string): void {
  appendFileSync(file, `${JSON.stringify(look)}\n`)
}
