// The sh fragments of single probes, run with stand-ins for the commands that they call.
import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { allProbes } from '../../../../shared/facts/assemble.ts'
import { readContainers, readText } from '../../../../shared/facts/engine-objects.ts'
import { readHostState } from '../../../../shared/facts/host-state.ts'
import { readPortText } from '../../../../shared/facts/ports.ts'
import { readSpaceText } from '../../../../shared/facts/spaces.ts'
import { answer } from './recorded.ts'
import { makePlace, type Place } from './shells.ts'

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

/** Runs a probe's fragment; only the given commands and the system's own are on the PATH. */
function run(id: string, tools: Readonly<Record<string, string>>) {
  const place = makePlace()
  places.push(place)
  for (const [name, text] of Object.entries(tools)) place.addTool(name, text)
  const shell = allProbes.find((probe) => probe.id === id)?.shell ?? 'exit 99'
  const ran = spawnSync('sh', ['-c', shell], {
    // Where a whole script keeps what the engine said; here nothing lies there.
    env: { PATH: `${place.tools}:/usr/bin:/bin`, LC_ALL: 'C', answers: `${place.tools}/none` },
    encoding: 'utf8',
  })
  return { exitCode: ran.status, stdout: ran.stdout, stderr: ran.stderr, place }
}

const inspected =
  '{"Id":"a1","Name":"/x","Image":"sha256:b","RestartCount":0,"State":{"Status":"running","StartedAt":"t","Health":null},"Config":{"Labels":{"rackside.deployment":"x"}}}'

describe('the containers fragment', () => {
  const docker = (inspect: string) => `case $1 in ps) printf 'a1\\na2\\n' ;; container) ${inspect} ;; esac`

  it('asks for nothing more where no container is ours', () => {
    expect(run('containers', { docker: 'case $1 in ps) ;; *) exit 9 ;; esac' })).toMatchObject({
      exitCode: 0,
      stdout: '',
    })
  })

  it('does not mind a container that went away in between', () => {
    const ran = run('containers', {
      docker: docker(`echo '${inspected}'; echo 'Error response: No such container: a2' >&2; exit 1`),
    })
    expect(ran.exitCode).toBe(0)
    expect(readText({ state: 'known', value: ran.stdout }, readContainers)).toMatchObject({
      state: 'known',
      value: [{ id: 'a1', name: 'x' }],
    })
  })

  it('fails with what the engine said otherwise', () => {
    const ran = run('containers', { docker: docker(`echo '${inspected}'; echo 'daemon went away' >&2; exit 1`) })
    expect(ran).toMatchObject({ exitCode: 1, stderr: 'daemon went away\n' })
    expect(run('containers', { docker: 'echo dead >&2; exit 1' })).toMatchObject({ exitCode: 1, stderr: 'dead\n' })
  })
})

describe('the ports fragment', () => {
  it('falls back to the kernel tables where ss does not work', () => {
    const ran = run('ports', { ss: 'echo unusable >&2; exit 255' })
    expect(ran.exitCode).toBe(0)
    expect(ran.stdout.startsWith('from ss\nfrom proc\n')).toBe(true)
    expect(readPortText(ran.stdout, 'root')).toMatchObject({ state: 'known' })
  })

  it('takes ss where it works', () => {
    const ran = run('ports', { ss: 'echo "LISTEN 0 128 127.0.0.1:8400 0.0.0.0:*"' })
    expect(readPortText(ran.stdout, 'login')).toMatchObject({
      state: 'known',
      value: [{ address: '127.0.0.1', port: 8400, process: { state: 'unreadable' } }],
    })
  })
})

describe('the space fragments', () => {
  it('find the nearest existing parent of what is not there yet', () => {
    const spaces = readSpaceText(run('spaces', {}).stdout)
    expect(spaces).toMatchObject({ state: 'known', value: { root: { path: '/' } } })
    const path = spaces.state === 'known' ? spaces.value['rackside']?.path : undefined
    expect(['/var/lib/rackside', '/var/lib']).toContain(path)
  })

  it('ask for the folder that Docker says, or else for its usual one', () => {
    const told = readSpaceText(
      run('docker-info', { docker: "printf '/usr/not there/docker|[[Backing Filesystem extfs]]\\n{}\\n'" }).stdout,
    )
    expect(told).toMatchObject({ state: 'known', value: { engine: { path: '/usr' } } })
    const dead = readSpaceText(run('docker-info', { docker: 'echo dead >&2; exit 1' }).stdout)
    const path = dead.state === 'known' ? dead.value['engine']?.path : undefined
    expect(['/var/lib/docker', '/var/lib']).toContain(path)
  })
})

