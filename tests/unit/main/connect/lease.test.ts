import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import {
  blockBytes,
  endFrame,
  frameHead,
  heartbeatFrame,
  leaseLine,
  placedFrameHead,
} from '../../../../main/connect/lease.ts'
import { askingLine } from '../../../../main/connect/sudo.ts'
import { unusableExitCode } from '../../../../shared/domain/script-exits.ts'
import { fakePrograms, willingSudo } from '../../../support/fake-ssh-server.ts'
import { needs } from '../../../support/needs.ts'
import { realShells } from '../../../support/real-shells.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { startLease } from './lease-shell.ts'

const feed = { kind: 'feed' } as const

function frame(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(frameHead(bytes.byteLength)), bytes])
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe("the line that is exec'ed", () => {
  it('is the same for every work, and asks sudo only when the login is not root', () => {
    expect(leaseLine('login', 'ops')).toMatch(/^exec \/bin\/sh -c '[^']+'$/)
    expect(leaseLine('root', 'root')).toBe(leaseLine('login', 'ops'))
    expect(leaseLine('root', 'ops')).toBe(leaseLine('login', 'ops').replace('exec ', 'exec env LC_ALL=C sudo -n -- '))
  })
})

describe('the line before its first bytes', () => {
  it('ends by itself where they never come, in the line or in the middle of the wrapper', async () => {
    const line = leaseLine('login', 'ops').replace(/timeout \d+/, 'timeout 1')
    for (const begun of ['', 'eval "$(timeout 1 dd bs=500 count=1 iflag=fullblock 2>/dev/null)"\nhalf a wr']) {
      const child = spawn('sh', ['-c', line], { stdio: ['pipe', 'ignore', 'pipe'] })
      child.stdin.write(begun)
      const [code] = await once(child, 'exit')
      expect(code).not.toBeNull()
    }
  })
})

describe('the line in a login shell', () => {
  const candidates = ['sh', 'dash', 'bash', 'busybox sh', 'zsh', 'fish', 'tcsh', 'csh', 'ksh', 'mksh']
  const isInstalled = (program: string) => spawnSync(program, ['-c', 'true'], { stdio: 'ignore' }).error === undefined
  it.for(candidates)('%s starts the lease in the same process', async (shell, context) => {
    const [program = '', ...words] = shell.split(' ')
    if (!isInstalled(program)) context.skip(`${shell} is not installed`)
    const lease = startLease([program, ...words], { work: 'echo here; exit 8' }, leaseLine('login', 'ops'))
    expect(await lease.ended).toBe(8)
    expect(lease.stdout().toString()).toBe('here\n')
  })
  it.for(candidates)('%s starts a sudo that asks, and the shell behind it', async (shell, context) => {
    const [program = '', ...words] = shell.split(' ')
    if (!isInstalled(program)) context.skip(`${shell} is not installed`)
    // What stands for sudo takes the lines' words as they are, the nested quotes too.
    const path = `${fakePrograms({ sudo: willingSudo })}:${process.env['PATH']}`
    const lease = startLease([program, ...words], { work: 'echo here; exit 8', path }, askingLine('f00d'))
    expect(await lease.ended).toBe(8)
    expect(lease.stdout().toString()).toBe('here\n')
  })
})

describe('a shell that a start-up file put in place of the login shell', () => {
  it.each(realShells.map((shell) => shell.join(' ')))('%s does none of the work', async (shell) => {
    const lease = startLease(['sh'], { work: 'echo here >&2' }, `exec ${shell}`)
    // Some have read on by then: for what is to come they would wait in vain, and some find only a part of it.
    lease.endOfInput()
    expect([unusableExitCode, 2]).toContain(await lease.ended)
    expect(lease.stderr()).toBe('')
  })
})

