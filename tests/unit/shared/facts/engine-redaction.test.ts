// What a recording keeps of the engine's answers: a list of fields, and nothing that is not on it, however deep it lies.
import { describe, expect, it } from 'vitest'
import { engineFields, keptOfLine } from '../../../../shared/facts/engine-redaction.ts'
import { withoutOptions, withProcessNames } from '../../../../shared/facts/process-redaction.ts'

const plain = (text: string) => `p:${text}`
const free = (text: string) => `f:${text}`
const fieldsOf = (id: string) => engineFields(plain, free)[id] ?? {}
const kept = (id: string, value: unknown) =>
  JSON.parse(keptOfLine(JSON.stringify(value), fieldsOf(id), (line) => JSON.stringify(`other:${line}`)))

describe('of an answer of the engine', () => {
  it.each<[string, unknown, unknown]>([
    [
      'docker-version',
      {
        Client: { Version: '1', ApiVersion: '2', APIVersion: '3', GitCommit: 'x' },
        Server: {
          ...{ Version: '1', ApiVersion: '2', MinAPIVersion: '3', Os: 'linux', Arch: 'amd64', KernelVersion: '6' },
          ...{ Platform: { Name: 'Docker', Host: 'x' }, BuildTime: 'x' },
          Components: [{ Name: 'Engine', Version: '1', Details: { Host: 'x' } }],
        },
      },
      {
        Client: { Version: 'p:1', ApiVersion: 'p:2', APIVersion: 'p:3' },
        Server: {
          ...{ Version: 'p:1', ApiVersion: 'p:2', MinAPIVersion: 'p:3', Os: 'p:linux', Arch: 'p:amd64' },
          ...{ KernelVersion: 'p:6', Platform: { Name: 'p:Docker' } },
          Components: [{ Name: 'p:Engine', Version: 'p:1' }],
        },
      },
    ],
    [
      'docker-info',
      {
        ...{ DockerRootDir: '/data', Name: 'pacs', Labels: ['site'], HttpProxy: 'x', Driver: 'overlay2' },
        ...{ DriverStatus: [['a', 'b']], DefaultRuntime: 'runc', CgroupDriver: 's', CgroupVersion: '2' },
        ...{ CDISpecDirs: ['/etc/cdi'], SecurityOptions: ['x'], ServerVersion: '1', ContainersRunning: 3 },
        ...{ LiveRestoreEnabled: true, Runtimes: { runc: { path: 'runc', status: { host: 'x' } } } },
      },
      {
        ...{ DockerRootDir: 'f:/data', Driver: 'p:overlay2', DriverStatus: [['p:a', 'p:b']], DefaultRuntime: 'p:runc' },
        ...{ CgroupDriver: 'p:s', CgroupVersion: 'p:2', CDISpecDirs: ['p:/etc/cdi'], SecurityOptions: ['p:x'] },
        ...{ ServerVersion: 'p:1', ContainersRunning: 3, LiveRestoreEnabled: true },
        Runtimes: { runc: { path: 'p:runc' } },
      },
    ],
    [
      'containers',
      {
        ...{ Id: 'a', Image: 'b', RestartCount: 2, Name: '/pacs', Env: ['SECRET=1'], Mounts: [{ Source: '/x' }] },
        State: { Status: 'running', StartedAt: 'now', Pid: 7, Health: { Status: 'healthy', Log: [{ Output: 'x' }] } },
        Config: {
          Labels: { 'rackside.spec': 's', 'rackside.settings': '{}', 'rackside-like': 'x', other: 'x' },
          Hostname: 'x',
        },
        HostConfig: {
          ...{ NetworkMode: 'rackside-ward', Binds: ['/x'], Memory: 5 },
          PortBindings: { '80/tcp': [{ HostIp: '10.0.0.1', HostPort: '8400' }] },
        },
      },
      {
        ...{ Id: 'p:a', Image: 'p:b', RestartCount: 2, Name: 'f:/pacs' },
        State: { Status: 'p:running', StartedAt: 'p:now', Health: { Status: 'p:healthy' } },
        Config: { Labels: { 'rackside.spec': 'p:s', 'rackside.settings': 'f:{}' } },
        HostConfig: { NetworkMode: 'rackside-ward', PortBindings: { '80/tcp': [{ HostPort: 'p:8400' }] } },
      },
    ],
    [
      'images',
      { Id: 'a', Architecture: 'amd64', RepoTags: ['x'], RepoDigests: ['registry.ward/x@sha256:1', 'none'] },
      { Id: 'p:a', Architecture: 'p:amd64', RepoDigests: ['redacted@sha256:1', expect.stringMatching(/^redacted/)] },
    ],
    [
      'networks',
      { Name: 'rackside-chat', Labels: { 'rackside.run': 'r', x: 'y' }, IPAM: { Subnet: 'x' } },
      { Name: 'p:rackside-chat', Labels: { 'rackside.run': 'p:r' } },
    ],
  ])('%s the fields on the list are kept', (id, value, found) => {
    expect(kept(id, value)).toEqual(found)
  })

  it.each([
    ['/rackside-chat', '/rackside-chat'],
    ['rackside-chat', 'rackside-chat'],
    ['/my/rackside-chat', 'f:/my/rackside-chat'],
    ['//rackside-chat', 'f://rackside-chat'],
    ['/pacs', 'f:/pacs'],
  ])('the container %s is called %s', (Name, name) => {
    expect(kept('containers', { Name })).toEqual({ Name: name })
  })

  it('a text where fields are expected is hidden, and fields where a text is expected are left out', () => {
    expect(kept('containers', { State: 'running', Id: { hidden: 'x' }, Config: ['x', { Labels: 'x' }] })).toEqual({
      ...{ State: '(redacted)', Id: {}, Config: ['(redacted)', { Labels: '(redacted)' }] },
    })
    expect(kept('containers', { Name: null, RestartCount: null })).toEqual({ Name: null, RestartCount: null })
  })

  it('nothing is kept below 20 levels', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 'end' : [deep(levels - 1)])
    expect(JSON.stringify(kept('docker-info', { DriverStatus: deep(19) }))).toContain('p:end')
    expect(JSON.stringify(kept('docker-info', { DriverStatus: deep(20) }))).not.toContain('p:end')
  })

  it.each([[''], ['  '], ['null'], ['5'], ['"text"'], ['not json'], ['{"Id":']])(
    'the line %j is for others to read',
    (line) => {
      expect(keptOfLine(line, fieldsOf('containers'), (other) => `other:${other}`)).toBe(`other:${line}`)
    },
  )
})

