// The same calls in-process and over the socket: the same answers, the same failures, the same streams.
import { describe, expect, it } from 'vitest'
import { startChild } from '../../support/child-program.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Makes the calls and prints what came back, one line of JSON. */
const caller = `
  import { openConsole } from './main/console-host/open-console.ts'
  import { received } from './main/core/refusal.ts'
  const opened = await openConsole(process.env)
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  const { client, owner } = opened.value
  const target = { by: 'address', address: { host: '127.0.0.1', port: 1, user: 'ops' }, credentialId: 'key-none' }
  const planId = 'plan-00000000000000aa'
  const all = async (stream) => {
    const items = []
    for await (const item of await stream) items.push(item)
    return items
  }
  const answers = {
    list: await received('list', client.product.appliances.list({})),
    save: await received('save', client.product.appliances.save({ name: '门诊一号', target })),
    unknown: await received('detect', client.product.appliances.detect({ target: { by: 'name', name: 'nobody' } })),
    credential: await received('detect', client.product.appliances.detect({ target })),
    extra: await received('list', client.product.appliances.list({ command: 'reboot' })),
    wrong: await received('save', client.product.appliances.save({ name: '../x', target })),
    apply: await received('apply', all(client.product.setup.apply({ planId, target }))),
    progress: await received('progress', all(client.product.setup.progress({ planId }))),
    cancel: await received('cancel', client.product.setup.cancel({ planId })),
    bundle: await received('bundle', client.desk.openBundle({ folder: '/nowhere' })),
    key: await received('key', client.desk.openKeyFile({ file: '/nowhere/key' })),
  }
  console.log(JSON.stringify({ owner, answers }))
  process.stdin.once('data', () => process.exit(0))
`

describe('over the socket', () => {
  it('everything answers as it does in the process itself', async () => {
    const environment = { RACKSIDE_HOME: temporaryFolder() }
    const owner = await startChild(caller, [], environment)
    const inProcess = JSON.parse(await owner.line())
    const guest = await startChild(caller, [], environment)
    const overSocket = JSON.parse(await guest.line())
    expect([inProcess.owner, overSocket.owner]).toEqual([true, false])
    // The second caller finds what the first one saved.
    expect(overSocket.answers.list.value.value).toEqual([{ ...inProcess.answers.save.value.value, demo: false }])
    expect({ ...overSocket.answers, list: 0 }).toEqual({ ...inProcess.answers, list: 0 })
    expect(inProcess.answers).toMatchObject({
      save: { ok: true, value: { ok: true, value: { name: '门诊一号' } } },
      unknown: { value: { ok: false, failure: { kind: 'appliance-unknown' } } },
      credential: { value: { ok: false, failure: { kind: 'credential-unknown' } } },
      extra: { ok: false, failure: { kind: 'input-invalid' } },
      wrong: { ok: false, failure: { kind: 'input-invalid' } },
      apply: { ok: false, failure: { kind: 'plan-unknown' } },
      progress: { ok: true, value: [] },
      cancel: { value: { ok: true, value: { running: false } } },
      bundle: { value: { ok: false, failure: { kind: 'bundle-unusable' } } },
    })
  })
})
