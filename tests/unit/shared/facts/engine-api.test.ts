// All questions to the engine by one start of its client: a docker that answers with given bytes, in real shells and awks.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { inSample } from '../../../../scripts/config/sample.ts'
import { containerLookProbe } from '../../../../shared/facts/container-look.ts'
import { engineProbes, readEngine } from '../../../../shared/facts/engine.ts'
import { engineGroup } from '../../../../shared/facts/engine-api.ts'
import { engineObjectProbes, readEngineObjects } from '../../../../shared/facts/engine-objects.ts'
import type { Probe } from '../../../../shared/facts/probe.ts'
import { readSpaces } from '../../../../shared/facts/spaces.ts'
import { installed, makePlace, type Place, shells, startScript } from './shells.ts'

const probes = [...engineObjectProbes, ...engineProbes, containerLookProbe]

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

const hex = (digit: string) => digit.repeat(64)
const version = { Platform: { Name: 'Docker' }, Version: '28.2.2', ApiVersion: '1.50' }
const info = {
  ID: 'x',
  ContainersRunning: 0,
  ContainersPaused: 0,
  Driver: 'overlay2',
  DriverStatus: [['Backing Filesystem', 'extfs']],
  DockerRootDir: '/var/lib',
  Name: 'host "quoted" 中文',
}
const secret = 'a-secret-of-a-container'
const containers = [
  {
    Id: hex('a'),
    Names: ['/rackside-x'],
    Command: `serve --key "Id":"${secret}"`,
    Labels: { 'rackside.deployment': 'x' },
  },
  { Id: hex('b'), Names: ['/rackside-y'], ImageID: `sha256:${hex('9')}`, Labels: { 'rackside.deployment': 'y' } },
]
const images = [{ Id: `sha256:${hex('c')}`, RepoDigests: null }]
const networks = [{ Name: 'rackside', Id: hex('d'), Labels: { 'rackside.deployment': '' }, Containers: {} }]
const bodies = [version, info, containers, images, networks].map((body) => `${JSON.stringify(body)}\n`)

function byLength(body: string, status = '200 OK'): Buffer {
  const bytes = Buffer.from(body)
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status}\r\nApi-Version: 1.50\r\nContent-Length: ${bytes.length}\r\n\r\n`),
    bytes,
  ])
}

/** In chunks of these sizes by turns, which break lines, names and characters. */
function inChunks(body: string, sizes: readonly number[]): Buffer {
  const bytes = Buffer.from(body)
  const parts = [Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n')]
  for (let at = 0; at < bytes.length; ) {
    const part = bytes.subarray(at, at + (sizes[((parts.length - 1) / 3) % sizes.length] ?? 1))
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'))
    at += part.length
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

/** By the CLI the same engine names itself "by-cli". */
const cli = `case "$1 $2" in
  'version --format') echo '{"Server":{"Version":"by-cli","ApiVersion":"1.50"}}' ;;
  'info --format') printf '/var/lib|[]\\n{"Driver":"by-cli","DockerRootDir":"/var/lib"}\\n' ;;
  'ps -aq') echo ${hex('e')} ;;
  'image ls') echo sha256:${hex('f')} ;;
  'network ls') echo ${hex('7')} ;;
  'container inspect') shift 4; for id; do echo '{"Id":"'"$id"'","Name":"/x","Image":"i","RestartCount":0,"State":{"Status":"running","StartedAt":"t","Health":null},"Config":{"Labels":{"rackside.deployment":"x"}}}'; done ;;
  'image inspect') shift 4; for id; do echo '{"Id":"'"$id"'","Architecture":"amd64","RepoDigests":null}'; done ;;
  'network inspect') echo '{"Name":"by-cli","Labels":{"rackside.deployment":""}}' ;;
  *) echo "unknown command: $1 $2" >&2; exit 125 ;;
