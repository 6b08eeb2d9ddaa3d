// Everything that the simulated hardware and its operating system answer, by probe: the facts script's probes, and
// the tool probes of the sampler, which share ids with them and ask for less.
import { remoteRoot } from '../../../shared/domain/remote-layout.ts'
import type { AnswerTable } from '../probe-answer.ts'
import { ascendAnswers, ascendSampleAnswers } from './ascend-answers.ts'
import { installedAnswers } from './installed-answers.ts'
import { nvidiaAnswers, nvidiaSampleAnswers } from './nvidia-answers.ts'
import { portAnswers } from './port-answer.ts'
import { spaceText } from './spaces.ts'
import { systemAnswers } from './system-answers.ts'

export const hardwareAnswers: AnswerTable = {
  ...systemAnswers,
  ...portAnswers,
  ...nvidiaAnswers,
  ...ascendAnswers,
  ...installedAnswers,
  spaces: (machine) => ({ stdout: spaceText(machine, 'rackside', remoteRoot) + spaceText(machine, 'root', '/') }),
}

export const sampleAnswers: AnswerTable = { ...nvidiaSampleAnswers, ...ascendSampleAnswers }
