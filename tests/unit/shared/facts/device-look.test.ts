// The fragment that asks a container of its own devices, in every shell, with a docker that plays one container: its tool
// runs for real in a shell, its log is a file.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { deviceLookProbe } from '../../../../shared/facts/device-look.ts'
import { readDeviceLooks } from '../../../../shared/facts/device-looks.ts'
import { needs } from '../../../support/needs.ts'
import { answer } from './recorded.ts'
import { installed, makePlace, type Place, shells } from './shells.ts'

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

const id = 'ab'.repeat(32)
const gibibyte = 1024 ** 3
const table = `echo 'index, name, memory.total [MiB], memory.used [MiB], utilization.gpu [%], temperature.gpu, power.draw [W]'
echo '0, NVIDIA H20, 97871, 4, 0, 31, 80.00'
echo '1, NVIDIA H20, 97871, 4, 0, 31, 80.00'`

type Box = { readonly tool?: string; readonly log?: string; readonly top?: string; readonly docker?: string }

function look(shell: readonly [string, ...string[]], { tool, log = '', top = '41 llama-server', docker = '' }: Box) {
  const place = makePlace()
  places.push(place)
  const answers = join(place.runtime, 'answers')
  mkdirSync(answers)
  writeFileSync(join(answers, 'the.log'), log)
  if (tool !== undefined) place.addTool('nvidia-smi', tool)
  place.addTool(
    'docker',
    `${docker}
case $1 in
  ps) echo ${id} ;;
  container) echo '${id} {"Name":"/rackside-ward-model","StartedAt":"2026-11-28T08:00:00.5Z"}' ;;
  top) printf 'PID COMMAND\\n${top}\\n' ;;
  exec) shift 2; exec "$@" ;;
  logs) [ "$3" = 2026-11-28T08:00:00.5Z ] && cat "${join(answers, 'the.log')}" ;;
esac`,
  )
  const [program, ...words] = shell
  const { stdout } = spawnSync(program, [...words, '-c', `answers='${answers}'\n${deviceLookProbe.shell}`], {
    env: { PATH: `${place.tools}:/usr/bin:/bin:/usr/sbin:/sbin`, LC_ALL: 'C', HOME: place.runtime },
    encoding: 'utf8',
  })
  return readDeviceLooks(new Map([['device-look', answer('device-look', stdout)]]))
}

describe.each(shells.map((shell) => ({ shell, name: shell.join(' ') })))(
  'the look for the device proof, in $name',
  ({ shell }) => {
    it('has the devices by the tool in the container, its processes, and what its engine wrote of them', (context) => {
      needs(context, installed(shell[0]), `${shell[0]} is not installed`)
      const log = 'a patient said: headache\nload_tensors: offloaded 33/33 layers to GPU\n'
      expect(look(shell, { tool: table, log, top: '41 llama-server\\n42 sh' })).toEqual(
        known([
          {
            name: 'rackside-ward-model',
            inside: known({
              by: 'tool',
              count: 2,
              products: ['NVIDIA H20'],
              memoryBytes: known((97871 / 1024) * gibibyte),
            }),
            pids: known([41, 42]),
            startLines: known(['load_tensors: offloaded 33/33 layers to GPU']),
          },
        ]),
      )
    })

    it('says that there is no tool, and not that there is no device', (context) => {
      needs(context, installed(shell[0]), `${shell[0]} is not installed`)
      expect(look(shell, {})).toMatchObject({ value: [{ inside: absent, startLines: known([]) }] })
    })

    it('has of a tool that fails what it said', (context) => {
      needs(context, installed(shell[0]), `${shell[0]} is not installed`)
      const looked = look(shell, { tool: "echo 'Failed to initialize NVML: Unknown Error'; exit 255" })
      expect(looked).toMatchObject({ value: [{ inside: { state: 'unreadable' } }] })
      expect(JSON.stringify(looked)).toContain('Failed to initialize NVML')
    })

    it('asks no tool beside one that still hangs there', (context) => {
      needs(context, installed(shell[0]), `${shell[0]} is not installed`)
      const looked = look(shell, { tool: table, top: '41 nvidia-smi' })
      expect(looked).toMatchObject({ value: [{ inside: { state: 'unreadable' }, pids: known([41]) }] })
    })

    it('brings no key out of a long line, and the device that stands behind it', (context) => {
      needs(context, installed(shell[0]), `${shell[0]} is not installed`)
      const log = [
        `server_args=ServerArgs(api_key='hunter2', ${'x=1, '.repeat(100)}device='cuda', tp_size=2)`,
        "server_args=ServerArgs(api_key='hunter3', more=1",
        `INFO Initializing a V1 LLM engine with config: ${'y=2, '.repeat(100)}device_config=npu, seed=0`,
      ]
      const looked = look(shell, { log: `${log.join('\n')}\n` })
      expect(JSON.stringify(looked)).not.toContain('hunter')
      expect(looked).toMatchObject({
        value: [
          {
            startLines: known([
              "server_args=ServerArgs(device='cuda')",
              'server_args=ServerArgs()',
              'device_config=npu',
            ]),
          },
        ],
      })
    })

    it('is nothing where none of ours runs', (context) => {
      needs(context, installed(shell[0]), `${shell[0]} is not installed`)
      expect(look(shell, { docker: '[ $1 != ps ] || exit 0' })).toEqual(known([]))
    })
  },
)

describe('an answer to the look', () => {
  const read = (text: string) => readDeviceLooks(new Map([['device-look', answer('device-look', text)]]))
  const about = 'container {"Name":"/rackside-x","StartedAt":"2026-11-28T08:00:00Z"}'

  it.each([
    ['breaks off', `${about}\nsaid 0\n> none\n\nheard\n`],
    ['has a line that nobody wrote', `${about}\nproven yes\nend\n`],
    ['begins without a container', 'pid 5\nend\n'],
  ])('is unreadable where it %s', (_, text) => {
    expect(read(text)).toMatchObject({ state: 'unreadable' })
  })

  it('takes a line of a tool for what it is, whatever it looks like', () => {
    const text = `${about}\npids\nsaid 0\n> tool nvidia\n> end\n> container {"Name":"/other"}\n\n= end\nheard\nend\n`
    expect(read(text)).toMatchObject({ value: [{ name: 'rackside-x', inside: { state: 'unreadable' } }] })
  })
})
