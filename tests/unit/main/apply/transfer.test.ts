// Sending one artifact as a step: recorded before and after, and nothing of it is left behind in the run that it was for.
import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { RunTools } from '../../../../main/apply/run-tools.ts'
import { transfer } from '../../../../main/apply/transfer.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../../../shared/domain/failure.ts'
import { wardCatalog } from '../../../support/plan-cases.ts'

const [artifact] = wardCatalog().artifacts
if (artifact === undefined) throw new Error('the ward has artifacts')
const run = { runId: 'run-1', step: 'artifact.x' }

function sending(put: () => Promise<Result<{ sentBytes: number }>>) {
  const controller = new AbortController()
  const connection = { run: async () => ok({ exitCode: 0, stdout: '', stderr: '' }), put } as unknown as Connection
  const source = () => ({ read: async function* () {} })
  const tools = { runId: run.runId, signal: controller.signal, source, onProgress: () => undefined }
  const send = () =>
    transfer({ connection, run, tools: tools as unknown as RunTools, count: () => undefined }, artifact as never)
  return { controller, send, listening: () => getEventListeners(controller.signal, 'abort').length }
}

describe('a transfer', () => {
  it('listens for the end of its run only while it lasts, however it ended', async () => {
    const done = sending(async () => ok({ sentBytes: 1 }))
    expect(await done.send()).toEqual(ok(undefined))
    expect(done.listening()).toBe(0)
    const failed = sending(async () => fail({ kind: 'disk-full', path: '/', detail: '' }))
    expect(await failed.send()).toMatchObject({ failure: { kind: 'disk-full' } })
    expect(failed.listening()).toBe(0)
    const broken = sending(() => Promise.reject(new Error('a defect')))
    await expect(broken.send()).rejects.toThrow('a defect')
    expect(broken.listening()).toBe(0)
  })

  it('ends with its run, also while it waits, and before it begins', async () => {
    const cancelled = { ok: false, failure: { kind: 'cancelled', at: run.step } }
    const waiting = sending(() => new Promise(() => undefined))
    const sent = waiting.send()
    await expect.poll(waiting.listening).toBe(1)
    waiting.controller.abort()
    expect(await sent).toEqual(cancelled)
    expect(await waiting.send()).toEqual(cancelled)
    expect(waiting.listening()).toBe(0)
  })
})
