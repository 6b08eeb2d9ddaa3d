// The variants of a runtime or an app: what each needs, what is inside, what its container gets, and which one would run
// on the chosen appliance.
import { useTranslation } from 'react-i18next'
import type { RejectedVariant } from '../../../shared/domain/choice.ts'
import type { AppEntry } from '../../../shared/domain/entry/app-entry.ts'
import type { GatewayEntry } from '../../../shared/domain/entry/gateway-entry.ts'
import type { HardwareMatch } from '../../../shared/domain/entry/hardware-match.ts'
import type { IngressEntry } from '../../../shared/domain/entry/ingress-entry.ts'
import { partsOf } from '../../../shared/domain/entry/part.ts'
import type { DeclaredPrivilege } from '../../../shared/domain/entry/privileges.ts'
import type { RuntimeEntry } from '../../../shared/domain/entry/runtime-entry.ts'
import type { TaskEntry } from '../../../shared/domain/entry/task-entry.ts'
import type { ContainerVariant } from '../../../shared/domain/entry/variant.ts'
import { privilegeName } from '../../../shared/domain/privilege.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { privilegeText } from '../../../shared/words/privilege-words.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { type Fact, FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { EntryPartProps } from './entry-screen.tsx'
import { useRefusal } from './fit-words.ts'
import { useHardwareNeeds } from './hardware-needs.ts'
import { Lines } from './lines.tsx'
import { PartTable } from './part-table.tsx'
import { TaskFacts } from './task-facts.tsx'

type ServiceEntry = RuntimeEntry | GatewayEntry | AppEntry | IngressEntry

export function ServiceVariants({
  entry,
  name,
  looked,
}: EntryPartProps & { readonly entry: ServiceEntry | TaskEntry }) {
  const { t } = useTranslation()
  const { fits, on } = looked
  const services = fits.state === 'answered' ? fits.value.services : []
  const found = services.find((one) => one.place === name.place && one.kind === name.kind && one.entry === name.id)
  return (
    <section className="rs-stack" aria-labelledby="ct-variants">
      <h2 id="ct-variants">{found === undefined ? t('catalog.variants') : t('catalog.variantsOn', { name: on })}</h2>
      {entry.variants.map((variant) => (
        <VariantPanel
          key={variant.id}
          variant={variant}
          state={found === undefined ? 'unasked' : variant.id === found.variant ? 'chosen' : 'other'}
          rejected={found?.rejected.find((one) => one.variant === variant.id)}
          elsewhere={(found?.issuesElsewhere ?? []).flatMap((one) => (one.variant === variant.id ? [one.at] : []))}
        />
      ))}
      <PartTable parts={partsOf(entry).map((part) => ({ name: part.name, part }))} />
      {entry.kind === 'job' || entry.kind === 'probe' ? <TaskFacts entry={entry} /> : <ServiceFacts entry={entry} />}
    </section>
  )
}

type VariantPanelProps = {
  readonly variant: ContainerVariant
  readonly state: 'unasked' | 'chosen' | 'other'
  readonly rejected: RejectedVariant | undefined
  /** Places of known issues that do not concern the chosen appliance. */
  readonly elsewhere: readonly number[]
}

function VariantPanel({ variant, state, rejected, elsewhere }: VariantPanelProps) {
  const { t } = useTranslation()
  const refusal = useRefusal()
  const facts = useVariantFacts(variant)
  return (
    <Panel title={variant.id} tone={rejected === undefined ? 'plain' : 'absent'} testId="variant">
      <div className="ct-form">
        {state === 'chosen' ? <strong>{t('catalog.chosen')}</strong> : null}
        {state === 'other' && rejected === undefined ? <p className="rs-muted">{t('catalog.notChosen')}</p> : null}
        {rejected === undefined ? null : (
          <p>
            <strong>{t('catalog.doesNotFit')}</strong> {refusal(rejected)}
          </p>
        )}
        <FactList facts={facts} />
        <Privileges privileges={variant.privileges ?? []} />
        <KnownIssues
          issues={variant.knownIssues.filter((_, at) => !elsewhere.includes(at))}
          isAsked={state !== 'unasked'}
        />
      </div>
    </Panel>
  )
}

type KnownIssuesProps = {
  readonly issues: ContainerVariant['knownIssues']
  /** They are those of one appliance: where each shows goes without saying. */
  readonly isAsked: boolean
}

function KnownIssues({ issues, isAsked }: KnownIssuesProps) {
  const { t } = useTranslation()
  if (issues.length === 0) return null
  return (
    <div data-testid="issues">
      <h3>{t('catalog.issues')}</h3>
      <ul className="ct-list">
        {issues.map((one) => (
          <KnownIssue key={one.text.en} isAsked={isAsked} {...one} />
        ))}
      </ul>
    </div>
  )
}

type KnownIssueProps = ContainerVariant['knownIssues'][number] & Pick<KnownIssuesProps, 'isAsked'>

function KnownIssue({ text, workaround, match, isAsked }: KnownIssueProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { needs, systems } = useHardwareNeeds(match ?? {})
  const where = [...(match?.accelerator === undefined ? [] : [needs]), ...(hasSystem(match) ? [systems] : [])]
  return (
    <li>
      {text[language]}
      {workaround === undefined ? null : (
        <div className="rs-muted">{t('catalog.workaround', { text: workaround[language] })}</div>
      )}
      {isAsked || where.length === 0 ? null : (
        <div className="rs-muted">{t('catalog.issueOn', { where: where.join(' · ') })}</div>
      )}
    </li>
  )
}

function hasSystem(match: HardwareMatch | undefined): boolean {
  return match?.systems !== undefined || match?.kernel !== undefined
}

function Privileges({ privileges }: { readonly privileges: readonly DeclaredPrivilege[] }) {
  const { t } = useTranslation()
  const { privileges: words, language } = useWords()
  if (privileges.length === 0) return null
  return (
    <div data-testid="privileges">
      <h3>{t('catalog.privileges')}</h3>
      <ul className="ct-list">
        {privileges.map((one) => (
          <li key={privilegeName(one)}>
            {privilegeText(one, words)}
            <div className="rs-muted">{words.why(one.why[language])}</div>
          </li>
        ))}
      </ul>
    </div>
  )
}

function useVariantFacts({ match, images, contains, evidence, ...memory }: ContainerVariant): Fact[] {
  const { t } = useTranslation()
  const { needs, systems } = useHardwareNeeds(match)
  const pictures = (['amd64', 'arm64'] as const).flatMap((architecture) => {
    const image = images[architecture]
    if (image === undefined) return []
    const size = image.bytes === undefined ? '' : ` · ${bytesText(image.bytes)}`
    return [`${t('catalog.image', { architecture, reference: image.reference ?? image.artifact })}${size}`]
  })
  const { overheadBytes, sharedMemoryBytes: shared } = memory
  const inside = Object.entries(contains).map(([part, version]) => `${part} ${version}`)
  return [
    { label: t('catalog.needs'), value: known(needs) },
    { label: t('catalog.systems'), value: known(systems) },
    { label: t('catalog.contains'), value: inside.length === 0 ? { state: 'absent' } : known(inside.join(' · ')) },
    { label: t('catalog.images'), value: known(<Lines lines={pictures} />) },
    { label: t('catalog.overhead'), value: known(bytesText(overheadBytes)) },
    ...(shared === undefined ? [] : [{ label: t('catalog.sharedMemory'), value: known(bytesText(shared)) }]),
    {
      label: t('catalog.evidence'),
      value: known(t(evidence === 'lab' ? 'catalog.evidenceLab' : 'catalog.evidenceNone')),
    },
  ]
}

function ServiceFacts({ entry }: { readonly entry: ServiceEntry }) {
  const { t } = useTranslation()
  const { volumes, containerPort, variants, configuration } = entry
  const devices = variants.some(({ match }) => match.accelerator !== undefined) ? [t('catalog.givenDevices')] : []
  const kept = volumes.map(({ name, target, backUp }) => {
    const said = t('catalog.givenVolume', { name, target })
    return backUp ? `${said}${t('catalog.comma')}${t('catalog.givenSaved')}` : said
  })
  const declares = variants.some(({ privileges = [] }) => privileges.length > 0)
  const secrets = configuration?.secrets.length ?? 0
  const made = secrets === 0 ? [] : [t('catalog.givenSecrets', { count: secrets })]
  const lan = entry.kind === 'ingress' ? [t('catalog.givenLan')] : []
  const given = [t('catalog.givenPort', { port: containerPort }), ...lan, ...devices, ...kept, ...made]
  const provides = 'provides' in entry ? entry.provides : []
  const formats = entry.kind === 'runtime' ? entry.weightsFormats : []
  const requires = 'requires' in entry ? entry.requires : []
  const talks = [
    { label: t('catalog.provides'), names: provides },
    { label: t('catalog.formats'), names: formats },
    { label: t('catalog.requires'), names: requires },
  ].flatMap(({ label, names }) => (names.length === 0 ? [] : [{ label, value: known(names.join(' · ')) }]))
  return (
    <Panel title={t('catalog.given')} testId="given">
      <FactList
        facts={[
          ...talks,
          {
            label: t('catalog.given'),
            value: known(<Lines lines={given} />),
            note: t(declares ? 'catalog.somePrivileges' : 'catalog.noPrivileges'),
          },
        ]}
      />
    </Panel>
  )
}
