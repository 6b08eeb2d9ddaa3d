// English: what the CLI says around results.
import { aboutText, durationText, shortText } from '../durations.ts'
import type { CliWords } from '../words.ts'

const skipped = {
  match: 'a Match block',
  'proxy-command': 'a host behind a ProxyCommand',
  'too-many-hops': 'a host behind more than four jump hosts',
  'not-an-address': 'a host whose address cannot be used',
}

export const cli: CliWords = {
  planFor: (solution, where) => `Plan: ${solution} on ${where}`,
  planRenewal: (deployment, where) => `Plan: a new certificate for ${deployment} on ${where}`,
  planRollBack: (deployment, version, where) => `Plan: ${deployment} back to version ${version} on ${where}`,
  planUninstall: (where) => `Plan: remove everything of Rackside's from ${where}`,
  otherDeployments: (names) => `Not part of this plan, and left as it is: ${names}`,
  unsigned: 'The bundle is not signed: nobody vouches for what is in it.',
  variantChosen: (service, variant) => `${service} runs as ${variant}`,
  memoryNeed: {
    memory: (need, available) => `needs ${need} of memory, ${available} free`,
    accelerator: (need, available) => `needs ${need} of accelerator memory, ${available} free`,
  },
  notVerified: 'not yet verified on this hardware',
  instead: 'not',
  planSum: (changed, unchanged, upload) => `${changed} to change, ${unchanged} already true, ${upload} to send`,
  blocked: 'This stands in the way:',
  packages: (driver, tool) => `driver: ${driver}; tool: ${tool}`,
  interrupts: 'interrupts the service while it is replaced',
  changesPlaces: 'its successor is proven beside it first, and interrupts it only to take its place',
  endsService: 'the service ends',
  frees: (bytes) => `frees up to ${bytes}`,
  soak: (seconds) => `watched for ${seconds} s, and the version before comes back if it does not hold`,
  takes: (seconds) => aboutText(seconds, 'en'),
  downtime: (seconds) => `no answer for ${aboutText(seconds, 'en')}`,
  estimated: (seconds, downtime) =>
    `Takes ${aboutText(seconds, 'en')}${downtime > 0 ? `, of which services do not answer for ${aboutText(downtime, 'en')}` : ''} (estimated: 1 Gbit/s link, usual disks; nothing was measured here)`,
  stops: (names) => `stops and starts again: ${names}`,
  backsUp: (folder) => `its data stay, and are saved in ${folder} before the new version starts`,
  keepsData: (names) => `data of services stay: ${names}`,
  rollBackKeepsData: (folder) =>
    `Going back changes the version and not the data: they stay as they are now. What was saved of them before lies in ${folder} on the server.`,
  namedPlace: (name, place) => `${name} (${place})`,
  opens: (place, services) => `Opens ${services} to everyone who reaches ${place} (agreed to by --publish)`,
  opensGuarded: (services) => `${services}: only with a password that the server makes (rackside sign-ins shows it)`,
  opensUnguarded: (services) =>
    `${services}: whoever comes first is its administrator, or signs in with a password that everybody knows. Open it from this console and settle that before others reach it`,
  notPublished: (services) => `Nobody beyond the server reaches ${services} (--publish ADDRESS opens it)`,
  licenceTerms: (name, spdx) => `Licence terms of ${name} (${spdx}), accepted by approving`,
  runsAsRoot: {
    installer: 'runs as root, the installer of a vendor',
    unit: 'runs as root, a unit of the system',
    'default-runtime': 'runs as root, and starts every container from then on',
  },
  approve: 'Do this? Type yes: ',
  waitingForLock: (holder, run) => `Waiting: ${run === undefined ? holder : `${holder} (${run})`} holds this server.`,
  done: 'done',
  already: 'already true',
  failed: 'failed',
  sent: (done, total, { rate, leftMs }) =>
    [
      `${done} of ${total}`,
      ...(rate === undefined ? [] : [`${rate}/s`]),
      ...(leftMs === undefined ? [] : [`${durationText(leftMs, 'en')} left`]),
    ].join(', '),
  withoutMetrics: 'its engine publishes no figures of its requests',
  proof: (ttft, rate, tokens) =>
    `first token after ${ttft} ms, ${rate === undefined ? 'speed too short to measure' : `${rate} tokens/s`}, ${tokens} tokens`,
  sized: (product, memory) => `${product} (${memory})`,
  halfDone: ({ done, of, next, more }) =>
    `Half done: ${done} of ${of} changes. Not yet: ${next}${more > 0 ? `, and ${more} more` : ''}. What is done stays as it is.`,
  goOnWith: 'Go on with',
  guestsLeft: (guests) => `Staying until ${guests} other command(s) that use this console have ended.`,
  hardware: {
    system: 'System',
    processor: 'Processor',
    memory: 'Memory',
    disk: 'Free disk',
    engine: 'Engine',
    accelerators: 'Accelerators',
    driver: 'Driver',
    deployments: 'Installed',
    seenInside: 'Accelerators seen inside containers',
    privilege: 'Root',
  },
  processor: (threads, model) => `${model}, ${threads} threads`,
  none: 'none',
  privilegeOf: { root: 'root', login: 'login' },
  marks: { passed: 'ok', failed: '--', skipped: '..' },
  took: (milliseconds) => shortText(milliseconds, 'en'),
  pair: (name, value) => `${name}: ${value}`,
  list: (parts) => parts.join('; '),
  partOf: (name, service) => `${name}, a part of ${service}`,
  partialFacts: (system) => `Only a part is read on ${system}; a setup needs Linux.`,
  unreadable: (why) => `cannot be read: ${why}`,
  stillToDo: (steps) => `Looking again, these are not as they should be: ${steps}`,
  weakBattery: (percent) =>
    `This computer runs on battery (${percent} %). Connect it to power: sending needs it awake.`,
  recorded: (answers, folder) =>
    `Recorded ${answers} answers in ${folder}. Names, addresses and secrets were replaced.`,
  forgotten: (name) => `${name} is off the list. Nothing changed on it, and its host key stays pinned.`,
  watchedOnly: 'only watched',
  savedAs: (name) => `Saved as ${name}.`,
  stopping: 'Stopping after the current step; press Ctrl-C again to leave at once.',
  skippedInConfig: (what, name) => `Not taken: ${skipped[what]} (${name})`,
  typePassword: 'Password: ',
  typeSudoPassword: 'Password for sudo: ',
  typePassphrase: (file) => `Passphrase of ${file}: `,
  helperFile: (path, mode, sha256) => `${path} (root, ${mode}, sha256 ${sha256}):`,
  helperInstalled: (user, version) =>
    `The watch helper (version ${version}) is installed: ${user} may see what this server is and how busy it is, and change nothing.`,
  helperRemoved: 'The watch helper and its line for sudo are gone.',
}
