// The appliance's clock: what it says, and whether a server of the time keeps it right.
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import type { Stack } from '../domain/stack.ts'
import { boundedLines, wholeNumber } from './lines.ts'
import { type Answers, answerText, type Probe } from './probe.ts'

// timedatectl asks the kernel, whoever sets the clock; before systemd 239 it has no `show`.
const shell = `echo "now $(date +%s)"
if [ -d /run/systemd/system ] && command -v timedatectl >/dev/null 2>&1; then
  timedatectl show -p NTPSynchronized 2>/dev/null || timedatectl status
elif command -v chronyc >/dev/null 2>&1; then
  chronyc -n tracking
fi
exit 0`

export const clockProbe: Probe = { id: 'clock', shell, deadlineSeconds: 5 }

/** `synchronised` is absent where nothing is installed that would know. Total. */
export function readClock(answers: Answers): Pick<Stack, 'clockSynchronised' | 'clockSeconds'> {
  const text = answerText(answers, clockProbe.id)
  if (text.state !== 'known') return { clockSynchronised: text, clockSeconds: text }
  const lines = boundedLines(text.value).slice(0, 60)
  const seconds = wholeNumber(lines.flatMap((line) => /^now (\d{1,12})$/.exec(line)?.[1] ?? [])[0])
  return {
    clockSynchronised: synchronisedOf(lines),
    clockSeconds: seconds === undefined ? unreadable('date did not say it') : known(seconds),
  }
}

function synchronisedOf(lines: readonly string[]): Reading<boolean> {
  for (const line of lines) {
    const word = /^(?:NTPSynchronized=|\s{0,30}(?:NTP|System clock) synchronized:\s{0,10})(yes|no)\s*$/.exec(line)?.[1]
    if (word !== undefined) return known(word === 'yes')
    const leap = /^Leap status\s{0,20}:\s{0,10}(\S.{0,40})$/.exec(line)?.[1]
    if (leap !== undefined) return known(!/^not sync/i.test(leap))
  }
  return lines.filter((line) => line.trim() !== '').length > 1 ? unreadable('the answer has another shape') : absent
}
