// Two `npm run lab` at once (test files in parallel) must not build or boot the same thing twice.
// flock(1) holds the lock and reads our pipe: when this process dies in any way, the lock is free.
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { LabFailure } from '../lab-failure.ts'
import { progress } from '../progress.ts'

export async function withLock<Result>(lockFile: string, work: () => Promise<Result>): Promise<Result> {
  await mkdir(dirname(lockFile), { recursive: true, mode: 0o700 })
  const release = await takeLock(lockFile)
  try {
    return await work()
  } finally {
    await release()
  }
}

function takeLock(lockFile: string): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const holder = spawn('flock', ['--exclusive', lockFile, 'sh', '-c', 'echo taken; exec cat'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      // Of its own session: Ctrl-C reaches this program first, which ends the lock by closing the pipe.
      detached: true,
    })
    const waiting = setTimeout(() => progress(`waiting for another lab command (${lockFile})`), 1000)
    const ended = new Promise<void>((done) => holder.on('close', () => done()))
    holder.on('error', (error) => {
      clearTimeout(waiting)
      reject(new LabFailure('host-command-failed', `flock did not start: ${error.message}`))
    })
    holder.stdout.once('data', () => {
      clearTimeout(waiting)
      resolve(async () => {
        holder.stdin.end()
        await ended
      })
    })
  })
}
