// What the kernel said: NVIDIA's Xid errors by class (accelerators.md section 1), other drivers' resets, and failing
// buses, memory and disks. A log that may not be read gives nothing: the examination names it as unread.

import type { Facts } from '../../domain/facts.ts'
import type { DoctorRule, Severity } from '../../domain/finding.ts'
import { logLines } from './look.ts'
import type { Rule } from './rule.ts'

type XidRule = Extract<DoctorRule, `xid-${string}`>

const xidClasses = {
  'xid-lost': [79],
  'xid-memory': [48, 64, 92, 94, 95],
  'xid-remapped': [63],
  'xid-link': [74],
  'xid-reset': [61, 62, 109, 119, 120, 140, 145, 149],
  'xid-application': [13, 31, 43, 45],
} as const satisfies { readonly [R in Exclude<XidRule, 'xid-other'>]: readonly number[] }

const named: ReadonlySet<number> = new Set(Object.values(xidClasses).flat())

const xidSeverity: { readonly [R in XidRule]: Severity } = {
  'xid-lost': 'error',
  'xid-memory': 'error',
  'xid-remapped': 'warning',
  'xid-link': 'error',
  'xid-reset': 'error',
  'xid-application': 'hint',
  'xid-other': 'warning',
}

function xidRule(id: Exclude<XidRule, 'xid-other'>): Rule {
  const codes: readonly number[] = xidClasses[id]
  return { id, severity: xidSeverity[id], match: (facts) => xidLines(facts, (code) => codes.includes(code)) }
}

const logRule = (id: DoctorRule, severity: Severity, pattern: RegExp): Rule => ({
  id,
  severity,
  match: (facts) => logLines(facts, pattern),
})

export const logRules: readonly Rule[] = [
  xidRule('xid-lost'),
  xidRule('xid-memory'),
  xidRule('xid-remapped'),
  xidRule('xid-link'),
  xidRule('xid-reset'),
  xidRule('xid-application'),
  {
    id: 'xid-other',
    severity: xidSeverity['xid-other'],
    match: (facts) => xidLines(facts, (code) => !named.has(code)),
  },
  logRule('nvidia-init-failed', 'error', /RmInitAdapter failed|rm_init_adapter failed/),
  logRule(
    'ascend-kernel-errors',
    'warning',
    /(?:davinci|drv_pcie|devdrv|\[ascend\]).{0,300}(?:\berr(?:or)?\b|fail|\blost\b|offline)/i,
  ),
  logRule('amd-gpu-reset', 'error', /amdgpu.{0,200}(?:GPU reset|ring \S{1,40} timeout|VRAM is lost)/),
  logRule('intel-gpu-hang', 'error', /\b(?:i915|xe)\b.{0,200}(?:GPU HANG|wedged|engine reset|Timedout job)/),
  logRule('pcie-errors', 'warning', /(?:AER:.{0,100}|PCIe Bus Error: severity=)(?:Uncorrect|Fatal)/i),
  logRule('machine-check', 'warning', /\[Hardware Error\]|Machine check events logged|EDAC .{0,100}\bUE\b/),
  logRule('out-of-memory', 'warning', /Out of memory: Kill|oom-kill:/),
  logRule(
    'disk-errors',
    'error',
    /I\/O error, dev|Buffer I\/O error|EXT4-fs error|XFS .{0,100}(?:orruption|I\/O error)/,
  ),
  logRule('task-blocked', 'warning', /blocked for more than \d+ seconds/),
]

function xidLines(facts: Facts, is: (code: number) => boolean): readonly string[] {
  return logLines(facts, /NVRM: Xid \(/).filter((line) => {
    const code = /NVRM: Xid \([^)]{1,60}\): (\d{1,3})\b/.exec(line)?.[1]
    return code !== undefined && is(Number(code))
  })
}
