// The audit on the command line: looked up, handed out, kept, its checkpoints put elsewhere, and verified from files alone.
import { createSocket } from 'node:dgram'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { auditBrokenExitCode, exitCodes } from '../../../main/terminal/exit-codes.ts'
import type { AuditEntry } from '../../../shared/domain/audit-search.ts'
import { writeMonths } from '../../support/audit-mutations.ts'
import { runCli } from '../../support/run-cli.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

function written() {
  const home = temporaryFolder()
  const checkpoint = writeMonths(home, [4, 3])
  const elsewhere = join(temporaryFolder(), 'kept.jsonl')
  writeFileSync(elsewhere, `${JSON.stringify(checkpoint)}\n`)
  const cli = (...words: string[]) => runCli(words, { home })
  return { home, checkpoint, elsewhere, cli }
}

describe('rackside audit verify', () => {
  it('needs no console, and says how far a copy of the folder is as it was written', async () => {
    const { home, checkpoint, elsewhere, cli } = written()
    const copy = join(temporaryFolder(), 'copy')
    cpSync(home, copy, { recursive: true })
    const run = await cli('audit', 'verify', copy, '--checkpoint', elsewhere, '--json')
    expect(run.code).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({
      problems: [],
      checkpoints: { agree: 1 },
      endShownTo: checkpoint.number,
    })
    const own = await cli('audit', 'verify')
    expect([own.code, own.stdout]).toEqual([0, expect.stringContaining('no checkpoint from elsewhere')])
    expect(own.stdout).toMatch(/^Consistent in itself: records 1 to \d+, .*Whether the end is missing cannot be seen/)
    expect(JSON.parse((await cli('audit', 'verify', '--json')).stdout)).toMatchObject({ endShownTo: null })
  })

  it('ends with a code of its own where the end was cut off', async () => {
    const { home, elsewhere, cli } = written()
    const file = join(home, 'audit.jsonl')
    writeFileSync(file, `${readFileSync(file, 'utf8').split('\n').slice(0, 3).join('\n')}\n`)
    const run = await cli('audit', 'verify', home, '--checkpoint', elsewhere)
    expect([run.code, run.stdout]).toEqual([auditBrokenExitCode, expect.stringContaining('the end was cut off')])
  })

  it('takes one file too, and refuses what is none and an empty folder', async () => {
    const { home, cli } = written()
    const one = await cli('audit', 'verify', join(home, 'audit', '000001.jsonl'))
    expect(one.code).toBe(0)
    for (const place of [join(home, 'nothing'), temporaryFolder()]) {
      const none = await cli('audit', 'verify', place)
      expect(none.code).toBe(exitCodes['audit-unreadable'])
    }
  })
})

describe('rackside audit', () => {
  it('finds by who, act and time, and says how each came out', async () => {
    const { cli } = written()
    const found = await cli('audit', '--who', 'li', '--act', 'plan', '--until', '2026-01-31T00:00Z', '--json')
    const { entries } = JSON.parse(found.stdout)
    expect(entries).toHaveLength(4)
    expect(entries[0]).toMatchObject({
      isWhole: true,
      came: { result: 'ok' },
      record: { act: 'plan-apply', who: 'li' },
    })
    const number = entries[0].record.number
    const shown = await cli('audit', 'show', String(number))
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('plan-3')])
    const page = JSON.parse((await cli('audit', 'list', '--limit', '2', '--json')).stdout)
    expect(page.entries).toHaveLength(2)
    const older = JSON.parse((await cli('audit', '--before', String(page.next), '--limit', '1', '--json')).stdout)
    expect(older.entries[0].record.number).toBeLessThan(page.entries[1].record.number)
  })

  it('hands out a table in which nothing is a formula', async () => {
    const { home, cli } = written()
    const { openAudit } = await import('../../../main/store/audit/audit.ts')
    const at = '2026-02-20T00:00:00.000Z'
    openAudit(home).append({ at, who: '=HYPERLINK("http://x")', act: 'plan-apply', input: { note: 'a "b"' } })
    const out = join(temporaryFolder(), 'audit.csv')
    const run = await cli('audit', 'export', '--out', out)
    expect(run.code).toBe(0)
    const text = readFileSync(out, 'utf8')
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(text).not.toMatch(/"[=+@-]/)
    const again = await cli('audit', 'export', '--out', out)
    expect(again.code).toBe(exitCodes.usage)
    expect(again.stderr).toContain('audit.csv is there already and was not touched. Name another file.')
    expect(readFileSync(out, 'utf8')).toBe(text)
    const { entries } = JSON.parse((await cli('audit', '--act', 'audit-export-to', '--json')).stdout)
    const told = entries.map(({ record, came }: AuditEntry) => [record.input, came?.result])
    const input = expect.objectContaining({ file: out })
    expect(told).toEqual([
      [input, 'failed'],
      [input, 'ok'],
    ])
  })

  it('is kept for six months at least, and for six years where that was said', async () => {
    const { cli } = written()
    expect((await cli('audit', 'keep', '90')).code).toBe(exitCodes.usage)
    expect((await cli('audit', 'keep', '2192')).stdout).toContain('2192')
    expect(JSON.parse((await cli('audit', 'keep', '--json')).stdout)).toEqual({ retentionDays: 2192 })
  })
})

