// One writer for each appliance: who holds the lock is named, a dead holder frees it, and a run that ended
// without a word is known to the next one.
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { journalScript } from '../../../../main/apply/journal.ts'
import { acquireLock, type HeldLock, readHolder } from '../../../../main/apply/lock.ts'
import { probeNow } from '../../../../main/apply/probes-now.ts'
import type { Script } from '../../../../shared/domain/command.ts'
import type { Connection, StreamOptions } from '../../../../shared/domain/connection.ts'
import { ok, type Result } from '../../../../shared/domain/failure.ts'
import { known } from '../../../../shared/domain/reading.ts'
import type { RunEvent } from '../../../../shared/domain/run.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { madeProbe } from '../../../support/made-tasks.ts'
import { bareFacts, planFor } from '../../../support/plan-cases.ts'
import { type ShellAppliance, shellAppliance } from '../../../support/shell-appliance.ts'
import { containerSpecOf } from '../demo/engine/pretend-machine.ts'

const holder = (at: number, who = 'li') => ({
  run: `run-20261120T08000${at}Z-0badcafe`,
  who,
  at: `2026-11-20T08:00:0${at}.000Z`,
})
const appliance = () => shellAppliance(planFor(bareFacts()), bareFacts())

type Waiting = { onPause?: () => Promise<void>; signal?: AbortSignal; takesOver?: string }

/** Tries with a pause that only counts; `onPause` may bring something about. */
async function acquire(
  { connection }: Pick<ShellAppliance, 'connection'>,
  who: ReturnType<typeof holder>,
  waiting: Waiting = {},
) {
  const events: RunEvent[] = []
  let pauses = 0
  const pause = async () => {
    pauses += 1
    await waiting.onPause?.()
  }
  const { signal = new AbortController().signal, takesOver } = waiting
  const tries = acquireLock(connection, who, { pause, signal, takesOver })
  let step = await tries.next()
  while (step.done !== true) {
    events.push(step.value)
    step = await tries.next()
  }
  return { events, pauses, lock: step.value as Result<HeldLock> }
}

function held({ lock }: { lock: Result<HeldLock> }): HeldLock {
  if (!lock.ok) throw new Error(JSON.stringify(lock.failure))
  return lock.value
}

/** What a probe that is tried anew sends, with something that takes its time in the place of the probe. */
async function provingText(prover: ReturnType<typeof holder>): Promise<string> {
  const texts: string[] = []
  const noting = {
    run: async (script: Script) => {
      texts.push(script.text)
      return ok({ exitCode: 0, stdout: '', stderr: '' })
    },
  } as unknown as Connection
  const { image } = containerSpecOf('note-helper').spec
  const images = known([{ id: image.configDigest, architecture: 'amd64', repoDigests: [] }])
  await probeNow(noting, madeProbe({ of: 'note-helper', image }), { facts: { images }, holder: prover })
  const [text = ''] = texts
  return `${text.slice(0, text.indexOf('\n{\n'))}\nwhile :; do sleep 0.1 9>&-; done\n`
}

