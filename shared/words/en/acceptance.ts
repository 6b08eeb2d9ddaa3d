// English: accepting a server.
import type { AcceptanceWords } from '../acceptance-words.ts'
import { timeText } from '../bench-amounts.ts'
import { durationText } from '../durations.ts'
import { many } from './many.ts'

const settingNames = {
  users: 'the number of users',
  ttftLimitMs: 'the limit of TTFT',
  tpotLimitMs: 'the limit of TPOT',
  inputTokens: 'the length of prompts',
  outputTokens: 'the length of answers',
  seconds: 'the time of a measurement',
}

export const acceptance: AcceptanceWords = {
  title: 'Acceptance certificate',
  verdicts: { accepted: 'Accepted', open: 'Accepted with open points', refused: 'Not accepted' },
  verdictMeans: {
    accepted: () => 'All of it was measured on this server, and nothing speaks against it.',
    open: (points) => `Nothing speaks against it. ${many(points, 'point')} could not be shown or should be looked at.`,
    refused: (points) => `${many(points, 'reason')} against it. This is a report and no certificate: nobody signed it.`,
  },
  stages: {
    inventory: 'What is in the server',
    health: 'How its services are',
    devices: 'Where its models are computed',
    canary: 'How its models answer',
    load: 'How fast it is',
    soak: 'Whether it stays so under load',
    doctor: 'What the doctor says',
  },
  sections: {
    points: 'Points',
    hardware: 'Hardware and system',
    services: 'Services',
    devices: 'Accelerators as the models see them',
    canary: 'Answers',
    load: 'Speed under load',
    soak: 'Endurance and heat',
    doctor: 'Findings of the doctor',
    check: 'How to check this certificate',
    sign: 'Signatures',
  },
  refusals: {
    'nothing-installed': 'nothing is installed that could be accepted',
    'not-healthy': 'a service is not healthy',
    'did-not-last': 'a service stopped or started anew while the server was loaded',
    'not-measured': 'a part of the proof does not speak of this model',
    'device-refuted': 'a model is not computed where it should be',
    'canary-failed': 'a model does not answer as it should',
    'load-failed': 'a model could not be measured under load',
    'slower-first-token': 'the first token comes later than agreed',
    'slower-tokens': 'tokens follow one another more slowly than agreed',
    'requests-fail': 'too many requests fail under load',
    'answers-too-short': 'answers end before they are as long as they have to be',
    'soak-requests-fail': 'too many requests failed while it was loaded for long',
    'soak-slows-down': 'it became slower while it was loaded for long',
    'doctor-error': 'the doctor found an error',
    'taken-back': 'a version runs that its publisher has taken back',
  },
  openPoints: {
    'device-unproven': 'nobody could show where a model is computed',
    'devices-idle': 'some of the accelerators that a model was given did nothing',
    'canary-basic': 'a model was asked only whether its answers are technically sound',
    'nothing-under-load': 'there is no model that could be measured under load',
    'no-soak': 'it was not loaded for long',
    'short-soak': 'it was loaded for less than 10 minutes',
    'soak-unwatched': 'for some of the long load nobody saw how warm it was',
    'no-temperature': 'a device does not say how warm it is',
    'rough-figures': 'few answers came in the time there was: figures are rough',
    'slower-than-evidence': 'it is slower than such hardware was when the catalog measured it',
    'doctor-warning': 'the doctor warns',
    unread: 'the doctor could not look at everything',
    'only-watched': 'a service was only watched',
    'no-publisher': 'nobody has vouched for a service',
  },
  weights: { refuses: 'against it', open: 'open' },
  canaryVerdicts: { passed: 'passed', failed: 'failed', skipped: 'not asked' },
  labels: {
    ...{ hostname: 'Name', machineId: 'Machine ID', system: 'System', kernel: 'Kernel' },
    ...{ processor: 'Processor', memory: 'Memory', disk: 'Disk', engine: 'Container engine', address: 'Address' },
    ...{ driver: 'Driver', toolkit: 'Toolkit', device: 'Device', product: 'Product', serial: 'Serial number' },
    ...{ firmware: 'Firmware', health: 'Health', onBus: 'On the bus', service: 'Service', version: 'Version' },
    ...{ model: 'Model', publisher: 'Publisher', state: 'State', image: 'Image' },
    ...{ seen: 'Seen', utilization: 'Utilization', result: 'Result' },
    ...{ question: 'Question', answer: 'Digest of the answer', users: 'Users', goodShare: 'Within the limits' },
    ...{ wanted: 'Agreed', rate: 'Output', requests: 'Requests', failed: 'Failed', duration: 'Duration' },
    ...{ warmest: 'Warmest', power: 'Most power', firstPart: 'First quarter', lastPart: 'Last quarter' },
    ...{ unseen: 'Not watched', by: 'Measured by', at: 'Begun', console: 'Console', fingerprint: 'Key' },
    audit: 'Audit of the console up to record',
    ...{ digest: 'SHA-256 of the document', signature: 'Signature (Ed25519)', name: 'Name', date: 'Date' },
    ...{ signed: 'Signature', tokens: 'Tokens', set: 'Asked for' },
  },
  settings: ({ users, inputTokens, outputTokens, ttftLimitMs, tpotLimitMs, seconds, soakSeconds }) => {
    const soak =
      soakSeconds === 0 ? 'no endurance test' : `then all models together for ${durationText(soakSeconds * 1000, 'en')}`
    return `${many(users, 'user')} at once, prompts of about ${inputTokens} tokens, answers of ${outputTokens}; TTFT p95 <= ${timeText(ttftLimitMs)}, TPOT p95 <= ${timeText(tpotLimitMs)}; each model ${seconds} s, ${soak}.`
  },
  demo: 'Demo: this server is simulated. This page is an example and proves nothing.',
  nothing: 'none',
  notRead: (why) => `not readable: ${why}`,
  howToCheck: [
    'Each file alone proves nothing: keep the document (.json) and its signature (.sig.json) together. On any computer with Rackside:',
    'With OpenSSL 3 alone: take the fields "publicKey" and "signature" of the signature file (hex), and verify the bytes of the document with Ed25519. Compare the fingerprint of the key with the one that the vendor tells you by another way.',
  ],
  unsigned: 'Not signed: this is a report and no certificate.',
  signHere: { hospital: 'For the hospital', vendor: 'For the vendor' },
  figures: {
    'ttft-p50': 'TTFT, median',
    'ttft-p95': 'TTFT, p95',
    'tpot-p50': 'TPOT, median',
    'tpot-p95': 'TPOT, p95',
    'e2e-p95': 'E2E, p95',
    'output-rate': 'output tokens',
    'good-share': 'within the limits',
    'soak-rate': 'output tokens under long load',
    'highest-celsius': 'highest temperature',
  },
  begins: (id, settings) => `${id}: ${acceptance.settings(settings)}`,
  progress: (name, about, percent) => `${name}${about === '' ? '' : `, ${about}`}: ${percent} %`,
  kept: (id) => `Kept as ${id}. "rackside acceptance show ${id} --out FOLDER" writes document, signature and page.`,
  stopping: 'Stopping. Nothing of it is kept: half of a proof is none.',
  noneKept: 'No server was accepted yet: rackside acceptance run APPLIANCE.',
  head: ({ acceptanceId, startedAt, appliance, settings, verdict, refusals, open }) => {
    const points = verdict === 'refused' ? `, ${refusals} against` : open > 0 ? `, ${open} open` : ''
    return `${acceptanceId}  ${startedAt.slice(0, 16)}Z  ${appliance.host}:${appliance.port}  ${many(settings.users, 'user')}  ${acceptance.verdicts[verdict]}${points}${appliance.demo === true ? ', demo' : ''}`
  },
  written: (folder, names) => `Written to ${folder}: ${names}`,
  valid: (id, at, verdict) => `Genuine: ${id} of ${at}. ${verdict}.`,
  fingerprint: (fingerprint) => `Signed with the key ${fingerprint}`,
  keys: {
    own: 'It is the key of this console.',
    known: 'Certificates of this server were signed with this key before.',
    unnamed:
      'The document does not say which server it is about: nothing of its key can be remembered. Compare the fingerprint with what the vendor tells you by another way.',
    other: 'It is not the key that certificates of this server were signed with before.',
    first:
      'This console sees this key for the first time. Compare it with what the vendor tells you by another way: a signature says only that nothing was changed since.',
  },
  otherKey: (fingerprint) =>
    `Careful: certificates of this server were signed with another key before, ${fingerprint}. Ask who has made a new one and why.`,
  notThatKey: (wanted, found) =>
    `The document is genuine, but it was signed with another key: ${found}, not ${wanted}.`,
  faults: {
    'not-a-certificate': 'What is in the document is no acceptance certificate.',
    'not-a-signature': 'What is in the signature file is no signature of an acceptance certificate.',
    changed: 'The document was changed after it was signed: not one figure in it counts.',
    'signature-wrong': 'The signature is not one of this document by that key.',
    newer: 'A newer Rackside made it: update this one to check it.',
  },
  otherMachine: 'These are two different servers.',
  otherSettings: (names) =>
    `Not measured in the same way, so figures differ for that reason too: ${names.map((one) => settingNames[one]).join(', ')}.`,
  changed: (what, before, after) => `${what}: ${before === '' ? '-' : before} -> ${after === '' ? '-' : after}`,
  came: 'New points',
  gone: 'Points that are gone',
  same: 'Nothing has changed but what measurements always differ by.',
}
