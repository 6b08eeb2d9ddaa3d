// What one event of a streamed chat completion adds: to what is said, to what is thought, to calls of tools (OpenAI's
// `delta.tool_calls`: a name first, then its arguments piece by piece, by their index).
import { jsonIn } from '../../domain/json-text.ts'

const mostName = 64

export type DeltaCall = { readonly at: number; readonly name: string; readonly words: string }
export type Delta = { readonly content: string; readonly thought: string; readonly calls: readonly DeltaCall[] }

export function readDelta(data: string): Delta {
  const choices = record(jsonIn(data))['choices']
  const delta = record(record(Array.isArray(choices) ? choices[0] : undefined)['delta'])
  const calls = Array.isArray(delta['tool_calls']) ? delta['tool_calls'].slice(0, 8).map(record) : []
  return {
    content: text(delta['content']),
    thought: text(delta['reasoning_content'] ?? delta['reasoning']),
    calls: calls.map((call, at) => {
      const { index } = call
      const asked = record(call['function'])
      return {
        at: typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 ? index : at,
        name: text(asked['name']).slice(0, mostName),
        words: text(asked['arguments']),
      }
    }),
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
