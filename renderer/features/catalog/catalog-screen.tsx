// The catalog: what there is to run, and the bundles that bring it. With an appliance chosen each entry says whether it
// fits there, and what stands in the way where it does not.
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { BrowsePart } from './browse-part.tsx'
import { BundlesPart } from './bundles-part.tsx'
import { type CatalogView, catalogKinds, type EntryName } from './view.ts'
import './catalog.css'

export type CatalogScreenProps = {
  readonly view: CatalogView
  readonly onView: (changes: Partial<CatalogView>) => void
  readonly onEntry: (entry: EntryName) => void
  readonly onAppliances: () => void
}

export function CatalogScreen({ view, onView, onEntry, onAppliances }: CatalogScreenProps) {
  const { t } = useTranslation()
  const { kind } = view
  const kinds = (
    <Segmented<CatalogView['kind']>
      aria-label={t('catalog.kinds')}
      value={kind}
      onChange={(next) => onView({ kind: next })}
      options={[...catalogKinds, 'bundles' as const].map((value) => ({ value, label: t(`catalog.${value}`) }))}
      style={{ alignSelf: 'flex-start' }}
    />
  )
  if (kind === 'bundles') return <BundlesPart kinds={kinds} onAppliances={onAppliances} />
  return (
    <BrowsePart view={view} kind={kind} kinds={kinds} onView={onView} onEntry={onEntry} onAppliances={onAppliances} />
  )
}
