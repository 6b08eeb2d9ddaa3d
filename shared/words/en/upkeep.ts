// English: going back, taking away, comparing.

import type { UpkeepWords } from '../upkeep-words.ts'
import { history } from './history.ts'
import { watch } from './watch.ts'

export const upkeep: UpkeepWords = {
  noVersions: 'The server keeps no version of anything.',
  keptVersions: 'Versions that are kept, and when they were; * is in service now:',
  noEarlier: 'No earlier version is kept. In service now (*), and since when it is kept:',
  takenBack: 'taken back by its publisher: it is not gone back to',
  nothingOfOurs: 'Nothing of Rackside is on this server.',
  uninstalled: 'Everything that Rackside made is gone. How Rackside logs in was not touched.',
  uninstalledButData: (names) =>
    `Everything that Rackside made is gone but for data of services: ${names}. How Rackside logs in was not touched.`,
  dataGoes: 'The data of services goes too, and what was saved of it: it cannot be brought back.',
  dataStays: 'The data of services stays on the server, and what was saved of it (--delete-data takes both away too).',
  noRunThere:
    'The server has no record of a run: nothing was set up there, or it was uninstalled since, which takes the records away.',
  typeName: (name) => `This takes away all that is listed above. Type the name of the server (${name}): `,
  lastRun: {
    running: (who, began, run) => `${who} is at work since ${began} (${run})`,
    'broken-off': (who, began, run) => `begun by ${who} at ${began}, broken off (${run}): the same command goes on`,
    done: (who, began, run) => `done, begun by ${who} at ${began} (${run})`,
    failed: (who, began, run) => `failed, begun by ${who} at ${began} (${run})`,
    cancelled: (who, began, run) => `stopped, begun by ${who} at ${began} (${run})`,
  },
  outcomes: { done: 'done', already: 'already true', failed: 'failed', undone: 'taken back', open: 'not ended' },
  noDrift: 'All is as it was when it was set up.',
  nothingSetUp: 'Nothing of Rackside is set up there, so there is nothing to compare.',
  nothingPublished: 'The local network reaches nothing of it.',
  publishedAt: (place, fingerprint, until) =>
    `${place}  authority SHA-256 ${fingerprint}, the certificate is valid until ${until}`,
  publishedBySite: (place, fingerprint, until) =>
    `${place}  a certificate of your own, SHA-256 ${fingerprint}, valid until ${until}`,
  certificateGiven: (until) => `The certificate is in its place. It is valid until ${until}.`,
  signIns: {
    none: 'Nothing that runs there says how people sign in.',
    nobody: 'no accounts: whoever reaches it uses it',
    made: (user) => `signs in as ${user}`,
    'first-visitor': 'whoever opens it first becomes its administrator',
    published: (user, password) => `signs in as ${user} with ${password}, which everybody knows: change it`,
    changed: (user) => `signs in as ${user}, with a password that somebody has changed`,
    older: 'has kept its data from before this password was made: sign in with the accounts that it had',
    stillPublished: (user) =>
      `${user} still signs in with the password that its maker publishes, as far as anybody has said: change it now`,
    howToConfirm: (name) => `when it is changed, say so: rackside sign-ins APPLIANCE --changed ${name}`,
    whereToConfirm: 'When it is changed, say so on the appliance’s page, in Access.',
    confirmed: (name) => `Noted on the appliance: the published password of ${name} was changed.`,
    app: (consumer, baseUrl, models) => `${consumer} asks ${baseUrl} with a key of its own (models: ${models})`,
    howToShow: (name) => `--show ${name} shows it`,
  },
  drift: {
    'container-missing': (deployment) => `${deployment} is not there`,
    'container-stopped': (deployment) => `${deployment} does not run`,
    image: (deployment) => `${deployment} runs from another image`,
    spec: (deployment) => `${deployment} runs with other settings`,
    'restart-policy': (deployment) => `${deployment}: restart policy`,
    'memory-limit': (deployment) => `${deployment}: memory limit`,
    'cpu-limit': (deployment) => `${deployment}: CPU limit`,
    'cpu-set': (deployment) => `${deployment}: CPUs`,
    'shared-memory': (deployment) => `${deployment}: shared memory`,
    command: (deployment) => `${deployment}: arguments`,
    'artifact-missing': (deployment) => `${deployment}: a file is missing`,
    'weights-differ': (deployment) => `${deployment}: a file of its model is missing or another one`,
    'probe-failed': (deployment) => `${deployment}: its vendor's probe did not pass`,
    'settings-missing': (deployment) => `${deployment}: a file of its settings is missing`,
    'used-model': (deployment) => `${deployment}: the model of another solution that it uses`,
    os: () => 'Operating system',
    kernel: () => 'Kernel',
    engine: () => 'Container engine',
    'engine-settings': () => '/etc/docker/daemon.json',
    driver: (vendor) => `Driver ${vendor}`,
  },
  history,
  watch,
  driftFromTo: (what, was, now) => `${what}: was ${was || 'nothing'}, is ${now || 'nothing'}`,
}
