// What the kernel said: NVIDIA's Xid errors by class (accelerators.md section 1), other drivers' resets, and failing
// buses, memory and disks. A log that may not be read gives nothing but the Xids that a card's reader saw: the
// examination names it as unread.
import type { Facts } from '../../domain/facts.ts'
import type { DoctorRule, Severity } from '../../domain/finding.ts'
import { type XidGroup, xidGroupOf, xidOfFault } from '../../domain/nvidia-xid.ts'
import { devicesOf, knownOf, logLines, nameOf } from './look.ts'
import type { Rule } from './rule.ts'

type XidKind = XidGroup | 'other'

const xidSeverities: { readonly [K in XidKind]: Severity } = {
  lost: 'error',
  memory: 'error',
  remapped: 'warning',
  corrected: 'warning',
  link: 'error',
  reset: 'error',
  application: 'hint',
  other: 'warning',
}

const xidRules = Object.entries(xidSeverities).map(([name, severity]): Rule => {
  const kind = name as XidKind
  return { id: `xid-${kind}`, severity, match: (facts) => xidLines(facts, kind) }
})

const logRule = (id: DoctorRule, severity: Severity, pattern: RegExp): Rule => ({
  id,
  severity,
  match: (facts) => logLines(facts, pattern),
})

export const logRules: readonly Rule[] = [
  ...xidRules,
  logRule('nvidia-init-failed', 'error', /RmInitAdapter failed|rm_init_adapter failed/),
  { id: 'ascend-kernel-errors', severity: 'warning', match: ascendErrors },
  logRule('amd-gpu-reset', 'error', /amdgpu.{0,200}(?:GPU reset|ring \S{1,40} timeout|VRAM is lost)/),
  logRule('intel-gpu-hang', 'error', /\b(?:i915|xe)\b.{0,200}(?:GPU HANG|wedged|engine reset|Timedout job)/),
  logRule('pcie-errors', 'warning', /(?:AER:.{0,100}|PCIe Bus Error: severity=)(?:Uncorrect|Fatal)/i),
  logRule('machine-check', 'warning', /\[Hardware Error\]|Machine check events logged|EDAC .{0,100}\bUE\b/),
  logRule('out-of-memory', 'warning', /Out of memory: Kill|oom-kill:/),
  { id: 'disk-errors', severity: 'error', match: diskErrors },
  logRule('task-blocked', 'warning', /blocked for more than \d+ seconds/),
]

/** Those of the log. A card's own faults tell of more where the log was not read, or its lines have made room. */
function xidLines(facts: Facts, kind: XidKind): readonly string[] {
  const logged = logLines(facts, /NVRM: Xid \(/).flatMap((line) => {
    const digits = /NVRM: Xid \([^)]{1,60}\): (\d{1,4})\b/.exec(line)?.[1]
    return digits === undefined ? [] : [{ code: Number(digits), line }]
  })
  const told = devicesOf(facts, 'nvidia').flatMap((device) =>
    (knownOf(device.detail?.faults) ?? []).flatMap((fault) => {
      const code = xidOfFault(fault.code)
      return code === undefined ? [] : [{ code, line: `${nameOf(device)}: ${fault.code} ${fault.text}` }]
    }),
  )
  const unlogged = told.filter(({ code }) => !logged.some((one) => one.code === code))
  return [...unlogged, ...logged].filter(({ code }) => (xidGroupOf(code) ?? 'other') === kind).map(({ line }) => line)
}

const ascendWords =
  /(?:davinci|drv_pcie|devdrv|\[ascend\]).{0,300}(?:\berr(?:or)?(?:_?(?:code|no|cnt|count|num))?\b|fail|\blost\b|offline)/i
/** "error_code=0", "fail_cnt 0", "no error": that nothing is wrong. */
const noTrouble =
  /\b[a-z_]{0,40}(?:err|fail|lost|offline)[a-z_]{0,40}[\s:=(]{1,6}(?:0x)?0{1,16}\b(?!\.\d|:\w)|\b(?:no|0|without) (?:err|fail)[a-z]{0,10}/gi

function ascendErrors(facts: Facts): readonly string[] {
  return logLines(facts, ascendWords).filter((line) => ascendWords.test(line.replace(noTrouble, '')))
}

/** Drives without a medium, and files that are used as disks. */
const noDisk = /(?:\bdev(?:ice)? |\()(?:fd|sr|scd|loop)\d/

function diskErrors(facts: Facts): readonly string[] {
  const lines = logLines(facts, /I\/O error, dev|Buffer I\/O error|EXT4-fs error|XFS .{0,100}(?:orruption|I\/O error)/)
  return lines.filter((line) => !noDisk.test(line))
}
