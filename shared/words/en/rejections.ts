// English: what stands against a variant.
import type { RejectionWords } from '../words.ts'

export const rejections: RejectionWords = {
  'architecture-differs': (r) => `needs ${r.needs}, the server is ${r.has}`,
  'accelerator-absent': (r) => `needs an accelerator of ${r.vendor}, there is none`,
  'accelerator-unreadable': (r) => `the accelerators of ${r.vendor} cannot be read (${r.why})`,
  'too-few-accelerators': (r) => `needs ${r.needs} accelerators of ${r.vendor}, there are ${r.has}`,
  'driver-too-old': (r) => `needs the ${r.vendor} driver ${r.needs} or newer, there is ${r.has}`,
  'artifact-not-in-bundle': (r) => `its image ${r.artifact} is not in this bundle`,
  'image-for-other-platform': (r) => `its image is for ${r.has}, not for ${r.needs}`,
}
