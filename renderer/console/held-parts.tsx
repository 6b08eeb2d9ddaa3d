// Parts of a service that wait for it in a new version, because a run stopped in between: said at the end of that run and
// beside the service, with what to do next.
import type { HeldPart } from '../../shared/domain/held-part.ts'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { useWords } from './console-context.tsx'

export function HeldParts({ held }: { readonly held: readonly HeldPart[] }) {
  const { cautions, cli } = useWords()
  const services = [...new Set(held.map(({ of }) => of))]
  const partsOf = (service: string) => held.flatMap(({ part, of }) => (of === service ? [part] : []))
  return services.map((service) => (
    <div key={service} className="rs-taken-back" data-testid={`held-${service}`}>
      <VerdictMark state="degraded" word={cautions.held(service, cli.list(partsOf(service)))}>
        {cautions.heldNext}
      </VerdictMark>
    </div>
  ))
}
