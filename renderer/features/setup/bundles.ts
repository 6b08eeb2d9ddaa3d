// The bundles that can be installed from, and how their solutions are called in the language of now.
import { useQueryClient } from '@tanstack/react-query'
import type { BundleSummary } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { type Answer, useAnswer } from '../../console/answers.ts'
import { useConsole, useLanguage } from '../../console/console-context.tsx'

type Content = Extract<BundleSummary['content'], { ok: true }>['value']
export type UsableBundle = { readonly bundleId: string; readonly name: string; readonly content: Content }
export type UnusableBundle = { readonly bundleId: string; readonly name: string; readonly failure: Failure }

export type Bundles = { readonly usable: readonly UsableBundle[]; readonly unusable: readonly UnusableBundle[] }

export function sortBundles(all: readonly BundleSummary[]): Bundles {
  return {
    usable: all.flatMap(({ bundleId, name, content }) =>
      content.ok ? [{ bundleId, name, content: content.value }] : [],
    ),
    unusable: all.flatMap(({ bundleId, name, content }) =>
      content.ok ? [] : [{ bundleId, name, failure: content.failure }],
    ),
  }
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
