// English: what models were measured at on real hardware.
import type { HardwareClass } from '../../domain/entry/measured.ts'
import { vendorName } from '../accelerator-name.ts'
import { bytesText, threeDigits } from '../amounts.ts'
import { timeText } from '../bench-amounts.ts'
import type { EvidenceWords } from '../evidence-words.ts'
import { many } from './many.ts'

function hardware(one: HardwareClass): string {
  if (one.on === 'processor') return `processor ${one.product}, ${many(one.cores, 'thread')}`
  const each = one.memoryBytes === undefined ? '' : `, ${bytesText(one.memoryBytes)} each`
  return `${one.count} × ${vendorName(one.vendor)} ${one.product}${each}`
}

export const evidence: EvidenceWords = {
  hardware,
  measured: ({ hardware: on, runtime, runtimeVersion, tokensPerSecond: alone, ...one }) => {
    const first = alone === undefined ? '' : `${threeDigits(alone)} tokens/s for one; `
    const together = `TTFT p95 ${timeText(one.ttftP95Ms)}, TPOT p95 ${timeText(one.tpotP95Ms)}, ${threeDigits(one.outputTokensPerSecond)} tokens/s together`
    const asked = `${many(one.users, 'user')} at once (about ${one.inputTokens} tokens in, ${one.outputTokens} out): ${together}`
    return `${hardware(on)}, ${runtime} ${runtimeVersion}: ${first}${asked}. Certificate ${one.certificate.slice(0, 12)} of ${one.measuredOn}, key ${one.signedBy}`
  },
  label: 'Measured',
  byCatalog: 'What the catalog measured on such hardware',
  written: (deployment, form, file) => `${deployment}: written to ${file}, form ${form}`,
  wasThere: (deployment, form, file) => `${deployment}: ${file} says it already, form ${form}`,
  left: (deployment, why) => `${deployment}: not written, ${why}`,
  why: {
    demo: 'its server is simulated',
    refused: 'something speaks against it in the certificate',
    'no-form':
      'the certificate does not say from which catalog entry the model came; it was installed by an earlier version',
    'device-unproven': 'nobody could show on which devices it is computed',
    'hardware-unread': 'the certificate does not say which devices these are',
    'not-measured': 'it was not measured with the agreed users',
    'rough-figures': 'too few answers came for figures that hold',
    'no-entry': 'this folder has no entry of that model and version',
    'no-such-form': 'the entry has no such form',
    'one-line': 'the form is written in one line, between braces; write it line by line',
    full: 'the form has as many measurements as it may have; take old ones out',
  },
  nothing: 'The certificate has no model that answers chats: there is nothing to write.',
  next: 'Read the lines that were added, then sign the catalog: whoever signs it vouches for them.',
}
