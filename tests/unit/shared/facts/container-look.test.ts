// The fragment that looks into containers, in every shell, with a docker that notes what it is asked, and with folders in
// the place of /proc and the control groups.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, type TestContext } from 'vitest'
import { known } from '../../../../shared/domain/reading.ts'
import { readContainerDevices } from '../../../../shared/facts/container-devices.ts'
import { containerLookProbe } from '../../../../shared/facts/container-look.ts'
import { needs } from '../../../support/needs.ts'
import { answer } from './recorded.ts'
import { installed, makePlace, type Place, shells } from './shells.ts'

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

const canMakeNodes = process.getuid?.() === 0
const supervisor = 4000
const idOf = (place: number) => String(place).padStart(2, '0').repeat(32)

type Box = {
  readonly given?: string
  /** What its nvidia-smi does: sh. */
  readonly tool?: string
  /** Paths below its root. */
  readonly nodes?: readonly string[]
  /** Its first process is of another container by now. */
  readonly gone?: boolean
  /** Processes in it beside the first: name, parent, hundredths of a second after the start of the machine. */
  readonly others?: readonly (readonly [name: string, parent: number, start: number])[]
}

type Asked = {
  readonly boxes: readonly Box[]
  readonly told?: number
  readonly toldByApi?: number
  readonly docker?: string
}

/** `told` is how many containers the engine says are running, by its client or its API; the control groups show all boxes. */
function look(shell: readonly [string, ...string[]], { boxes, told, toldByApi, docker }: Asked) {
  const place = makePlace()
  places.push(place)
  const root = place.runtime.replace('run time', 'machine')
  const [answers, calls] = [join(root, 'answers'), join(root, 'calls')]
  mkdirSync(answers, { recursive: true })
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  put('proc/uptime', '1000.00 1.00\n')
  for (const [at, box] of boxes.entries()) putBox(root, at + 1, box)
  if (told !== undefined) {
    put('answers/docker-info.out', `{"ID":"x","ContainersRunning":${told},"ContainersPaused":0,"ServerVersion":"28"}\n`)
    put('answers/docker-info.done', 'answered 0 -\n')
  }
  if (toldByApi !== undefined) put('answers/engine.running', `${toldByApi}\n`)
  const said = boxes.map((box, at) => `41${at + 1} ${idOf(at + 1)} ${box.given ?? '{"Name":"/plain"}'}`)
  put('inspected', said.map((line) => `${line}\n`).join(''))
  const tools = boxes.map(({ tool = 'exit 127' }, at) => `${idOf(at + 1)}) ${tool} ;;`)
  place.addTool(
    'docker',
    `echo "$1 $2" >>${calls}
${docker ?? ''}
case $1 in
  ps) echo ${boxes.map((_, at) => idOf(at + 1)).join(' ')} ;;
  container) cat ${join(root, 'inspected')} ;;
  exec) case $2 in ${tools.join('\n')} esac ;;
esac`,
  )
  const text = containerLookProbe.shell
    .replaceAll('/proc/', `${root}/proc/`)
    .replaceAll('/sys/fs/cgroup', `${root}/cgroup`)
    .replace('timeout -k 1 7', 'timeout -k 1 1')
  const [program, ...words] = shell
  const { status, stdout, stderr } = spawnSync(program, [...words, '-c', `answers=${answers}\n${text}`], {
    env: { PATH: `${place.tools}:/usr/bin:/bin:/usr/sbin:/sbin`, LC_ALL: 'C', HOME: root },
    encoding: 'utf8',
  })
  const asked = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []
  // Before the first container come the nodes of the machine that the tests run on.
  const all = stdout.split('\n').filter((line) => line !== '')
  const lines = all.slice(
    Math.max(
      0,
      all.findIndex((line) => line.startsWith('container ')),
    ),
  )
  return { status, stdout, stderr, asked: asked.sort(), lines }
}

