// The first command of the README, as a person runs it, on the real demo appliance; and that nothing of it is left.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../support/run-cli.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('rackside demo', () => {
  it('goes from a bare server to a mended one, says so in one line of JSON, and leaves nothing', async () => {
    const home = temporaryFolder()
    const { code, stdout, stderr, json } = await runCli(['demo', '--yes', '--json'], {
      ...{ home, patienceMilliseconds: 100_000 },
    })
    expect([code, stderr.split('\n').at(-2)]).toEqual([0, expect.stringContaining('demo  done in ')])
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(json()).toMatchObject({
      ...{ demo: true, preset: 'ascend-8', kept: false, devices: 8, verdict: 'healthy' },
      ...{ verdictInDrill: 'down', verdictAfter: 'healthy', unchanged: 0, changedAgain: 0 },
      ...{ ttftMs: expect.any(Number), tokensPerSecond: expect.any(Number) },
    })
    expect(readdirSync(home)).not.toContain('demo')
    for (const file of ['appliances.json', 'host-keys.json', 'key-files.json', 'bundles.json']) {
      expect(readFileSync(join(home, file), 'utf8')).not.toMatch(/127\.0\.0\.1|demo/)
    }
  }, 120_000)
})
