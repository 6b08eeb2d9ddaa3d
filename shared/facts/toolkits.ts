// What is installed between driver and engine: the programs of container toolkits, specs of the container device
// interface, and the versions that Ascend's packages leave in files. Asked as a part of the host-state probe.
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import type { Stack } from '../domain/stack.ts'
import { boundedLines, wordsOf } from './lines.ts'
import { type Answers, answerText } from './probe.ts'

const programs = [
  'nvidia-ctk nvidia-container-runtime nvidia-container-runtime-hook nvidia-container-cli nvidia-persistenced',
  'nv-fabricmanager ascend-docker-runtime dkms mokutil',
].join(' ')
// sed ends by itself; a spec of many devices is some hundred lines.
export const toolkitShell = `echo toolkits
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
echo end`

/** Total; of the lines between "toolkits" and "end" in the answer of `probe`. */
export function readToolkits(answers: Answers, probe: string): Pick<Stack, 'programs' | 'cdiSpecs' | 'ascendFirmware'> {
  const rows = rowsOf(answerText(answers, probe))
  if (rows.state !== 'known') return { programs: rows, cdiSpecs: rows, ascendFirmware: rows }
  const found = rows.value.flatMap(([first, name]) =>
    first === 'program' && name !== undefined ? [evidence(name, 60)] : [],
  )
  return {
    programs: known([...new Set(found)].slice(0, 40)),
    cdiSpecs: known(rows.value.flatMap(specOf).slice(0, 40)),
    ascendFirmware: firmwareOf(rows.value),
  }
}

function rowsOf(text: Reading<string>): Reading<string[][]> {
  if (text.state !== 'known') return text
  const lines = boundedLines(text.value)
  const begin = lines.indexOf('toolkits')
  const end = lines.indexOf('end', begin)
  if (begin < 0 || end < 0) return unreadable(`toolkits: ${evidence(text.value, 150)}`)
  return known(lines.slice(begin + 1, end).map(wordsOf))
}

function specOf([first, kind = '-', ...file]: readonly string[]) {
  if (first !== 'cdi' || file.length === 0) return []
  const told: Reading<string> = kind === '-' ? unreadable('the file names no kind') : known(evidence(kind, 100))
  return [{ file: evidence(file.join(' '), 180), kind: told }]
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
