// Step kind: packages of the system are installed, from files that lie on the appliance. What broke off half-way is
// repaired first; a newer version that is there stays; what was not there before is taken away again when it fails.
import type { Command } from '../domain/command.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import type { Asked } from './asked.ts'
import { carriedBy } from './carries.ts'
import { hostAct } from './host-act.ts'
import { notRead } from './host-truth.ts'
import type { Before } from './made-kind.ts'
import { type PackageLook, packageLookOf, packageNotes, packageQuestion } from './package-look.ts'
import {
  debHold,
  debInstall,
  debRemove,
  debRepair,
  forgetReboot,
  noteReboot,
  rpmInstall,
  rpmRemove,
  runInstaller,
} from './package-texts.ts'
import type { Sources, StepKind, Truth } from './step-kind.ts'

type Spec = StepSpecOf<'host-package'>

function truth(spec: Spec, facts: Asked): Truth {
  const look = packageLookOf(spec, facts)
  if (look.state !== 'known') return notRead
  const { parts, interrupted } = look.value
  if (interrupted || parts.some((part) => part.is === 'broken')) return { holds: false, reason: 'package-broken' }
  if (parts.some((part) => part.is === 'older')) return { holds: false, reason: 'package-older' }
  if (parts.some((part) => part.is === 'none')) return { holds: false, reason: 'not-there' }
  const kept = !holds(spec) || parts.every((part) => part.held)
  return kept ? { holds: true, reason: 'there-as-wanted' } : { holds: false, reason: 'other-than-wanted' }
}

const holds = ({ hold, manager }: Spec): boolean => hold && manager === 'deb'

/** All of it in one transaction, so that packages may need each other. */
function install(spec: Spec): Command[] {
  const files = spec.parts.flatMap((part) => [part.name, part.artifactSha256, part.fileName])
  if (spec.manager === 'deb') {
    return [hostAct('package-install', debInstall, String(spec.lockWaitSeconds), spec.package, ...files)]
  }
  if (spec.manager === 'rpm') return [hostAct('package-install', rpmInstall, '', spec.package, ...files)]
  return spec.parts.map(({ artifactSha256, fileName }) =>
    hostAct('package-install', runInstaller, spec.package, artifactSha256, fileName, ...spec.arguments),
  )
}

function namesOf({ parts }: Spec): string[] {
  return parts.map((part) => part.name)
}

type Names = { readonly missing: readonly string[]; readonly fresh: readonly string[] }

/** What was not there; with the settings it brought, where there were none of it either. */
function take(spec: Spec, { missing, fresh }: Names): Command[] {
  if (missing.length === 0) return []
  if (spec.manager === 'run') {
    // The vendor's own file takes away what it installed, where it knows how.
    if (spec.removeArguments.length === 0) return []
    return spec.parts.map(({ artifactSha256, fileName }) =>
      hostAct('package-remove', runInstaller, spec.package, artifactSha256, fileName, ...spec.removeArguments),
    )
  }
  const text = spec.manager === 'deb' ? debRemove : rpmRemove
  const seconds = String(spec.lockWaitSeconds)
  const remove = hostAct('package-remove', text, seconds, 'remove', ...missing)
  if (spec.manager === 'rpm' || fresh.length === 0) return [remove]
  return [remove, hostAct('package-purge', text, seconds, 'purge', ...fresh)]
}

function namesBefore(look: PackageLook): Names {
  const missing = look.parts.filter((part) => part.is === 'none')
  return { missing: missing.map((part) => part.name), fresh: missing.filter((part) => part.fresh).map((p) => p.name) }
}

function before(spec: Spec, facts: Asked): Before {
  const look = packageLookOf(spec, facts)
  if (look.state !== 'known') return {}
  const free = look.value.parts.filter((part) => !part.held).map((part) => part.name)
  const { missing, fresh } = namesBefore(look.value)
  return { missing: missing.join(' '), fresh: fresh.join(' '), free: free.join(' ') }
}

const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '')

function remove(spec: Spec, was: Before): Command[] {
  const free = words(was['free'])
  const release = holds(spec) && free.length > 0 ? [hostAct('package-hold', debHold, 'install', ...free)] : []
  const names = { missing: words(was['missing']), fresh: words(was['fresh']) }
  return [...release, ...take(spec, names), packageNotes.forget(spec)]
}

/** About what Debian's engine takes of its files, three and a half times as much, and a copy that is installed from. */
const unpackedTimes = 5

function unpackedBytes({ parts }: Spec, { artifacts }: Sources): number {
  const files = parts.map((part) => artifacts.find((one) => one.sha256 === part.artifactSha256)?.bytes ?? 0)
  return files.reduce((sum, bytes) => sum + bytes, 0) * unpackedTimes
}

export const hostPackageStep: StepKind<'host-package'> = {
  kind: 'host-package',
  asks: ['host'],
  // A package half-installed is worse than one not installed: it must not end with a console.
  by: 'unit',
  look: packageQuestion,
  isTrue: truth,
  disk: { space: 'root', isOneFile: false, bytes: unpackedBytes },
  // What replaces a package's programs may start anew what runs of it.
  interrupts: (_spec, _facts, reason) => reason === 'package-older',
  commands(spec, facts) {
    const { reason } = truth(spec, facts)
    const repair = reason === 'package-broken' && spec.manager === 'deb'
    const hold = hostAct('package-hold', debHold, 'hold', ...namesOf(spec))
    return [
      packageNotes.write(spec, before(spec, facts)),
      ...(repair ? [hostAct('package-repair', debRepair, String(spec.lockWaitSeconds))] : []),
      // Before it begins: what a power cut leaves half-installed needs the reboot too.
      ...(spec.rebootNeeded ? [hostAct('package-reboot', noteReboot, spec.package)] : []),
      ...(reason === 'other-than-wanted' ? [] : install(spec)),
      ...(holds(spec) ? [hold] : []),
    ]
  },
  undo(spec, facts, { failedAt }) {
    const look = packageLookOf(spec, facts)
    const made = look.state === 'known' ? namesBefore(look.value) : { missing: [], fresh: [] }
    const whole = made.missing.length === spec.parts.length && spec.rebootNeeded
    return [
      ...(failedAt > 0 ? take(spec, made) : []),
      ...(whole ? [hostAct('package-reboot', forgetReboot, spec.package)] : []),
      packageNotes.takeBack(spec),
    ]
  },
  made: { layer: 'packages', carries: (spec) => carriedBy(namesOf(spec)), remove },
}