describe.each(realShells.map((shell) => ({ shell, name: shell.join(' ') })))('the lease in $name', ({ shell }) => {
  it('passes exit codes and keeps the outputs apart', async () => {
    const lease = startLease(shell, { work: "echo 'it''s'; echo no >&2; exit 37" })
    expect(await lease.ended).toBe(37)
    expect([lease.stdout().toString(), lease.stderr()]).toEqual(['its\n', 'no\n'])
    await expect.poll(lease.processes).toEqual([])
  })

  it('gives work without input an empty one', async () => {
    const lease = startLease(shell, { work: 'wc -c' })
    await lease.ended
    expect(lease.stdout().toString().trim()).toBe('0')
  })

  it('returns at once although the work left a process that holds every descriptor', async () => {
    const before = performance.now()
    const lease = startLease(shell, { work: 'sleep 30 & echo done' })
    expect(await lease.ended).toBe(0)
    expect(performance.now() - before).toBeLessThan(2000)
    await expect.poll(lease.processes).toEqual([])
  })

  it('carries any bytes in frames of any size, in order, and closes the input on demand', async () => {
    const lease = startLease(shell, { work: 'cat; echo closed; sleep 30', input: feed })
    const pieces = [Buffer.from('E\n0\n12\nB1\n'), randomBytes(1), randomBytes(3 * blockBytes), randomBytes(777)]
    for (const piece of pieces) {
      lease.send(frame(piece))
      lease.send(heartbeatFrame)
    }
    lease.send(endFrame)
    await lease.printed('closed')
    const out = lease.stdout()
    expect(sha256(out.subarray(0, out.length - 'closed\n'.length))).toBe(sha256(Buffer.concat(pieces)))
    lease.endOfInput()
    await expect.poll(lease.processes, { timeout: 4000 }).toEqual([])
  })

  it('puts frames that have a place into its file, tells the work, and never of one that broke off', async () => {
    const file = join(temporaryFolder(), "it's *")
    const lease = startLease(shell, { work: 'while read -r l; do echo "<$l>"; done', input: { kind: 'placed', file } })
    const bytes = randomBytes(2 * blockBytes + 700)
    lease.send(Buffer.concat([Buffer.from(placedFrameHead(1, 2 * blockBytes + 512, 188)), bytes.subarray(-188)]))
    lease.send(frame(Buffer.from('a line\n')))
    lease.send(Buffer.concat([Buffer.from(placedFrameHead(blockBytes, 0, 2)), bytes.subarray(0, 2 * blockBytes)]))
    lease.send(
      Buffer.concat([Buffer.from(placedFrameHead(512, (2 * blockBytes) / 512, 1)), bytes.subarray(-700, -188)]),
    )
    lease.send(heartbeatFrame)
    await lease.printed(`<arrived ${2 * blockBytes} 512>`)
    expect(sha256(readFileSync(file))).toBe(sha256(bytes))
    lease.send(Buffer.concat([Buffer.from(placedFrameHead(blockBytes, 0, 2)), randomBytes(blockBytes)]))
    lease.endOfInput()
    await expect.poll(lease.processes, { timeout: 4000 }).toEqual([])
    const told = [`arrived ${2 * blockBytes + 512} 188`, 'a line', `arrived 0 ${2 * blockBytes}`]
    expect(lease.stdout().toString()).toBe([...told, `arrived ${2 * blockBytes} 512`].map((l) => `<${l}>\n`).join(''))
  })

  it('says why a file takes no more', async () => {
    const input = { kind: 'placed', file: '/proc/version' } as const
    const lease = startLease(shell, { work: 'read -r l; echo "$l"; exit 41', input })
    lease.send(Buffer.concat([Buffer.from(placedFrameHead(blockBytes, 0, 1)), randomBytes(blockBytes)]))
    expect(await lease.ended).toBe(41)
    expect(lease.stdout().toString()).toMatch(/^failed .*\/proc\/version/)
  })

  it('returns the code of work that ends while data is still on its way', async () => {
    const lease = startLease(shell, { work: 'head -c 5 >/dev/null; exit 41', input: feed })
    lease.send(frame(randomBytes(64 * blockBytes)))
    expect(await lease.ended).toBe(41)
  })

  it('ends a work of no time at all, every time', async () => {
    const leases = Array.from({ length: 12 }, () => startLease(shell, { work: 'exit 5' }))
    expect(await Promise.all(leases.map((lease) => lease.ended))).toEqual(leases.map(() => 5))
    await expect.poll(() => leases.flatMap((lease) => lease.processes())).toEqual([])
  })

  it('takes nonsense instead of a frame for the end', async () => {
    const lease = startLease(shell, { work: 'echo up; sleep 30' })
    await lease.printed('up')
    lease.send('hello\n')
    await expect.poll(lease.processes, { timeout: 4000 }).toEqual([])
  })
})

