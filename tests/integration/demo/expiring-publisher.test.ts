// Whoever watches an appliance is told while there is time that nothing more can be installed from what its publisher
// has given.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startBackground } from '../../../main/core/background/background.ts'
import { demoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

const day = 24 * 3_600_000

it('a publisher of what runs there, whose keys end in three days, is an alert', async () => {
  const made = demoCore()
  const { core } = made
  const one = await makeDemo(core, 'workstation-2')
  await setUpDemo(made, one)
  const trust = must(core.state.trust.read())
  const expires = new Date(Date.now() + 3 * day).toISOString().replace(/\.\d+Z/, 'Z')
  const publishers = trust.publishers.map((each) => ({ ...each, root: JSON.stringify({ signed: { expires } }) }))
  core.state.trust.write({ ...trust, publishers })

  startBackground(core, 'while-open')
  const found = () => core.alerts.keeper.book().active.filter(({ rule }) => rule === 'expiry-near')
  for (let n = 0; n < 300 && found().length === 0; n += 1) await sleep(100)
  expect(found()).toMatchObject([{ subject: publishers[0]?.name, value: expect.closeTo(3, 1) }])
})
