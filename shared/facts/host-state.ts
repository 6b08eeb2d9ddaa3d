// The state of kernel, disks and network cards, as /proc and /sys show it: one fragment of the shell's own words,
// which starts two processes at most. Every fact is a line; the reader takes each by its first word.
import type { Space } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import type { Stack } from '../domain/stack.ts'
import { boundedLines, wholeNumber, wordsOf } from './lines.ts'
import { type Answers, answerText, filesGroup, type Probe } from './probe.ts'
import { readToolkits, toolkitShell } from './toolkits.ts'

// Of the command line only these words: others may hold what is nobody's business.
const optionPatterns = [
  '*iommu*|nouveau.*|nomodeset|pci=*|*blacklist=*|hugepages=*',
  '*hugepagesz=*|transparent_hugepage=*|numa_balancing=*',
].join('|')
const modulePatterns = [
  'nouveau|nvidia|nvidia_*|gdrdrv|amdgpu|i915|xe|vfio_pci|drv_*|davinci*|devdrv*|hdc*|ascend*',
  'cambricon*|hydcu*|hycu*|mtgpu|metax|iluvatar|kunlun*|xpu*|enflame*|biren*|alixpu*',
].join('|')

const shell = `echo host
one() { value=-; { IFS= read -r value <"$1"; } 2>/dev/null; [ -n "$value" ] || value=-; }
one /proc/sys/kernel/osrelease
if [ -d "/lib/modules/$value/build/" ]; then echo 'headers yes'; elif [ -d "/lib/modules/$value" ]; then echo 'headers no'; fi
if [ ! -d /sys/firmware/efi ]; then echo 'secure-boot none'
else
  set -- $(od -An -tu1 /sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c 2>/dev/null)
  echo "secure-boot \${5:--}"
fi
if [ -r /proc/modules ]; then
  echo modules
  while read -r name size used by state address taints; do
    case $name in ${modulePatterns}) echo "module $name \${taints:--}" ;; esac
  done </proc/modules
fi
set -f
one /proc/cmdline
[ "$value" = - ] || echo options
for word in $value; do case $word in ${optionPatterns}) echo "option $word" ;; esac; done
set +f
set -- /sys/class/iommu/*
if [ -e "$1" ]; then one /sys/kernel/iommu_groups/0/type; echo "iommu $value"; else echo 'iommu off'; fi
set -- /sys/devices/system/node/node[0-9]*
one /proc/sys/kernel/numa_balancing
[ ! -e "$1" ] || echo "numa $# $value"
one /sys/kernel/mm/transparent_hugepage/enabled
echo "transparent $value"
one /sys/fs/selinux/enforce
echo "selinux $value"
one /sys/module/apparmor/parameters/enabled
echo "apparmor $value"
if [ -e /run/reboot-required ]; then echo 'reboot yes'; elif [ -d /etc/apt ]; then echo 'reboot no'; else echo 'reboot none'; fi
for disk in /sys/block/*; do
  name=\${disk##*/}
  case $name in loop* | ram* | zram* | sr* | fd* | nbd*) continue ;; esac
  [ -e "$disk/queue/rotational" ] || continue
  one "$disk/queue/rotational"; row=$value
  one "$disk/size"; row="$row $value"
  one "$disk/dm/name"
  echo "disk $name $row $value"
  for part in "$disk/$name"*; do [ ! -e "$part/partition" ] || echo "part \${part##*/} $name"; done
done
for card in /sys/class/net/*; do
  [ -e "$card/device" ] || continue
  one "$card/operstate"; row=$value
  one "$card/speed"
  echo "nic \${card##*/} $row $value"
done
echo end
${toolkitShell}`

export const hostStateProbe: Probe = { id: 'host-state', shell, deadlineSeconds: 5, group: filesGroup }

type HostState = Pick<
  Stack,
  | ('kernelHeaders' | 'secureBoot' | 'modules' | 'kernelOptions' | 'iommu' | 'hugePages' | 'numa' | 'selinux')
  | ('appArmor' | 'rebootWanted' | 'disks' | 'networkCards' | 'programs' | 'cdiSpecs' | 'ascendFirmware')
>

/** Total. `hugePages` are in the memory probe's answer, the rest in this one's. */
export function readHostState(answers: Answers): HostState {
  const lines = linesOf(answers)
  const told = <T>(name: string, read: (rest: readonly string[]) => Reading<T>): Reading<T> => {
    if (lines.state !== 'known') return lines
    const rest = lines.value.find(([first]) => first === name)?.slice(1)
    return rest === undefined ? absent : read(rest)
  }
  const listed = <T>(head: string, name: string, read: (rest: readonly string[]) => T | undefined): Reading<T[]> => {
    if (lines.state !== 'known') return lines
    if (head !== '' && !lines.value.some(([first]) => first === head)) return unreadable('the kernel does not show it')
    return known(lines.value.flatMap(([first, ...rest]) => (first === name ? (read(rest) ?? []) : [])))
  }
  return {
    ...readToolkits(answers, hostStateProbe.id),
    kernelHeaders: told('headers', ([state]) => yesOrNo(state)),
    secureBoot: told('secure-boot', ([state]) => (state === 'none' ? absent : digit(state))),
    modules: atMost(100, listed('modules', 'module', moduleOf)),
    kernelOptions: atMost(
      60,
      listed('options', 'option', (words) => evidence(words.join(' '), 180)),
    ),
    iommu: told('iommu', iommuOf),
    hugePages: hugePagesOf(
      answers,
      told('transparent', (words) => chosen(words)),
    ),
    numa: told('numa', numaOf),
    selinux: told('selinux', ([state]) => selinuxOf(state)),
    appArmor: told('apparmor', ([state]) => (state === '-' ? absent : yesOrNo(state))),
    rebootWanted: told('reboot', ([state]) => (state === 'none' ? absent : yesOrNo(state))),
    disks: atMost(200, listed('', 'disk', diskOf)),
    networkCards: atMost(100, listed('', 'nic', cardOf)),
  }
}

