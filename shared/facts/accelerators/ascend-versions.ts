// Which driver, firmware and CANN are installed, by the files that their packages leave behind: no tool, no process
// that could hang. Names and places of the files differ between releases. accelerators.md section 2.
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines } from '../lines.ts'
import { type Answers, answerText, type Probe } from '../probe.ts'

// The driver's file comes first, without a line before it. Of the others the first that is there.
const shell = `base=/usr/local/Ascend
{ while IFS='=' read -r key value || [ -n "$key" ]; do
  [ "$key" != Driver_Install_Path_Param ] || [ -z "$value" ] || base=$value
done </etc/ascend_install.info; } 2>/dev/null
show() {
  for file in "$@"; do
    [ -f "$file" ] || continue
    head -n 60 "$file"
    break
  done
}
show "$base/driver/version.info"
printf '\\n== firmware\\n'
show "$base/firmware/version.info"
printf '\\n== cann\\n'
show "$base"/cann/*-linux/ascend_toolkit_install.info "$base"/ascend-toolkit/latest/*-linux/ascend_toolkit_install.info \\
  "$base"/nnrt/latest/*-linux/ascend_nnrt_install.info "$base/ascend-toolkit/latest/version.cfg"
exit 0`

export const versionsProbe: Probe = {
  id: 'ascend-driver',
  when: '[ -e /usr/local/Ascend ] || [ -e /etc/ascend_install.info ]',
  shell,
  deadlineSeconds: 5,
}

type AscendVersions = {
  readonly driver: Reading<string>
  /** Of the package that was flashed last; undefined where the files were not asked for. */
  readonly firmware: Reading<string> | undefined
  /** "CANN 8.2.RC1"; absent where it is in the containers only. */
  readonly toolkit: Reading<string> | undefined
}

export function readVersions(answers: Answers): AscendVersions {
  const text = answerText(answers, versionsProbe.id)
  if (text.state !== 'known') return { driver: text, firmware: undefined, toolkit: undefined }
  const files = filesOf(text.value)
  const cann = files.get('cann')
  const [driver, firmware] = [files.get('driver'), files.get('firmware')]
  return {
    driver: driver === undefined ? absent : versionIn(driver, 'version.info of the driver'),
    firmware: firmware === undefined ? undefined : versionIn(firmware, 'version.info of the firmware'),
    toolkit: cann === undefined ? undefined : named('CANN', versionIn(cann, 'the version file of CANN')),
  }
}

/** Lines of each file by the word before it. */
function filesOf(text: string): Map<string, string[]> {
  const files = new Map<string, string[]>([['driver', []]])
  let current = 'driver'
  for (const line of boundedLines(text)) {
    const next = /^== (firmware|cann)$/.exec(line)?.[1]
    current = next ?? current
    const lines = files.get(current) ?? []
    files.set(current, next === undefined && line.trim() !== '' ? [...lines, line].slice(0, 100) : lines)
  }
  return files
}

/** `Version=25.5.1`, `version=8.2.RC1`, `package_version=...`, or `runtime_running_version=[7.7.0.1.231:8.2.RC1]`. */
function versionIn(lines: readonly string[], file: string): Reading<string> {
  if (lines.length === 0) return absent
  const patterns = [
    /^\s{0,9}version\s{0,9}=\s{0,9}"?\[?([\w.+-]{1,60})\]?"?\s{0,9}$/i,
    /^\s{0,9}package_version\s{0,9}=\s{0,9}"?\[?([\w.+-]{1,60})\]?"?\s{0,9}$/i,
    /^\s{0,9}\w{1,30}_running_version\s{0,9}=\s{0,9}\[[^:\]]{0,60}:([\w.+-]{1,60})\]/i,
  ]
  const found = patterns.map((pattern) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? [])[0])
  const version = found.find((one) => one !== undefined)
  return version === undefined ? unreadable(`${file}: ${evidence(lines.join('\n'), 150)}`) : known(version)
}

function named(name: string, version: Reading<string>): Reading<string> {
  return version.state === 'known' ? known(`${name} ${version.value}`) : version
}