describe('checkpoints', () => {
  it('go to the folder that was named, all that were missed with the next one, and every command leaves one', async () => {
    const { home, cli } = written()
    const folder = join(temporaryFolder(), 'witness')
    const none = await cli('audit', 'send-to', folder)
    expect(none.code).toBe(exitCodes.usage)
    expect(none.stderr).toContain(`There is no folder ${folder}; make it and try again. Nothing was changed.`)
    expect((await cli('audit', 'send-to')).stdout).toContain('stay on this computer')
    expect((await cli('audit', 'checkpoint')).stdout).toContain('Kept here only: no place is set')
    mkdirSync(folder)
    expect((await cli('audit', 'send-to', folder)).code).toBe(0)
    const file = join(folder, 'checkpoints.jsonl')
    expect((await cli('audit', 'verify', '--checkpoint', file)).stdout).toContain('agree')
    const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n').length
    const before = lines()
    rmSync(folder, { recursive: true })
    expect((await cli('audit', 'checkpoint')).code).toBe(exitCodes['audit-not-exported'])
    mkdirSync(folder)
    const kept = await cli('audit', 'checkpoint')
    expect([kept.code, kept.stdout]).toEqual([0, expect.not.stringContaining('Kept here only')])
    expect(lines()).toBeGreaterThan(before + 1)
    expect((await cli('audit', 'verify', home, '--checkpoint', file)).code).toBe(0)
  })

  it.each(['udp', 'tcp'] as const)('go to a syslog receiver by %s, signed and whole', async (transport) => {
    const { cli } = written()
    const { port, received } = await receiver(transport)
    expect((await cli('audit', 'send-to', `${transport}:127.0.0.1:${port}`)).code).toBe(0)
    const made = JSON.parse((await cli('audit', 'checkpoint', '--json')).stdout)
    const found = received().find((text) => text.includes(`"number":${made.number},`))
    expect(found).toMatch(/^(\d+ )?<133>1 \S+ \S+ rackside - audit-checkpoint \[rackside@32473 consoleId="/)
    expect(found?.endsWith(JSON.stringify(made))).toBe(true)
    expect(JSON.parse((await cli('audit', 'send-to', 'off', '--json')).stdout)).toEqual({
      exportFolder: null,
      syslog: null,
    })
  })
})

async function receiver(transport: 'udp' | 'tcp'): Promise<{ port: number; received: () => string[] }> {
  const texts: string[] = []
  if (transport === 'udp') {
    const socket = createSocket('udp4', (message) => texts.push(message.toString()))
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    onTestFinished(() => void socket.close())
    return { port: socket.address().port, received: () => texts }
  }
  const server = createServer((socket) => {
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.on('end', () => {
      texts.push(text)
      socket.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, received: () => texts }
}
