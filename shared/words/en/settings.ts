// English: settings of services, and the installed models that they use.
import type { FailureOf } from '../../domain/failure.ts'
import { solutionOf } from '../../domain/installed-model.ts'
import { type CharacterWords, type SettingFailureWords, type SettingWords, settingLimitText } from '../setting-words.ts'

const characters: CharacterWords = {
  letters: 'letters a to z',
  'all-letters': 'letters',
  digits: 'digits',
  space: 'blanks',
  dot: '.',
  dash: '- (not as the first)',
  underscore: '_',
  slash: '/',
  colon: ':',
  comma: ',',
  plus: '+',
  at: '@',
}

export const settingWords: SettingWords = {
  limits: {
    integer: ({ min, max }) => `A whole number from ${min} to ${max}.`,
    text: ({ most, characters: all }) =>
      all === undefined
        ? `At most ${most} characters, on one line.`
        : `At most ${most} characters, of these: ${all.map((one) => characters[one]).join(', ')}.`,
    'one-of': ({ values }) => `One of: ${values.join(', ')}.`,
    unknown: ({ known }) =>
      known.length === 0 ? 'These services have no settings here.' : `There are: ${known.join(', ')}.`,
  },
  sources: {
    default: 'as the entry has it',
    appliance: 'from this appliance',
    kept: 'chosen before',
    chosen: 'chosen now',
  },
  values: { on: 'on', off: 'off' },
  heading: 'Settings (--set NAME=VALUE changes one, --unset NAME puts it back):',
  portsHeading: 'Ports on the server (--port SERVICE=N changes one, --port SERVICE=default puts it back):',
  port: ({ service, port, source, otherwise }) =>
    `${service} answers at port ${port} instead of ${otherwise} (${settingWords.portSources[source]})`,
  portSources: { default: 'as the solution has it', kept: 'chosen before', chosen: 'chosen now' },
  uses: (service, used) => `${service} uses ${used.modelName} of ${solutionOf(used)} (${used.deployment})`,
  usedBy: ({ service, user, finds }) =>
    finds
      ? `${user} of another solution asks ${service}: it gets no answers while that is replaced.`
      : `${user} of another solution asks ${service}, and does not find it any more under the name that it asks for: set ${user} up again afterwards.`,
}

const chooseAmong = (known: readonly string[]) => `Choose one with --use-model SERVICE=DEPLOYMENT: ${known.join(', ')}.`

const notUsable: { readonly [W in FailureOf<'choose-model'>['reason']]: (f: FailureOf<'choose-model'>) => string } = {
  several: (f) => `Several installed models serve what ${f.service} asks for (${f.serves}).`,
  none: (f) => `${f.service} needs a model that serves ${f.serves}, and none is installed and running here.`,
  'not-there': (f) => `${f.deployment} is no running model service here that serves ${f.serves} to ${f.service}.`,
  gone: (f) =>
    `${f.service} uses ${f.deployment}, which does not run here any more as a model that serves ${f.serves}.`,
  'no-service': (f) => `It does not say for which service ${f.deployment} is meant.`,
}

const otherService = ({ known }: FailureOf<'choose-model'>) =>
  known.length === 0
    ? 'No service of this solution uses an installed model: plan without --use-model.'
    : `Name one of these services: ${known.join(', ')}.`

type PortText = { readonly [R in FailureOf<'port-unusable'>['reason']]: (f: FailureOf<'port-unusable'>) => string }

const portProblem: PortText = {
  'no-service': (f) => `There is no service ${f.service} here whose port could be chosen.`,
  twice: (f) => `${f.service} and ${f.by ?? ''} cannot both answer at port ${f.port}.`,
  'host-network': (f) =>
    `${f.service} is in the network of the server: it answers at port ${f.needs ?? ''}, and cannot at port ${f.port}.`,
}
const portAdvice: PortText = {
  'no-service': (f) => `Services are: ${(f.known ?? []).join(', ')}.`,
  twice: () => 'Choose another port for one of them, then plan again.',
  'host-network': () => 'Leave its port as it is, then plan again; what else listens there has to stop.',
}

export const settingFailures: SettingFailureWords = {
  'setting-invalid': (f) => ({
    what:
      f.limit.is === 'unknown'
        ? `There is no setting ${f.service}.${f.setting}.`
        : `The setting ${f.service}.${f.setting} cannot be "${f.value}".`,
    next: `${settingLimitText(f.limit, settingWords)} Choose again, then plan again.`,
  }),
  'port-taken': (f) => ({
    what: `Port ${f.port}, which ${f.neededBy} needs, is held by ${f.by}.`,
    next:
      f.free === undefined
        ? 'Stop that program, or choose another port.'
        : `Stop that program, or choose another port: --port ${f.neededBy}=${f.free}`,
  }),
  'port-unusable': (f) => ({ what: portProblem[f.reason](f), next: portAdvice[f.reason](f) }),
  'choose-model': (f) => ({
    what: notUsable[f.reason](f),
    next:
      f.reason === 'no-service'
        ? otherService(f)
        : f.known.length > 0
          ? chooseAmong(f.known)
          : 'Set up a solution with such a model first, or start the one that is there; then plan again.',
  }),
}
