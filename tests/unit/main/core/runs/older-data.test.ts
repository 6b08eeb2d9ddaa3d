// Whether data were there before a secret that was made for them, by when the appliance made both.
import { describe, expect, it } from 'vitest'
import { isOlderThan, readMadeTimes } from '../../../../../main/core/runs/older-data.ts'
import type { Connection } from '../../../../../shared/domain/connection.ts'
import { ok } from '../../../../../shared/domain/failure.ts'

const timesOf = async (stdout: string, exitCode = 0) => {
  const run = async () => ok({ exitCode, stdout, stderr: 'no permission' })
  return readMadeTimes({ run } as unknown as Connection)
}
const older = async (stdout: string, deployment = 'chat', secret = 'administrator') => {
  const times = await timesOf(stdout)
  return times.ok && isOlderThan(times.value, deployment, secret)
}

describe('data of a service', () => {
  it('are as old as the secret that was made with them, also within the same second', async () => {
    expect(
      await older('1700000000 secret chat/administrator.1\n1700000000 volume volume.rackside-chat_data.json\n'),
    ).toBe(false)
    expect(
      await older('1700000000 secret chat/administrator.1\n1700000009 volume volume.rackside-chat_data.json\n'),
    ).toBe(false)
  })

  it('are older where a later version was the first to make a secret', async () => {
    const stdout = '1700000900 secret chat/administrator.1\n1600000000 volume volume.rackside-chat_data.json\n'
    expect(await older(stdout)).toBe(true)
    // Nobody has what is made anew for accounts that there are.
    expect(
      await older(
        '1700000000 secret chat/administrator.1\n1700000900 secret chat/administrator.2\n1700000003 volume volume.rackside-chat_data.json\n',
      ),
    ).toBe(true)
  })

  it('are not those of another service, of a part, or of a copy of the note', async () => {
    const stdout = [
      '1700000900 secret chat/administrator.1',
      '1600000000 volume volume.rackside-chat-db_data.json',
      '1600000000 volume volume.rackside-other_data.json',
      '1600000000 volume volume.rackside-chat_data.before.json',
      '1700000901 volume volume.rackside-chat_data.json',
      'something else',
    ].join('\n')
    expect(await older(stdout)).toBe(false)
    expect(await older('')).toBe(false)
  })

  it('are not judged where nobody could look', async () => {
    expect(await timesOf('', 1)).toMatchObject({ ok: false, failure: { kind: 'facts-unreadable' } })
  })
})
