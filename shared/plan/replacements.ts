// What is different from now where a plan replaces a service: read from the labels of what runs, from its record, and from
// the version that the appliance keeps of it. What none of them says is not known, never guessed.
import { containerName } from '../apply/container-run.ts'
import { type DeploymentProof, type DeploymentRecord, deploymentProof } from '../domain/deployment.ts'
import type { Container } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { modelIn } from '../domain/installed-origin.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { Origin, PublisherMark } from '../domain/origin.ts'
import { type ContainerSpec, type PlanStep, replacesService, type StepSpecOf } from '../domain/plan.ts'
import { privilegeName } from '../domain/privilege.ts'
import { valueOr } from '../domain/reading.ts'
import { entryLabel, portLabel, proofLabel, settingsLabel, specLabel, versionLabel } from '../domain/remote-layout.ts'
import {
  type Difference,
  type DifferenceKind,
  type DifferenceValue,
  differenceKinds,
  type Replacement,
} from '../domain/replacement.ts'
import { localAddressText } from '../domain/service-address.ts'
import { type ChosenSettings, chosenSettings } from '../domain/setting.ts'
import type { PlanFacts } from './host-packages.ts'
import { saidPrivileges } from './privileges.ts'
import { runWords, toldOf } from './run-words.ts'
import { publisherOf } from './whose.ts'

type Values = readonly DifferenceValue[]
/** Undefined where it is not known. */
type Known = Values | undefined

export function replacementsIn(steps: readonly PlanStep[], facts: PlanFacts): Replacement[] {
  return steps.flatMap(({ change, reason, spec }): Replacement[] => {
    if (!change || !replacesService(reason) || spec.kind !== 'container') return []
    const { deployment: service } = spec.spec
    const found = valueOr(facts.containers, []).find(({ name }) => name === containerName(service))
    if (found === undefined) return []
    const differences = differencesOf(installedOf(found, facts), wantedOf(spec))
    return differences.length === 0 ? [] : [{ service, differences }]
  })
}

type Said = { readonly [K in DifferenceKind]: Known }

function differencesOf(known: Said, after: Said): Difference[] {
  return differenceKinds.flatMap((what): Difference[] => {
    const [was, is] = [known[what], after[what] ?? []]
    if (was !== undefined && sorted(was) === sorted(is)) return []
    // Nothing to be told of what nobody knew and nobody says now, and of how something runs that nobody knew.
    if (was === undefined && (is.length === 0 || isOfRunning(what))) return []
    const before = was === undefined ? {} : { before: toldOf(what, was, is) }
    return [{ what, ...before, after: toldOf(what, is, was ?? []) }]
  })
}

const ofRunning: readonly DifferenceKind[] = [
  'offered-settings',
  'environment',
  'arguments',
  'files',
  'health-check',
  'start-time',
]

function isOfRunning(what: DifferenceKind): boolean {
  return ofRunning.includes(what)
}

function sorted(values: Values): string {
  return JSON.stringify(values.map((one) => JSON.stringify(one)).sort())
}

function wantedOf(step: StepSpecOf<'container'>): Said {
  const { spec, proof, origin: made } = step
  return {
    ...ofOrigin(made),
    ...runWords(step),
    'offered-settings': made?.offers ?? [],
    publisher: made?.publisher === undefined ? [] : [publisherText(made.publisher)],
    privileges: (spec.privileges ?? []).map(privilegeName),
    openings: openingsOf(proof),
    version: [versionText(spec.entry, spec.entryVersion)],
    model: made?.model === undefined ? [] : [versionText(made.model.entry, made.model.version)],
    image: [spec.image.configDigest],
    port: spec.hostPort === undefined ? [] : [String(spec.hostPort)],
    settings: settingTexts(spec.settings ?? {}),
    volumes: volumesOf(spec),
  }
}

const notKnown = {
  ...{ environment: undefined, arguments: undefined, files: undefined },
  ...{ 'health-check': undefined, 'start-time': undefined },
}

function installedOf(container: Container, facts: PlanFacts): Said {
  const { labels, imageId, name } = container
  const step = facts.kept?.versions.find((one) => one.step.specDigest === labels[specLabel])?.step
  const record = valueOr(facts.deployments, []).find((one) => containerName(one.deployment) === name)
  const image = step?.spec.image ?? record?.image
  const isOfImage = image !== undefined && [image.configDigest, image.manifestDigest].includes(imageId)
  const publisher = publisherOf(container)
  const proof = deploymentProof.safeParse(jsonIn(labels[proofLabel] ?? '')).data
  const model = modelIn(container) ?? step?.origin?.model
  const isTold = step?.origin !== undefined
  return {
    ...ofOrigin(step?.origin),
    ...(step === undefined ? notKnown : runWords(step)),
    'offered-settings': step?.origin?.offers ?? (isTold ? [] : undefined),
    publisher: publisher && [publisherText(publisher)],
    privileges: privilegesOf(container, record),
    openings: proof && openingsOf(proof),
    version: [versionText(labels[entryLabel] ?? '', labels[versionLabel] ?? '')],
    model: model === undefined ? (isTold ? [] : undefined) : [versionText(model.entry, model.version)],
    image: [isOfImage ? image.configDigest : imageId],
    port: labels[portLabel] === undefined ? undefined : [labels[portLabel]].filter((one) => one !== ''),
    settings: settingTexts(chosenSettings.safeParse(jsonIn(labels[settingsLabel] || '{}')).data),
    volumes: step && volumesOf(step.spec),
  }
}

/** A label may come from an image: what the record of it does not say too is not known. */
function privilegesOf(container: Container, record: DeploymentRecord | undefined): Known {
  const said = saidPrivileges(container)
  const recorded = record?.privileges ?? []
  return said?.every((name) => recorded.includes(name)) === true ? said : undefined
}

/** Of what an entry says about data and terms. Empty: it does not say it. */
function ofOrigin(said: Origin | undefined): Pick<Said, 'patient-data' | 'stored' | 'egress' | 'licence'> {
  if (said === undefined) return { 'patient-data': undefined, stored: undefined, egress: undefined, licence: undefined }
  const { data, licences } = said
  return {
    'patient-data': data === undefined ? [] : [data.patientData],
    stored: data?.stored === undefined ? [] : [data.stored],
    egress: data?.egress ?? [],
    licence: licences.map(({ entry, spdx }) => `${entry}: ${spdx}`),
  }
}

function publisherText({ id, name, fingerprint }: PublisherMark): string {
  return `${name} (${id}, ${fingerprint})`
}

function versionText(entry: string, version: string): string {
  return evidence(`${entry} ${version}`, 150)
}

/** What the local network reaches. */
function openingsOf(proof: DeploymentProof): string[] {
  if (proof.serves !== 'ingress') return []
  const { at, sites, guard } = proof
  return sites.map((site) => {
    const guarded = site.guarded === true && guard !== undefined ? ', guarded' : ''
    return `${localAddressText(at)}${site.at} (${site.app}${guarded})`
  })
}

function settingTexts(settings: ChosenSettings | undefined): Known {
  return settings && Object.entries(settings).map(([name, value]) => `${name}=${value}`)
}

function volumesOf({ volumes = [] }: ContainerSpec): string[] {
  return volumes.map(({ name, target }) => `${name} (${target})`)
}
