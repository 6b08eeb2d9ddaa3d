// A recording tells what an appliance answered and nothing of whom it belongs to; replayed it reads as the appliance did.
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { recording } from '../../../../shared/domain/recording.ts'
import { allProbes, assembleFacts } from '../../../../shared/facts/assemble.ts'
import { readFrames } from '../../../../shared/facts/frames.ts'
import { readPortText } from '../../../../shared/facts/ports.ts'
import type { Answers, ProbeAnswer } from '../../../../shared/facts/probe.ts'
import { recordingOf, replayedText } from '../../../../shared/facts/recording.ts'
import { answer, recordedCases } from './recorded.ts'

const nonce = 'nonce0123456789abcdef'
const takenAt = '2026-11-26T08:00:00.000Z'
const ids = allProbes.map((probe) => probe.id)
const snapshotOf = (answers: Answers) => ({ takenAt, privilege: 'root' as const, probes: allProbes, answers })
const answersOf = (...list: ProbeAnswer[]) => new Map(list.map((one) => [one.id, one]))
const redacted = (id: string, text: string, hidden: readonly string[] = []) =>
  recordingOf(snapshotOf(answersOf(answer(id, text))), hidden).probes[0]?.stdout

/** Facts without what a recording hides on purpose. */
function withoutNames(facts: Facts): unknown {
  const text = JSON.stringify({ ...facts, machineId: '', hostname: '', listeningPorts: '' }, (key, value) => {
    if (key === 'filesystem' && /^[^/]+:\/./.test(value)) return 'host-1.example:/'
    return key === '' || typeof value?.pid !== 'number' ? value : { ...value, name: value.name.split(/\s/, 1)[0] }
  })
  return JSON.parse(text.replaceAll(/(?<=\d )[\w-]+(?= kernel: )/g, 'redacted'))
}

/** Logins and hosts that people really name so: words of tools, distributions and products. */
const ordinaryNames =
  'ubuntu nvidia gpu docker root intel ascend node node1 card chip npu info memory h20 h100 a100 910b 300I model end host linux module overlay2 up ok'.split(
    ' ',
  )

