// What a service keeps is saved and put back, in real shells and with the tar that is here: the same files, modes and
// times; and whatever goes wrong is said before it does harm.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  putVolumesBack,
  roomToSave,
  saveVolumes,
  tooLittleRoomText,
  volumesToSave,
} from '../../../../shared/apply/volume-backup.ts'
import { reserveBytes } from '../../../../shared/domain/disk-reserve.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { backupLabel } from '../../../../shared/domain/remote-layout.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'
import { deployment, specDigest, volume, volumePlace } from '../../../support/volume-place.ts'
import { installed, shells } from '../facts/shells.ts'

const { facts } = planCase('installed')
const model = planFor(facts).steps.find((s) => s.id === 'container.ward-model')?.spec as StepSpecOf<'container'>
const step = { ...model, spec: { ...model.spec, deployment } }
const save = saveVolumes(step, [volume])[0]
const back = (isSaved = true, starts = true) =>
  putVolumesBack(step.spec.deployment, { volumes: [volume], isSaved, starts })
const room = roomToSave([volume])[0]

describe.each(shells.filter(([program]) => installed(program)).map((shell) => [shell.join(' '), shell] as const))(
  'the data of a service, in %s',
  (_name, shell) => {
    let place: ReturnType<typeof volumePlace>
    beforeEach(() => {
      place = volumePlace()
      fill(place.data)
    })
    afterEach(() => place.remove())
    const run = (command: typeof save) => place.run(shell, command)
    const well = { status: 0, stderr: '' }

    it('are put back without what jobs have made of them since, which counts as not done then', () => {
      mkdirSync(place.notes, { recursive: true })
      const note = (name: string) => join(place.notes, name)
      writeFileSync(note('before.aaaaaaaaaaaa.job'), '{}')
      utimesSync(note('before.aaaaaaaaaaaa.job'), 1, 1)
      run(save)
      writeFileSync(note('since.bbbbbbbbbbbb.job'), '{}')
      writeFileSync(note('since.bbbbbbbbbbbb.probe'), '{}')
      expect(run(back())).toEqual(well)
      expect(readdirSync(place.notes).sort()).toEqual(['before.aaaaaaaaaaaa.job', 'since.bbbbbbbbbbbb.probe'])
    })

    it('are in an archive that only the owner reads, under the version they are from', () => {
      expect(run(save)).toEqual(well)
      const [name = ''] = place.archives()
      expect(name).toMatch(new RegExp(`^\\d{8}T\\d{6}Z-${specDigest}$`))
      expect(place.filesIn(name)).toEqual(['of', `${volume}.bytes`, `${volume}.tar`])
      expect(statSync(place.archiveIn(name)).mode & 0o777).toBe(0o600)
      expect(place.acts()).toEqual([])
    })

    it('are put back as they were, before the old version starts', () => {
      const before = look(place.data)
      run(save)
      spoil(place.data)
      expect(run(back())).toEqual(well)
      expect(look(place.data)).toEqual(before)
      const name = `rackside-${deployment}`
      const acts = [`stop ${name}`, `update --restart no ${name}`, `update --restart always ${name}`, `start ${name}`]
      expect(place.acts()).toEqual(acts)
      // What is in the volume afterwards is meant: nothing puts this back once more.
      expect(place.filesIn(place.archives()[0] ?? '')).toEqual([`${volume}.bytes`, `${volume}.tar`])
    })

    it('are put back also where the engine has started the old version meanwhile, but not what a later start left', () => {
      const before = look(place.data)
      run(save)
      spoil(place.data)
      const spoiled = look(place.data)
      place.set('started', '2026-11-20T08:01:00Z')
      expect(run(back(false))).toEqual(well)
      expect(look(place.data)).toEqual(spoiled)
      expect(run(back())).toEqual(well)
      expect(look(place.data)).toEqual(before)
    })

    it('are put back first where a run broke off after a new version had them', () => {
      const before = look(place.data)
      run(save)
      spoil(place.data)
      expect(run(save)).toEqual(well)
      expect(look(place.data)).toEqual(before)
      expect(place.archives()).toHaveLength(1)
    })

    it('are saved anew where the old version has run since, and the newest five stay', () => {
      for (const minute of [1, 2, 3, 4, 5, 6, 7]) {
        place.set('started', `2026-11-20T08:0${minute}:00Z`)
        writeFileSync(join(place.data, 'notes.txt'), `${minute}`)
        place.addTool('date', `echo 20261120T080${minute}00Z`)
        expect(run(save)).toEqual(well)
      }
      expect(place.archives().map((name) => name.slice(12, 13))).toEqual(['3', '4', '5', '6', '7'])
      expect(readFileSync(join(place.data, 'notes.txt'), 'utf8')).toBe('7')
    })

    it('stay as they are where the archive is broken, and nothing is started on them', () => {
      run(save)
      spoil(place.data)
      const spoiled = look(place.data)
      truncateSync(place.archiveIn(place.archives()[0] ?? ''), 3000)
      const { status, stderr } = run(back())
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/could not be put back, and it was not started; they lie in .*Z-b+/),
      ])
      expect(look(place.data)).toEqual(spoiled)
      const name = `rackside-${deployment}`
      expect(place.acts()).toEqual([`stop ${name}`, `update --restart no ${name}`])
      expect(place.archives()).toHaveLength(1)
    })

    it('are not touched while a container has them', () => {
      run(save)
      spoil(place.data)
      const spoiled = look(place.data)
      place.set('users', 'c0ffee')
      expect(run(back()).stderr).toContain(`the volume ${volume} is in use by c0ffee`)
      expect(look(place.data)).toEqual(spoiled)
    })

    it('are not those of a volume of somebody else', () => {
      place.set('label', '')
      for (const command of [room, save]) expect(run(command)).toMatchObject({ status: 1 })
      expect(place.archives()).toEqual([])
    })

    it('that this run has saved must be there; where it has saved none, the old version just starts', () => {
      expect(run(back())).toMatchObject({ status: 1 })
      expect(run(back(false))).toEqual(well)
      expect(run(back(false, false))).toEqual(well)
      expect(place.acts().filter((act) => act.startsWith('start'))).toEqual([`start rackside-${deployment}`])
    })

    it('leave nothing half-saved where the disk runs full', () => {
      place.addTool('tar', '[ "$1" = --help ] || { echo "tar: No space left on device" >&2; exit 2; }')
      const { status, stderr } = run(save)
      expect(status).toBe(1)
      expect(stderr).toBe(`tar: No space left on device\nthe data of rackside-${deployment}-previous were not saved\n`)
      expect(place.archives()).toEqual([])
    })

    it.runIf(installed('busybox'))(
      'come back also by a tar that knows less, with the times of files in whole seconds',
      () => {
        place.addTool('tar', 'exec busybox tar "$@"')
        const before = look(place.data).map(fewerTimes)
        expect(run(save)).toEqual(well)
        spoil(place.data)
        expect(run(back())).toEqual(well)
        expect(look(place.data).map(fewerTimes)).toEqual(before)
      },
    )

    it('need room beside them, and how much is said', () => {
      expect(run(room)).toEqual(well)
      place.addTool('df', 'echo "/dev/sda1 1000000 900000 100000 90% /"')
      const { status, stderr } = run(room)
      expect(status).toBe(1)
      expect(stderr).toMatch(new RegExp(`^${tooLittleRoomText}; path /.*/backups; needs \\d+; free 102400000\n$`))
    })
  },
)

