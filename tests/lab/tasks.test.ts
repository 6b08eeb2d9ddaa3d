// Jobs and probes on a real appliance: a job runs once for what it is, whatever is killed meanwhile; a probe that finds an
// app out stops the set-up, and takes a new version back.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  during,
  inside,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { bundleAdding, bundleWith, removeOtherBundles } from '../support/other-bundle.ts'

const app = 'apps/clinic-note-helper.yaml'
const solution = 'solutions/clinic-starter.yaml'
const volume = 'rackside-clinic-note-helper_notes'
const volumes = '\nvolumes:\n  - { name: notes, target: /data, backUp: true }\nvariants:'
const notes = '/var/lib/rackside/tasks/clinic-note-helper'
const soak = ['--soak', '2']

/** It says that it answers, and every draft of it breaks off. */
const lies = (text: string) =>
  text
    .replace('readyPath: /readyz', 'readyPath: /healthz')
    .replace('"{needs.model.baseUrl}"', '"http://clinic-model:8080/nothing"')

/** A bundle with a job before the app, which has the app's data. */
function withJob(folder: string, version: string, words: string, timeoutSeconds = 120): string {
  const entry = `kind: job
id: starter-notes
version: "${version}"
title: { en: Starter notes, zh-CN: 初始模板 }
summary: { en: Fills in., zh-CN: 写入。 }
licence: { spdx: Apache-2.0 }
serviceVolumes: [{ name: notes, target: /notes }]
timeoutSeconds: ${timeoutSeconds}
variants:
  - id: amd64
    images: { amd64: { artifact: clinic-note-helper-amd64 } }
    program: /bin/busybox
    arguments: [sh, -c, ${JSON.stringify(words)}]
    overheadBytes: 67108864
    evidence: lab
`
  const services = readFileSync(join(folder, 'catalog', solution), 'utf8')
  const line =
    '  - { role: job, name: starter-notes, job: starter-notes, prepares: clinic-note-helper, runs: before }\n'
  return bundleAdding(folder, { 'jobs/starter-notes.yaml': entry, [solution]: services + line })
}

