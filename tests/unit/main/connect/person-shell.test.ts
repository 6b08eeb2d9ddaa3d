// A person's shell over a link: which session it takes, what is said where there is none, and that one which comes too late
// is given back.
import { PassThrough } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import type { Link, ShellChannel, ShellOpening } from '../../../../main/connect/link.ts'
import { personShellOver } from '../../../../main/connect/person-shell.ts'
import { withSpares } from '../../../../main/connect/spare-link.ts'
import type { TerminalSize } from '../../../../shared/domain/terminal.ts'

const size = { columns: 80, rows: 24 }

function pretendChannel() {
  const [input, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const sizes: TerminalSize[] = []
  let exit = (_code: number | undefined): void => undefined
  let closed = (): void => undefined
  const close = vi.fn(() => closed())
  const channel: ShellChannel = {
    ...{ input, stdout, stderr, close, resize: (to) => void sizes.push(to) },
    onExit: (listener) => {
      exit = listener
    },
    onClose: (listener) => {
      closed = listener
    },
  }
  return { channel, input, stdout, sizes, close, exit: (code: number) => exit(code), lose: () => closed() }
}

function pretendLink(openShell: (size: TerminalSize) => Promise<ShellOpening>): Link {
  return {
    address: { host: 'ward', port: 22, user: 'ops' },
    onLost: () => () => undefined,
    lostFailure: (during) => ({ kind: 'link-lost', host: 'ward', port: 22, during }),
    openProcess: async () => ({ kind: 'busy' }),
    openForward: async () => ({ kind: 'prohibited' }),
    openShell,
    close: async () => undefined,
  }
}

function open(answer: () => Promise<ShellOpening>, onCrowded = () => undefined) {
  return personShellOver(pretendLink(answer), answer, { size, onCrowded })
}

describe("a person's shell", () => {
  it('is typed into, resized and read, and tells its exit code', async () => {
    const pretend = pretendChannel()
    const shell = await open(async () => ({ kind: 'open', channel: pretend.channel }))
    if (!shell.ok) throw new Error(shell.failure.kind)
    await shell.value.type(Buffer.from('ls\r'))
    shell.value.resize({ columns: 90, rows: 20 })
    pretend.stdout.write('one')
    const output = shell.value.output[Symbol.asyncIterator]()
    expect(String((await output.next()).value)).toBe('one')
    expect([String(pretend.input.read()), pretend.sizes]).toEqual(['ls\r', [{ columns: 90, rows: 20 }]])
    pretend.exit(7)
    pretend.stdout.end()
    expect(await shell.value.ended).toBe(7)
    expect((await output.next()).done).toBe(true)
  })

  it('whose link is lost has no exit code, and keys for it wait for nothing', async () => {
    const pretend = pretendChannel()
    const shell = await open(async () => ({ kind: 'open', channel: pretend.channel }))
    if (!shell.ok) throw new Error(shell.failure.kind)
    pretend.lose()
    expect(await shell.value.ended).toBeUndefined()
    await shell.value.type(Buffer.from('x'))
  })

  it('asks again where every session is in use, lets what only rests give its own back, and then says so', async () => {
    vi.useFakeTimers()
    try {
      const [asked, crowded] = [vi.fn(async () => ({ kind: 'busy' }) as const), vi.fn()]
      const shell = open(asked, crowded)
      await vi.advanceTimersByTimeAsync(10_000)
      expect(await shell).toMatchObject({ failure: { kind: 'usage', problem: 'no-session-left', word: 'ward' } })
      expect([asked.mock.calls.length, crowded.mock.calls.length]).toEqual([8, 8])
    } finally {
      vi.useRealTimers()
    }
  })

  it('that the server refuses says what it said', async () => {
    const shell = await open(async () => ({ kind: 'refused', detail: 'Unable to request a pseudo-terminal' }))
    expect(shell).toMatchObject({
      failure: { problem: 'terminal-refused', word: 'Unable to request a pseudo-terminal' },
    })
  })

  it('that opens after its deadline is closed again', async () => {
    vi.useFakeTimers()
    try {
      const pretend = pretendChannel()
      const shell = open(async () => {
        await new Promise((resolve) => setTimeout(resolve, 30_000))
        return { kind: 'open', channel: pretend.channel }
      })
      await vi.advanceTimersByTimeAsync(31_000)
      expect(await shell).toMatchObject({ failure: { kind: 'deadline-passed' } })
      expect(pretend.close).toHaveBeenCalled()
    } finally {
      vi.useRealTimers()
    }
  })

  it('never takes a further connection, which is for what a plan needs', async () => {
    const dial = vi.fn()
    const link = withSpares(
      pretendLink(async () => ({ kind: 'busy' })),
      { dial, random: () => 0 },
    )
    for (let tries = 0; tries < 3; tries += 1) expect(await link.openShell?.(size)).toEqual({ kind: 'busy' })
    expect(dial).not.toHaveBeenCalled()
  })
})
