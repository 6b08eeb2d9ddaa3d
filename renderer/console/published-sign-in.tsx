// Services whose first administrator still has the password that its maker publishes: said wherever they are, until
// somebody says that it is changed. How they are does not change by that.
import type { DeploymentVerdict } from '../../shared/domain/verdict.ts'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { useWords } from './console-context.tsx'

export type PublishedSignInProps = {
  readonly verdict: DeploymentVerdict
  /** Where it does not stand beside its deployment. */
  readonly named?: boolean
}

export function PublishedSignIn({ verdict: { deployment, publishedUser }, named = false }: PublishedSignInProps) {
  const words = useWords()
  if (publishedUser === undefined) return null
  const { stillPublished, whereToConfirm } = words.upkeep.signIns
  const said = stillPublished(publishedUser)
  return (
    <div data-testid={`published-sign-in-${deployment}`}>
      <VerdictMark state="degraded" word={named ? words.cli.pair(deployment, said) : said}>
        {whereToConfirm}
      </VerdictMark>
    </div>
  )
}
