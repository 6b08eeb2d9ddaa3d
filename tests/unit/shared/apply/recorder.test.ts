// The step of a recorder in a real shell, with a systemctl that only pretends: what it puts there for whom it tells, with the
// address on its standard input alone; what comes back when it fails; and that nothing stays of what goes.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { actLine } from '../../../../main/apply/act-line.ts'
import { kindOf } from '../../../../shared/apply/all-kinds.ts'
import { recorderRemoval } from '../../../../shared/apply/recorder.ts'
import type { Command } from '../../../../shared/domain/command.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { recorderUnit } from '../../../../shared/domain/recorder.ts'
import { acting, looked } from '../../../support/host-acts.ts'
import { realShells } from '../../../support/real-shells.ts'
import { movedTo } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

type Spec = StepSpecOf<'recorder'>

const spec: Spec = {
  kind: 'recorder',
  intervalSeconds: 10,
  limitBytes: 1,
  script: 'true',
  scriptSha256: 'a'.repeat(64),
}
const telling = (host: string): Spec => ({
  ...spec,
  alert: { channel: 'duty', host, mark: 'b'.repeat(64), script: `says ${host}`, scriptSha256: 'c'.repeat(64) },
})
const config = (host: string) => `# rackside-alert ${'b'.repeat(64)}\nurl = "https://${host}/tok-7f3a"\n`
const facts = (one: Spec) => looked(one, known(''))

function serverIn([program, ...words]: readonly [string, ...string[]]) {
  const folder = temporaryFolder()
  const stubs = join(folder, 'stubs')
  for (const one of [stubs, join(folder, 'units')]) mkdirSync(one)
  const stub = (name: string, text: string) => writeFileSync(join(stubs, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  stub('systemctl', `case $1 in is-active) [ ! -e ${folder}/broken ] ;; esac`)
  stub('journalctl', 'echo it broke')
  stub('chown', ':')
  stub('sleep', ':')
  const recorder = join(folder, 'rackside', 'recorder')
  const run = (commands: readonly Command[], input = '') => {
    const text = movedTo(folder, commands.map((one) => `${actLine(one)} || exit 1`).join('\n'))
    const moved = text.replaceAll('/etc/systemd/system', join(folder, 'units'))
    expect(moved).not.toContain('tok-7f3a')
    return spawnSync(program, [...words, '-c', moved], {
      ...{ input, encoding: 'utf8', env: { PATH: `${stubs}:${process.env['PATH']}`, SHLVL: '2' } },
    })
  }
  return {
    folder,
    recorder,
    begin: (one: Spec, input = '') => run(acting(one).commands(one, facts(one), 'run'), input),
    undo: (one: Spec) => run(acting(one).undo(one, facts(one), { runId: 'run', failedAt: 1 })),
    remove: (one: Spec) => run(recorderRemoval(one)),
    text: (name: string) => readFileSync(join(recorder, name), 'utf8'),
    names: () => readdirSync(recorder).sort(),
  }
}

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('in %s', (_, shell) => {
  it('whom it tells is one file that only its owner reads, and goes with the next set-up that tells nobody', () => {
    const server = serverIn(shell)
    expect(server.begin(telling('one.example'), config('one.example'))).toMatchObject({ status: 0, stderr: '' })
    expect([server.text('alert.conf'), server.text('alert.sh')]).toEqual([config('one.example'), 'says one.example'])
    expect(statSync(join(server.recorder, 'alert.conf')).mode & 0o777).toBe(0o600)
    mkdirSync(join(server.recorder, 'alerts'))
    expect(server.begin(spec)).toMatchObject({ status: 0, stderr: '' })
    expect(server.names()).toEqual(['recorder.sh', 'ring'])
  })

  it('that does not start leaves whom it told before, and where there was nothing nothing', () => {
    const server = serverIn(shell)
    writeFileSync(join(server.folder, 'broken'), '')
    expect(server.begin(telling('one.example'), config('one.example')).stderr).toContain('it broke')
    expect(server.undo(telling('one.example')).status).toBe(0)
    expect(existsSync(server.recorder)).toBe(false)
    rmSync(join(server.folder, 'broken'))
    server.begin(telling('one.example'), config('one.example'))
    writeFileSync(join(server.folder, 'broken'), '')
    for (const next of [telling('two.example'), spec]) {
      expect(server.begin(next, config('two.example')).status).toBe(1)
      expect(server.undo(next).status).toBe(0)
      expect([server.text('alert.conf'), server.text('alert.sh')]).toEqual([config('one.example'), 'says one.example'])
      expect(server.names()).toEqual(['alert.conf', 'alert.sh', 'recorder.sh', 'ring'])
    }
  })

  it('does not begin without what curl is to get, and leaves nothing when it goes', () => {
    const server = serverIn(shell)
    expect(server.begin(telling('one.example')).status).toBe(1)
    expect(server.undo(telling('one.example')).status).toBe(0)
    expect(existsSync(server.recorder)).toBe(false)
    server.begin(telling('one.example'), config('one.example'))
    expect(server.remove(spec).status).toBe(0)
    expect([existsSync(server.recorder), readdirSync(join(server.folder, 'units'))]).toEqual([false, []])
  })
})

describe('a server without curl', () => {
  it('is told of before anything is done, and only where somebody is to be told', () => {
    const answer = 'systemd there\nenabled none\nactive none\nscript none\nalert none\ncurl missing\nunit none\n'
    const problem = (one: Spec) => kindOf(one).problem?.(one as never, looked(one, known(answer)))
    expect(problem(spec)).toBeUndefined()
    expect(problem(telling('one.example'))).toEqual({
      ...{ kind: 'recorder-alert-unusable', channel: 'duty', problem: 'no-curl' },
    })
  })

  it.each([
    [`${'b'.repeat(64)} ${'c'.repeat(64)}`, 'there-as-wanted'],
    [`${'b'.repeat(64)} ${'d'.repeat(64)}`, 'other-than-wanted'],
    ['none', 'other-than-wanted'],
    ['other', 'other-than-wanted'],
  ])('and one that has %s is seen as %s', (alert, reason) => {
    const head = `systemd there\nenabled enabled\nactive active\nscript ${'a'.repeat(64)}\nalert ${alert}\ncurl there`
    const one = telling('one.example')
    const asked = looked(one, known(`${head}\nunit file\nunit-text\n${recorderUnit}`))
    expect(kindOf(one).isTrue(one as never, asked)).toMatchObject({ reason })
  })
})