describe('of a process its program stays', () => {
  const row = (line: string) => withoutOptions(`Processes:\n${line}`, (text) => text).split('\n')[1]

  it.each([
    ['| 0  17  C  python3 --api-key abc  1024MiB |', '| 0  17  C  python3 1024MiB |'],
    ['| 0  17  C  python3 -k abc  1024 MiB |', '| 0  17  C  python3 1024 MiB |'],
    ['| 0  17  C  python3 --key abc  N/A |', '| 0  17  C  python3 N/A |'],
    ['| 0  17  C  python3 --key abc |', '| 0  17  C  python3 |'],
    ['0 17 python3 --key abc 5', '0 17 python3 5'],
    ['0 17 python3 --key abc', '0 17 python3'],
    ['| 0 0 | 17 | python3 --key abc | 5120 |', '| 0 0 | 17 | python3 | 5120 |'],
    ['| 0  17  C  python3  1024MiB |', '| 0  17  C  python3  1024MiB |'],
    ['| 0  17  C  my-tool - 5 |', '| 0  17  C  my-tool - 5 |'],
    ['no number --key abc', 'no number --key abc'],
  ])('in "%s"', (line, found) => {
    expect(row(line)).toBe(found)
  })

  it('below the line that begins the list, and nothing above it', () => {
    const text = '| 1 --a b |\n| Process id |\n| 2 --a b |'
    expect(withoutOptions(text, free)).toBe('| 1 --a b |\n| Process id |\nf:| 2 |')
    expect(withoutOptions('| 1 --a b |', free)).toBe('| 1 --a b |')
    expect(withoutOptions(`${' '.repeat(2000)}Processes:\n| 2 --a b |`, free)).toContain('--a b')
  })

  it.each([
    ['<process_name>/a/python --key abc</process_name><x>1</x>', '<process_name>f:/a/python</process_name><x>1</x>'],
    ['<process_name> python</process_name>', '<process_name> f:python</process_name>'],
    ['<process_name>python --key abc', '<process_name>f:python'],
    ['<process_name></process_name>', '<process_name>f:</process_name>'],
    ['<x>python --key</x>', '<x>python --key</x>'],
  ])('in the XML of nvidia-smi: %s', (xml, found) => {
    expect(withProcessNames(xml, free)).toBe(found)
    expect(withProcessNames(`<a>${xml}`, free)).toBe(`<a>${found}`)
  })
})
