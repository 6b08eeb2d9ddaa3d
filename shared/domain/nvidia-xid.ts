// NVIDIA's Xid errors by what has to be done about them: the one table by which readers mark faults of a GPU and the
// doctor chooses its rule. accelerators.md section 1; what it does not list is as NVIDIA's catalog of Xids says.

type Group = { readonly class: string; readonly codes: readonly number[] }

const groups = {
  lost: { class: 'bus', codes: [79] },
  memory: { class: 'memory', codes: [48, 64, 94, 95, 140] },
  remapped: { class: 'memory', codes: [63] },
  /** Of these every single one was corrected; there were too many. */
  corrected: { class: 'memory', codes: [92] },
  link: { class: 'nvlink', codes: [74, 144, 145, 146, 147, 148, 149, 150] },
  reset: { class: 'timeout', codes: [61, 62, 109, 119, 120] },
  /** A program's own fault. */
  application: { class: 'application', codes: [13, 31, 43, 45] },
} as const satisfies { readonly [name: string]: Group }
export type XidGroup = keyof typeof groups

/** Undefined for a code that is in no group. */
export function xidGroupOf(code: number): XidGroup | undefined {
  const found = Object.entries<Group>(groups).find(([, { codes }]) => codes.includes(code))
  return found?.[0] as XidGroup | undefined
}

/** How faults of this group are marked in the facts. */
export function xidClassOf(code: number): string | undefined {
  const group = xidGroupOf(code)
  return group === undefined ? undefined : groups[group].class
}

export function xidFaultCode(code: number): string {
  return `Xid ${code}`
}

/** The number in such a code of a fault; undefined in any other. */
export function xidOfFault(faultCode: string): number | undefined {
  const digits = /^Xid (\d{1,4})$/.exec(faultCode)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
