// The part of the audit that a setup leaves on the appliance: the console's own lines, for root alone, and the witness by which
// the verifier sees what was changed at the console.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditBrokenExitCode } from '../../main/terminal/exit-codes.ts'
import { recordsIn } from '../support/audit-records.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { runCli } from '../support/run-cli.ts'

describe('the audit of a setup', () => {
  let appliance: LabAppliance
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    appliance = await bareAppliance()
    const { code, errors } = await console.setup(appliance, await artifactsFolder()).ended
    expect(code, errors).toBe(0)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => console.remove())

  it('lies on the appliance too, as the console has it, and shows a change there', async () => {
    const [file = ''] = (await inside(appliance, 'sh', '-c', 'ls /var/lib/rackside/audit/*.jsonl')).trim().split('\n')
    expect(await inside(appliance, 'stat', '-c', '%a %U', file)).toBe('600 root\n')
    const text = await inside(appliance, 'cat', file)
    const there = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const here = recordsIn(join(console.home, 'audit.jsonl'))
    expect(there.map(({ act }) => act)).toContain('run-begin')
    for (const one of there) expect(here).toContainEqual(one)

    const copy = join(console.home, 'copy.jsonl')
    writeFileSync(copy, text)
    const verified = async () =>
      (await runCli(['audit', 'verify', console.home, '--copy', copy], { home: console.home })).code
    expect(await verified()).toBe(0)
    writeFileSync(copy, text.replace('"act":"run-begin"', '"act":"run-begun"'))
    expect(await verified()).toBe(auditBrokenExitCode)
    writeFileSync(copy, text)
    const audit = join(console.home, 'audit.jsonl')
    writeFileSync(audit, `${readFileSync(audit, 'utf8').split('\n')[0]}\n`)
    expect(await verified()).toBe(auditBrokenExitCode)
  })
})
