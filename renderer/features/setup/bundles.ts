// The bundles that can be installed from, and how their solutions are called in the language of now.
import { useQueryClient } from '@tanstack/react-query'
import type { BundleSummary } from '../../../shared/contract/bundles.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { type Answer, useAnswer } from '../../console/answers.ts'
import { useConsole, useLanguage } from '../../console/console-context.tsx'

type Content = Extract<BundleSummary['content'], { ok: true }>['value']
type Named = { readonly bundleId: string; readonly demo: boolean; readonly name: string }
export type UsableBundle = Named & { readonly content: Content }
export type UnusableBundle = Named & { readonly failure: Failure }

export type Bundles = { readonly usable: readonly UsableBundle[]; readonly unusable: readonly UnusableBundle[] }

export function sortBundles(all: readonly BundleSummary[]): Bundles {
  return {
    usable: all.flatMap(({ bundleId, demo, name, content }) =>
      content.ok ? [{ bundleId, demo, name, content: content.value }] : [],
    ),
    unusable: all.flatMap(({ bundleId, demo, name, content }) =>
      content.ok ? [] : [{ bundleId, demo, name, failure: content.failure }],
    ),
  }
}

/**
 * What an appliance may be set up from: what is made for the demo is never offered to a real one, and stands first,
 * and so is chosen where nobody chose, for a demo appliance.
 */
export function bundlesFor(all: readonly BundleSummary[], isDemo: boolean): Bundles {
  const real = all.filter(({ demo }) => !demo)
  return sortBundles(isDemo ? [...all.filter(({ demo }) => demo), ...real] : real)
}

export function useBundles(): {
  readonly answer: Answer<BundleSummary[]>
  readonly asking: boolean
  readonly askAgain: () => void
} {
  const { product } = useConsole()
  return useAnswer({ key: ['bundles.list'], ask: () => product.bundles.list({}) })
}

/** Asks for the bundles anew and waits until they are there. */
export function useBundlesAgain(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['bundles.list'] })
}

export type SolutionTitle = { readonly title: string; readonly summary: string }

/** What a solution is called; its id where its bundle is gone. */
export function useSolutionTitle(): (bundleId: string, solution: string) => SolutionTitle {
  const language = useLanguage()
  const { answer } = useBundles()
  const all = answer.state === 'answered' ? sortBundles(answer.value).usable : []
  return (bundleId, solution) => {
    const found = all.find((one) => one.bundleId === bundleId)?.content.solutions.find((one) => one.id === solution)
    return found === undefined
      ? { title: solution, summary: '' }
      : { title: found.title[language], summary: found.summary[language] }
  }
}
