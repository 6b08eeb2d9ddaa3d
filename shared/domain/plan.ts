// A plan is an artefact: ordered steps with a reason each, tied to the facts it was made from. It is
// pure data, so it can be saved, printed, compared, and applied by id later.
import * as z from 'zod'
import { containerAccess, vendor } from './accelerator.ts'
import { channelId } from './alert-channel.ts'
import { address } from './appliance.ts'
import { artifact, entryId, imageIdentity } from './artifact.ts'
import { choice } from './choice.ts'
import { deploymentProof } from './deployment.ts'
import { failure } from './failure.ts'
import { hostStepSpecs } from './host-step.ts'
import { ignoredFit, ignoredFits } from './ignored-fit.ts'
import { planUse, planUser, usedModelService, useWishes } from './installed-model.ts'
import { planIssue } from './known-issue.ts'
import { licenceTerms } from './licence-terms.ts'
import { origin } from './origin.ts'
import { planTakeover, takenFrom } from './ownership.ts'
import { planSetting } from './plan-setting.ts'
import { planPrivileges, privilege } from './privilege.ts'
import { metadataDate } from './publisher.ts'
import { remoteBackups } from './remote-layout.ts'
import { replacement } from './replacement.ts'
import { absolutePath, localAddress, opening, publishing, servicePort } from './service-address.ts'
import { serviceFileSpecs } from './service-file.ts'
import { planPort, portWishes } from './service-port.ts'
import { engineVolumeName } from './service-volume.ts'
import { chosenSettings, settingWishes } from './setting.ts'
import { sha256Hex } from './sha256.ts'
import { takenBack } from './taken-back.ts'
import { jobStep, probeStep, taskStepSpecs } from './task-step.ts'

/** A container in full: what `docker run` gets, and what its spec digest covers. */
export const containerSpec = z.strictObject({
  deployment: entryId,
  entry: z.string(),
  entryVersion: z.string(),
  image: imageIdentity,
  /** In the place of what its image starts; missing where that is right. */
  program: absolutePath.optional(),
  arguments: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  /** A file on the appliance with those of its variables that hold secrets; missing where none does. */
  environmentFile: z.string().max(300).optional(),
  mounts: z.array(z.strictObject({ source: z.string(), target: z.string() })),
  /** Missing where it has none: what was kept before there were any keeps its digest. */
  volumes: z.array(z.strictObject({ name: engineVolumeName, target: z.string(), backUp: z.boolean() })).optional(),
  /** Of /dev/shm; missing where the engine's own is enough. */
  shmBytes: z.int().positive().optional(),
  /** Missing of a part that nobody asks. */
  containerPort: z.int().optional(),
  /** Missing of a part: it publishes nothing. */
  hostPort: z.int().optional(),
  /** Somebody chose that port; missing where it is as the solution says. */
  portChosen: z.literal(true).optional(),
  /** A port of it that the local network reaches; the other one is the appliance's own. */
  lan: localAddress.extend({ containerPort: servicePort }).optional(),
  network: z.string(),
  /** A second network, joined before it starts: of a service the one of its parts, of a part that of the solution. */
  joins: z.string().optional(),
  /** The model service of another solution that it asks; it joins the network of that one too. */
  uses: usedModelService.optional(),
  /** The versions of its parts that it was put in service with. */
  parts: z.array(z.strictObject({ deployment: entryId, specDigest: sha256Hex })).optional(),
  /** As whom it runs, where that is not what its image says. */
  user: z.string().max(20).optional(),
  healthCommand: z.array(z.string()),
  accelerators: vendor.optional(),
  /** How it is given them; missing where the appliance did not say. */
  access: containerAccess.optional(),
  /** Beyond the limits of every container; missing where it has nothing. */
  privileges: z.array(privilege).max(30).optional(),
  /** What somebody chose of its settings; missing where nobody did. What they are stands in its words and files too. */
  settings: chosenSettings.optional(),
})
export type ContainerSpec = z.infer<typeof containerSpec>

/** What a run's uploads may take of the network, in megabits a second. */
export const limitMbit = z.int().min(1).max(100_000)

/** How long a replacement has to hold before the version it replaces is given up. */
export const soakSeconds = z.int().min(0).max(3600)
export const defaultSoakSeconds = 60