describe('the lock of an appliance', () => {
  it('is taken at once where nobody holds it, and says who does', async () => {
    const place = appliance()
    const { events, lock } = await acquire(place, holder(1))
    expect([events, lock]).toEqual([[], { ok: true, value: expect.objectContaining({ resumes: undefined }) }])
    expect(JSON.parse(place.lockText())).toEqual(holder(1))
    expect(readFileSync(join(place.root, 'format'), 'utf8')).toBe('1\n')
  })

  it('names its holder to the second who comes, once, and to whoever gives up waiting', async () => {
    const place = appliance()
    await acquire(place, holder(1, "o'hara"))
    const { events, pauses, lock } = await acquire(place, holder(2))
    expect(events).toEqual([{ event: 'waiting-for-lock', holder: "o'hara", run: holder(1).run }])
    expect(lock).toEqual({
      ok: false,
      failure: { kind: 'run-in-progress', holder: "o'hara", since: holder(1).at, runId: holder(1).run },
    })
    // Longer than a dead console's lease of 30 s, in pauses of a second.
    expect(pauses).toBe(40)
    expect(JSON.parse(place.lockText())).toEqual(holder(1, "o'hara"))
  })

  it('is named by whose look it is while somebody proves inside of it', async () => {
    const place = appliance()
    held(await acquire(place, holder(1))).release()
    const prover = { run: 'prove-1', who: "o'hara", at: holder(3).at }
    const text = await provingText(prover)
    const proving = await place.connection.stream({ name: 'prover', text }, { as: 'root', deadlineSeconds: 60 })
    if (!proving.ok) throw new Error(JSON.stringify(proving.failure))
    await expect.poll(() => existsSync(join(place.root, 'lock.prover'))).toBe(true)
    const { events, lock } = await acquire(place, holder(2), {
      onPause: async () => {
        proving.value.close()
        await new Promise((resolve) => setTimeout(resolve, 20))
      },
    })
    // The run before it, which ended without a word, is not the one that holds it.
    expect(events).toEqual([{ event: 'waiting-for-lock', holder: "o'hara", run: 'prove-1' }])
    expect([lock.ok, existsSync(join(place.root, 'lock.prover'))]).toEqual([true, false])
  })

  it('is not waited for any longer by whoever was told to stop', async () => {
    const place = appliance()
    const first = held(await acquire(place, holder(1)))
    const stop = new AbortController()
    const { pauses, lock } = await acquire(place, holder(2), {
      onPause: async () => stop.abort(),
      signal: stop.signal,
    })
    expect(lock).toEqual({ ok: false, failure: { kind: 'cancelled', at: 'run lock' } })
    expect([pauses, first.held()]).toEqual([1, true])
  })

  it('is taken over from a live holder by whoever typed its run, and by nobody else', async () => {
    const place = appliance()
    const first = held(await acquire(place, holder(1)))
    const stop = new AbortController()
    const onPause = async () => stop.abort()
    const other = await acquire(place, holder(2), { takesOver: holder(3).run, onPause, signal: stop.signal })
    expect([other.lock.ok, first.held()]).toEqual([false, true])
    const second = held(await acquire(place, holder(2), { takesOver: holder(1).run }))
    expect([second.held(), second.resumes]).toEqual([true, holder(1).run])
    await expect.poll(() => first.held()).toBe(false)
    expect(JSON.parse(place.lockText())).toEqual(holder(2))
  })

  it('is free when its holder dies, and the next one knows which run ended without a word', async () => {
    const place = appliance()
    const first = held(await acquire(place, holder(1)))
    let died = false
    const onPause = async () => {
      // The lease ends: the process group is gone, nothing was cleared.
      if (!died) first.release()
      died = true
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const second = await acquire(place, holder(2), { onPause })
    expect(first.held()).toBe(false)
    expect(second.events).toHaveLength(1)
    expect(held(second).resumes).toBe(holder(1).run)
    expect(JSON.parse(place.lockText())).toEqual(holder(2))
  })

  it('knows of no such run after one that ended in order', async () => {
    const place = appliance()
    const first = held(await acquire(place, holder(1)))
    await place.connection.run(
      journalScript('clear', { record: 'run-end', run: holder(1).run, outcome: 'done' }, true),
      { as: 'root', deadlineSeconds: 5 },
    )
    first.release()
    const second = held(
      await acquire(place, holder(2), { onPause: () => new Promise((resolve) => setTimeout(resolve, 20)) }),
    )
    expect(second.resumes).toBeUndefined()
  })

  it.each(['garbage', '{"run":1}', '{"run":"a"', '\u001b[31m'])(
    'takes %j in the lock file for nothing',
    async (text) => {
      const place = appliance()
      mkdirSync(place.root)
      writeFileSync(join(place.root, 'lock'), text)
      expect(held(await acquire(place, holder(1))).resumes).toBeUndefined()
    },
  )

  it('leaves no folder behind it that somebody else may write to (P17)', async () => {
    const place = appliance()
    const folders = ['', 'artifacts', 'staging', 'journal'].map((name) => join(place.root, name))
    for (const folder of folders) {
      mkdirSync(folder)
      chmodSync(folder, 0o777)
      if (process.getuid?.() === 0) chownSync(folder, 1234, 1234)
    }
    held(await acquire(place, holder(1)))
    for (const folder of folders) {
      const { uid, mode } = statSync(folder)
      expect([uid, mode & 0o022]).toEqual([process.getuid?.(), 0])
    }
  })

  it('is not taken on an appliance of a newer format', async () => {
    const place = appliance()
    mkdirSync(place.root)
    writeFileSync(join(place.root, 'format'), '7\n')
    expect((await acquire(place, holder(1))).lock).toMatchObject({
      ok: false,
      failure: { kind: 'state-too-new', found: 7, supported: 1 },
    })
    expect(() => place.lockText()).toThrow('ENOENT')
  })

  it('that cannot be written says why', async () => {
    const place = appliance()
    writeFileSync(place.root, 'a file where the folder should be')
    expect((await acquire(place, holder(1))).lock).toMatchObject({
      ok: false,
      failure: { kind: 'step-failed', step: 'run lock', detail: expect.stringMatching(/exists|directory/i) },
    })
  })

  it('passes on what the link says', async () => {
    const place = appliance()
    const failure = { kind: 'link-lost', host: 'a', port: 22, during: 'run lock' } as const
    place.refuse(/lock/, failure)
    expect((await acquire(place, holder(1))).lock).toEqual({ ok: false, failure })
  })
})

/** An appliance that answers with these pieces of bytes, and then no more. */
function saying(...pieces: readonly (string | Uint8Array)[]) {
  const asked: { script: Script; options: StreamOptions }[] = []
  const read = { pieces: 0, closed: false }
  async function* output() {
    for (const piece of pieces) {
      read.pieces += 1
      yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece
    }
  }
  const stream = async (script: Script, options: StreamOptions) => {
    asked.push({ script, options })
    const close = () => {
      read.closed = true
    }
    return ok({ output: output(), ended: new Promise(() => undefined), close })
  }
  return { connection: { stream } as unknown as Connection, asked, read }
}

describe('the answer of a lock', () => {
  it('is asked for as root, by a script that says who wants it and whom it ends', async () => {
    const place = saying('locked \n')
    await acquire(place, holder(1))
    await acquire(place, holder(1), { takesOver: 'run-x' })
    const heads = place.asked.map(({ script }) => readScriptHead(script.text))
    expect(heads).toEqual([
      { block: 'run-lock', holder: holder(1) },
      { block: 'run-lock', holder: holder(1), takesOver: 'run-x' },
    ])
    expect(place.asked[0]).toMatchObject({
      script: { name: 'run lock' },
      options: { as: 'root', deadlineSeconds: expect.any(Number) },
    })
  })

  it('is read as it comes, in whatever pieces', async () => {
    const bytes = new TextEncoder().encode(`locked ${JSON.stringify(holder(1, '李'))}\n`)
    const place = saying(...Array.from(bytes, (byte) => Uint8Array.of(byte)))
    expect(held(await acquire(place, holder(2))).resumes).toBe(holder(1).run)
    const who = new TextEncoder().encode(`held ${JSON.stringify(holder(1, '李'))}\n`)
    const other = saying(...Array.from(who, (byte) => Uint8Array.of(byte)))
    expect((await acquire(other, holder(2))).events).toMatchObject([{ holder: '李', run: holder(1).run }])
    expect([place.read.closed, other.read.closed]).toEqual([false, true])
  })

  it('that does not come is a failure, and so is one that does not end', async () => {
    expect((await acquire(saying(), holder(1))).lock).toMatchObject({ failure: { kind: 'step-failed' } })
    expect((await acquire(saying('lock'), holder(1))).lock).toMatchObject({ failure: { detail: 'lock' } })
    const endless = saying(...Array(100).fill('x'.repeat(1000)))
    expect((await acquire(endless, holder(1))).lock).toMatchObject({ ok: false })
    expect([endless.read.pieces, endless.read.closed]).toEqual([4, true])
  })
})

describe('what a lock file says', () => {
  it('is who holds it, made safe to show', () => {
    expect(readHolder(JSON.stringify(holder(1)))).toEqual(holder(1))
    expect(readHolder(JSON.stringify({ ...holder(1), who: '\u001b[2Jli', more: 1 }))).toEqual(holder(1, '[2Jli'))
  })

  it.each(['null', '7', '[]', '"run"', ...(['run', 'who', 'at'] as const).flatMap(without)])(
    'is nothing of ours where it is %s',
    (text) => expect(readHolder(text)).toBeUndefined(),
  )
})

function without(field: keyof ReturnType<typeof holder>): string[] {
  return [undefined, 7].map((value) => JSON.stringify({ ...holder(1), [field]: value }))
}
