// One builder at a time for one dist/ folder. A lock left by a dead process is taken over. Should two
// ever build at once all the same (a taken-over lock, a reused process id, a hung builder), that is
// waste and never damage: a build replaces whole files.
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const longestWaitMs = 120_000
const pauseMs = 50
/** A lock without a process id is being written right now, or its writer died in between. */
const longestWriteMs = 5_000

/**
 * Runs `work` while holding the lock file; returns without running it as soon as `isDone` says that
 * another process has done it.
 * @param {string} lock
 * @param {() => boolean} isDone
 * @param {() => Promise<void>} work
 */
export async function underLock(lock, isDone, work) {
  const giveUpAt = Date.now() + longestWaitMs
  while (!take(lock) && Date.now() < giveUpAt) {
    await sleep(pauseMs)
    if (isDone()) return
  }
  try {
    if (!isDone()) await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** @param {string} lock */
function take(lock) {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  if (!isHeld(lock)) setAside(lock)
  return false
}

/** @param {string} lock */
function isHeld(lock) {
  try {
    const holder = Number.parseInt(readFileSync(lock, 'utf8'), 10)
    if (Number.isNaN(holder)) return Date.now() - statSync(lock).mtimeMs < longestWriteMs
    process.kill(holder, 0)
    return true
  } catch (error) {
    // EPERM: alive, and somebody else's. ENOENT (released just now) and ESRCH: nobody holds it.
    return codeOf(error) === 'EPERM'
  }
}

/** Renaming has one winner among several that saw the same dead holder. @param {string} lock */
function setAside(lock) {
  const aside = `${lock}.${process.pid}.dead`
  try {
    renameSync(lock, aside)
    rmSync(aside, { force: true })
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** @param {unknown} error */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
