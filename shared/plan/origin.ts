// Whose the containers of a plan are and what else they are made of, beside the specs that their digests cover.
import type { Origin, PublisherMark } from '../domain/origin.ts'
import type { StepSpec } from '../domain/plan.ts'
import type { ServiceBuild } from './container-spec.ts'
import { deploymentOf } from './parts.ts'

type Licensed = { readonly id: string; readonly version: string; readonly licence: { readonly spdx: string } }

type Made = {
  readonly builds: readonly ServiceBuild[]
  readonly solution: Licensed
  /** Who vouched for the bundle; missing where nobody did. */
  readonly publisher?: PublisherMark | undefined
}

type Draft = [id: string, spec: StepSpec]

export function withOrigins(drafts: readonly Draft[], made: Made): Draft[] {
  const origins = new Map<string, Origin>(
    made.builds.flatMap((build) => {
      const origin = originOf(build, made)
      return [build.service.name, ...build.parts.map(deploymentOf)].map((one) => [one, origin] as const)
    }),
  )
  return drafts.map(([id, spec]) => {
    const origin = spec.kind === 'container' ? origins.get(spec.spec.deployment) : undefined
    return [id, origin === undefined ? spec : ({ ...spec, origin } as StepSpec)]
  })
}

function originOf(build: ServiceBuild, { solution, publisher }: Made): Origin {
  const served = build.role === 'model' ? build : undefined
  const model = served?.model
  const entries: readonly Licensed[] = [build.runs, ...(model === undefined ? [] : [model]), solution]
  const data = dataOf(build)
  const offered = (build.runs.settings ?? []).map(({ name }) => name)
  return {
    ...(publisher !== undefined && { publisher: markOf(publisher) }),
    solution: named(solution),
    ...(served !== undefined && { model: { ...named(served.model), form: served.form.id } }),
    ...(served?.measured !== undefined && { measured: served.measured }),
    licences: entries.map(({ id: entry, licence: { spdx } }) => ({ entry, spdx })),
    ...(data !== undefined && { data }),
    ...(offered.length > 0 && { offers: offered }),
  }
}

/** Without what only this console knows of it. */
function markOf({ id, name, fingerprint }: PublisherMark): PublisherMark {
  return { id, name, fingerprint }
}

function named({ id: entry, version }: Licensed) {
  return { entry, version }
}

function dataOf(build: ServiceBuild): Origin['data'] {
  if (build.role === 'ingress') return undefined
  return build.role === 'model' ? build.model.dataHandling : build.runs.dataHandling
}