/** What a plan is made for, and what it was made from besides the facts. */
const setUp = z.strictObject({
  act: z.literal('set-up'),
  bundleId: z.string(),
  signed: z.boolean(),
  /** The name of who vouched for the bundle, and until when that was. */
  expired: z.strictObject({ publisher: z.string(), until: metadataDate }).optional(),
  solution: entryId,
  solutionVersion: z.string(),
  /** Where people of the site reach what the solution publishes; missing: nobody does, and `none`: nobody does any more. */
  publish: publishing.optional(),
  /** Keys that gateways gave out are made anew, and the old ones refused at the end. */
  rotatesKeys: z.literal(true).optional(),
  /** What is replaced is stopped before its successor starts, also where there is memory for both. */
  stopFirst: z.literal(true).optional(),
  /** The appliance goes on measuring while no console watches it. */
  record: z.literal(true).optional(),
  /** The channel whose address is told of plain trouble meanwhile. */
  recordAlert: channelId.optional(),
  /** Services that are installed although the sum of their memory says no. */
  ignoreFit: ignoredFits.optional(),
  /** What somebody says of settings; what nobody says something of stays as it is. */
  settings: settingWishes.optional(),
  /** At which ports of the server services are to answer; likewise. */
  ports: portWishes.optional(),
  /** Which installed model services are asked; what nobody says something of stays as it is. */
  uses: useWishes.optional(),
  /** Publishers whose deployments this one may take over, by id. */
  takeFrom: takenFrom.optional(),
})
export type SetUp = z.infer<typeof setUp>

export const planPurpose = z.discriminatedUnion('act', [
  setUp,
  /** A version that the appliance has kept is put in the place of the one in service. */
  z.strictObject({
    act: z.literal('roll-back'),
    deployment: entryId,
    version: z.string().max(64),
    takeFrom: takenFrom.optional(),
  }),
  /** The certificate of a way in is made anew, by the same authority. */
  z.strictObject({ act: z.literal('renew-certificate'), deployment: entryId }),
  /** Everything that Rackside made is taken away; data of services in volumes of their own only where that is said. */
  z.strictObject({ act: z.literal('uninstall'), deletesData: z.boolean() }),
])
export type PlanPurpose = z.infer<typeof planPurpose>

const containerFields = {
  kind: z.literal('container'),
  spec: containerSpec,
  specDigest: sha256Hex,
  proof: deploymentProof,
  /** Not covered by the digest; missing in what was kept before it was said. */
  origin: origin.optional(),
  startTimeoutSeconds: z.int(),
  soakSeconds,
  /**
   * There is memory for both: what takes the place of another is proven beside it first. `memoryBytes`: of the host's
   * memory, which has to be free still when it starts.
   */
  beside: z.strictObject({ memoryBytes: z.int().nonnegative() }).optional(),
  /** Of one that takes the place of another: jobs on its data before it starts, probes that prove it; a failure brings the other back. */
  jobs: z.array(jobStep).max(20).optional(),
  probes: z.array(probeStep).max(20).optional(),
  /** Of a part: its service, which takes its place after it. What was there before is given up with that one's, or comes back with it. */
  heldFor: z.strictObject({ deployment: entryId, specDigest: sha256Hex }).optional(),
}

export const containerStep = z.strictObject({
  ...containerFields,
  /** Of a service that takes its place after parts of it: those. */
  settles: z.array(z.strictObject(containerFields)).max(20).optional(),
})

export const stepSpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('artifact'), artifact }),
  z.strictObject({ kind: z.literal('image'), artifactSha256: sha256Hex, artifactId: entryId, image: imageIdentity }),
  /** A folder of weights, by the sha256 of the list of its files, which is an artifact as they are. */
  z.strictObject({ kind: z.literal('model-folder'), sha256: sha256Hex, files: z.int().positive() }),
  /** `internal`: nothing in it reaches the outside, and the outside nothing in it. */
  z.strictObject({ kind: z.literal('network'), name: z.string(), internal: z.literal(true).optional() }),
  containerStep,
  z.strictObject({
    kind: z.literal('ready'),
    deployment: entryId,
    /** Both, or neither of a part: the engine's check of it is all there is. */
    hostPort: servicePort.optional(),
    readyPath: absolutePath.optional(),
    timeoutSeconds: z.int(),
  }),
  /** By its name: also the one that a replacement left aside. */
  z.strictObject({
    kind: z.literal('absent-container'),
    name: z.string().max(200),
    deployment: z.string().max(100),
    /** Volumes without a name, which nothing leads to once it is gone. */
    deletesData: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('absent-network'), name: z.string().max(200) }),
  /** `usedBy`: containers that are not Rackside's. An image that they are made from stays. */
  z.strictObject({ kind: z.literal('absent-image'), image: imageIdentity, usedBy: z.array(z.string().max(200)) }),
  /** What a step made of the system itself goes, and what was there before it comes back. */
  z.strictObject({
    kind: z.literal('absent-made'),
    made: z.discriminatedUnion('kind', hostStepSpecs),
    before: z.record(z.string(), z.string()),
  }),
  /** Rackside's folders on the appliance: artifacts, records, the journal. The last step of a run. */
  z.strictObject({
    kind: z.literal('absent-rackside'),
    /** Data of services that stay: names of volumes, and the folder of what was saved of them. */
    keeps: z.array(z.string().max(200)).max(500).optional(),
  }),
  /** What no kept version needs any more goes at the end of a run that replaced something. */
  z.strictObject({ kind: z.literal('spare-image'), image: imageIdentity }),
  z.strictObject({ kind: z.literal('spare-model-folder'), sha256: sha256Hex }),
  z.strictObject({ kind: z.literal('spare-artifact'), sha256: sha256Hex, bytes: z.int().nonnegative() }),
  ...serviceFileSpecs,
  ...hostStepSpecs,
  ...taskStepSpecs,
])
export type StepSpec = z.infer<typeof stepSpec>
export type StepKindName = StepSpec['kind']
export type StepSpecOf<K extends StepKindName> = Extract<StepSpec, { kind: K }>

