// What the kernel said since it started about accelerators, memory and disks: lost devices and failing hardware show
// here first. Only lines that match leave the appliance, never the kernel's command line, which may hold secrets.
import { evidence } from '../domain/failure.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import type { KernelLine } from '../domain/stack.ts'
import { boundedLines } from './lines.ts'
import { type Answers, answerText, type Probe } from './probe.ts'

/** Of grave lines and of the others each: a driver that says much must not push the one that tells out. */
const eachLimit = 100
const lineLimit = 2 * eachLimit

const wanted = [
  'NVRM|nvidia|nouveau|davinci|drv_pcie|devdrv|hisi_|ascend|amdgpu|amdkfd|i915|[^a-z]xe[ :]|cambricon|hydcu|mtgpu|metax',
  'iluvatar|kunlun|enflame|biren|unsigned module|module verification|Loading of .* is rejected|PKCS#7|Key was rejected|AER:|PCIe Bus Error|Hardware Error',
  'Machine check|EDAC|Out of memory|oom-kill|I/O error|EXT4-fs error|XFS .*(orruption|error)|blocked for more than',
].join('|')
const grave = [
  'NVRM: Xid|fallen off the bus|Key was rejected|AER:|PCIe Bus Error|Hardware Error|Machine check|EDAC|Out of memory',
  'oom-kill|I/O error|EXT4-fs error|XFS .*(orruption|error)|blocked for more than',
].join('|')

// The last lines of both kinds, in the order in which they were said.
const select = `$0 !~ wanted || /[Cc]ommand line/ { next }
$0 ~ grave { serious[++s] = NR; text[NR] = $0; if (s > ${eachLimit}) delete text[serious[s - ${eachLimit}]]; next }
{ other[++o] = NR; text[NR] = $0; if (o > ${eachLimit}) delete text[other[o - ${eachLimit}]] }
END { for (line = 1; line <= NR; line++) if (line in text) print text[line] }`

// The journal has the whole boot; the ring buffer only what was said last. A login without the right gets an empty
// journal, and an error from dmesg.
const shell = `pick() { awk -v wanted='${wanted}' -v grave='${grave}' '${select}'; }
if command -v journalctl >/dev/null 2>&1; then
  log=$(journalctl -k -b -q --no-pager -o short-iso -n 2000 2>/dev/null)
  if [ -n "$log" ]; then
    echo journal
    printf '%s\\n' "$log" | pick || exit 1
    echo end
    exit 0
  fi
fi
command -v dmesg >/dev/null 2>&1 || exit 127
log=$(dmesg 2>&1) || { printf '%s\\n' "$log" | head -n 3 >&2; exit 1; }
echo ring
printf '%s\\n' "$log" | pick || exit 1
echo end`

export const kernelLogProbe: Probe = { id: 'kernel-log', shell, deadlineSeconds: 8 }

/** Matching lines, newest last; none is a known answer. Unreadable where the login may not read the log. */
export function readKernelLog(answers: Answers): Reading<KernelLine[]> {
  const text = answerText(answers, kernelLogProbe.id)
  if (text.state !== 'known') return text
  const lines = boundedLines(text.value).filter((line) => line.trim() !== '')
  const [head, last] = [lines[0], lines.at(-1)]
  const read = head === 'journal' ? journalLine : head === 'ring' ? ringLine : undefined
  if (read === undefined || last !== 'end') return unreadable(`kernel log: ${evidence(text.value, 150)}`)
  return known(lines.slice(1, -1).slice(-lineLimit).map(read))
}

/** `2026-11-20T03:14:07+0800 ward-3 kernel: NVRM: ...` */
function journalLine(line: string): KernelLine {
  const [, at = '', said = line] = /^(\d{4}-\d\d-\d\dT\S{1,30}) \S{1,80} kernel: (.*)$/.exec(line) ?? []
  return { at, text: evidence(said, 380) }
}

/** `[  123.456789] NVRM: ...`, with the caller in brackets behind it where the kernel says it. */
function ringLine(line: string): KernelLine {
  const [, at = '', said = line] =
    /^\[\s{0,20}(\d{1,12}\.\d{1,9})\](?:\[\s{0,10}[TC]\d{1,10}\])? (.*)$/.exec(line) ?? []
  return { at: at === '' ? '' : `${at} s`, text: evidence(said, 380) }
}