it('what is saved is what the wanted version says and what the one in service was started with', () => {
  const [container] = knownValue(facts.containers)
  const volumes = [
    { name: volume, target: '/data', backUp: true },
    { name: 'rackside-ward-records_cache', target: '/cache', backUp: false },
  ]
  const wanted = { ...step, spec: { ...step.spec, volumes } }
  const there = (labels: Record<string, string>) => ({
    containers: known(container === undefined ? [] : [{ ...container, name: `rackside-${deployment}`, labels }]),
  })
  expect(volumesToSave(wanted, there({}))).toEqual([volume])
  expect(volumesToSave(wanted, there({ [backupLabel]: `${volume} older` }))).toEqual([volume, 'older'])
  expect(volumesToSave(step, there({ [backupLabel]: '../../etc -rf' }))).toEqual([])
  const others = knownValue(there({ [backupLabel]: 'theirs' }).containers).map((one) => ({ ...one, name: 'somebody' }))
  expect(volumesToSave(wanted, { containers: known(others) })).toEqual([volume])
  expect(volumesToSave(wanted, { containers: absent })).toEqual([volume])
})

it('what is saved is named in the shell of the step, and room is asked for beside what stays free', () => {
  for (const one of [save, room, back()]) {
    expect([one?.words[0], one?.words[1], one?.words[3]]).toEqual(['sh', '-c', 'sh'])
  }
  expect(Number(room?.words[5]) * 1024).toBe(reserveBytes)
})

function fill(folder: string): void {
  mkdirSync(join(folder, 'letters', '.drafts'), { recursive: true })
  writeFileSync(join(folder, 'notes.txt'), 'of a ward\n')
  writeFileSync(join(folder, 'letters', "it's \n odd"), '\0\x01')
  writeFileSync(join(folder, 'letters', `${'病历'.repeat(30)}.txt`), '门诊小结')
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/letters/`), Buffer.from([0xb2, 0xa1])]),
    'named in another charset',
  )
  symlinkSync('../notes.txt', join(folder, 'letters', 'link'))
  linkSync(join(folder, 'notes.txt'), join(folder, 'second-name'))
  chmodSync(join(folder, 'notes.txt'), 0o4640)
  chmodSync(join(folder, 'letters'), 0o2750)
  utimesSync(join(folder, 'notes.txt'), 1_600_000_000, 1_600_000_000)
  utimesSync(join(folder, 'letters'), 1_500_000_000, 1_500_000_000)
}

function spoil(folder: string): void {
  writeFileSync(join(folder, 'notes.txt'), 'spoiled')
  rmSync(join(folder, 'letters'), { recursive: true })
  mkdirSync(join(folder, '.new'))
  writeFileSync(join(folder, '.new', 'schema'), '2')
}

const fewerTimes = (line: string) => line.replace(/(\d{10})\.\d+/, '$1').replace(/( [dl] \d+ \d+ \d+ \d+) \d+/, '$1')

/** Of everything in a folder and of itself: kind, mode, owners, names, time, where it leads, content. */
function look(folder: string): string[] {
  const text = `find . -printf '%P %y %m %U %G %n %T@ %l\\n' && find . -type f -exec sha256sum {} +`
  const { stdout } = spawnSync('sh', ['-c', text], {
    cwd: folder,
    encoding: 'latin1',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
  })
  return stdout.split('\n').sort()
}
