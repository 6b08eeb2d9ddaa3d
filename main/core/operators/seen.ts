// What a vendor sees of answers that are about everything here: its own part. A call that names nothing, and of which
// nobody said here what a vendor sees, is refused: a new one is closed until somebody thinks of it.

import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { BroughtBundle, BundleSummary } from '../../../shared/contract/bundles.ts'
import type { TrustedPublishers } from '../../../shared/contract/publishers.ts'
import type { Grant } from '../../../shared/domain/operator.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import type { Core } from '../context.ts'
import { coversPlanNamed } from './grant.ts'

type Seen = (answer: never, grant: Grant, core: Core) => unknown

/** `undefined` in the place of a filter: the same for everybody, or the use case asks who it is. */
const filters: Readonly<Record<string, Seen | undefined>> = {
  'product.appliances.list': (all: ListedAppliance[], { appliances }) =>
    all.filter(({ name }) => appliances.includes(name)),
  'product.demo.list': (all: { name: string }[], { appliances }) => all.filter(({ name }) => appliances.includes(name)),
  'product.setup.runs': (all: ConsoleRun[], grant, core) =>
    all.filter(({ planId }) => coversPlanNamed(core, grant, planId).ok),
  'product.bundles.list': (all: BundleSummary[], { publishers }) =>
    all.filter(({ content }) => {
      if (!content.ok) return content.failure.kind === 'publisher-unknown'
      const { vouching } = content.value
      return vouching.signed && publishers.includes(vouching.publisher.id)
    }),
  'product.bundles.brought': (all: BroughtBundle[], { publishers }) =>
    all.filter(({ content }) => {
      if (!content.ok) return false
      const { signature } = content.value
      return signature.state === 'signed' && publishers.includes(signature.publisher)
    }),
  'product.publishers.list': (trusted: TrustedPublishers, { publishers }) => ({
    ...trusted,
    publishers: trusted.publishers.filter(({ id }) => publishers.includes(id)),
  }),
  'product.vault.state': undefined,
  'product.approvals.list': undefined,
  'desk.openBundleFiles': undefined,
}

const naming = ['target', 'planId', 'bundleId', 'place', 'importId', 'subject']

/** Whether it says itself what it is about, so that a grant can be held against it. */
export function namesSomething(input: unknown): boolean {
  return naming.some((field) => field in (input as object))
}

export function hasSeenPart(path: string): boolean {
  return path in filters
}

/** The part of a call's answer that a vendor sees. */
export function seenPart(path: string, answer: unknown, { grant, core }: { grant: Grant; core: Core }): unknown {
  const filter = filters[path] as ((answer: unknown, grant: Grant, core: Core) => unknown) | undefined
  return filter === undefined ? answer : filter(answer, grant, core)
}
