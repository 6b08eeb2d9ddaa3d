// The English set.
import type { Words } from '../words.ts'
import { acceptance } from './acceptance.ts'
import { alerts } from './alerts.ts'
import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { bench } from './bench.ts'
import { bundle } from './bundle.ts'
import { canary } from './canary.ts'
import { catalog } from './catalog.ts'
import { cautions } from './cautions.ts'
import { cli } from './cli.ts'
import { connect } from './connect.ts'
import { demo } from './demo.ts'
import { desktop } from './desktop.ts'
import { devices } from './devices.ts'
import { evaluation } from './evaluation.ts'
import { evidence } from './evidence.ts'
import { failures } from './failures.ts'
import { incident } from './incident.ts'
import { logs } from './logs.ts'
import { operators } from './operators.ts'
import { ownKey } from './own-key.ts'
import { privilegeWords } from './privileges.ts'
import { publishers } from './publishers.ts'
import { recorder } from './recorder.ts'
import { rejections } from './rejections.ts'
import { rollout } from './rollout.ts'
import { settingWords } from './settings.ts'
import { shells } from './shells.ts'
import { support } from './support.ts'
import { terminal } from './terminal.ts'
import { trust } from './trust.ts'
import { update } from './update.ts'
import { upkeep } from './upkeep.ts'
import { vault } from './vault.ts'
import { vendor } from './vendor.ts'

