// What steps noted that they made, as the script finds it in the folder, and how it is taken away again.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gatherMade, madeFrom } from '../../../../main/apply/made.ts'
import { unmakeCommands } from '../../../../main/apply/unmake.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { fail, ok } from '../../../../shared/domain/failure.ts'
import { answeringConnection } from '../../../support/answering-connection.ts'
import { bareFacts } from '../../../support/plan-cases.ts'
import { realShells } from '../../../support/real-shells.ts'
import { finished, movedTo, startShell } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
const note = (spec: unknown, before: unknown) => `made ${base64(spec)} ${base64(before)}\n`
const held = { owner: 'root', group: 'root', mode: '0755' }
const directory = (path: string) => ({ kind: 'directory', path, ...held }) as const
const account = (user: string) => ({ kind: 'account', user, group: user, groups: [] }) as const

describe.each(realShells)('what was made, listed in %s', (...shell) => {
  const place = () => {
    const folder = temporaryFolder()
    const run = async ({ text }: { text: string }) =>
      ok(await finished(startShell(movedTo(folder, text), process.env['PATH'] ?? '', shell as [string])))
    return { notes: join(folder, 'rackside', 'made'), connection: { run } as unknown as Connection }
  }

  it('is nothing where nothing was ever noted', async () => {
    const { notes, connection } = place()
    expect(await gatherMade(connection)).toEqual(ok([]))
    mkdirSync(notes, { recursive: true })
    expect(await gatherMade(connection)).toEqual(ok([]))
  })

  it('is each note with what was there before, where that was noted, and nothing that is no file', async () => {
    const { notes, connection } = place()
    mkdirSync(notes, { recursive: true })
    writeFileSync(join(notes, 'directory.ward.json'), JSON.stringify(directory('/srv/ward')))
    writeFileSync(join(notes, 'account.ward.json'), `${JSON.stringify(account('ward'))}\n`)
    writeFileSync(join(notes, 'account.ward.before.json'), JSON.stringify({ is: 'nothing', note: '病区' }))
    symlinkSync('/etc/hostname', join(notes, 'link.json'))
    expect(await gatherMade(connection)).toEqual(
      ok([
        { made: directory('/srv/ward'), before: {} },
        { made: account('ward'), before: { is: 'nothing', note: '病区' } },
      ]),
    )
  })
})

describe('what was made', () => {
  it('is read to the end, however much it is', () => {
    const many = Array.from({ length: 700 }, (_, at) => directory(`/srv/ward-${at}`))
    const read = madeFrom(many.map((spec) => note(spec, {})).join(''))
    expect(read.ok && read.value.length).toBe(700)
  })

  it('goes from the innermost folder outwards, whatever they are called, and else as it was noted', () => {
    const specs = [account('one'), directory('/srv/ward-with-a-long-name'), directory('/srv/a/b'), account('another')]
    const read = madeFrom(specs.map((spec) => note(spec, {})).join(''))
    expect(read.ok && read.value.map(({ made }) => made)).toEqual([specs[2], specs[1], specs[0], specs[3]])
  })

  it.each([
    ['with something before it', `x${note(account('ward'), {})}`],
    ['with something behind it', note(account('ward'), {}).replace('\n', ' x\n')],
    ['that is cut', note(account('ward'), {}).slice(0, 30)],
    ['of what nobody makes', note({ kind: 'rm', path: '/' }, {})],
    ['of a state before that is none', note(account('ward'), { is: 7 })],
  ])('is not read further than a note %s, which is told', (_what, line) => {
    const detail = `/var/lib/rackside/made: ${line.trim()}`
    expect(madeFrom(note(directory('/srv/ward'), {}) + line)).toEqual(fail({ kind: 'facts-unreadable', detail }))
  })

  it('goes by the commands of its kind, from how it is now; of what leaves nothing behind there is nothing to do', async () => {
    const facts = bareFacts()
    const unmake = (connection: Connection, made: unknown) =>
      unmakeCommands(connection, { made: made as never, before: {} }, facts)
    const { connection, asked } = answeringConnection({})
    const commands = await unmake(connection, directory('/srv/ward'))
    expect(commands.ok && commands.value.length).toBeGreaterThan(0)
    expect(asked[0]?.script.text).toContain('/srv/ward')
    expect(await unmake(connection, { kind: 'reboot', package: 'driver' })).toEqual(ok([]))
  })
})
