// What a bundle brings along that runs on the appliance as root, in its own words: the installer of a vendor, the text
// of a unit, the runtime that every container is started with from then on. Approving a plan does not approve these
// unseen; whoever approves one approves exactly these words.
import type { Plan, PlanStep, StepSpec, StepSpecOf } from './plan.ts'
import { quoteWord } from './quote.ts'

export type RootAct = {
  readonly step: string
  readonly kind: 'installer' | 'unit' | 'default-runtime'
  /** Lines: commands, or the text of a file. Of an installer also its digest, which says what it does. */
  readonly words: string
}

export function rootActsOf({ steps }: Pick<Plan, 'steps'>): RootAct[] {
  return steps.flatMap((step) => (step.change ? actOf(step) : []))
}

export function rootActOf(step: PlanStep): RootAct | undefined {
  return step.change ? actOf(step)[0] : undefined
}

function actOf({ id, spec }: PlanStep): RootAct[] {
  const found = wordsOf(spec)
  return found === undefined ? [] : [{ step: id, ...found }]
}

function wordsOf(spec: StepSpec): Omit<RootAct, 'step'> | undefined {
  if (spec.kind === 'host-package') return installer(spec, spec.arguments)
  if (spec.kind === 'absent-made' && spec.made.kind === 'host-package') {
    return installer(spec.made, spec.made.removeArguments)
  }
  if (spec.kind === 'runtime-registration' && spec.asDefault) {
    return { kind: 'default-runtime', words: [spec.runtime, spec.path, ...spec.arguments].map(quoteWord).join(' ') }
  }
  if (spec.kind !== 'systemd-unit' || spec.content === undefined) return undefined
  return isRootUnit(spec.name, spec.content) ? { kind: 'unit', words: spec.content } : undefined
}

function installer(
  { manager, parts }: Pick<StepSpecOf<'host-package'>, 'manager' | 'parts'>,
  words: readonly string[],
) {
  if (manager !== 'run') return undefined
  const lines = parts.map(({ fileName, artifactSha256 }) =>
    [`sh ./${fileName}`, ...words.map(quoteWord), `# sha256 ${artifactSha256}`].join(' '),
  )
  return { kind: 'installer', words: lines.join('\n') } as const
}

/** Of a unit that names another user all that it starts has to be that user's; in doubt it is root. */
function isRootUnit(name: string, content: string): boolean {
  // A mount is made by systemd itself.
  if (name.endsWith('.mount')) return true
  const settings = settingsIn(content)
  const starts = settings.filter(({ key }) => key.startsWith('Exec'))
  if (starts.length === 0) return false
  const section = name.endsWith('.socket') ? 'Socket' : 'Service'
  const last = (key: string) => settings.findLast((one) => one.section === section && one.key === key)?.value ?? ''
  const user = last('User')
  const isOther = /^(?:[a-z_][a-z0-9_-]*|[1-9][0-9]*)$/.test(user) && user !== 'root'
  const isDynamic = /^(?:1|yes|true|on)$/i.test(last('DynamicUser'))
  const isPartlyRoot = last('PermissionsStartOnly') !== '' || starts.some(({ value }) => /^[@:|-]*[+!]/.test(value))
  return !(isOther || isDynamic) || isPartlyRoot
}

function settingsIn(content: string): { section: string; key: string; value: string }[] {
  let section = ''
  // A line that ends with a backslash goes on in the next one.
  return content
    .replaceAll(/\\\r?\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      section = /^\s*\[(.+)\]\s*$/.exec(line)?.[1] ?? section
      const [, key, value] = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
      return key === undefined || value === undefined ? [] : [{ section, key, value }]
    })
}