describe('a recording', () => {
  describe.each([
    ['', []],
    [' of ordinary names', ordinaryNames],
  ])('of an appliance%s', (_names, hidden) => {
    it.each(recordedCases().map((one) => [`${one.reader}: ${one.name}`, one.answers] as const))(
      'reads as the appliance itself: %s',
      (_name, answers) => {
        const whole = new Map([...answers].filter(([, one]) => one.damage === undefined))
        const made = recording.parse(recordingOf(snapshotOf(whole), hidden))
        const again = readFrames(replayedText(made, { nonce, ids }), nonce)
        expect(withoutNames(assembleFacts(snapshotOf(again)))).toEqual(withoutNames(assembleFacts(snapshotOf(whole))))
      },
    )
  })

  it('has no name of the appliance, of its users or of its domain, wherever people may have written it', () => {
    const uname = 'pacs-01.ward.example\n6.1.0\nx86_64\n'
    const answers = answersOf(
      answer('uname', uname),
      answer('system', 'on pacs-01: ops logged in from pacs-01.ward.example', { stderr: 'ops@10.1.2.3: no' }),
      answer('kernel-log', 'journal\n2026-11-17T06:22:41+0800 pacs-01 kernel: oom-kill: task=ops-agent\nend\n'),
      answer('nvidia-smi-xml', '<process_name>/opt/ops/bin/python3</process_name><x>10.1.2.3 ris.ward.example</x>'),
      answer('npu-smi', '| Process id |\n| 0 0 | 37656 | /home/ops/serve | 61200 |'),
      answer('spaces', 'space root /\n/dev/mapper/cl_pacs--01-root 100 10 90 10% /mnt/ops\n'),
      answer('host-state', 'host\ndisk dm-0 0 200 cl_pacs--01-root\nend\n'),
      answer('container-devices', 'host\ncontainer {"Runtime":"runc","Name":"/ops-chat"}\n> for ops\nend\n'),
      answer('containers', '{"Name":"/ops-chat"}', { stderr: 'pacs-01 did not answer' }),
      answer('ports', 'from ss\nLISTEN 0 9 *:80 *:* users:(("ops",pid=1,fd=3))'),
      answer(
        'docker-info',
        '{"DockerRootDir":"/data/ops","Name":"pacs-01","Labels":["site=ops"]}\nspace engine /data/ops',
      ),
    )
    const text = JSON.stringify(recordingOf(snapshotOf(answers), ['ops', '10.1.2.3']))
    for (const name of [/pacs/, /ward\.example/, /\bops\b/, /10\.1\.2\.3/]) expect(text).not.toMatch(name)
  })

  it('names a volume of the disk list as it names it where something is mounted', () => {
    const volume = 'cl_pacs--01-data'
    const disk = redacted('host-state', `disk dm-0 0 200 ${volume}`, ['pacs-01'])
    const space = redacted('spaces', `/dev/mapper/${volume} 100 10 90 10% /`, ['pacs-01'])
    expect([disk, space]).toEqual(['disk dm-0 0 200 cl_redacted-data', '/dev/mapper/cl_redacted-data 100 10 90 10% /'])
  })

  it('has other addresses in the place of real ones, the same for the same, and leaves versions alone', () => {
    const text =
      'LISTEN 10.20.30.40:22 10.20.30.41:80 127.0.0.1:8080 0.0.0.0:22 10.20.30.40:443 aa:bb:cc:0d:ee:ff fe80::1:2'
    expect(redacted('ports', text)).toBe(
      'LISTEN 192.0.2.1:22 192.0.2.2:80 127.0.0.1:8080 0.0.0.0:22 192.0.2.1:443 00:00:5e:00:53:01 2001:db8::1',
    )
    for (const id of ['spaces', 'images', 'host-services', 'probe-of-another-version'])
      expect(redacted(id, 'at 10.20.30.40')).toBe('at 192.0.2.1')
    const complaint = answersOf(answer('npu-smi', '', { stderr: 'no route to 10.20.30.40' }))
    expect(recordingOf(snapshotOf(complaint), []).probes[0]?.stderr).toBe('no route to 192.0.2.1')
    expect(redacted('npu-smi', 'Version: 7.8.0.6 0000:C1:00.0')).toBe('Version: 7.8.0.6 0000:C1:00.0')
    expect(redacted('kernel-log', 'NVRM: Xid (PCI:0000:b3:00.0): 79, version 7.8.0.6.201')).toBe(
      'NVRM: Xid (PCI:0000:b3:00.0): 79, version 7.8.0.6.201',
    )
  })

  it.each([
    ['127.0.0.1', '0100007F', '0100007F'],
    ['10.20.30.40', '281E140A', '010200C0'],
    ['::', '0'.repeat(32), '0'.repeat(32)],
    ['10.20.30.40 in IPv6', '0000000000000000FFFF0000281E140A', '0000000000000000FFFF0000010200C0'],
    ['fe80::1', '000080FE000000000000000001000000', 'B80D0120000000000000000001000000'],
  ])('has other addresses in the tables of the kernel too: %s', (_address, hex, expected) => {
    const row = (word: string) => `from proc\n   0: ${word}:1F90 ${'0'.repeat(word.length)}:0000 0A 00000000\n`
    const made = redacted('ports', row(hex)) ?? ''
    expect(made).toBe(row(expected))
    expect(readPortText(made, 'login')).toMatchObject({ state: 'known', value: [{ port: 8080 }] })
  })

  it('has as many other addresses of the newer kind as there were', () => {
    const row = (at: number) =>
      `   ${at}: 000080FE0000000000000000${at.toString(16).toUpperCase().padStart(8, '0')}:1F90 0:0 0A`
    const rows = Array.from({ length: 300 }, (_, at) => row(at + 1)).join('\n')
    const read = readPortText(redacted('ports', `from proc\n${rows}\n`) ?? '', 'login')
    const addresses = read.state === 'known' ? read.value.map(({ address }) => address) : []
    expect(new Set(addresses).size).toBe(300)
    expect(addresses.filter((address) => !/^2001:db8::[0-9a-f]+$/.test(address))).toEqual([])
  })

  it.each([
    ['DB_PASSWORD=hunter2 next', 'DB_PASSWORD=(redacted) next'],
    ['MY_OWN_HF_TOKEN=hunter2', 'MY_OWN_HF_TOKEN=(redacted)'],
    ['"api_key": "hunter2"', '"api_key": "(redacted)"'],
    ['{\\"api_key\\":\\"hunter2\\"}', '{\\"api_key\\":\\"(redacted)\\"}'],
    ['secret: "hunter2 and hunter2"', 'secret: "(redacted)"'],
    ['vllm serve --api-key hunter2 --hf-token hunter2 -v', 'vllm serve --api-key (redacted) --hf-token (redacted) -v'],
    ['redis --requirepass=hunter2', 'redis --requirepass=(redacted)'],
    ['used sk-hunter2-123456 there', 'used (redacted) there'],
    ['Authorization: Bearer hunter2', 'Authorization: Bearer (redacted)'],
    ['at postgres://u:hunter2@db, at', 'at postgres://host-1.example at'],
    ['https://hooks.example/hunter2?k=hunter2', 'https://host-1.example'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n-----END OPENSSH PRIVATE KEY-----', '(a private key)'],
  ])('has no secret: %s', (text, expected) => {
    for (const id of ['containers', 'npu-smi', 'system']) expect(redacted(id, text)).toBe(expected)
    const made = recordingOf(snapshotOf(answersOf(answer('npu-smi', '', { stderr: text }))), [])
    expect(made.probes[0]?.stderr).toBe(expected)
  })

  it.each([
    ['http://proxy:3128/', 'http://host-1.example'],
    ['tcp://docker.hospital:2375', 'tcp://host-1.example'],
    ['--host 10.20.30.42 --dist-init-addr head.hospital:5000', '--host host-1.example --dist-init-addr host-2.example'],
    ['dial tcp: lookup harbor on 1', 'dial tcp: lookup host-1.example on 1'],
    ['by zhang@nas01.hospital.cn, by nas01.hospital.cn', 'by host-1.example, by host-2.example'],
    ['unix:///var/run/docker.sock http://localhost:80/x', 'unix:///var/run/docker.sock http://localhost:80/x'],
    [
      'nvidia.com/gpu=all version.info libdcmi.so memory.total',
      'nvidia.com/gpu=all version.info libdcmi.so memory.total',
    ],
    ['/home/zhang/serve', '/home/redacted/serve'],
  ])('has no name of another machine, and the words of tools: %s', (text, expected) => {
    expect(redacted('npu-smi', text)).toBe(expected)
  })

  it('has the digests of images, and not where they came from', () => {
    const digests = ['10.20.30.41:5000/a/b@sha256:22', 'harbor.hospital.cn/c@sha256:33']
    const line = JSON.stringify({
      Id: 'sha256:1',
      Architecture: 'amd64',
      RepoDigests: digests,
      Config: { Env: ['A=b'] },
    })
    expect(JSON.parse(redacted('images', line) ?? '')).toEqual({
      ...{ Id: 'sha256:1', Architecture: 'amd64' },
      RepoDigests: ['redacted@sha256:22', 'redacted@sha256:33'],
    })
  })

  it('has of the engine only what is read: neither proxies, mirrors, nor the subnets of networks', () => {
    const info = {
      ...{ Name: 'pacs', HttpProxy: 'http://u:hunter2@proxy.hospital.cn', Driver: 'overlay2', DockerRootDir: '/data' },
      RegistryConfig: { Mirrors: ['https://mirror.hospital.cn'] },
      Runtimes: { nvidia: { path: 'nvidia-container-runtime', runtimeArgs: ['--token', 'hunter2'] } },
    }
    expect(JSON.parse(redacted('docker-info', JSON.stringify(info)) ?? '')).toEqual({
      ...{ Driver: 'overlay2', DockerRootDir: '/data' },
      Runtimes: { nvidia: { path: 'nvidia-container-runtime' } },
    })
    const network = {
      Name: 'rackside',
      IPAM: [{ Subnet: '10.9.0.0/16' }],
      Labels: { 'rackside.deployment': '', x: 'y' },
    }
    expect(JSON.parse(redacted('networks', JSON.stringify([network])) ?? '')).toEqual([
      { Name: 'rackside', Labels: { 'rackside.deployment': '' } },
    ])
  })

  it.each([
    '10.20.30.40:/x',
    'nas01.hospital.cn:/vol1',
    '//nas01/klinik',
    'zhang@nas01:/x',
    'a,b:/ceph',
    '[fe80::1]:/x',
  ])('has no server of a filesystem: %s', (source) => {
    const row = (word: string) => `space engine /d\nFilesystem 1024-blocks Used Available Capacity Mounted on
${word} 100 10 90 10% /d\ninodes 60817408\n`
    for (const id of ['spaces', 'docker-info']) expect(redacted(id, row(source))).toBe(row('host-1.example:/'))
  })

  it('has no server of the time', () => {
    const said = 'now 1\nReference ID    : 0A4E0001 (ntp.hospital.cn)\nLeap status     : Normal\nend\n'
    expect(redacted('host-services', said)).toBe(said.replace('0A4E0001 (ntp.hospital.cn)', '(redacted)'))
  })

  it.each([
    ['vllm serve m --api-key hunter2', 'vllm'],
    ['/opt/bin/python app.py hunter2', '/opt/bin/python'],
    ['\n  VLLM::EngineCore', '\n  VLLM::EngineCore'],
    ['', ''],
  ])('has of a command line in the XML of nvidia-smi only the program: %s', (line, program) => {
    const xml = (name: string) => `<gpu><process_name>${name}</process_name><used_memory>1 MiB</used_memory></gpu>`
    expect(redacted('nvidia-smi-xml', xml(line) + xml(line))).toBe(xml(program) + xml(program))
  })

  it.each([
    ['| 0 0 | 37656 | python --x hunter2 | 61200 |', '| 0 0 | 37656 | python | 61200 |'],
    ['|  0  1234  C  python3 -p hunter2    1024MiB |', '|  0  1234  C  python3 1024MiB |'],
    ['  0  1234  python3 --x hunter2 1024 MiB', '  0  1234  python3 1024 MiB'],
    ['| 0  1234  python3  N/A |', '| 0  1234  python3  N/A |'],
  ])('has no option of a process below the table of a tool: %s', (row, expected) => {
    expect(redacted('npu-smi', `-x 1\n| Process name |\n${row}\n`)).toBe(`-x 1\n| Process name |\n${expected}\n`)
  })

  it.each([
    ['brackets', '['.repeat(300_000)],
    ['nested arrays', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['options', '--a-key '.repeat(60_000)],
    ['hyphens', '-a'.repeat(250_000)],
    ['dots', 'a.'.repeat(250_000)],
    ['digits', '1 '.repeat(250_000)],
    ['spaces', ' '.repeat(500_000)],
    ['addresses', Array.from({ length: 40_000 }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`).join(' ')],
    ['open elements', '<process_name>'.repeat(35_000)],
    ['slashes', 'a://'.repeat(120_000)],
    ['backslashes', 'token\\\\'.repeat(60_000)],
    ['colons', ':'.repeat(500_000)],
  ])('is made in bounded time of %s', (_what, text) => {
    const start = performance.now()
    for (const id of ['docker-info', 'nvidia-smi-xml', 'npu-smi', 'ports', 'kernel-log', 'spaces'])
      expect(redacted(id, text, ['pacs-01.ward.example', 'ops'])?.length).toBeLessThanOrEqual(600_000)
    expect(performance.now() - start).toBeLessThan(6000)
  })

  it('has another machine id than the machine', () => {
    expect(redacted('machine-id', '0f4a9b7c6d5e4f3a2b1c0d9e8f7a6b5c\n')).toBe('00000000000000000000000000000001\n')
  })

  it('leaves out an answer that came damaged, which then reads as one that did not come', () => {
    const answers = answersOf(answer('npu-smi', 'half', { damage: 'the answer breaks off' }))
    expect(recordingOf(snapshotOf(answers), []).probes).toEqual([])
  })
})
