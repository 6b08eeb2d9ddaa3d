// Strangers at the demo's port, ports that others take, and acts that come at the wrong moment: the console goes on.
import { once } from 'node:events'
import { createServer } from 'node:net'
import ssh2, { type ClientChannel } from 'ssh2'
import { describe, expect, it, onTestFinished } from 'vitest'
import { leaseLine, leaseOpening } from '../../../main/connect/lease.ts'
import { detect, forgetAppliance, listAppliances } from '../../../main/core/appliances.ts'
import { createDemo, drillDemo, listDemos, removeDemo } from '../../../main/core/demo/demo.ts'
import { closeCore } from '../../../main/core/open-core.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import { demoCore, makeDemo, must } from '../../support/demo-core.ts'

/** What the channel ends with, after these bytes and, where asked, bytes without end. */
async function endOf({ host, port, user: username }: Address, bytes: string | Uint8Array, endless = false) {
  const client = new ssh2.Client()
  onTestFinished(() => void client.end())
  client.connect({ host, port, username, password: 'demo' })
  await once(client, 'ready')
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.exec(leaseLine('root', username), (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  channel.resume()
  channel.stderr.resume()
  channel.on('error', () => undefined)
  channel.write(bytes)
  const flood = endless ? setInterval(() => channel.write(Buffer.alloc(64 * 1024, 'x')), 1) : undefined
  const [code] = await once(channel, 'exit')
  clearInterval(flood)
  return code
}

const lease = { marker: 'rackside-start x', silenceSeconds: 30, input: { kind: 'none' } as const }
const opening = (work: string) => leaseOpening({ ...lease, work })

describe('a stranger at the port of a demo appliance', () => {
  it('is told that his script is not known, or gets nowhere, and the console goes on', async () => {
    const { core } = demoCore()
    const { demo, target } = await makeDemo(core)
    const { address } = demo
    expect(await endOf(address, opening('rm -rf /'))).toBe(70)
    expect(await endOf(address, opening('# rackside step 1 {"run":"run-1","step":"x","unit":"y"}\n'))).toBe(70)
    expect(await endOf(address, opening(`# rackside put-begin 1 {"sha256":"__proto__","bytes":1}\n`))).toBe(70)
    expect(
      await endOf(
        address,
        `eval "$(timeout 60 dd bs=60 count=1 iflag=fullblock)"\n${'\nrackside_text='.padEnd(60, "'a")}`,
      ),
    ).toBe(126)
    expect(await endOf(address, '', true)).toBe(126)
    expect((await detect(core, target)).ok).toBe(true)
  })
})

describe('a demo appliance', () => {
  it('whose port was taken while its power was off comes back once it is free', async () => {
    const { core } = demoCore()
    const { demo, target } = await makeDemo(core)
    must(await drillDemo(core, { name: demo.name, drill: 'power-cut', on: true }))
    const thief = createServer((socket) => socket.destroy())
    await expect.poll(() => listens(thief, demo.address.port)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(must(await listDemos(core))[0]?.drills).toEqual(['power-cut'])
    thief.close()
    await expect.poll(async () => (await detect(core, target)).ok, { timeout: 10_000 }).toBe(true)
  })

  it('whose cable cannot be put back says so, and can be tried again', async () => {
    const { core } = demoCore()
    const { demo, target } = await makeDemo(core)
    const cable = (on: boolean) => drillDemo(core, { name: demo.name, drill: 'cut-link', on })
    must(await cable(true))
    const thief = createServer()
    await expect.poll(() => listens(thief, demo.address.port)).toBe(true)
    expect(await cable(false)).toMatchObject({ ok: false, failure: { kind: 'demo-not-started' } })
    expect(must(await listDemos(core))[0]?.drills).toEqual(['cut-link'])
    thief.close()
    await once(thief, 'close')
    expect(must(await cable(false)).drills).toEqual([])
    await expect.poll(async () => (await detect(core, target)).ok).toBe(true)
  })

  it('keeps its name to itself also when it was taken off the list, and is a demo by every name of this computer', async () => {
    const { core, client } = demoCore()
    const { demo } = await makeDemo(core)
    must(forgetAppliance(core, demo.name))
    expect(must(await createDemo(core, 'ascend-8')).demo.name).toBe('demo-ascend-8-2')
    for (const host of ['localhost', '127.1', '127.0.0.1']) {
      const target = { by: 'address', address: { ...demo.address, host }, credentialId: 'none' } as const
      await client.product.appliances.save({ name: `as-${host}`, target })
    }
    expect(must(listAppliances(core)).filter((one) => !one.demo)).toEqual([])
  })

  it('that is made while the console ends is not left behind', async () => {
    const { core } = demoCore()
    const making = createDemo(core, 'ascend-8')
    await closeCore(core)
    await making
    for (const { port } of core.demos.saved()) {
      const again = createServer()
      onTestFinished(() => void again.close())
      expect(await listens(again, port)).toBe(true)
    }
  })

  it('that is removed while it starts is gone for good', async () => {
    const before = demoCore()
    const { demo } = await makeDemo(before.core)
    await closeCore(before.core)
    const { core } = demoCore(before.folder)
    const [, removed] = await Promise.all([listDemos(core), removeDemo(core, demo.name)])
    expect(removed.ok).toBe(true)
    expect(must(await listDemos(core))).toEqual([])
  })
})

async function listens(server: ReturnType<typeof createServer>, port: number): Promise<boolean> {
  if (server.listening) return true
  server.listen(port, '127.0.0.1')
  return Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)])
}
