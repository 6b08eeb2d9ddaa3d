// English: what stands against a variant.

import { endsOf, type VersionRange } from '../../domain/entry/hardware-match.ts'
import { bytesText } from '../amounts.ts'
import type { RejectionWords } from '../rejection-words.ts'

export const rejections: RejectionWords = {
  'architecture-differs': (r) => `needs ${r.needs}, the server is ${r.has}`,
  'system-differs': (r) => `needs ${r.needs}, the server runs ${r.has}`,
  'kernel-differs': (r) => `needs a kernel ${rangeText(r.needs)}, there is ${r.has}`,
  'accelerator-absent': (r) => `needs an accelerator of ${r.vendor}, there is none`,
  'accelerator-unreadable': (r) => `the accelerators of ${r.vendor} cannot be read (${r.why})`,
  'too-few-accelerators': (r) => `needs ${r.needs} accelerators of ${r.vendor}, there are ${r.has}`,
  'family-differs': (r) => `is made for ${r.vendor} chips of ${r.needs}, there is ${r.has}`,
  'device-memory-too-small': (r) =>
    `needs ${bytesText(r.needBytes)} on each accelerator of ${r.vendor}, the smallest has ${bytesText(r.hasBytes)}`,
  'driver-differs': (r) => `needs the ${r.vendor} driver ${rangeText(r.needs)}, there is ${r.has}`,
  'firmware-differs': (r) => `needs the ${r.vendor} firmware ${rangeText(r.needs)}, there is ${r.has}`,
  'toolkit-differs': (r) =>
    `needs a ${r.vendor} driver that can run the toolkit ${rangeText(r.needs)}, this one can run ${r.has}`,
  'format-differs': (r) => `the weights are ${r.has}, it reads ${r.needs}`,
  'weights-imported': () => 'serves only models that were imported into its own store, which a setup cannot do yet',
  'weights-for-other-devices': (r) =>
    `the weights are for ${r.needs}, ${r.has === '' ? 'this is the processor' : `there is ${r.has}`}`,
  'memory-too-small': (r) =>
    `${shortOfMemory(r)}${r.devicesNeeded === undefined ? '' : `; ${r.devicesNeeded} such accelerators would do, there are ${r.devices}`}`,
  'interface-not-provided': (r) => `needs ${r.needs}, which ${r.by} does not provide`,
  'model-name-twice': (r) => `two of its models are served as ${r.name}`,
  'part-name-unusable': (r) =>
    `the container name ${r.name} is taken by another service or part of the solution, or is too long`,
  'leaves-no-room': () => 'would leave too little memory for the other models of this solution',
  'no-split': (r) => `cannot be shared among ${r.devices} of these accelerators`,
  'context-too-long': (r) => `is asked for ${r.needs} tokens, the model was made for ${r.has}`,
  'shape-unknown': (r) => `what ${r.model} needs is not known before its weights are here`,
  'host-port-differs': (r) =>
    `in the network of the server it listens at port ${r.needs}, and the solution says ${r.has}`,
  'published-past-way-in': () =>
    'it is on the server’s own network and listens there by itself: whoever reaches the server comes in past the way in and its password, and the way in does not find it; leave it closed, or ask its publisher for one that is not on that network',
  'folder-of-engine': (r) => `it wants ${r.path} of the server, and the engine keeps its own in ${r.folder}`,
  'not-of-service': (r) => `${r.service} has no ${r.part} "${r.name}"`,
  'artifact-not-in-bundle': (r) => `${r.artifact} is not in this bundle`,
  others: (count) => (count === 1 ? '1 more is for other hardware' : `${count} more are for other hardware`),
  'image-for-other-platform': (r) => `its image is for ${r.has}, not for ${r.needs}`,
}

/** Two amounts that read the same, and nothing at all, are said otherwise. */
function shortOfMemory({ needBytes, hasBytes }: { readonly needBytes: number; readonly hasBytes: number }): string {
  const [needs, has] = [bytesText(needBytes), bytesText(hasBytes)]
  if (hasBytes === 0) return `needs ${needs} of memory, none is left`
  if (needs === has) return `needs ${bytesText(needBytes - hasBytes)} more memory than the ${has} that there are`
  return `needs ${needs} of memory, there are ${has}`
}

export function rangeText(versions: VersionRange): string {
  const { atLeast, below } = endsOf(versions)
  const ends = [
    ...(atLeast === undefined ? [] : [`${atLeast} or newer`]),
    ...(below === undefined ? [] : [`older than ${below}`]),
  ]
  return ends.join(' and ')
}