/** The slow ones: all shells at once. */
function inEveryShell(body: (shell: (typeof realShells)[number]) => Promise<void>): Promise<unknown> {
  return Promise.all(realShells.map(body))
}

describe('the lease in every shell', () => {
  it('ends the whole group at the end of input, also work that minds no TERM', () =>
    inEveryShell(async (shell) => {
      const lease = startLease(shell, { work: "trap '' TERM; (sleep 30; :) & timeout 30 sleep 31 & echo up; sleep 32" })
      await lease.printed('up')
      expect(lease.processes().length).toBeGreaterThan(3)
      lease.endOfInput()
      await expect.poll(lease.processes, { timeout: 5000 }).toEqual([])
    }))

  it('ends the whole group after silence, and not before while heartbeats come', () =>
    inEveryShell(async (shell) => {
      const lease = startLease(shell, { work: 'echo up; sleep 30', silenceSeconds: 1 })
      await lease.printed('up')
      for (let beat = 0; beat < 4; beat += 1) {
        lease.send(heartbeatFrame)
        await sleep(400)
      }
      expect(lease.processes().join('\n')).toContain('sleep 30')
      await expect.poll(lease.processes, { timeout: 4000 }).toEqual([])
    }))

  it('survives work that closes its input and goes on', () =>
    inEveryShell(async (shell) => {
      const lease = startLease(shell, { work: 'exec 0</dev/null; sleep 0.2; echo late; exit 3', input: feed })
      lease.send(frame(randomBytes(100)))
      lease.send(frame(randomBytes(100)))
      expect(await lease.ended).toBe(3)
    }))

  it('keeps sized input for work that does not read it, heartbeats unharmed', () =>
    inEveryShell(async (shell) => {
      const bytes = 200_000 - (200_000 % blockBytes)
      const lease = startLease(shell, { work: 'sleep 1.3; wc -c', input: { kind: 'sized', bytes }, silenceSeconds: 1 })
      lease.send(frame(randomBytes(bytes)))
      const beats = setInterval(() => lease.send(heartbeatFrame), 300)
      expect(await lease.ended).toBe(0)
      clearInterval(beats)
      expect(lease.stdout().toString().trim()).toBe(String(bytes))
    }))
})

describe('the lease under a real sudo', () => {
  const sudo = ['sudo', '-n', '--', '/bin/sh'] as const
  const willing = spawnSync('sudo', ['-n', 'true']).status === 0

  it('returns the code at once although a process is left, and takes its group with it', async (context) => {
    needs(context, willing, 'sudo is not installed or asks for a password')
    const before = performance.now()
    const lease = startLease(sudo, { work: 'sleep 30 & exit 6' })
    expect(await lease.ended).toBe(6)
    expect(performance.now() - before).toBeLessThan(3000)
    await expect.poll(lease.processes).toEqual([])
  })

  it('ends everything, sudo included, after silence', async (context) => {
    needs(context, willing, 'sudo is not installed or asks for a password')
    const lease = startLease(sudo, { work: 'echo up; sleep 30', silenceSeconds: 1 })
    await lease.printed('up')
    await expect.poll(lease.processes, { timeout: 4000 }).toEqual([])
  })
})

describe('the lease with busybox tools', () => {
  it('reads frames, watches silence and ends its group', async (context) => {
    const folder = busyboxFolder()
    // Whether or not it is among today's shells.
    needs(context, spawnSync('busybox', ['true']).error === undefined, 'busybox is not installed')
    const path = `${folder}:${process.env['PATH']}`
    const bytes = randomBytes(3 * blockBytes)
    const lease = startLease(['busybox', 'sh'], {
      work: 'cat; echo closed; sleep 30',
      input: feed,
      silenceSeconds: 1,
      path,
    })
    lease.send(frame(bytes))
    lease.send(endFrame)
    await lease.printed('closed')
    expect(sha256(lease.stdout().subarray(0, bytes.length))).toBe(sha256(bytes))
    await expect.poll(lease.processes, { timeout: 6000 }).toEqual([])
  })
})

function emptyToolFolder(): string {
  const folder = join(temporaryFolder(), 'bin')
  mkdirSync(folder)
  return folder
}

function busyboxFolder(): string {
  const folder = emptyToolFolder()
  for (const tool of ['dd', 'timeout', 'sleep', 'cat', 'head', 'sh']) symlinkSync('/bin/busybox', join(folder, tool))
  return folder
}
