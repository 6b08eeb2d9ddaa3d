// What is installed between driver and engine: the programs of container toolkits, specs of the container device
// interface, units of systemd, and the versions that Ascend's packages leave in files.
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import type { Stack } from '../domain/stack.ts'
import { boundedLines, wordsOf } from './lines.ts'
import { type Answers, answerText, type Probe } from './probe.ts'

const programs = [
  'nvidia-ctk nvidia-container-runtime nvidia-container-runtime-hook nvidia-container-cli nvidia-persistenced',
  'nv-fabricmanager ascend-docker-runtime dkms mokutil',
].join(' ')
const units = [
  'docker containerd nvidia-fabricmanager nvidia-persistenced unattended-upgrades firewalld',
  'chronyd chrony systemd-timesyncd ntpd',
].join(' ')

// sed ends by itself; a spec of many devices is some hundred lines.
const shell = `echo stack
for program in ${programs}; do command -v "$program" >/dev/null 2>&1 && echo "program $program"; done
runtime=/usr/local/Ascend/Ascend-Docker-Runtime/ascend-docker-runtime
[ ! -x "$runtime" ] || echo 'program ascend-docker-runtime'
for file in /etc/cdi/*.yaml /etc/cdi/*.yml /etc/cdi/*.json /var/run/cdi/*.yaml /var/run/cdi/*.yml /var/run/cdi/*.json; do
  [ -f "$file" ] || continue
  kind=$(sed -n 's/.*"\\{0,1\\}kind"\\{0,1\\} *: *"\\{0,1\\}\\([A-Za-z0-9._-]*\\/[A-Za-z0-9._-]*\\).*/\\1/p' "$file" 2>/dev/null | head -n 1)
  echo "cdi \${kind:--} $file"
done
for part in driver firmware; do
  file=/usr/local/Ascend/$part/version.info
  [ -r "$file" ] || continue
  while IFS= read -r line; do
    case $line in Version=* | compatible_version_fw=*) echo "ascend $part $line" ;; esac
  done <"$file"
done
if [ -d /run/systemd/system ]; then
  echo units
  systemctl show -p Id -p LoadState -p ActiveState -p UnitFileState $(for unit in ${units}; do echo "$unit.service"; done)
fi
echo end`

export const installedStackProbe: Probe = { id: 'installed-stack', shell, deadlineSeconds: 6 }

/** Total. */
export function readInstalledStack(
  answers: Answers,
): Pick<Stack, 'programs' | 'cdiSpecs' | 'services' | 'ascendFirmware'> {
  const lines = linesOf(answers)
  if (lines.state !== 'known') {
    return { programs: lines, cdiSpecs: lines, services: lines, ascendFirmware: lines }
  }
  const unitsAt = lines.value.indexOf('units')
  const rows = lines.value.slice(0, unitsAt < 0 ? undefined : unitsAt).map(wordsOf)
  const found = rows.flatMap(([first, name]) => (first === 'program' && name !== undefined ? [evidence(name, 60)] : []))
  return {
    programs: known([...new Set(found)].slice(0, 40)),
    cdiSpecs: known(rows.flatMap(specOf).slice(0, 40)),
    services: unitsAt < 0 ? absent : servicesOf(lines.value.slice(unitsAt + 1)),
    ascendFirmware: firmwareOf(rows),
  }
}

function linesOf(answers: Answers): Reading<string[]> {
  const text = answerText(answers, installedStackProbe.id)
  if (text.state !== 'known') return text
  const lines = boundedLines(text.value)
  const begin = lines.indexOf('stack')
  const end = lines.lastIndexOf('end')
  if (begin < 0 || end < begin) return unreadable(`installed-stack: ${evidence(text.value, 150)}`)
  return known(lines.slice(begin + 1, end))
}

function specOf([first, kind = '-', ...file]: readonly string[]) {
  if (first !== 'cdi' || file.length === 0) return []
  const told: Reading<string> = kind === '-' ? unreadable('the file names no kind') : known(evidence(kind, 100))
  return [{ file: evidence(file.join(' '), 180), kind: told }]
}

/** `systemctl show` of several units: blocks of NAME=VALUE with an empty line between, in an order of its own. */
function servicesOf(lines: readonly string[]): Stack['services'] {
  const services: { name: string; active: string; starts: string }[] = []
  let block = new Map<string, string>()
  for (const line of [...lines.slice(0, 400), '']) {
    if (line.trim() !== '') {
      const at = line.indexOf('=')
      if (at > 0) block.set(line.slice(0, at), evidence(line.slice(at + 1), 100))
      continue
    }
    const [name, active, load] = ['Id', 'ActiveState', 'LoadState'].map((key) => block.get(key))
    if (name !== undefined && active !== undefined && load !== 'not-found') {
      services.push({ name: name.replace(/\.service$/, ''), active, starts: block.get('UnitFileState') ?? '' })
    }
    block = new Map()
  }
  return services.length > 0 ? known(services.slice(0, 40)) : unreadable(`systemctl: ${evidence(lines.join(' '), 150)}`)
}

/** `Version=7.5.0.1.129` of the firmware, `compatible_version_fw=[7.0.0,7.9.9]` of the driver. */
function firmwareOf(rows: readonly (readonly string[])[]): Stack['ascendFirmware'] {
  const told = (part: string, name: string) =>
    rows.find(([first, of, text]) => first === 'ascend' && of === part && text?.startsWith(`${name}=`) === true)?.[2]
  const version = told('firmware', 'Version')?.slice('Version='.length)
  const range = /=\[([\w.]{1,40}),([\w.]{1,40})\]$/.exec(told('driver', 'compatible_version_fw') ?? '')
  const [, lowest, highest] = range ?? []
  if (version === undefined || lowest === undefined || highest === undefined) return absent
  return known({ version: evidence(version, 60), lowest, highest })
}
