// The note of what a step makes, in real shells: there before the act, as it was again when the act is undone, and gone
// with everything beside it once what was made is taken away.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { notesBy } from '../../../../shared/apply/host-act.ts'
import type { Command } from '../../../../shared/domain/command.ts'
import { commandLine } from '../../../../shared/domain/quote.ts'
import { realShells, runInShell } from '../../../support/real-shells.ts'
import { movedTo } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const spec = (value: string) => ({ kind: 'kernel-parameter', key: 'vm.swappiness', value }) as const
const parameters = notesBy<'kernel-parameter'>(({ key }) => key)

describe.each(realShells)('a note in %s', (...shell) => {
  const place = () => {
    const folder = temporaryFolder()
    const notes = join(folder, 'rackside', 'made')
    const name = join(notes, 'kernel-parameter.vm.swappiness')
    const run = (command: Command) =>
      expect(runInShell(shell as unknown as [string], movedTo(folder, commandLine(command)))).toMatchObject({
        status: 0,
      })
    const read = (end: string) => JSON.parse(readFileSync(`${name}.${end}`, 'utf8'))
    return { folder, notes, name, run, read }
  }

  it('says what is made and what was there before that, which stays as it was noted first', () => {
    const { notes, name, run, read } = place()
    run(parameters.write(spec('10'), { value: '60' }))
    run(parameters.write(spec('20'), { value: '10' }))
    expect([read('json'), read('before.json'), read('old')]).toEqual([spec('20'), { value: '60' }, spec('10')])
    expect(statSync(`${name}.json`).mode & 0o777).toBe(0o600)
    expect(statSync(notes).mode & 0o777).toBe(0o700)
  })

  it('of a run that fails is what it was before that run, and none where there was none', () => {
    const { notes, run, read } = place()
    run(parameters.write(spec('10'), { value: '60' }))
    run(parameters.write(spec('20'), { value: '10' }))
    run(parameters.takeBack(spec('20')))
    expect([read('json'), read('before.json')]).toEqual([spec('10'), { value: '60' }])
    run(parameters.write(spec('10'), { value: '10' }))
    run(parameters.takeBack(spec('10')))
    expect(readdirSync(notes).sort()).toEqual(
      ['before.json', 'json'].map((end) => `kernel-parameter.vm.swappiness.${end}`),
    )
    run(parameters.forget(spec('10')))
    run(parameters.write(spec('10'), { value: '60' }))
    run(parameters.takeBack(spec('10')))
    expect(readdirSync(notes)).toEqual([])
  })

  it('has a copy of the file that is changed, of the first time, and goes with it', () => {
    const { folder, notes, name, run } = place()
    const file = join(folder, 'settings')
    mkdirSync(notes, { recursive: true })
    writeFileSync(file, 'before\n')
    run(parameters.write(spec('10'), {}, file))
    writeFileSync(file, 'after\n')
    writeFileSync(`${name}.copy.last`, 'after\n')
    run(parameters.write(spec('20'), {}, file))
    expect(readFileSync(`${name}.copy`, 'utf8')).toBe('before\n')
    run(parameters.takeBack(spec('20')))
    expect([existsSync(`${name}.copy`), existsSync(`${name}.copy.last`)]).toEqual([true, false])
    run(parameters.forget(spec('10')))
    expect(readdirSync(notes)).toEqual([])
  })
})

it('notes of different things do not meet, and their texts run in the shell of the step', () => {
  const volumes = notesBy<'volume'>(({ name }) => name)
  const accounts = notesBy<'account'>(({ user }) => user)
  const names = [
    ...['/srv/a', '/srv/b'].map((key) => parameters.forget({ kind: 'kernel-parameter', key, value: '1' })),
    ...['a', 'b'].map((name) => volumes.forget({ kind: 'volume', name, deployment: 'ward' })),
    accounts.forget({ kind: 'account', user: 'a', group: 'a', groups: [] }),
  ].map(({ words }) => words)
  expect(new Set(names.map((words) => words[4])).size).toBe(names.length)
  // As main/apply/step-script.ts knows them: what else is a process, whose words are for everybody to read.
  for (const words of names) expect([words[0], words[1], words[3]]).toEqual(['sh', '-c', 'sh'])
})