describe('the kernel-log fragment', () => {
  const said = 'kernel: NVRM: Xid (PCI:0000:5a:00): 79, GPU has fallen off the bus.'

  it('takes only the lines about hardware from the journal', () => {
    const journal = `echo '2026-11-17T06:22:41+0800 w ${said}'; echo '2026-11-17T06:22:42+0800 w kernel: eth0: up'`
    const ran = run('kernel-log', { journalctl: journal, dmesg: 'exit 9' })
    expect(ran).toMatchObject({ exitCode: 0, stdout: `journal\n2026-11-17T06:22:41+0800 w ${said}\nend\n` })
  })

  it('asks the ring buffer where the journal is empty, and knows that nothing was said', () => {
    const ran = run('kernel-log', { journalctl: 'exit 0', dmesg: 'echo "[    0.000000] Linux version 6.1"' })
    expect(ran).toMatchObject({ exitCode: 0, stdout: 'ring\nend\n' })
  })

  it('leaves the words that the kernel was started with on the appliance', () => {
    const words = 'BOOT_IMAGE=/vmlinuz rd.driver.blacklist=nouveau inst.ks=http://pxe.ward.example token=abc'
    const spellings = [
      `Command line: ${words}`,
      `Kernel command line: ${words}`,
      `Unknown kernel command line: ${words}`,
    ]
    const dmesg = spellings.map((line) => `echo '[    0.000000] ${line}'`).join('\n')
    expect(run('kernel-log', { journalctl: 'exit 0', dmesg })).toMatchObject({ exitCode: 0, stdout: 'ring\nend\n' })
  })

  it('keeps grave lines beside a driver that says much, in the order in which they were said', () => {
    const dmesg = `echo '[    1.0] ${said}'
for one in 1 2 3 4 5; do for two in $(seq 40); do echo "[    2.0] amdgpu: $one.$two"; done; done
echo '[    3.0] sdb: I/O error'
for one in $(seq 120); do echo "[    4.$one] EDAC MC0: corrected"; done
echo '[    5.0] amdgpu: last'`
    const lines = run('kernel-log', { journalctl: 'exit 0', dmesg }).stdout.split('\n')
    expect(lines).toHaveLength(1 + 100 + 100 + 2)
    expect(lines.slice(0, 2)).toEqual(['ring', '[    2.0] amdgpu: 3.22'])
    expect(lines.slice(-4)).toEqual(['[    4.120] EDAC MC0: corrected', '[    5.0] amdgpu: last', 'end', ''])
    const few = dmesg.replace('seq 120', 'seq 98')
    expect(run('kernel-log', { journalctl: 'exit 0', dmesg: few }).stdout).toContain('fallen off the bus')
  })

  it('does not say that nothing was said where the lines cannot be picked', () => {
    const ran = run('kernel-log', { journalctl: 'exit 0', dmesg: `echo '${said}'`, awk: 'exit 127' })
    expect(ran).toMatchObject({ exitCode: 1, stdout: 'ring\n' })
  })

  it('fails with the reason where neither may be read', () => {
    const ran = run('kernel-log', { journalctl: 'exit 1', dmesg: 'echo "not permitted" >&2; exit 1' })
    expect(ran).toMatchObject({ exitCode: 1, stdout: '', stderr: 'not permitted\n' })
  })
})

describe('the host-state fragment', () => {
  it('tells of this machine what the reader understands, and no word of the command line that is not about devices', () => {
    const { exitCode, stdout, stderr } = run('host-state', {})
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const read = readHostState(new Map([['host-state', answer('host-state', stdout)]]))
    expect(read.disks.state).toBe('known')
    expect(read.kernelOptions.state).not.toBe('absent')
    expect(stdout).not.toMatch(/root=|password/)
  })
})

describe('every fragment', () => {
  it.each(allProbes.map((probe) => probe.id))('%s is sh that parses', (id) => {
    const shell = allProbes.find((probe) => probe.id === id)?.shell ?? ''
    expect(spawnSync('sh', ['-n', '-c', shell], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  })

  it.each(allProbes.filter((probe) => probe.tool === true).map((probe) => probe.id))(
    '%s, a vendor tool, takes the place of its shell, or is watched in each of its calls',
    (id) => {
      const lines = (allProbes.find((probe) => probe.id === id)?.shell ?? '').split('\n')
      const calls = lines.filter((line) => /\s(?:info|-link|--json|--query-\S+)(?:\s|$)/.test(line))
      for (const call of calls) expect(call).toMatch(/^\s*(?:exec|watched) /)
      expect(lines.at(-1)).toMatch(calls.some((call) => call.includes('watched')) ? /^(?:exec .*|exit 0)$/ : /^exec /)
    },
  )
})
