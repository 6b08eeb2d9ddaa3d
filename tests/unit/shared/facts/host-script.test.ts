// What the sampler prints of a host, in the shells that it meets, from folders that look like /proc and /sys.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostBody } from '../../../../shared/facts/host-script.ts'
import { setUp } from '../../../../shared/facts/script-body.ts'
import { realShells, runInShell } from '../../../support/real-shells.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

/** By path; an empty text is a folder. */
type Files = Readonly<Record<string, string>>

const proc: Files = {
  'proc/stat': 'cpu  10 20 30 40 50 60 70 80 0 0\ncpu0 1 2 3 4\n',
  'proc/meminfo': 'MemTotal:       16000000 kB\nMemFree:          100 kB\nMemAvailable:    4000000 kB\nBuffers: 1 kB\n',
  'proc/uptime': '1234.56 9876.54\n',
  'proc/loadavg': '3.41 2.00 1.00 2/345 6789\n',
  'proc/swaps': 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
}
const always =
  'cpu  10 20 30 40 50 60 70 80 0 0\nMemTotal: 16000000 kB\nMemAvailable: 4000000 kB\nup 123456\nload 3.41\n'

const card = (name: string, received: number | string, sent: number): Files => ({
  [`sys/class/net/${name}/statistics/rx_bytes`]: `${received}\n`,
  [`sys/class/net/${name}/statistics/tx_bytes`]: `${sent}\n`,
})
const withDevice = (folder: string): Files => ({ [`${folder}/device/vendor`]: '0x8086\n' })
const physical = (name: string, received: number | string, sent: number): Files => ({
  ...card(name, received, sent),
  ...withDevice(`sys/class/net/${name}`),
})
const disk = (name: string, more: Files = {}): Files => ({
  [`sys/block/${name}/stat`]:
    '     100        1     2000       30      400        5     6000       70        0      800      900\n',
  [`sys/block/${name}/size`]: '1000215216\n',
  ...withDevice(`sys/block/${name}`),
  ...more,
})
const counted = '100        1     2000       30      400        5     6000       70        0      800      900'

const server: Files = {
  ...proc,
  'proc/swaps':
    'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/dev/dm-1                               partition\t4194300\t\t1024\t\t-2\n/swap\\040file file\t\t100\t\t0\t\t-3\n',
  // Two members of a bond, what leads to them, and what containers bring along.
  ...physical('eno1', 1000, 200),
  ...physical('eno2', '18446744073709551615', 7),
  ...physical('eno2v1', 5, 5),
  'sys/class/net/eno2v1/device/physfn/vendor': '0x8086\n',
  ...card('bond0', 9000, 9000),
  ...card('bond0.12', 9000, 9000),
  ...card('lo', 77, 77),
  ...card('docker0', 8, 8),
  ...card('br-0a1b2c', 8, 8),
  ...card('veth12ab', 8, 8),
  ...card('cali77', 8, 8),
  ...card('flannel.1', 8, 8),
  ...card('tunl0', 8, 8),
  ...physical('odd;name', 3, 3),
  ...disk('nvme0n1'),
  ...disk('nvme1c0n1', { 'sys/block/nvme1c0n1/hidden': '1\n' }),
  ...disk('sda', { 'sys/block/sda/hidden': '0\n' }),
  ...disk('sr0', { 'sys/block/sr0/size': '0\n' }),
  'sys/block/loop0/stat': '9 9 9 9 9 9 9 9 9 9 9\n',
  'sys/block/dm-0/stat': '9 9 9 9 9 9 9 9 9 9 9\n',
  'sys/class/hwmon/hwmon0/name': 'nvme\n',
  'sys/class/hwmon/hwmon0/temp1_input': '91000\n',
  'sys/class/hwmon/hwmon1/name': 'coretemp\n',
  'sys/class/hwmon/hwmon1/temp1_label': 'Package id 0\n',
  'sys/class/hwmon/hwmon1/temp1_input': '54000\n',
  'sys/class/hwmon/hwmon1/temp2_label': 'Core 0\n',
  'sys/class/hwmon/hwmon1/temp2_input': '57000\n',
  'sys/class/hwmon/hwmon2/name': 'k10temp\n',
  'sys/class/hwmon/hwmon2/temp1_input': '61125\n',
  'sys/class/thermal/thermal_zone0/type': 'x86_pkg_temp\n',
  'sys/class/thermal/thermal_zone0/temp': '99000\n',
}
const ofServer = `${always}swap 4194300 1024
swap 100 0
net eno1 1000 200
net eno2 18446744073709551615 7
disk nvme0n1 ${counted}
disk sda ${counted}
heat 54000
heat 61125
`

const cases: readonly (readonly [string, Files, string])[] = [
  ['a server with a bond, containers, several disks and two processors', server, ofServer],
  [
    'a container, which has no card of its own and no sensor',
    { ...proc, ...card('lo', 1, 1), ...card('eth0', 5, 6), ...card('host0', 7, 8), ...card('veth0', 9, 9) },
    `${always}net eth0 5 6\nnet host0 7 8\n`,
  ],
  [
    'an Arm board, which has its processor among the thermal zones',
    {
      ...proc,
      'sys/class/hwmon/hwmon0/name': 'acpitz\n',
      'sys/class/thermal/thermal_zone0/type': 'acpitz\n',
      'sys/class/thermal/thermal_zone0/temp': '16800\n',
      'sys/class/thermal/thermal_zone1/type': 'cpu-thermal\n',
      'sys/class/thermal/thermal_zone1/temp': '48312\n',
    },
    `${always}heat 48312\n`,
  ],
  [
    'nothing at all but a clock',
    { 'proc/uptime': '7.00 1.00\n' },
    '\nMemTotal:  kB\nMemAvailable:  kB\nup 700\nload \n',
  ],
]

function folderOf(files: Files): string {
  const folder = temporaryFolder()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function printed(shell: readonly [string, ...string[]], folder: string, ticks = 'tick=0; print_host') {
  const moved = `${setUp}\n${hostBody}`.replaceAll('/sys/', `${folder}/sys/`).replaceAll('/proc/', `${folder}/proc/`)
  return runInShell(shell, `${moved}\n${ticks}\n`)
}

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('in %s', (_, shell) => {
  it.each(cases)('prints %s', (_what, files, expected) => {
    expect(printed(shell, folderOf(files))).toEqual({ status: 0, stdout: expected, stderr: '' })
  })

  it('leaves out a card that is gone and a sensor that answers nothing, and finds what is new a minute later', () => {
    const folder = folderOf({ ...proc, ...physical('eno1', 1, 2), ...physical('eno2', 3, 4) })
    mkdirSync(join(folder, 'sys/class/hwmon/hwmon0'), { recursive: true })
    writeFileSync(join(folder, 'sys/class/hwmon/hwmon0/name'), 'coretemp\n')
    symlinkSync('eno2', join(folder, 'sys/class/net/eno3'))
    const ticks = `tick=0; print_host; rm -r ${folder}/sys/class/net/eno1; tick=1; print_host; tick=60; print_host`
    const { stdout, stderr } = printed(shell, folder, ticks)
    expect(stderr).toBe('')
    const nets = stdout.split('\n').filter((line) => /^(net|heat)/.test(line))
    const [first, rest] = [
      ['net eno1 1 2', 'net eno2 3 4', 'net eno3 3 4'],
      ['net eno2 3 4', 'net eno3 3 4'],
    ]
    expect(nets).toEqual([...first, ...rest, ...rest])
  })
})
