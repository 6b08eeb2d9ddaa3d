// What one write does not take: a disk with little room takes a part of the bytes and says so only by a number.
import * as fs from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { openAudit } from '../../../main/store/audit/audit.ts'
import { linesOf } from '../../../main/store/audit/lines.ts'
import { documentIn } from '../../../main/store/folder.ts'
import { auditedActs, recordsIn } from '../../support/audit-records.ts'
import { startChild } from '../../support/child-program.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const disk = vi.hoisted(() => ({ takes: Number.POSITIVE_INFINITY, room: Number.POSITIVE_INFINITY, synced: 0 }))

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  return {
    ...real,
    writeSync(descriptor: number, bytes: Uint8Array, offset: number, length: number) {
      const taken = Math.min(length, disk.takes, disk.room)
      disk.room -= taken
      return taken === 0 ? 0 : real.writeSync(descriptor, bytes, offset, taken)
    },
    fsyncSync(descriptor: number) {
      if (real.fstatSync(descriptor).isDirectory()) disk.synced += 1
      real.fsyncSync(descriptor)
    },
  }
})

beforeEach(() => {
  Object.assign(disk, { takes: Number.POSITIVE_INFINITY, room: Number.POSITIVE_INFINITY, synced: 0 })
})

const line = { at: 'now', who: 'li', act: 'plan-apply', input: '门诊'.repeat(50) }

describe('a disk that takes a few bytes at a time', () => {
  it('has the whole document and the whole line in the end', () => {
    disk.takes = 7
    const folder = temporaryFolder()
    const document = documentIn(folder, 'text.json', z.string(), '')
    expect(document.write('门诊'.repeat(50))).toMatchObject({ ok: true })
    expect(document.read()).toEqual({ ok: true, value: '门诊'.repeat(50) })
    expect(openAudit(folder).append(line)).toMatchObject({ ok: true })
    expect(auditedActs(recordsIn(join(folder, 'audit.jsonl')))).toEqual([line])
  })
})

describe('a disk that takes no more', () => {
  it('leaves the old document, and the failure says how far it came', () => {
    const folder = temporaryFolder()
    const document = documentIn(folder, 'text.json', z.string(), '')
    document.write('old')
    disk.room = 5
    expect(document.write('new'.repeat(10))).toMatchObject({
      ok: false,
      failure: { kind: 'state-unwritable', detail: expect.stringContaining('only 5 of 33 bytes') },
    })
    expect(document.read()).toEqual({ ok: true, value: 'old' })
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  it('does not let an act pass, and its half line does not spoil the next', () => {
    const folder = temporaryFolder()
    const audit = openAudit(folder)
    audit.append(line)
    disk.room = 20
    expect(audit.append(line)).toMatchObject({ ok: false, failure: { kind: 'audit-unwritable' } })
    disk.room = Number.POSITIVE_INFINITY
    expect(audit.append(line)).toMatchObject({ ok: true })
    const [, , half, gap, whole] = linesOf(fs.readFileSync(join(folder, 'audit.jsonl')))
    expect([half?.length, half?.read]).toEqual([21, undefined])
    expect(gap?.read?.record).toMatchObject({ act: 'audit-gap', input: { bytes: 20 } })
    expect(whole?.read?.record).toMatchObject({ act: 'plan-apply', input: line.input })
  })

  it.skipIf(process.platform !== 'linux')(
    'is one too when the system says so (EFBIG after a short write)',
    async () => {
      const folder = temporaryFolder()
      const child = await startChild(
        `
      import { execFileSync } from 'node:child_process'
      import * as z from 'zod'
      import { linesOf } from '../../../main/store/audit/lines.ts'
import { documentIn } from './main/store/folder.ts'
      const document = documentIn(process.argv[2], 'text.json', z.string(), '')
      document.write('old')
      execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=1000'])
      console.log(JSON.stringify([document.write('x'.repeat(5000)), document.read()]))
    `,
        [folder],
      )
      expect(JSON.parse(await child.line())).toMatchObject([
        { ok: false, failure: { kind: 'state-unwritable', detail: expect.stringContaining('EFBIG') } },
        { ok: true, value: 'old' },
      ])
      expect(fs.readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([])
    },
  )
})

describe('the audit file', () => {
  it('has its name on the disk as soon as it is made, and only then', () => {
    const audit = openAudit(temporaryFolder())
    expect(audit.append(line)).toMatchObject({ ok: true })
    // The folder with the key, and the one with the file.
    expect(disk.synced).toBe(2)
    expect(audit.append(line)).toMatchObject({ ok: true })
    expect(disk.synced).toBe(2)
  })
})
