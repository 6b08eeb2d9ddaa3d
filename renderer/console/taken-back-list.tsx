// Which versions a publisher takes back, since when and why: where its bundle is checked or imported, and where the
// publisher is shown.
import { useTranslation } from 'react-i18next'
import type { BlockedVersion } from '../../shared/domain/blocked-version.ts'
import { blockedNamed } from '../../shared/words/blocked-text.ts'
import { useWords } from './console-context.tsx'

export function TakenBackList({ blocked }: { readonly blocked: readonly BlockedVersion[] }) {
  const { t } = useTranslation()
  const words = useWords()
  if (blocked.length === 0) return null
  return (
    <ul className="rs-taken-back" data-testid="taken-back">
      {blocked.map((one) => (
        <li key={JSON.stringify(one)}>
          {t('publishers.blocked', {
            ...{ named: blockedNamed(one, words), since: one.since, reason: one.reason[words.language] },
          })}
        </li>
      ))}
    </ul>
  )
}