esac`

/** The place's tools first of all, before the folders of vendors and their real ones. */
function probesWith({ tools }: Place): Probe[] {
  const group = { ...engineGroup, opening: `PATH='${tools}':$PATH\n${engineGroup.opening}` }
  return probes.map((probe) => (probe.group === engineGroup ? { ...probe, group } : probe))
}

type Dial = { readonly bytes?: Buffer; readonly shell?: string; readonly awk?: string }

async function ask(shell: readonly [string, ...string[]], { bytes, shell: dial, awk }: Dial, deadlineSeconds = 8) {
  const place = makePlace()
  places.push(place)
  const [answer, starts, questions] = ['answer', 'starts', 'questions'].map((name) => join(place.tools, name))
  if (bytes !== undefined) writeFileSync(`${answer}`, bytes)
  // It reads what is asked, answers, and would not have answered had the questions come to an end.
  const usual = `head -c 300 >'${questions}'; cat '${answer}'`
  place.addTool(
    'docker',
    `echo "$1 $2" >>'${starts}'\n[ "$1 $2" != 'system dial-stdio' ] || { ${dial ?? usual}; exit; }\n${cli}`,
  )
  if (awk !== undefined) place.addTool('awk', `exec ${awk} "$@"`)
  const ran = await startScript(shell, probesWith(place), place, deadlineSeconds).ended
  expect(place.leftovers()).toEqual([])
  return {
    ran,
    asked: existsSync(`${questions}`) ? readFileSync(`${questions}`, 'utf8') : '',
    starts: readFileSync(`${starts}`, 'utf8').trim().split('\n').sort(),
    engine: readEngine(ran.answers),
    spaces: readSpaces(ran.answers),
    ...readEngineObjects(ran.answers),
  }
}

const known = (value: unknown) => ({ state: 'known', value })
const idsIn = (reading: Awaited<ReturnType<typeof ask>>['containers' | 'images']) =>
  reading.state === 'known' ? reading.value.map(({ id }) => id) : reading

const awks = ['mawk', 'gawk', 'original-awk', 'busybox awk'].filter((awk) => installed(awk.split(' ')[0] ?? ''))

describe('the engine, asked by one connection', () => {
  const cases = [
    ...shells.map((shell) => ({ shell, awk: undefined })),
    ...awks.filter((_, place) => inSample(place)).map((awk) => ({ shell: ['sh'] as const, awk })),
  ]

  it.each(cases)('answers all five questions, in whatever pieces: $shell $awk', async ({ shell, awk }) => {
    const pieces = bodies.map((body, at) =>
      at % 3 === 0 ? byLength(body) : inChunks(body, at === 1 ? [64, 1, 5, 17, 33] : [3, 1, 2, 7]),
    )
    const told = await ask(shell, { bytes: Buffer.concat(pieces), ...(awk === undefined ? {} : { awk }) })
    expect(told.starts).toEqual(['container inspect', 'image inspect', 'system dial-stdio'])
    expect(told.engine).toMatchObject(known({ version: '28.2.2', apiVersion: '1.50', rootFolder: '/var/lib' }))
    expect(told.ran.answers.get('docker-info')?.stdout.split('\n', 1)[0]).toBe(JSON.stringify(info))
    expect(told.spaces).toMatchObject(known({ engine: { path: '/var/lib' } }))
    expect(idsIn(told.containers)).toEqual([hex('a'), hex('b')])
    expect(idsIn(told.images)).toEqual([`sha256:${hex('c')}`])
    expect(told.networks).toEqual(known(['rackside']))
    expect(told.ran.stdout).not.toContain(secret)
  })

  it('is asked by the client which containers run only where the control groups show others than it counted', async () => {
    const busy = [version, { ...info, ContainersRunning: 1, ContainersPaused: 1 }, [], [], []]
    const told = await ask(['sh'], { bytes: Buffer.concat(busy.map((body) => byLength(`${JSON.stringify(body)}\n`))) })
    expect(told.starts).toEqual(['ps -q', 'system dial-stdio'])
  })

  it('is asked in the words of HTTP, only for what is ours, and not hung up on', async () => {
    const { asked } = await ask(['sh'], { bytes: Buffer.concat(bodies.map((body) => byLength(body))) })
    expect(
      asked.startsWith('GET /version HTTP/1.1\r\nHost: docker\r\n\r\nGET /info HTTP/1.1\r\nHost: docker\r\n\r\nGET /'),
    ).toBe(true)
    const [, filters = ''] = /\/containers\/json\?all=1&filters=(\S+) /.exec(asked) ?? []
    expect(JSON.parse(decodeURIComponent(filters))).toEqual({ label: ['rackside.deployment'] })
  })

  it('has one start of the client on a machine without containers and images', async () => {
    const empty = [version, info, [], [], []].map((body) => byLength(`${JSON.stringify(body)}\n`))
    const told = await ask(['sh'], { bytes: Buffer.concat(empty) })
    expect(told.starts).toEqual(['system dial-stdio'])
    expect([told.containers, told.images, told.networks]).toEqual([known([]), known([]), known([])])
  })

  it.each([
    ['of a client that does not know the way', { shell: 'echo unknown >&2; exit 125' }],
    ['of garbage', { bytes: Buffer.from('\x00\xff\r\nHTTP/1.1 200 OK\r\n') }],
    ['of nothing at all', { bytes: Buffer.alloc(0) }],
    ['of Podman', { bytes: byLength('{"Components":[{"Name":"Podman Engine"}],"Version":"5","ApiVersion":"1.41"}\n') }],
    ['of a length that is not said', { bytes: Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${bodies[0]}`) }],
    [
      'of a chunk longer than it says',
      { bytes: Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\n\r\n0\r\n\r\n') },
    ],
    ['where awk is not there', { bytes: Buffer.concat(bodies.map((body) => byLength(body))), awk: 'false' }],
  ])('is asked by the CLI instead %s', async (_what, dial) => {
    const told = await ask(['sh'], dial)
    expect(told.engine).toMatchObject(known({ version: 'by-cli', storageDriver: 'by-cli' }))
    expect(idsIn(told.containers)).toEqual([hex('e')])
    expect(idsIn(told.images)).toEqual([`sha256:${hex('f')}`])
    expect(told.networks).toEqual(known(['by-cli']))
  })

  it('is asked by the CLI for what it refused, or broke off', async () => {
    const [first, second, third, fourth, fifth] = bodies.map((body) => byLength(body))
    const refused = byLength('{"message":"no"}\n', '500 Internal Server Error')
    const some = [first, second, third, refused, fifth].flatMap((part) => part ?? [])
    const one = await ask(['sh'], { bytes: Buffer.concat(some) })
    expect(one.starts).toEqual(['container inspect', 'image inspect', 'image ls', 'system dial-stdio'])
    expect(idsIn(one.images)).toEqual([`sha256:${hex('f')}`])
    const cut = [first, second, third, fourth?.subarray(0, -5)].flatMap((part) => part ?? [])
    const other = await ask(['sh'], { bytes: Buffer.concat(cut) })
    expect(idsIn(other.containers)).toEqual([hex('a'), hex('b')])
    expect(idsIn(other.images)).toEqual([`sha256:${hex('f')}`])
    expect(other.networks).toEqual(known(['by-cli']))
  })

  it('says of an engine that hangs that it did not answer in time, and leaves nothing behind', async () => {
    const told = await ask(['sh'], { shell: 'exec sleep 60' }, 4)
    expect(told.ran.seconds).toBeLessThan(4 + 2)
    for (const { id } of probes.filter(({ group }) => group !== undefined))
      expect(told.ran.answers.get(id)).toMatchObject({ state: 'timed-out', stdout: '' })
    expect(told.engine.state).toBe('unreadable')
  })
})