export const stepReason = z.enum([
  'artifact-missing',
  'artifact-there',
  'artifact-unchecked',
  'image-missing',
  'image-there',
  'network-missing',
  'network-there',
  'container-missing',
  'container-same',
  'container-differs',
  'container-unproven',
  'container-stopped',
  'not-ready-yet',
  'answers-already',
  // of jobs and probes
  'job-not-run',
  'job-run',
  'probe-due',
  'probe-passed',
  'made-by-rackside',
  'gone-already',
  'used-by-others',
  'needed-no-more',
  'still-needed',
  // of what belongs to the system itself
  'not-there',
  'other-than-wanted',
  'weights-incomplete',
  'there-as-wanted',
  'certificate-due',
  'not-read',
  'unit-stopped',
  'package-older',
  'package-broken',
  'reboot-pending',
  'no-reboot-pending',
])
export type StepReason = z.infer<typeof stepReason>

export const planStep = z.strictObject({
  /** Of a kind and two names. */
  id: z.string().regex(/^[a-z0-9.-]{1,200}$/),
  change: z.boolean(),
  reason: stepReason,
  /** Bytes that travel over the link, and that stay on the appliance's disk. */
  uploadBytes: z.int().nonnegative(),
  diskBytes: z.int().nonnegative(),
  /** Bytes of its disk that become free; of an image as many at most, where others share its layers. */
  freesBytes: z.int().nonnegative().optional(),
  /** True when a service that answers now will not answer while this step runs. */
  interrupts: z.boolean(),
  /** Names of the containers that stop with it, where it is not just the deployment it is about. */
  stops: z.array(z.string().max(300)).max(500).optional(),
  /** Volumes whose content is saved before the service is replaced. */
  backsUp: z.array(engineVolumeName).max(100).optional(),
  spec: stepSpec,
})
export type PlanStep = z.infer<typeof planStep>

/** What replaces a service is proven beside it first. */
export function isBeside({ spec }: PlanStep): boolean {
  return spec.kind === 'container' && spec.beside !== undefined
}

/** A container with another spec takes the place of one, or has taken it and is to be proven. */
export function replacesService(reason: StepReason): boolean {
  return reason === 'container-differs' || reason === 'container-unproven'
}

/** Seconds that a step watches what it put in the place of another; 0 where it replaces nothing. */
export function soakOf({ change, reason, spec }: PlanStep): number {
  return change && replacesService(reason) && spec.kind === 'container' ? spec.soakSeconds : 0
}

/** Where the data of a service are saved before it is replaced; undefined where none are. */
export function backupFolderOf({ change, backsUp, spec }: PlanStep): string | undefined {
  if (!change || backsUp === undefined || spec.kind !== 'container') return undefined
  return `${remoteBackups}/${spec.spec.deployment}`
}

/** Data of services that stay when Rackside's folders go. */
export function keptDataOf({ spec }: PlanStep): readonly string[] {
  return spec.kind === 'absent-rackside' ? (spec.keeps ?? []) : []
}

/** Of a plan that goes back to a kept version: where what was saved of its data, or of its parts' too, lies. */
export function dataFolderOf({ purpose, steps }: Pick<Plan, 'purpose' | 'steps'>): string | undefined {
  if (purpose.act !== 'roll-back') return undefined
  const [first, second] = steps.flatMap((step) => backupFolderOf(step) ?? [])
  return second === undefined ? first : remoteBackups
}

