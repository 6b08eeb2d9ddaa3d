// What a rung of the ladder saw: one page of a deployment, and what is wrong with it.
import type { Connection } from '../../shared/domain/connection.ts'
import type { InferenceProof } from '../../shared/domain/verdict.ts'
import type { Clock } from './bounded-body.ts'
import { fetchText, type Page } from './fetch-text.ts'

/** What a rung saw: passed or not, and the evidence. `one-token` also brings the figures. */
export type Look = { passed: boolean; detail: string; proof?: InferenceProof }

export type Looking = {
  readonly clock: Clock
  readonly onText: (text: string) => void
  /** For the model's answer; absent: as long as a person waits. */
  readonly askSeconds?: number
}

export async function withBody(
  connection: Connection,
  page: Page,
  problemIn: (body: string) => string | undefined,
): Promise<Look> {
  const fetched = await fetchText(connection, page)
  if (!fetched.ok) return { passed: false, detail: JSON.stringify(fetched.failure) }
  const { status, text, end, seconds } = fetched.value
  if (end === 'broken-off') return { passed: false, detail: 'the answer broke off' }
  if (end === 'too-late') return { passed: false, detail: noEnd(seconds) }
  if (status !== 200) return { passed: false, detail: `HTTP ${status}: ${text.slice(0, 200)}` }
  // Of a body that is too long its beginning counts: that is enough for a page.
  const problem = problemIn(text)
  return { passed: problem === undefined, detail: problem ?? 'HTTP 200' }
}

export function noEnd(seconds: number): string {
  return `no end within ${seconds} s`
}

/** Of OpenAI's list of models. */
export function modelIds(body: string): string[] {
  try {
    const { data } = JSON.parse(body) as { data?: unknown }
    if (!Array.isArray(data)) return []
    return data.flatMap((m: unknown) => {
      const id = typeof m === 'object' && m !== null ? (m as { id?: unknown }).id : undefined
      return typeof id === 'string' ? [id] : []
    })
  } catch {
    return []
  }
}
