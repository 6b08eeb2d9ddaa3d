// Everything that the simulated hardware and its operating system answer, by probe: the facts script's probes, and
// the tool probes of the sampler, which share ids with them and ask for less.
import { remoteRoot } from '../../../shared/domain/remote-layout.ts'
import { vendorReaders } from '../../../shared/facts/accelerators/all.ts'
import type { Machine } from '../machine.ts'
import { type AnswerTable, notThere } from '../probe-answer.ts'
import { ascendAnswers, ascendSampleAnswers } from './ascend-answers.ts'
import { deviceNodes } from './device-nodes.ts'
import { installedAnswers } from './installed-answers.ts'
import { nvidiaAnswers, nvidiaSampleAnswers } from './nvidia-answers.ts'
import { portAnswers } from './port-answer.ts'
import { presets } from './presets.ts'
import { spaceText } from './spaces.ts'
import { stackAnswers } from './stack-answers.ts'
import { systemAnswers } from './system-answers.ts'

/** A machine of the demo has the devices of one vendor of two: of all others it has nothing. */
const noOtherVendor: AnswerTable = Object.fromEntries(
  vendorReaders.flatMap((reader) => [...reader.probes, reader.sampleProbe].map(({ id }) => [id, () => notThere])),
)

export const hardwareAnswers: AnswerTable = {
  ...noOtherVendor,
  ...systemAnswers,
  ...portAnswers,
  ...nvidiaAnswers,
  ...ascendAnswers,
  ...installedAnswers,
  ...stackAnswers,
  'accelerator-nodes': (machine) => ({ stdout: nodeText(machine) }),
  spaces: (machine) => ({ stdout: spaceText(machine, 'rackside', remoteRoot) + spaceText(machine, 'root', '/') }),
}

export const sampleAnswers: AnswerTable = { ...noOtherVendor, ...nvidiaSampleAnswers, ...ascendSampleAnswers }

function nodeText({ state }: Machine): string {
  const { vendor } = presets[state.preset]
  return ['nodes', ...deviceNodes(state).map((node) => `${vendor} node ${node}`), ''].join('\n')
}