export const memoryFit = z.strictObject({
  service: z.string(),
  weightsBytes: z.int(),
  kvCacheBytes: z.int(),
  overheadBytes: z.int(),
  needBytes: z.int(),
  availableBytes: z.int(),
  where: z.enum(['memory', 'accelerator']),
})
export type MemoryFit = z.infer<typeof memoryFit>

export const plan = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^plan-[0-9a-f]{16}$/),
  createdAt: z.iso.datetime(),
  address,
  purpose: planPurpose,
  soakSeconds,
  /** The answers the plan read, by name; their digest is the fingerprint. */
  fingerprint: sha256Hex,
  answers: z.record(z.string(), z.string()),
  choices: z.array(choice),
  fits: z.array(memoryFit),
  steps: z.array(planStep),
  blockers: z.array(failure),
  /** Terms of what is installed or replaced; missing where there are none. */
  licences: z.array(licenceTerms).max(500).optional(),
  /** Apps that the solution could open to the local network, and does not. */
  publishable: z.array(entryId).max(50).optional(),
  /** What it opens to the local network; missing where that is nothing. */
  openings: z.array(opening).max(50).optional(),
  /** What its services get beyond the limits of every container; missing where none gets anything, or loses it. */
  privileges: z.array(planPrivileges).max(50).optional(),
  /** Sums of memory that say no and that somebody ignores; missing where there are none. */
  ignoredFits: z.array(ignoredFit).max(50).optional(),
  /** Services that are refused for their memory alone, which somebody could ignore. */
  mayIgnoreFit: ignoredFits.optional(),
  /** Known troubles of what is installed or replaced that may show on this appliance; missing where there are none. */
  issues: z.array(planIssue).max(1000).optional(),
  /** Accelerators of the server that no model of it uses, though it serves some. */
  idle: z
    .array(z.strictObject({ count: z.int().positive(), product: z.string() }))
    .max(100)
    .optional(),
  /** What is there of somebody else, or of nobody who is known, and becomes this publisher's; missing where nothing does. */
  takeovers: z.array(planTakeover).max(100).optional(),
  /** Versions that run there, are not replaced by this, and were taken back; missing where there are none. */
  takenBack: z.array(takenBack).max(500).optional(),
  /** What is different from now of services that are replaced; missing where none is. */
  replacements: z.array(replacement).max(100).optional(),
  /** Of all its services; missing where none has any. */
  settings: z.array(planSetting).max(1500).optional(),
  /** Where its services answer on the server; missing in plans from before that could be chosen. */
  ports: z.array(planPort).max(50).optional(),
  /** Of services that use an installed model; missing where none does. */
  uses: z.array(planUse).max(50).optional(),
  /** Apps of other solutions that ask what the plan starts or replaces; missing where there are none. */
  users: z.array(planUser).max(500).optional(),
  /** Deployments of Rackside's that are there and none of this plan's: they stay as they are. */
  others: z.array(z.string().max(100)).max(500).optional(),
  /** Digest of the purpose, the terms, and the steps with the entries and artifact digests inside them. */
  digest: sha256Hex,
})
export type Plan = z.infer<typeof plan>
export const setUpPlan = plan.extend({ purpose: setUp })
export type SetUpPlan = z.infer<typeof setUpPlan>

/** What was chosen of a set-up: whoever plans it again says all of it again, but for what is to be another way. */
export function wishOf({ purpose, soakSeconds }: SetUpPlan) {
  const { bundleId, solution, stopFirst, rotatesKeys, record, recordAlert, publish } = purpose
  const { settings, ports, ignoreFit, uses, takeFrom } = purpose
  return {
    ...{ bundleId, solution, soakSeconds, stopFirst, rotatesKeys, record, recordAlert, publish },
    ...{ settings, ports, ignoreFit, uses, takeFrom },
  }
}

export function isSetUp(plan: Plan): plan is SetUpPlan {
  return plan.purpose.act === 'set-up'
}

/** Such a plan locks, journals and restarts nothing. */
export function changesNothing({ steps }: Plan): boolean {
  return steps.every((step) => !step.change)
}

export function planCounts(steps: readonly PlanStep[]): { changed: number; unchanged: number; uploadBytes: number } {
  const changes = steps.filter((s) => s.change)
  return {
    changed: changes.length,
    unchanged: steps.length - changes.length,
    uploadBytes: changes.reduce((sum, s) => sum + s.uploadBytes, 0),
  }
}
