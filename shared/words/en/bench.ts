// English: measuring a service under load.
import type { RequestProblem } from '../../domain/bench.ts'
import { threeDigits } from '../amounts.ts'
import { changeText, figureText, paceText, percentText, timeText, twoTimesText } from '../bench-amounts.ts'
import type { BenchWords } from '../bench-words.ts'

const problems: { readonly [P in RequestProblem]: string } = {
  'too-many-requests': 'refused because there are too many (429)',
  refused: 'refused',
  'server-error': 'answered with an error of the server',
  'not-connected': 'not connected',
  'broken-off': 'broken off in the middle',
  'no-end': 'without an end in time',
  'too-long': 'with an answer without an end',
  'no-text': 'answered without any text',
  'not-a-stream': 'answered with something else than a stream of tokens',
  'error-said': 'ended with an error that the engine says in its stream',
}

const settingNames = {
  ttftLimitMs: 'the limit of TTFT',
  tpotLimitMs: 'the limit of TPOT',
  inputTokens: 'the length of prompts',
  outputTokens: 'the length of answers',
  seconds: 'the time of a level',
  repeatsPrompts: 'whether prompts repeat',
}

const tooShort = 'too short to measure'

const people = (users: number) => (users === 1 ? '1 user' : `${users} users`)

export const bench: BenchWords = {
  subject: ({ benchId, subject }) => {
    const { deployment, model, version, throughGateway, accelerators } = subject
    const hardware =
      accelerators.map(({ product, count }) => `${count} × ${product}`).join(', ') || 'the processor alone'
    const way = throughGateway === true ? ', through the gateway' : ''
    return `${benchId}: ${deployment} (${model}, version ${version}) on ${hardware}${way}`
  },
  settings: ({ inputTokens, outputTokens, seconds, ttftLimitMs, tpotLimitMs }) =>
    `Prompts of about ${inputTokens} tokens, answers of ${outputTokens}, ${seconds} s or more for each number of users. Limits: TTFT p95 ${timeText(ttftLimitMs)}, TPOT p95 ${timeText(tpotLimitMs)}.`,
  warm: (promptTokens, wayMs) => {
    const long =
      promptTokens === undefined
        ? 'The server does not say how long a prompt is'
        : `A prompt has ${promptTokens} tokens`
    return wayMs === undefined ? `${long}.` : `${long}; a small request takes ${timeText(wayMs)} there and back.`
  },
  upTo: 'This service cannot be told how long an answer has to be: answers may be shorter than wanted.',
  uncounted: 'The server does not count its tokens: each piece of text counts as one.',
  repeated: 'All prompts are the same, so a cache of prefixes helps as it would not with real users.',
  progress: ({ users, phase, seconds, ended, failed, piecesPerSecond }) => {
    const what = { 'warm-up': 'warming up', measuring: 'measuring', 'letting-end': 'letting the last ones end' }[phase]
    const wrong = failed === 0 ? '' : `, ${failed} failed`
    return `${people(users)}, ${what}, ${Math.floor(seconds)} s: ${ended} answers${wrong}, ${threeDigits(piecesPerSecond)} pieces/s`
  },
  tooShort,
  level: ({ users, ttftMs, tpotMs, itlMs, e2eMs, outputTokensPerSecond, requestsPerSecond, goodShare }) => {
    const times = [
      ttftMs && `TTFT ${twoTimesText(ttftMs)}`,
      ttftMs && `TPOT ${paceText({ ttftMs, tpotMs }, tooShort)}`,
      itlMs && `ITL p99 ${timeText(itlMs.p99)}`,
      e2eMs && `E2E ${twoTimesText(e2eMs)}`,
    ]
    const rates = `${threeDigits(outputTokensPerSecond)} tokens/s, ${threeDigits(requestsPerSecond)} requests/s`
    const all = [...times.filter((one) => one !== undefined), rates, `${percentText(goodShare)} within the limits`]
    return `${people(users)}: ${all.join(', ')}`
  },
  failed: (failed, said) => {
    const parts = Object.entries(failed).map(([problem, count]) => `${count} ${problems[problem as RequestProblem]}`)
    return `Failed: ${parts.join(', ')}${said === undefined ? '' : ` ("${said}")`}`
  },
  short: 'Few answers came in the time there was: these figures are rough.',
  breaks: {
    ttft: 'the first token comes too late',
    tpot: 'tokens follow one another too slowly',
    errors: 'too many requests fail',
    'no-figures': 'no request ended well',
  },
  supports: ({ users, atLeast }, { ttftLimitMs, tpotLimitMs }) => {
    const limits = `TTFT <= ${timeText(ttftLimitMs)} and TPOT <= ${timeText(tpotLimitMs)} (p95)`
    if (users === 0) return `Does not support even the fewest users that were tried at ${limits}.`
    return `Supports ${atLeast ? 'at least' : 'about'} ${users} concurrent ${users === 1 ? 'user' : 'users'} at ${limits}.`
  },
  ends: {
    done: undefined,
    stopped: 'Stopped before its end: what was measured until then counts.',
    'out-of-time': 'The time for all of it was up: what was measured until then counts.',
    failed: 'Ended early: what was measured until then counts.',
  },
  kept: (benchId) => `Kept as ${benchId}. "--list" shows all, "--compare" two of them.`,
  stopping: 'Stopping. What was measured is kept.',
  head: ({ benchId, startedAt, subject, settings, supports }) => {
    const users = supports === undefined ? '-' : `${supports.atLeast ? '>= ' : ''}${people(supports.users)}`
    const what = `${settings.inputTokens} + ${settings.outputTokens} tokens`
    return `${benchId}  ${startedAt.slice(0, 16)}Z  ${subject.deployment} ${subject.version} (${subject.model})  ${what}  ${users}`
  },
  nothing: 'Nothing was measured of this appliance yet: rackside bench APPLIANCE.',
  figures: {
    'supported-users': 'supported users',
    'ttft-p50': 'TTFT, median',
    'ttft-p95': 'TTFT, p95',
    'tpot-p50': 'TPOT, median',
    'tpot-p95': 'TPOT, p95',
    'itl-p99': 'ITL, p99',
    'e2e-p95': 'E2E, p95',
    'output-rate': 'output tokens',
    'request-rate': 'requests',
    'good-share': 'within the limits',
  },
  users: people,
  row: ({ figure, before, after, percent }, name) => {
    const values = `${figureText(figure, before)} -> ${figureText(figure, after)}`
    return `${name}: ${values}${percent === undefined ? '' : ` (${changeText(percent)})`}`
  },
  changes: { better: 'better', worse: 'worse', same: 'the same' },
  otherSettings: (names) =>
    `Not measured in the same way, so figures differ for that reason too: ${names.map((one) => settingNames[one]).join(', ')}.`,
  otherService: 'These are measurements of different services or appliances.',
}