function putBox(root: string, at: number, { nodes = [], gone = false, others = [] }: Box): void {
  const process = join(root, `proc/41${at}`)
  const group = `system.slice/docker-${idOf(at)}.scope`
  mkdirSync(join(process, 'root/dev'), { recursive: true })
  mkdirSync(join(root, 'cgroup', group), { recursive: true })
  writeFileSync(join(process, 'cgroup'), `0::/${gone ? 'system.slice/cron.service' : group}\n`)
  writeFileSync(join(process, 'root/dev/null'), '')
  putProcess(process, 'server', supervisor, 100)
  for (const [place, [name, parent, start]] of others.entries()) {
    mkdirSync(join(root, `proc/9${at}${place}`))
    putProcess(join(root, `proc/9${at}${place}`), name, parent, start)
  }
  const pids = [`41${at}`, ...others.map((_, place) => `9${at}${place}`)]
  writeFileSync(join(root, 'cgroup', group, 'cgroup.procs'), pids.map((pid) => `${pid}\n`).join(''))
  for (const node of nodes) spawnSync('mknod', [join(process, 'root', node), 'c', '1', '3'])
}

function putProcess(folder: string, name: string, parent: number, start: number): void {
  const before = '0 '.repeat(17)
  writeFileSync(join(folder, 'stat'), `1 (${name}) S ${parent} ${before}${start} 0 0\n`)
  writeFileSync(join(folder, 'comm'), `${name}\n`)
}

const engineThere = [
  ['docker-version', answer('docker-version', '{"Server":{"Version":"28.5.2","ApiVersion":"1.51"}}')],
  ['docker-info', answer('docker-info', '{"Driver":"overlay2","DockerRootDir":"/var/lib/docker"}')],
] as const
const byNode = '{"Devices":[["/dev/davinci0","/dev/davinci0"],null],"Requests":[null],"Name":"/mind"}'
const byGpus =
  '{"Devices":[null],"Requests":[{"Count":-1,"Capabilities":[["gpu"]]},null],"Visible":[null],"Name":"/chat"}'
const listed = "echo 'GPU 0: NVIDIA L20 (UUID: GPU-1)'"
const nodesNeed = 'nodes are made by root'

