// The recorder as this console puts it on an appliance.
import type { StepSpecOf } from '../../../shared/domain/plan.ts'
import { type RecorderAlert, recorderIntervalSeconds, recorderLimitBytes } from '../../../shared/domain/recorder.ts'
import { samplerProbes } from '../../../shared/facts/accelerator-samples.ts'
import { recorderScript } from '../../../shared/facts/recorder-script.ts'
import type { CoreTools } from '../core-tools.ts'

/** `alert`: whom it tells; nobody where it is missing. */
export function recorderSpec({ sha256 }: Pick<CoreTools, 'sha256'>, alert?: RecorderAlert): StepSpecOf<'recorder'> {
  const made = { intervalSeconds: recorderIntervalSeconds, limitBytes: recorderLimitBytes }
  const script = recorderScript(samplerProbes, made)
  return { kind: 'recorder', ...made, script, scriptSha256: sha256(script), ...(alert && { alert }) }
}
