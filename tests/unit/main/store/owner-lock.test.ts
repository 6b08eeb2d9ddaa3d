// One owner of the state folder: a second process is refused while the first lives, and no longer.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tryOwn } from '../../../../main/store/owner-lock.ts'
import { startChild } from '../../../support/child-program.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const holder = `
  import { tryOwn } from './main/store/owner-lock.ts'
  const lock = tryOwn(process.argv[2])
  console.log(lock === undefined ? 'refused' : 'owner')
  process.stdin.once('data', () => { lock?.release(); console.log('released') })
  setInterval(() => {}, 1000)
`

/** Keeps nothing of what it got, and collects garbage as often as it is asked. */
const forgetful = `
  import { setFlagsFromString } from 'node:v8'
  import { runInNewContext } from 'node:vm'
  import { tryOwn } from './main/store/owner-lock.ts'
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  console.log(tryOwn(process.argv[2]) === undefined ? 'refused' : 'owner')
  process.stdin.on('data', async () => {
    for (let round = 0; round < 5; round++) {
      collect()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    console.log('collected')
  })
`

describe('the owner lock', () => {
  it('is held although nobody keeps what it returned', async () => {
    const folder = temporaryFolder()
    const owner = await startChild(forgetful, [folder])
    expect(await owner.line()).toBe('owner')
    owner.process.stdin?.write('x')
    expect(await owner.line()).toBe('collected')
    expect(tryOwn(folder)).toBeUndefined()
  })

  it('is held against a second process until the first is killed', async () => {
    const folder = temporaryFolder()
    const first = await startChild(holder, [folder])
    expect(await first.line()).toBe('owner')
    expect(tryOwn(folder)).toBeUndefined()
    const second = await startChild(holder, [folder])
    expect(await second.line()).toBe('refused')
    first.kill('SIGKILL')
    await first.ended
    const mine = tryOwn(folder)
    expect(mine).toBeDefined()
    mine?.release()
  })

  it('is free again after a release, in the same process and in another', async () => {
    const folder = temporaryFolder()
    const first = await startChild(holder, [folder])
    await first.line()
    first.process.stdin?.write('x')
    expect(await first.line()).toBe('released')
    for (let round = 0; round < 3; round++) {
      const lock = tryOwn(folder)
      expect(lock).toBeDefined()
      expect(tryOwn(folder)).toBeUndefined()
      lock?.release()
    }
  })

  it('throws where there is nothing to lock', () => {
    expect(() => tryOwn(join(temporaryFolder(), 'missing'))).toThrow()
  })
})