describe('jobs and probes', () => {
  let appliance: LabAppliance
  let plain = ''
  const console = new TestConsole()
  const shell = (text: string) => inside(appliance, 'sh', '-c', text).then((said) => said.trim())
  const setup = (folder: string) => console.setup(appliance, folder, ...soak).ended
  const folder = `"$(docker volume inspect --format '{{.Mountpoint}}' ${volume})"`
  const lines = (file: string) => shell(`cat ${folder}/${file} 2>/dev/null | wc -l`).then(Number)
  const service = () => shell("docker inspect --format '{{.Id}} {{.State.Status}}' rackside-clinic-note-helper")
  const tasks = () => shell("docker ps --all --format '{{.Names}}' | grep -e '-task$'")

  beforeAll(async () => {
    if (!canRunLab) return
    plain = bundleWith(await artifactsFolder(), app, (text) => text.replace('\nvariants:', volumes))
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it('a probe finds an app out that only says it answers, and the set-up says what runs now', async () => {
    const { code, json, errors } = await setup(bundleWith(plain, app, lies))
    expect(code, errors).toBe(111)
    expect(json).toMatchObject({
      failure: {
        kind: 'task-failed',
        role: 'probe',
        of: 'clinic-note-helper',
        version: '1',
        outcome: 'exit',
        exitCode: 1,
      },
    })
    expect(String((json['failure'] as { output: string }).output)).toContain('the draft ended with')
    expect(errors).toContain('is what runs now, and it is not proven')
    expect(await tasks()).toBe('')
    const status = await console.run('status', appliance)
    expect(status.code).toBe(70)
    expect(JSON.stringify(status.json)).toContain('"reason":"probe-failed"')
  })

  it('the probe passes against one that does, and is not run again where nothing changes', async () => {
    const { code, json, errors } = await setup(plain)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    expect((await setup(plain)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    const status = await console.run('status', appliance)
    expect(status.code, status.errors).toBe(0)
    expect(JSON.stringify(status.json)).toContain('"task":"clinic-note-smoke-test"')
    // For whoever owns the data, as an image with that folder would have it.
    await shell(`chown 65534:65534 ${folder}`)
  })

  it('takes a new version back that its probe finds out', async () => {
    const before = await service()
    const lying = bundleWith(plain, app, (text) => lies(text).replace('version: "1"', 'version: "2"'))
    const { code, json, errors } = await setup(lying)
    expect(code, errors).toBe(111)
    expect(json).toMatchObject({ failure: { kind: 'task-failed', role: 'probe', version: '2', undone: true } })
    expect(await service()).toBe(before)
    expect(before).toContain('running')
    expect((await setup(plain)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('a job runs once, with the service stopped and started again, and is noted for root alone', async () => {
    const bundle = withJob(
      plain,
      '1',
      'echo run >>/notes/runs; wget -q -O - http://clinic-note-helper:8080/ || exit 0; exit 9',
    )
    const before = await service()
    const { code, json, errors } = await setup(bundle)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    expect([await lines('runs'), await tasks()]).toEqual([1, ''])
    expect(await service()).toBe(before)
    expect(await shell(`stat -c '%U %a' ${notes}/starter-notes.*.job`)).toBe('root 600')
    expect((await setup(bundle)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    expect(await lines('runs')).toBe(1)
  })

  const slow = 'echo begun >>/notes/begun; sleep 6; echo done >>/notes/done'
  const isBegun = (count: number) =>
    shell(`n=0; until [ "$(cat ${folder}/begun 2>/dev/null | wc -l)" = ${count} ]; do
n=$((n + 1)); [ $n -lt 300 ] || exit 1; sleep 0.1; done`)

  it('a job whose console is killed goes on to its end, and is found done', async () => {
    const bundle = withJob(plain, '2', slow)
    const setting = console.setup(appliance, bundle, ...soak)
    await during(setting, isBegun(1))
    setting.process.kill('SIGKILL')
    await setting.ended
    const { code, errors } = await setup(bundle)
    expect(code, errors).toBe(0)
    expect([await lines('begun'), await lines('done'), await tasks()]).toEqual([1, 1, ''])
    expect((await setup(bundle)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('a job that is killed with its console leaves no note and nothing stopped, and runs anew to its end', async () => {
    const bundle = withJob(plain, '3', slow)
    const setting = console.setup(appliance, bundle, ...soak)
    await during(setting, isBegun(2))
    expect(await shell('docker inspect --format "{{.State.Status}}" rackside-clinic-note-helper')).toBe('exited')
    setting.process.kill('SIGKILL')
    await shell('systemctl kill --signal=KILL rackside-job.starter-notes.service')
    await setting.ended
    await expect.poll(tasks, { timeout: 15_000 }).toBe('')
    await expect.poll(service, { timeout: 30_000 }).toContain('running')
    expect(await shell(`grep -l '"entryVersion":"3"' ${notes}/*.job`)).toBe('')
    const { code, errors } = await setup(bundle)
    expect(code, errors).toBe(0)
    expect([await lines('begun'), await lines('done'), await tasks()]).toEqual([3, 2, ''])
    expect((await setup(bundle)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('a job that fails is told with its output, and nothing after it is done', async () => {
    const newer = bundleWith(plain, app, (text) => text.replace('version: "1"', 'version: "3"'))
    const before = await service()
    const words = String.raw`echo first; printf '\033[31mno archive here\n'; echo spoiled >>/notes/runs; exit 3`
    const { code, json, errors } = await setup(withJob(newer, '4', words))
    expect(code, errors).toBe(111)
    expect(json).toMatchObject({
      failure: { kind: 'task-failed', role: 'job', task: 'starter-notes', outcome: 'exit', exitCode: 3, undone: true },
    })
    expect((json['failure'] as { output: string }).output).toMatch(/first\n\[31mno archive here$/)
    // In the place of the old version it would have started on data that were put back.
    expect([await service(), await lines('runs'), await tasks()]).toEqual([before, 1, ''])
  })

  it('a job of a version that was taken back has not run, and its data are those of before', async () => {
    const lying = bundleWith(plain, app, (text) => lies(text).replace('version: "1"', 'version: "4"'))
    const before = await service()
    const { code, json, errors } = await setup(withJob(lying, '7', 'echo lost >>/notes/runs'))
    expect(code, errors).toBe(111)
    expect(json).toMatchObject({ failure: { role: 'probe', version: '4', undone: true } })
    expect([await service(), await lines('runs')]).toEqual([before, 1])
    expect(await shell(`grep -l '"entryVersion":"7"' ${notes}/*.job`)).toBe('')
  })

  it('a new version starts on what its job has made of the data', async () => {
    const newer = bundleWith(plain, app, (text) => text.replace('version: "1"', 'version: "3"'))
    const bundle = withJob(newer, '5', 'echo newer >>/notes/runs')
    const { code, errors } = await setup(bundle)
    expect(code, errors).toBe(0)
    expect(await lines('runs')).toBe(2)
    expect((await setup(bundle)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    expect(await lines('runs')).toBe(2)
  })

  it('a job that takes too long is ended on the appliance', async () => {
    const newer = bundleWith(plain, app, (text) => text.replace('version: "1"', 'version: "3"'))
    const { code, json, errors } = await setup(withJob(newer, '6', 'while :; do echo noise; done', 4))
    expect(code, errors).toBe(111)
    expect(json).toMatchObject({ failure: { kind: 'task-failed', role: 'job', outcome: 'time-limit' } })
    expect((json['failure'] as { seconds: number }).seconds).toBeLessThan(40)
    expect(await tasks()).toBe('')
    expect(await service()).toContain('running')
  })

  it('keeps what jobs have done where data stay, and leaves nothing where they go', async () => {
    const newer = bundleWith(plain, app, (text) => text.replace('version: "1"', 'version: "3"'))
    const bundle = withJob(newer, '5', 'echo newer >>/notes/runs')
    expect((await setup(bundle)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    const uninstall = (...words: string[]) =>
      console.run('uninstall', appliance, '--type-host', appliance.address, ...words)
    expect((await uninstall()).json).toMatchObject({ left: [] })
    expect(await shell("cd /var/lib/rackside && find tasks -type f ! -name 'starter-notes.*.job'; ls")).toBe(
      'backups\nmade\nowners\ntasks',
    )
    expect((await setup(bundle)).json).toMatchObject({ verdict: 'healthy' })
    expect(await lines('runs')).toBe(2)
    const { code, json, errors } = await uninstall('--delete-data')
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    const left =
      'docker ps --all --quiet; docker volume ls --quiet; docker network ls --quiet --filter label=rackside.deployment'
    expect(await shell(`${left}; ls -d /var/lib/rackside /run/rackside/task* 2>/dev/null; echo end`)).toBe('end')
  })
})
