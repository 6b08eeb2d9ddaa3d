// English: whose a deployment is, and what became of it.
import type { WhoseWords } from '../whose-words.ts'

export const whose: WhoseWords = {
  takesFrom: (name, id, what) =>
    `Takes over ${what} from ${name} (${id}), by name: from now on they are this publisher's, with their data and secrets.`,
  takesFromNobody: (what) =>
    `Takes over ${what}: nobody is known to have vouched for what is installed. From now on they are this publisher's, with their data and secrets.`,
  takenBack: (what, publisher, since) => `${publisher} has taken back ${what} (${since})`,
  takenBackNext: 'It goes on running. Ask its publisher for a bundle with another version, and set that up.',
  accepted: (name, spdx, by, at) => `Licence terms of ${name} (${spdx}) accepted by ${by}, ${at}`,
  changes: (service) => `${service}, different from now:`,
  kinds: {
    publisher: 'publisher',
    privileges: 'privileges',
    openings: 'open to the local network',
    'patient-data': 'data of patients',
    stored: 'stored where',
    egress: 'reaches outside',
    licence: 'licences',
    version: 'version',
    model: 'model',
    image: 'image',
    port: 'answers at port',
    settings: 'settings',
    'offered-settings': 'settings it can be given',
    environment: 'environment values',
    arguments: 'words it is started with',
    files: 'files it is given',
    'health-check': 'health check',
    'start-time': 'time to start, at most',
    volumes: 'volumes',
  },
  patientData: { none: 'sees none', 'passes-through': 'pass through it', stored: 'are stored' },
  change: (before, after) => `${before} -> ${after}`,
  notKnown: 'not known of the installed version',
  nothing: 'nothing',
  hidden: '(not shown)',
}