describe.each(shells.filter(([program]) => installed(program)).map((shell) => [shell.join(' '), shell] as const))(
  'the look into containers in %s',
  (_name, shell) => {
    it('costs no call where nothing runs, and one where nothing that runs was given devices', () => {
      expect(look(shell, { boxes: [], told: 0 })).toMatchObject({ status: 0, asked: [], lines: ['end'] })
      const plain = look(shell, { boxes: [{}, { given: '{"Devices":[["/dev/fuse","/dev/fuse"],null]}' }], told: 2 })
      expect(plain).toMatchObject({ status: 0, asked: ['container inspect'] })
      expect(plain.lines.filter((line) => line.startsWith('container'))).toEqual([])
    })

    it('asks the engine which run where the control groups do not show as many as it says, or it did not say', () => {
      expect(look(shell, { boxes: [{}], told: 2 }).asked).toEqual(['container inspect', 'ps -q'])
      expect(look(shell, { boxes: [{}], toldByApi: 2 }).asked).toEqual(['container inspect', 'ps -q'])
      expect(look(shell, { boxes: [{}], toldByApi: 1 }).asked).toEqual(['container inspect'])
      expect(look(shell, { boxes: [{}] }).asked).toEqual(['container inspect', 'ps -q'])
    })

    it('lists the nodes that a container has, and asks no tool in one without NVIDIA', (context: TestContext) => {
      needs(context, canMakeNodes, nodesNeed)
      const nodes = ['/dev/davinci0', '/dev/davinci3', '/dev/davinci_manager', '/dev/davinci9\nsaid 0', '/dev/tty']
      const { lines, asked } = look(shell, { boxes: [{ given: byNode, nodes }], told: 1 })
      expect(lines).toEqual([`container ${byNode}`, 'node /dev/davinci0', 'node /dev/davinci3', 'nodes', 'end'])
      expect(asked).toEqual(['container inspect'])
    })

    it('asks the tool in a container of NVIDIA, whose words cannot pass for the words of the look', () => {
      const tool = `${listed}; echo 'container {}'; printf 'end'; exit 3`
      const { lines } = look(shell, { boxes: [{ given: byGpus, tool }, { given: byNode }], told: 2 })
      const said = ['said 3', '> GPU 0: NVIDIA L20 (UUID: GPU-1)', '> container {}', '> end']
      expect(lines).toEqual([`container ${byGpus}`, 'nodes', ...said, `container ${byNode}`, 'nodes', 'end'])
    })

    it('takes so few lines of each tool that a container which says much leaves the others theirs', () => {
      const tool = 'yes "" | head -n 16000'
      const boxes = [...Array.from({ length: 7 }, () => ({ given: byGpus, tool })), { given: byGpus, tool: listed }]
      const { stdout, lines } = look(shell, { boxes, told: 8 })
      expect(lines.filter((line) => line === '> ')).toHaveLength(7 * 200)
      const read = readContainerDevices(
        new Map([...engineThere, ['container-devices', answer('container-devices', stdout)]]),
      )
      expect(read).toMatchObject({ state: 'known', value: { 7: { name: 'chat', sees: known(['GPU-1']) } } })
    })

    it('takes a process that belongs to another by now for nobody', () => {
      expect(look(shell, { boxes: [{ given: byGpus, tool: listed, gone: true }], told: 1 })).toMatchObject({
        asked: ['container inspect'],
        lines: [`container ${byGpus}`, 'end'],
      })
    })

    it('waits for no tool that hangs, and takes the others along', () => {
      const boxes = [
        { given: byGpus, tool: 'exec sleep 30' },
        { given: byGpus, tool: listed },
      ]
      const start = performance.now()
      const { lines } = look(shell, { boxes, told: 2 })
      expect(performance.now() - start).toBeLessThan(15_000)
      expect(lines.filter((line) => /^(?:said|> GPU)/.test(line))).toEqual([
        expect.stringMatching(/^said (?:124|143)$/),
        'said 0',
        '> GPU 0: NVIDIA L20 (UUID: GPU-1)',
      ])
    })

    it('starts no second tool beside one of its own that is left inside', () => {
      const box = (name: string, parent: number, start: number): Box => ({
        ...{ given: byGpus, tool: listed },
        others: [[name, parent, start]],
      })
      const old = look(shell, { boxes: [box('nvidia-smi', supervisor, 90_000)], told: 1 })
      expect(old).toMatchObject({ asked: ['container inspect'] })
      expect(old.lines).toContain('lingers')
      // A young one is at work for another console; one with another parent is the container's own.
      for (const other of [
        box('nvidia-smi', supervisor, 99_800),
        box('nvidia-smi', 411, 90_000),
        box('sh', supervisor, 1),
      ])
        expect(look(shell, { boxes: [other], told: 1 }).lines).toContain('said 0')
    })

    it('looks into eight containers and names the others', () => {
      const { lines, asked } = look(shell, {
        boxes: Array.from({ length: 9 }, () => ({ given: byGpus, tool: listed })),
        told: 9,
      })
      expect(asked.filter((call) => call.startsWith('exec'))).toHaveLength(8)
      expect(lines.slice(-3)).toEqual([`container ${byGpus}`, 'many', 'end'])
    })

    it('says that there are more where there are more than it names', () => {
      const { lines, status } = look(shell, { boxes: Array.from({ length: 41 }, () => ({ given: byNode })), told: 41 })
      expect({ lines, status }).toEqual({ lines: ['more', 'end'], status: 0 })
    })

    it('does not mind a container that went away, and fails with what the engine says otherwise', () => {
      const inspects = (said: string) =>
        `case $1 in container) cat ${'"$0".said'} 2>/dev/null; echo '${said}' >&2; exit 1 ;; esac`
      expect(
        look(shell, { boxes: [{}], told: 1, docker: inspects('Error response: No such container: 1') }),
      ).toMatchObject({ status: 0, lines: expect.arrayContaining(['end']) })
      expect(look(shell, { boxes: [{}], told: 1, docker: inspects('daemon went away') })).toMatchObject({
        status: 1,
        stderr: 'daemon went away\n',
      })
    })
  },
)

it('a link in the place of a node, or of /dev, is never followed to the server', (context: TestContext) => {
  needs(context, canMakeNodes, nodesNeed)
  const shell = containerLookProbe.shell
  const place = makePlace()
  places.push(place)
  mkdirSync(join(place.runtime, 'dev'))
  symlinkSync('/dev/null', join(place.runtime, 'dev/davinci0'))
  spawnSync('mknod', [join(place.runtime, 'dev/davinci1'), 'c', '1', '3'])
  const nodes = shell.slice(shell.indexOf('nodes() {'), shell.indexOf('# Is process'))
  const { stdout } = spawnSync('sh', ['-c', `${nodes}\nnodes "$1"`, 'sh', place.runtime], { encoding: 'utf8' })
  expect(stdout).toBe('node /dev/davinci1\n')
})