/** Which disk each space lies on; a space on none of the kernel's disks (network, memory) is left out. */
export function readDiskUnder(answers: Answers, spaces: Reading<Record<string, Space>>): Stack['diskUnder'] {
  const lines = linesOf(answers)
  if (lines.state !== 'known') return lines
  if (spaces.state !== 'known') return spaces
  const disks = new Map<string, string>()
  for (const [first, name = '', ...rest] of lines.value) {
    if (first === 'part' && rest[0] !== undefined) disks.set(`/dev/${name}`, rest[0])
    if (first !== 'disk') continue
    disks.set(`/dev/${name}`, name)
    const volume = rest.slice(2).join(' ')
    if (volume !== '-') disks.set(`/dev/mapper/${volume}`, name)
  }
  const found = Object.entries(spaces.value).flatMap(([purpose, { filesystem }]) => {
    const disk = disks.get(filesystem)
    return disk === undefined ? [] : [[purpose, evidence(disk, 100)] as const]
  })
  return known(Object.fromEntries(found))
}

/** Words of each line between "host" and "end": without both the answer broke off. */
function linesOf(answers: Answers): Reading<string[][]> {
  const text = answerText(answers, hostStateProbe.id)
  if (text.state !== 'known') return text
  const lines = boundedLines(text.value).map(wordsOf)
  const begin = lines.findIndex(([first, ...more]) => first === 'host' && more.length === 0)
  const end = lines.findIndex(([first, ...more], at) => at > begin && first === 'end' && more.length === 0)
  if (begin < 0 || end < 0) return unreadable(`host-state: ${evidence(text.value, 150)}`)
  return known(lines.slice(begin + 1, end))
}

function atMost<T>(limit: number, list: Reading<T[]>): Reading<T[]> {
  return list.state === 'known' ? known(list.value.slice(0, limit)) : list
}

function yesOrNo(word: string | undefined): Reading<boolean> {
  if (word === 'yes' || word === 'Y') return known(true)
  return word === 'no' || word === 'N' ? known(false) : unreadable(`not yes or no: ${evidence(word ?? '', 60)}`)
}

function digit(word: string | undefined): Reading<boolean> {
  if (word === '1' || word === '0') return known(word === '1')
  return unreadable(word === '-' ? 'the firmware does not show it' : `not 0 or 1: ${evidence(word ?? '', 60)}`)
}

function moduleOf([name, taints]: readonly string[]) {
  const marks = /^\(([A-Z+-]{1,20})\)$/.exec(taints ?? '')?.[1] ?? ''
  return name !== undefined && /^[\w-]{1,60}$/.test(name) ? { name, taints: marks } : undefined
}

/** Types of the kernel's groups: sysfs-kernel-iommu_groups of its ABI documentation. */
function iommuOf([type]: readonly string[]): Stack['iommu'] {
  if (type === 'off') return known('off')
  if (type === 'identity') return known('passthrough')
  return known(type === 'DMA' || type === 'DMA-FQ' ? 'translated' : 'on')
}

/** "always [madvise] never". */
function chosen(words: readonly string[]): Reading<string> {
  const one = words.find((word) => /^\[[a-z]{1,20}\]$/.test(word))
  return one === undefined ? absent : known(one.slice(1, -1))
}

function numaOf([nodes, balancing]: readonly string[]): Stack['numa'] {
  const number = wholeNumber(nodes)
  if (number === undefined) return unreadable(`not a number of nodes: ${evidence(nodes ?? '', 60)}`)
  return known({ nodes: number, balancing: balancing === '-' ? absent : digit(balancing) })
}

function selinuxOf(state: string | undefined): Stack['selinux'] {
  if (state === '-') return absent
  const on = digit(state)
  return on.state === 'known' ? known(on.value ? 'enforcing' : 'permissive') : on
}

function diskOf([name, rotating, sectors]: readonly string[]) {
  const number = wholeNumber(sectors)
  if (name === undefined || !/^[01]$/.test(rotating ?? '') || number === undefined || number > 1e12) return undefined
  return { name: evidence(name, 100), rotating: rotating === '1', bytes: number * 512 }
}

/** A speed of -1 says that the card does not know. */
function cardOf([name, state, speed]: readonly string[]) {
  if (name === undefined || state === undefined) return undefined
  const megabits = wholeNumber(speed)
  const told = megabits === undefined || megabits === 0 || megabits > 10_000_000 ? absent : known(megabits)
  return { name: evidence(name, 60), up: state === 'up', megabits: told }
}

function hugePagesOf(answers: Answers, transparent: Reading<string>): Stack['hugePages'] {
  const memory = answerText(answers, 'memory')
  if (memory.state !== 'known') return memory
  const lines = boundedLines(memory.value).map(wordsOf)
  const of = (name: string) => wholeNumber(lines.find(([first]) => first === `${name}:`)?.[1])
  const [count, pageKibibytes] = [of('HugePages_Total'), of('Hugepagesize')]
  if (count === undefined || pageKibibytes === undefined) return absent
  if (count > 1e9 || pageKibibytes > 1e8) return unreadable('not a number of huge pages')
  return known({ count, pageBytes: pageKibibytes * 1024, transparent })
}
