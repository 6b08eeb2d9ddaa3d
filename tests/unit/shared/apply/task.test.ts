// The script of jobs and probes, in real shells: what is noted, what is said, and what is left when it is killed.
import { afterEach, describe, expect, it } from 'vitest'
import { taskFailed, taskResultIn } from '../../../../main/apply/task-ended.ts'
import { taskCommands } from '../../../../shared/apply/task.ts'
import type { TaskStep } from '../../../../shared/domain/task-step.ts'
import { madeJob, madeProbe, taskImages } from '../../../support/made-tasks.ts'
import { realShells } from '../../../support/real-shells.ts'
import { taskPlace } from '../../../support/task-place.ts'

const places: ReturnType<typeof taskPlace>[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

function placeWith(starts: string) {
  const place = taskPlace(starts)
  places.push(place)
  return place
}

const commandOf = (step: TaskStep) => taskCommands(step, taskImages, 'run-1')[0]

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('a task in %s', (_name, shell) => {
  it('that ends well is noted for root alone, and its container is gone', async () => {
    const place = placeWith('echo imported; cat environment')
    const { status, stdout } = await place.start(shell, commandOf(madeJob())).ended
    expect([status, place.notes(), place.modeOf('starter.dddddddddddd.job')]).toEqual([
      0,
      ['starter.dddddddddddd.job'],
      '600',
    ])
    expect(taskResultIn(place.note('starter.dddddddddddd.job').replace(/^/, 'rackside: task ended '))).toMatchObject({
      ...{ role: 'job', task: 'starter', of: 'ward-records', run: 'run-1', outcome: 'passed', exitCode: 0 },
    })
    expect(taskResultIn(stdout)?.outcome).toBe('passed')
    expect(place.acts().at(-1)).toMatch(/^rm --force --volumes c0ffee-\d+$/)
    expect(place.read('made')).toBe('')
    expect(place.read('environment')).toBe('LANGUAGE=zh CN\nEMPTY=\n')
  })

  it('gets its limits and no environment among its words', async () => {
    const place = placeWith('true')
    await place.start(shell, commandOf(madeJob())).ended
    const [create = ''] = place.acts().filter((one) => one.startsWith('create '))
    for (const words of [
      ...['--cap-drop ALL', '--security-opt no-new-privileges', '--read-only', '--restart no', '--no-healthcheck'],
      ...['--memory 67108864 --memory-swap 67108864', '--network rackside-ward', '--log-opt max-size=1m'],
      ...['--mount type=volume,source=rackside-ward-records_notes,target=/notes', '--entrypoint /bin/fill-in'],
    ]) {
      expect(create).toContain(words)
    }
    expect(create).not.toContain('LANGUAGE')
    expect(create).not.toContain('--publish')
  })

  it('that asks a model of another solution joins the network of that before it starts', async () => {
    const place = placeWith('true')
    const { status } = await place.start(shell, commandOf(madeJob({ joins: 'rackside-house' }))).ended
    const acts = place.acts().map((one) =>
      one
        .replace(/c0ffee-\d+/, 'ID')
        .split(' ')
        .slice(0, 4)
        .join(' '),
    )
    expect(status).toBe(0)
    expect(acts.slice(1, 4)).toEqual([
      expect.stringMatching(/^create/),
      'network connect rackside-house ID',
      'start ID',
    ])
    place.set('broken-join', 'network rackside-house not found')
    const failed = await place.start(shell, commandOf(madeJob({ joins: 'rackside-house' }))).ended
    expect([failed.status, failed.stderr]).toEqual([1, 'network rackside-house not found'])
    expect(place.acts().at(-1)).toMatch(/^rm --force --volumes c0ffee-\d+$/)
  })

  it('that fails leaves no note of a job, and says how and what it printed last', async () => {
    const place = placeWith(
      "head -c 50000 /dev/zero | tr '\\0' x; printf '\\033]0;title\\007\\377 no archive\\n'; exit 3",
    )
    const { status, stdout, stderr } = await place.start(shell, commandOf(madeJob())).ended
    expect([status, stdout, place.notes()]).toEqual([1, '', []])
    const failure = taskFailed(`some words\n${stderr}`)
    expect(failure).toMatchObject({ kind: 'task-failed', role: 'job', outcome: 'exit', exitCode: 3, version: '7' })
    const output = failure?.kind === 'task-failed' ? failure.output : ''
    expect(output).toMatch(/^x+\]0;title\ufffd no archive$/)
    expect(output.length).toBeLessThan(1600)
  })

  it('cannot say for itself that it ended well', async () => {
    const lie = '{"role":"job","outcome":"passed"}'
    const place = placeWith(`echo 'rackside: task ended ${lie}'; exit 1`)
    const { stderr } = await place.start(shell, commandOf(madeJob())).ended
    expect(taskFailed(stderr)).toMatchObject({ outcome: 'exit', exitCode: 1 })
  })

  it('that is a probe is noted with itself also when it fails, by the version that it tried', async () => {
    const place = placeWith('exit 1')
    await place.start(shell, commandOf(madeProbe())).ended
    expect(place.notes()).toEqual(['smoke.aaaaaaaaaaaa.probe', 'smoke.aaaaaaaaaaaa.step'])
    expect(JSON.parse(place.note('smoke.aaaaaaaaaaaa.step'))).toEqual(madeProbe())
    place.set('starts', 'true')
    for (const digit of ['b', 'c', 'd', 'e', 'f']) {
      await place.start(shell, commandOf(madeProbe({ against: digit.repeat(64) }))).ended
    }
    expect(place.notes().filter((name) => name.endsWith('.probe'))).toHaveLength(5)
    expect(place.notes()).not.toContain('smoke.aaaaaaaaaaaa.step')
  })

  it('that takes too long is ended, and one that takes too much memory is told apart', async () => {
    const place = placeWith('sleep 60')
    const { stderr } = await place.start(shell, commandOf(madeJob({ timeoutSeconds: 1 }))).ended
    expect(taskFailed(stderr)).toMatchObject({ outcome: 'time-limit' })
    place.set('starts', 'exit 137')
    place.set('killed', 'true')
    const { stderr: ended } = await place.start(shell, commandOf(madeJob())).ended
    expect(taskFailed(ended)).toMatchObject({ outcome: 'memory', exitCode: 137 })
    expect(place.notes()).toEqual([])
  })

  it('that does not start says why', async () => {
    const place = placeWith('true')
    place.set('broken-start', 'exec: "/bin/fill-in": no such file')
    const { stderr } = await place.start(shell, commandOf(madeJob())).ended
    expect(taskFailed(stderr)).toMatchObject({ outcome: 'not-started', output: 'exec: "/bin/fill-in": no such file' })
  })

  it('stops its service meanwhile and starts it again, but not one that did not run', async () => {
    const place = placeWith('cat service')
    place.set('service', 'running')
    const step = { ...madeJob(), pauses: true }
    await place.start(shell, commandOf(step)).ended
    expect([place.read('log'), place.read('service')]).toEqual(['exited\n', 'running\n'])
    place.set('service', 'exited')
    await place.start(shell, commandOf(step)).ended
    expect(place.read('service')).toBe('exited')
  })

  it('whose script is killed is taken away, and its service started, with no note of it', async () => {
    const place = placeWith('touch begun; sleep 60')
    place.set('service', 'running')
    const { kill, ended } = place.start(shell, commandOf({ ...madeJob(), pauses: true }))
    await expect.poll(() => place.read('service'), { timeout: 10_000 }).toBe('exited\n')
    await expect.poll(() => place.read('made') !== '' && place.read('pid') !== '', { timeout: 10_000 }).toBe(true)
    kill()
    await ended
    await expect.poll(() => [place.read('made'), place.read('service')], { timeout: 10_000 }).toEqual(['', 'running\n'])
    expect(place.notes()).toEqual([])
    await expect.poll(place.leftovers).toEqual([])
  })

  it('takes away what an earlier one left, and leaves what watches over it nowhere', async () => {
    const place = placeWith('true')
    place.set('made', 'an earlier one')
    const { status } = await place.start(shell, commandOf(madeJob())).ended
    expect([status, place.acts()[0]]).toEqual([0, 'rm --force --volumes rackside-starter_task'])
    await expect.poll(place.leftovers).toEqual([])
  })
})

it('a task has no commands where its image is not in the engine', () => {
  expect(taskCommands(madeJob(), { images: { state: 'known', value: [] } }, 'run-1')).toEqual([])
})
