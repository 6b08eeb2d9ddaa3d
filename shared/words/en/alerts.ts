// English: alerts.
import type { AlertText, AlertWords } from '../alert-words.ts'

const of = (subject: string, text: string) => (subject === '' ? text : `${subject}: ${text}`)
const text = (title: string, fix: string): AlertText => ({ title: (subject) => of(subject, title), fix })

export const alerts: AlertWords = {
  rules: {
    'device-lost': text(
      'accelerator does not answer',
      'Look at the doctor for this appliance. If the card has fallen off the bus, restart the server when it may be interrupted; if it happens again, call the vendor.',
    ),
    'device-ill': text(
      'accelerator reports a hardware alarm',
      'Look at the doctor for the fault code, and call the vendor with it. Move the model to another card if there is one.',
    ),
    'ecc-errors': text(
      'memory errors that could not be corrected',
      'Answers may be wrong. Have the card reset when it may be interrupted; if errors come again, have it replaced.',
    ),
    temperature: text('accelerator is too hot', 'Check fans, filters and the temperature of the room.'),
    throttling: text(
      'accelerators slow down because of heat or power',
      'Check cooling and both power supplies of the server. The doctor names the cards.',
    ),
    'device-memory-full': text(
      'accelerator memory is full',
      'Requests will fail soon. See which services share this card, and lower the context or the number of users.',
    ),
    'host-memory': text(
      'memory of the server is almost used up',
      'See which process takes it. Nothing but the deployed services should run there.',
    ),
    'host-swap': text(
      'server needs more memory than it has',
      'It swaps, and everything on it is slow. See which process grew, and end it or move a service to another appliance.',
    ),
    'host-temperature': text(
      'processor of the server is too hot',
      'Check its fans, filters and the temperature of the room. The accelerators in the same case will follow.',
    ),
    'disk-full': text(
      'disk is almost full',
      'Make room: old bundles, kept versions and logs. Services stop when it is full.',
    ),
    'disk-full-soon': text('disk will be full soon', 'See what grows, and make room before it stops the services.'),
    'clock-off': text(
      'clock of the server is wrong',
      'Set up time synchronisation (chrony) with a server of the hospital. Sign-ins and certificates depend on it.',
    ),
    'engine-silent': text(
      'container engine does not answer',
      'Nobody can say how the services are. Look at Docker on the server (systemctl status docker) and at its disk; Doctor says more.',
    ),
    'runtime-down': text(
      'service does not answer',
      'Look at its status and log. If it does not come back by itself, restart it or go back to the version before.',
    ),
    'probe-wrong': text(
      'service answers, and not as it should',
      'Look at its status. Do not rely on its answers until it is well again.',
    ),
    'canary-failed': text(
      'answers to fixed test questions are not as they have to be',
      'See which ones (rackside canary list APPLIANCE, rackside canary show). Do not rely on its answers; go back to the version before if this began with an upgrade.',
    ),
    'slow-first-token': text(
      'answers begin late for one request in twenty',
      'See the queue and the load. More users than planned, very long questions, or a card that slows down are the usual reasons.',
    ),
    'slow-answer': text(
      'the answer to a test question begins late',
      'See the queue and the load. Without users, look at the temperature and the clock of the cards.',
    ),
    'queue-growing': text(
      'requests are waiting',
      'See who sends so many. Spread them over time, or add a card to the service.',
    ),
    'kv-full': text(
      'the cache for running conversations is full',
      'New requests wait. Fewer users at once or a shorter context help.',
    ),
    'version-taken-back': text(
      'its publisher has taken back the version that runs',
      'Read the reason at the deployment, and install the version that the publisher names.',
    ),
    'certificate-ends-now': text(
      'the certificate of its way in ends within days or has ended: browsers refuse it then',
      'Made by the appliance: renew it (rackside certificate APPLIANCE --renew, or Access on its page). Your own: have a new one made and put it in place.',
    ),
    'certificate-ends': text(
      'the certificate of its way in ends within a month',
      'Made by the appliance: renew it (rackside certificate APPLIANCE --renew, or Access on its page). Your own: have a new one made and put it in place.',
    ),
    'expiry-near': text(
      'vouches for its bundles only a few more days, or not any more',
      'Ask that publisher for a newer bundle, and import it.',
    ),
    'no-data': text(
      'nothing is heard from the appliance',
      'Check its power and its network. If it is up, test the connection from the console.',
    ),
  },
  severities: { info: 'info', warning: 'warning', critical: 'critical' },
  amounts: {
    celsius: (n) => `${n} °C`,
    share: (n) => `${n} %`,
    days: (n) => `${n} d`,
    seconds: (n) => `${n} s`,
    requests: (n) => `${n} requests`,
  },
  subjects: (names, others) => [names.join(', '), ...(others === 0 ? [] : [`and ${others} more`])].join(' '),
  kinds: { fired: '', again: 'Still so', escalated: 'Nobody has acknowledged it', over: 'Over', test: 'Test' },
  labels: {
    ...{ appliance: 'Appliance', since: 'Since', until: 'Until', value: 'Now', limit: 'Limit', fix: 'What to do' },
    sender: 'Rackside',
  },
  test: {
    title: 'Test of this channel',
    body: 'Somebody tried from the console whether alerts arrive here. They do; nothing else is to be done.',
  },
  over: { cleared: 'it is well again', gone: 'it is not there any more', unseen: 'nobody could look for a day' },
  flapping: (times) => `It came back ${times === 1 ? 'once' : `${times} times`} after it was over.`,
  channels: {
    ...{ smtp: 'mail', webhook: 'webhook', wecom: 'WeCom robot', dingtalk: 'DingTalk robot', feishu: 'Feishu robot' },
    ...{ syslog: 'syslog', snmp: 'SNMP trap', desktop: 'notification of this computer' },
  },
  lists: { first: 'first list', second: 'second list, if nobody acknowledges' },
  problems: {
    unreachable: 'it cannot be reached',
    refused: 'it refused the message',
    'too-slow': 'it did not answer in time',
    'not-trusted': 'its certificate is not trusted',
    'not-now': 'its secret is in a locked vault',
    'no-secret': 'its secret is not in the vault',
  },
  quiets: { silence: 'silence', maintenance: 'maintenance' },
  cli: {
    none: 'No alerts.',
    acknowledgedBy: (who) => `acknowledged by ${who}`,
    acknowledged: (id) => `${id} is acknowledged: nobody is told again.`,
    quietUntil: (what, until) => `${what}: nobody is told until ${until}.`,
    quietEnded: (id) => `${id} has ended: people are told again.`,
    noChannels: 'Nobody is told: there are no channels.',
    lastSent: (time) => `last sent ${time}`,
    waiting: (count) => `${count} waiting`,
    lost: (count) => `${count} not delivered`,
    trouble: (problem, detail, since) => `${problem}${detail === '' ? '' : ` (${detail})`}, since ${since}`,
    saved: (channel) => `${channel} is saved. Try it: rackside alerts test ${channel}`,
    removed: (channel) => `${channel} is removed.`,
    sent: (channel) => `${channel} took the message.`,
    everything: 'all alerts',
    everywhere: 'all appliances',
  },
}
