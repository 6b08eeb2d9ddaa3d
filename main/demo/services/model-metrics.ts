// The page of figures at /metrics, with llama-server's names in its order (list of build b11669): the counts are
// those of the machine's traffic, the times what they cost at the machine's speed.
import { presets } from '../hardware/presets.ts'
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import { speedNow } from './paced-writing.ts'

/** Reading a prompt is that many times faster than writing an answer. */
const promptSpeedup = 40

type Series = readonly [name: string, type: 'counter' | 'gauge', help: string, value: number]

export function modelMetrics(machine: Machine, container: SimulatedContainer): string {
  return seriesOf(machine, container)
    .map(([name, type, help, value]) => {
      const full = `llamacpp:${name}`
      return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${full} ${figure(value)}\n`
    })
    .join('')
}

function seriesOf(machine: Machine, container: SimulatedContainer): Series[] {
  const { running, promptTokens, writtenTokens } = machine.traffic
  const slots = slotsOf(container)
  const processing = Math.min(running, slots)
  const speed = speedNow(machine)
  // Of one speed only: a count of seconds must never go back when the machine gets faster.
  const usualSpeed = presets[machine.state.preset].tokensPerSecond
  const promptSeconds = promptTokens / (usualSpeed * promptSpeedup)
  return [
    ['prompt_tokens_total', 'counter', 'Number of prompt tokens processed, excluding cached tokens', promptTokens],
    ['prompt_tokens_cached_total', 'counter', 'Number of prompt tokens reused from the cache', 0],
    ['prompt_seconds_total', 'counter', 'Total time spent processing prompts', promptSeconds],
    ['tokens_predicted_total', 'counter', 'Number of generation tokens processed', writtenTokens],
    ['tokens_predicted_seconds_total', 'counter', 'Total time spent generating tokens', writtenTokens / usualSpeed],
    [
      'n_decode_total',
      'counter',
      'Total number of llama_decode() calls, excluding speculative decoding and multimodal decoding',
      writtenTokens,
    ],
    ['n_tokens_max', 'counter', 'Largest observed sequence length (prompt + generation)', 0],
    ['spec_decode_num_draft_tokens_total', 'counter', 'Speculative: Total draft tokens generated', 0],
    [
      'spec_decode_num_accepted_tokens_total',
      'counter',
      'Speculative: Total draft tokens accepted by the target model',
      0,
    ],
    ['spec_decode_num_drafts_total', 'counter', 'Speculative: Total speculative decoding verification steps', 0],
    ['prompt_tokens_seconds', 'gauge', 'Average prompt throughput in tokens/s', speed * promptSpeedup],
    ['predicted_tokens_seconds', 'gauge', 'Average generation throughput in tokens/s', speed],
    ['requests_processing', 'gauge', 'Number of requests processing', processing],
    ['requests_deferred', 'gauge', 'Number of requests deferred', running - processing],
    ['n_busy_slots_per_decode', 'gauge', 'Average number of busy slots per llama_decode() call', processing],
  ]
}

/** Counts in full; of measured times six digits, as llama-server prints them. */
function figure(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6))
}

function slotsOf({ arguments: words }: SimulatedContainer): number {
  const slots = Number(words[words.indexOf('--parallel') + 1])
  return words.includes('--parallel') && Number.isSafeInteger(slots) && slots > 0 ? slots : 1
}
