// How the server under a proven stack is, written down in a real shell.
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeBaseline } from '../../../../main/apply/baseline.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { ok } from '../../../../shared/domain/failure.ts'
import { baseline } from '../../../../shared/domain/kept.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { baselineOf } from '../../../../shared/plan/drift.ts'
import { bareFacts } from '../../../support/plan-cases.ts'
import { finished, movedTo, startShell } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

it('the server is noted as it is, for root alone to read, and noted anew the next time', async () => {
  const folder = temporaryFolder()
  const run = async ({ text }: { text: string }) =>
    ok(await finished(startShell(movedTo(folder, text), process.env['PATH'] ?? '')))
  const connection = { run } as unknown as Connection
  const kept = { engineSettings: known('c'.repeat(64)) }
  expect(await writeBaseline(connection, bareFacts(), kept)).toMatchObject({ ok: false })
  mkdirSync(join(folder, 'rackside'))
  const file = join(folder, 'rackside', 'baseline.json')
  for (const facts of [bareFacts(), bareFacts({ kernel: known("6.1 it's") })]) {
    expect(await writeBaseline(connection, facts, kept)).toEqual(ok(undefined))
    expect(baseline.parse(JSON.parse(readFileSync(file, 'utf8')))).toEqual(baselineOf(facts, kept))
    expect(statSync(file).mode & 0o777).toBe(0o600)
  }
})
