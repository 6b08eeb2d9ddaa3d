// The step kinds by name; a new kind is one file and one line here.
import type { StepKindName, StepSpec } from '../domain/plan.ts'
import {
  absentContainerStep,
  absentImageStep,
  absentMadeStep,
  absentNetworkStep,
  absentRacksideStep,
} from './absent.ts'
import { accountStep } from './account.ts'
import { artifactStep } from './artifact.ts'
import type { AskGroup } from './asked.ts'
import { certificateStep } from './certificate.ts'
import { containerStep } from './container.ts'
import { directoryStep } from './directory.ts'
import { fileStep } from './file.ts'
import { hostPackageStep } from './host-package.ts'
import { imageStep } from './image.ts'
import { jobStep } from './job.ts'
import { kernelParameterStep } from './kernel-parameter.ts'
import { modelFolderStep } from './model-folder.ts'
import { networkStep } from './network.ts'
import { probeStep } from './probe.ts'
import { readyStep } from './ready.ts'
import { rebootStep } from './reboot.ts'
import { recorderStep } from './recorder.ts'
import { runtimeRegistrationStep } from './runtime-registration.ts'
import { absentSecretStep, secretStep } from './secret.ts'
import { serviceFileStep } from './service-file.ts'
import { spareArtifactStep, spareImageStep, spareModelFolderStep } from './spare.ts'
import type { StepKind } from './step-kind.ts'
import { systemdUnitStep } from './systemd-unit.ts'
import { volumeStep } from './volume.ts'

const kinds: { readonly [K in StepKindName]: StepKind<K> } = {
  directory: directoryStep,
  file: fileStep,
  account: accountStep,
  'kernel-parameter': kernelParameterStep,
  'host-package': hostPackageStep,
  reboot: rebootStep,
  'systemd-unit': systemdUnitStep,
  'runtime-registration': runtimeRegistrationStep,
  recorder: recorderStep,
  volume: volumeStep,
  secret: secretStep,
  'absent-secret': absentSecretStep,
  'service-file': serviceFileStep,
  certificate: certificateStep,
  artifact: artifactStep,
  image: imageStep,
  'model-folder': modelFolderStep,
  network: networkStep,
  container: containerStep,
  ready: readyStep,
  job: jobStep,
  probe: probeStep,
  'absent-container': absentContainerStep,
  'absent-network': absentNetworkStep,
  'absent-image': absentImageStep,
  'absent-made': absentMadeStep,
  'absent-rackside': absentRacksideStep,
  'spare-image': spareImageStep,
  'spare-model-folder': spareModelFolderStep,
  'spare-artifact': spareArtifactStep,
}

/** The kind of a step, typed so that it takes exactly that step's spec. */
export function kindOf<S extends StepSpec>(spec: S): StepKind<S['kind']> {
  return kinds[spec.kind] as StepKind<S['kind']>
}

/** What a step reads again before it acts. */
export function asksOf(spec: StepSpec): readonly AskGroup[] {
  const kind = kindOf(spec)
  return kind.asksOf?.(spec) ?? kind.asks
}
