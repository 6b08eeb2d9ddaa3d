// English: whether a model is computed where it was planned.
import { bytesText, threeDigits } from '../amounts.ts'
import { risenFrom } from '../device-text.ts'
import type { DeviceWords } from '../device-words.ts'

const from = { benchmark: 'a benchmark here', evidence: 'evidence of the catalog', estimate: 'an estimate' } as const
const devicesText = (count: number) => (count === 1 ? '1 device' : `${count} devices`)

export const devices: DeviceWords = {
  title: 'Computes where it was planned',
  states: { proven: 'proven', refuted: 'refuted', unproven: 'not proven' },
  reasons: {
    'computes-on-devices': 'it computes on its accelerators',
    'processor-as-planned': 'it runs on the processor, as planned',
    'fewer-devices': 'its container sees fewer accelerators than it was given',
    'other-product': 'its container sees other accelerators than planned',
    'less-memory': 'its accelerators have less memory inside than on the host',
    'none-given': 'it was planned on accelerators, and its container was given none',
    'computes-on-processor': 'it was planned on accelerators and computes on the processor',
    'partly-on-processor': 'a part of the model is computed on the processor',
    'computes-on-accelerator': 'it was planned on the processor and computes on an accelerator',
    'device-idle': 'its accelerators did nothing while the model wrote',
    'slower-than-expected': 'it is slower than usual on this hardware',
    'expected-unreadable': 'nobody can tell which devices it was given',
    'inside-unreadable': 'what its container sees could not be read',
    'only-nodes': 'its container has no tool that says which accelerators these are',
    'log-unreadable': 'what its engine says of its devices could not be read',
    'engine-silent': 'its engine does not say where it computes',
    'activity-unreadable': 'what its accelerators did could not be read',
    'too-short': 'it wrote too little to tell whether its accelerators were idle',
    'no-answer': 'the model did not answer',
  },
  onProcessor: 'planned for the processor',
  inside: ({ count, by, products }, { count: wanted, product }) => {
    const name = products.join(', ') || (product.state === 'known' ? product.value : 'accelerators')
    return `${count} of ${wanted} ${name} ${by === 'nodes' ? 'have a node inside' : 'seen inside'}`
  },
  log: ({ layers, computesOn, cacheTokens }) => {
    const place = { accelerators: 'on accelerators', both: 'on both', processor: 'on the processor' } as const
    const where =
      layers === undefined
        ? computesOn && `its engine says: ${place[computesOn]}`
        : `${layers.onAccelerators} of ${layers.all} layers on accelerators`
    const room = cacheTokens === undefined ? undefined : `room for ${cacheTokens} tokens`
    return [where, room].filter((part) => part !== undefined).join(', ') || undefined
  },
  activity: (activity) => {
    const risen = risenFrom(activity)
    if (risen === undefined) return undefined
    return risen.rose
      ? `utilization rose from ${risen.from} to ${risen.to} %`
      : `utilization at ${risen.to} % all the time`
  },
  noSpeed: 'speed too short to measure',
  speed: (rate, band) =>
    band === undefined
      ? `${threeDigits(rate)} tokens/s, with nothing to compare it with`
      : `${threeDigits(rate)} tokens/s (usual by ${from[band.from]}: ${threeDigits(band.least)} to ${threeDigits(band.most)})`,
  finding: (one) => {
    switch (one.finding) {
      case 'fewer-devices':
        return `Its container sees ${one.seen} of ${devicesText(one.expected)}.`
      case 'more-devices':
        return `Its container sees ${devicesText(one.seen)} and was given ${one.expected}.`
      case 'other-product':
        return `Its container sees ${one.seen}; planned was ${one.expected}.`
      case 'less-memory':
        return `A device has ${bytesText(one.seenBytes)} inside and ${bytesText(one.expectedBytes)} on the host.`
      case 'none-given':
        return 'Its plan or its command wants accelerators, and its container was given none. Set it up again.'
      case 'computes-on-processor':
        return `Its engine found no accelerator that it can use: ${one.said}`
      case 'partly-on-processor':
        return `${one.onAccelerators} of ${one.all} layers are on accelerators. The rest did not fit: choose a smaller model or less context.`
      case 'computes-on-accelerator':
        return `Its engine says so: ${one.said}`
      case 'device-idle':
        return 'Not one of its accelerators was used while the model wrote.'
      case 'some-idle':
        return `These did nothing while the model wrote: ${one.devices.join(', ')}.`
      case 'slower-than-expected':
        return `${threeDigits(one.tokensPerSecond)} tokens/s, and at least ${threeDigits(one.least)} are usual.`
      case 'faster-than-expected':
        return `${threeDigits(one.tokensPerSecond)} tokens/s, and at most ${threeDigits(one.most)} are usual.`
      case 'only-nodes':
        return 'Only nodes were found inside: how many, but not which and how big.'
      case 'engine-silent':
        return 'Neither its log nor the memory of a device says where it computes.'
      case 'too-short':
        return 'Its accelerators were read too seldom while it wrote. Try again.'
      case 'expected-unreadable':
        return `What it was given could not be read: ${one.why}`
      case 'inside-unreadable':
        return `What is inside could not be read: ${one.why}`
      case 'log-unreadable':
        return `Its log could not be read: ${one.why}`
      case 'activity-unreadable':
        return `The activity of its devices could not be read: ${one.why}`
      case 'no-answer':
        return `The model did not answer: ${one.why}`
    }
  },
  evidence: 'the engine wrote',
  begins: (deployment, model) => `${deployment} (${model}): looking into its container`,
  writes: (deployment) => `${deployment}: it writes for some seconds while its devices are watched`,
  nothing: 'No model runs there.',
}
