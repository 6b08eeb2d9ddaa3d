// Appliances that take a connection and say nothing never hold up the others (issue 5: live ones are not delayed).
import { expect, it } from 'vitest'
import { ok } from '../../../../../shared/domain/failure.ts'
import { startFakeSsh } from '../../../../support/fake-ssh-server.ts'
import { startRawServer } from '../../../../support/raw-ssh-server.ts'
import { openingTo, pinFor, trustingCore } from '../../../../support/trusting-core.ts'

it('calls to a live appliance are answered, the first one too, while ten dials to silent ones are pending', async () => {
  const { core } = trustingCore()
  const live = await startFakeSsh()
  expect(core.state.pins.write([pinFor(live)])).toEqual(ok(undefined))
  const silent = await Promise.all(Array.from({ length: 10 }, () => startRawServer(() => undefined)))
  let ended = 0
  for (const server of silent) {
    void core.sessions.open(openingTo(server)).then(() => {
      ended += 1
    })
  }
  await expect.poll(() => silent.map((server) => server.openSockets())).toEqual(silent.map(() => 1))
  const work = { name: 'say', text: 'echo alive' }
  for (const _ of ['dialled', 'shared', 'shared']) {
    const said = await core.sessions.withConnection(openingTo(live), (link) =>
      link.run(work, { as: 'login', deadlineSeconds: 5 }),
    )
    expect(said).toMatchObject({ value: { stdout: 'alive\n' } })
  }
  // Whoever waits for all of them in turn would not be here yet.
  expect([live.dials(), ended]).toEqual([1, 0])
})