export const english: Words = {
  language: 'en',
  acceptance,
  alerts,
  incident,
  audit,
  cli,
  catalog,
  bundle,
  connect,
  demo,
  evidence,
  operators,
  vault,
  backup,
  update,
  support,
  ownKey,
  upkeep,
  trust,
  publishers,
  vendor,
  bench,
  devices,
  canary,
  evaluation,
  recorder,
  logs,
  terminal,
  rollout,
  shells,
  desktop,
  failures,
  rejections,
  settings: settingWords,
  cautions,
  privileges: privilegeWords,
  verdicts: { healthy: 'Healthy', degraded: 'Degraded', down: 'Down', unknown: 'Unknown', stale: 'Stale' },
  verdictReasons: {
    answers: 'it answers, proven by a streamed completion',
    embeds: 'it turns texts into vectors, proven by asking',
    ranks: 'it puts the right text first, proven by three questions',
    'api-answers': 'it takes requests',
    'page-answers': 'it takes requests and its page loads',
    'check-passes': 'its own check says that it is well',
    'nothing-deployed': 'nothing is installed by Rackside',
    missing: 'it was installed, and its container is gone',
    'not-running': 'its container does not run',
    starting: 'it is starting',
    'port-closed': 'its port does not answer',
    'not-ready': 'it runs but takes no requests',
    'model-missing': 'the model is not in its list',
    'keys-unchecked': 'it lets somebody in without a key, or its key does not open it',
    'not-published': 'what it publishes is not reached at its address',
    'no-tokens': 'it produces no tokens',
    'on-processor': 'it answers, but computes on the processor instead of the accelerators that were planned',
    'answer-odd': 'it answers, but what it writes is no text, or the same again and again',
    'no-vectors': 'it does not turn texts into usable vectors',
    'no-ranking': 'it does not put the right text first',
    'metrics-unreadable': 'it answers, but its metrics cannot be read',
    'page-fails': 'its page does not load',
    'check-fails': 'its own check says that it is not well',
    'probe-failed': "it answers, but its vendor's probe did not pass",
    'canary-failed': 'it answers, but not all fixed test questions as it has to (rackside canary list)',
    'a-deployment-is-not-healthy': 'one of its deployments is not healthy',
    'accelerator-ill': 'it answers, but an accelerator reports an alarm',
    'accelerator-unreadable': 'it answers, but an accelerator cannot be read',
    'cannot-look': 'it could not be examined',
    'only-watched': 'it is only watched, so whether it answers is not tried',
  },
  hardwareTroubles: {
    answersBut: (said) => `it answers, but ${said}`,
    are: {
      critical: (who, count) => `${who} ${count === 1 ? 'is' : 'are'} critical`,
      alarm: (who, count) => `${who} ${count === 1 ? 'reports' : 'report'} an alarm`,
      unreadable: (who) => `${who} cannot be read`,
    },
    unread: (kind, count) =>
      `${count === undefined ? `${kind}s` : `${count} ${count === 1 ? kind : `${kind}s`}`} cannot be read`,
    many: (kind, count) => `${count} ${kind}s`,
    and: (parts) => new Intl.ListFormat('en-GB').format(parts),
  },
  silences: {
    noAnswer: (tool, time) => `${tool} has not answered since ${time}`,
    gone: (tool) => `${tool} is not there any more`,
  },
  rungs: {
    process: 'process runs',
    port: 'port answers',
    ready: 'takes requests',
    'model-listed': 'model is listed',
    keys: 'nobody gets in without a key',
    published: 'apps are reached by TLS',
    'one-token': 'streams tokens',
    embeds: 'turns texts into vectors',
    ranks: 'puts the right text first',
    metrics: 'metrics are readable',
    page: 'page loads',
    checked: 'its own check passes',
  },
  probes: {
    passed: (probe, at) => `its vendor's probe ${probe} passed, ${at}`,
    failed: (probe, at) => `its vendor's probe ${probe} did not pass, ${at}`,
  },
  steps: {
    artifact: (s) => `Copy ${s} to the server`,
    image: (s) => `Load the image ${s}`,
    'model-folder': (s) => `Put the files of ${s} together`,
    network: (s) => `Make the network ${s}`,
    container: (s) => `Start ${s}`,
    ready: (s) => `Wait until ${s} takes requests`,
    job: (s) => `Run the job ${s}`,
    probe: (s) => `Run the probe ${s}`,
    'absent-container': (s) => `Stop and remove ${s}`,
    'absent-network': (s) => `Remove the network ${s}`,
    'absent-image': (s) => `Remove the image ${s}`,
    'absent-made': (s) => `Take ${s.replace(/^\d+\./, '')} off the system again`,
    'absent-rackside': () => "Remove Rackside's files",
    'spare-image': (s) => `Remove the image ${s}, which no kept version needs`,
    'spare-model-folder': (s) => `Take apart the model folder ${s}, which no kept version needs`,
    'spare-artifact': (s) => `Remove the file ${s}, which no kept version needs`,
    directory: (s) => `Make the folder ${s}`,
    file: (s) => `Write the file ${s}`,
    account: (s) => `Make the account ${s}`,
    volume: (s) => `Make the data volume ${s}`,
    secret: (s) => `Make the secret ${s}`,
    'service-file': (s) => `Write the settings ${s}`,
    certificate: (s) => `Make the certificate of ${s}`,
    'absent-secret': (s) => `Remove the secret ${s}, which nothing uses any more`,
    'kernel-parameter': (s) => `Set the kernel parameter ${s}`,
    'host-package': (s) => `Install the package ${s}`,
    reboot: (s) => `Have the server restarted, for ${s}`,
    'systemd-unit': (s) => `Start the system service ${s}`,
    recorder: () => 'Start the recorder, which measures while no console watches',
    'runtime-registration': (s) => `Tell the engine of the runtime ${s}`,
  },
  stepReasons: {
    'artifact-missing': 'not there yet',
    'artifact-there': 'there already',
    'artifact-unchecked': 'there already: its sha256 is checked once, and it is sent again only if that is another',
    'image-missing': 'not loaded yet',
    'image-there': 'loaded already',
    'network-missing': 'not there yet',
    'network-there': 'there already',
    'container-missing': 'not installed yet',
    'container-same': 'runs already with exactly these settings',
    'container-differs': 'runs with other settings and is replaced',
    'container-unproven': 'was replaced by a run that broke off: it still has to hold',
    'container-stopped': 'installed, but stopped',
    'not-ready-yet': 'not answering yet',
    'answers-already': 'answers already',
    'job-not-run': 'has not run yet as it is now',
    'job-run': 'has run already',
    'probe-due': 'has not passed yet for what runs then',
    'probe-passed': 'passed for what runs',
    'made-by-rackside': 'made by Rackside',
    'gone-already': 'gone already',
    'used-by-others': 'stays: other containers use it',
    'needed-no-more': 'no kept version and no container needs it any more',
    'still-needed': 'stays: a kept version or a container needs it',
    'not-there': 'not there yet',
    'other-than-wanted': 'there, but with other settings',
    'weights-incomplete': 'there, but not with exactly its files',
    'there-as-wanted': 'there already, as it should be',
    'certificate-due': 'renewed by the same authority: what people’s computers trust stays',
    'not-read': 'could not be looked at',
    'unit-stopped': 'there, but does not run',
    'package-older': 'there in an older version',
    'package-broken': 'an installation there broke off: it is repaired first',
    'reboot-pending': 'works only after a restart, which you do',
    'no-reboot-pending': 'no restart is needed',
  },
}
