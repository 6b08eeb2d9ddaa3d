// Three demo appliances that are set up at once, over real links: what is sent to all of them is read about once.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bundleNamed } from '../../../main/core/desk/bundles.ts'
import { countReads } from '../../support/counted-reads.ts'
import { demoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

it('three appliances that get the same artifacts at the same time have them read about once', async () => {
  const started = demoCore()
  const { core } = started
  const made = [await makeDemo(core, 'workstation-2'), await makeDemo(core, 'workstation-2')]
  made.push(await makeDemo(core, 'workstation-2'))
  const { folder } = must(bundleNamed(core, made[0]?.bundleId ?? ''))
  const artifacts = readdirSync(join(folder, 'artifacts')).map((name) => join(folder, 'artifacts', name))
  const counts = await countReads(artifacts)
  expect(await Promise.all(made.map((one) => setUpDemo(started, one)))).toEqual(['healthy', 'healthy', 'healthy'])
  const sent = artifacts.filter((path) => (counts.get(path) ?? 0) > 0)
  const sum = (bytesOf: (path: string) => number) => sent.reduce((all, path) => all + bytesOf(path), 0)
  expect(sent.length).toBeGreaterThan(1)
  // What one of them reads before the next one begins is read again; of files as small as these that is a part.
  expect(sum((path) => counts.get(path) ?? 0) / sum((path) => statSync(path).size)).toBeLessThan(2)
  expect(core.reading.held()).toEqual({ kept: 0, spare: 0 })
})
